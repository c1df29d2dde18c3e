"""How a refusal is told to a program."""

from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from drf_standardized_errors.handler import exception_handler
from drf_standardized_errors.types import ExceptionHandlerContext
from rest_framework.response import Response

from leihwerk.away import RETRY_AFTER, Away, is_away
from leihwerk.errors import DomainError

RETRY_AFTER_SECONDS = 1


def answer(error: Exception, context: ExceptionHandlerContext) -> Response | None:
    """DRF's exception handler. A DomainError keeps the documented shape and adds code, facts and alternatives."""
    if is_away(error):
        error = Away()
    if not isinstance(error, DomainError):
        return exception_handler(error, context)
    wait = RETRY_AFTER if isinstance(error, Away) else RETRY_AFTER_SECONDS
    headers = {"Retry-After": str(wait)} if error.is_transient else {}
    return Response(told(error), status=error.status, headers=headers)


def told(refusal: DomainError) -> dict[str, Any]:
    return {
        "type": "client_error",
        "errors": _errors(refusal),
        "code": refusal.code,
        "facts": plain(refusal.facts),
        "alternatives": plain(refusal.alternatives),
    }


def _errors(refusal: DomainError) -> list[dict[str, Any]]:
    """The refusal; or, of all or nothing, the reason of each part, named after what was asked for."""
    reasons = refusal.facts.get("reasons")
    if not isinstance(reasons, Mapping):
        reasons = {None: refusal}
    return [{"code": reason.code, "detail": str(reason), "attr": part} for part, reason in reasons.items()]


def plain(value: Any) -> Any:
    """What JSON can say of a fact: of a thing its id and its name."""
    if isinstance(value, Model):
        return {"id": value.pk, "name": str(value)}
    if isinstance(value, DomainError):
        return {"code": value.code, "detail": str(value)} | plain(
            {"facts": value.facts, "alternatives": value.alternatives}
        )
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value) | {"detail": str(value)})
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(part) for part in value]
    return str(value) if isinstance(value, Promise) else value
