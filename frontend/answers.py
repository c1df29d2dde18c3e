"""What a view answers: a page, a fragment with its messages, or "look there" after a write."""

from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from frontend.requests import PageRequest

KEPT_BY_NOBODY: Final = "no-store"


class SeeOther(HttpResponseRedirect):
    status_code = 303


def see_other(to: Any, *args: Any, **kwargs: Any) -> SeeOther:
    """After a write: the browser fetches the next page, so that a reload repeats nothing."""
    return SeeOther(resolve_url(to, *args, **kwargs))


def secret(answer: HttpResponse) -> HttpResponse:
    """An answer that nobody keeps: no browser, no proxy, and not the memory of forms that are sent twice."""
    answer["Cache-Control"] = KEPT_BY_NOBODY
    return answer


def is_secret(answer: HttpResponse) -> bool:
    return answer.get("Cache-Control") == KEPT_BY_NOBODY


def way_back(request: HttpRequest, otherwise: str) -> str:
    """Where the form said it came from (``next``), if that is here; else the page called ``otherwise``."""
    address = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if is_ours and address.startswith("/") else otherwise


def fragment(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """A part of a page for htmx. Messages travel with it, out of band, into the page's notices."""
    html = render_to_string(template, dict(context or {}), request)
    if messages.get_messages(request):
        html += render_to_string("frontend/_notices.html", {"is_out_of_band": True}, request)
    return HttpResponse(html, status=status)


def page_or_fragment(
    request: PageRequest, page: str, part: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """The whole page; or only the part that htmx swaps, which the page includes, too."""
    if request.htmx and not request.htmx.boosted:
        return fragment(request, part, context, status=status)
    return render(request, page, dict(context), status=status)
