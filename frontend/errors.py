"""Refusals and errors become pages here, and nowhere else."""

import sys
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from frontend.answers import fragment
from leihwerk.away import RETRY_AFTER, Away, is_away
from leihwerk.errors import DomainError


class Refusals:
    """The middleware that turns a ``DomainError`` which a view let through into an answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return refused(request, error) if isinstance(error, DomainError) else None


def refused(
    request: HttpRequest,
    refusal: DomainError,
    page: str = "frontend/errors/refusal.html",
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The refusal as a page of its own, or on top of the form it answers (``page``); for htmx among the notices."""
    told = {**(context or {}), "refusal": refusal}
    if context is None and getattr(request, "htmx", False):
        answer = fragment(request, "frontend/errors/_refusal.html", told, status=refusal.status)
        answer["HX-Retarget"], answer["HX-Reswap"] = "#notices", "innerHTML show:window:top"
        return answer
    return render(request, page, told, status=refusal.status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: text 40 of TEXTS. What is not yours is not there."""
    return _problem(request, 404, "not_found", _("Seite nicht gefunden oder nicht für Ihr Konto freigegeben."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _problem(request, 403, "permission_denied", _("Dafür ist Ihr Konto nicht freigegeben."))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _problem(request, 400, "bad_request", _("Diese Anfrage konnten wir nicht lesen."))


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of the CSRF check: usually a page that stood open over night."""
    return _problem(
        request,
        403,
        "stale_form",
        _("Die Seite war zu lange offen. Es wurde nichts gespeichert; bitte laden Sie sie neu."),
    )


def broken(request: HttpRequest) -> HttpResponse:
    """500: without database, session and context, because one of them may be what broke; 503 while it is away."""
    away = is_away(sys.exc_info()[1])
    status = 503 if away else 500
    if request.path.startswith("/api/"):
        told = (Away.code, Away.sentence) if away else ("error", _("Das hätte nicht passieren dürfen."))
        answer: HttpResponse = _for_programs(status, *told)
    else:
        answer = HttpResponse(get_template("frontend/errors/broken.html").render({"is_away": away}), status=status)
    if away:
        answer["Retry-After"] = str(RETRY_AFTER)
    return answer


def _problem(request: HttpRequest, status: int, code: str, sentence: Promise) -> HttpResponse:
    if request.path.startswith("/api/"):
        return _for_programs(status, code, sentence)
    return render(request, "frontend/errors/problem.html", {"status": status, "sentence": sentence}, status=status)


def _for_programs(status: int, code: str, sentence: Promise) -> JsonResponse:
    kind = "server_error" if status >= 500 else "client_error"
    return JsonResponse(
        {"type": kind, "errors": [{"code": code, "detail": str(sentence), "attr": None}]}, status=status
    )
