import json
from collections.abc import Mapping
from typing import IO, Any, Final

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser

DEEPEST: Final = 16


class BodyTooLarge(APIException):
    status_code, default_code = 413, "body_too_large"


class StrictJSONParser(BaseParser):
    """JSON as RFC 8259 has it: UTF-8, finite numbers, no deeper and no longer than anything the API asks for."""

    media_type = "application/json"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        largest = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
        body = stream.read(largest + 1)
        if len(body) > largest:
            raise BodyTooLarge(_("Die Anfrage ist zu groß."))
        try:
            parsed = json.loads(body.decode(), parse_constant=_refuse_constant)
        except (ValueError, RecursionError) as error:
            raise ParseError(_("Die Anfrage ist kein gültiges JSON in UTF-8.")) from error
        if _is_deeper(parsed, DEEPEST):
            raise ParseError(_("Die Anfrage ist zu tief verschachtelt."))
        return parsed


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _is_deeper(value: Any, levels: int) -> bool:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(levels == 0 or _is_deeper(part, levels - 1) for part in parts)
