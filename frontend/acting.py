"""A write of a page happens once: behind a key that the form carries, or at least in one retried transaction."""

from collections.abc import Callable

from django.http import HttpResponse

from frontend.requests import MemberRequest
from leihwerk.errors import DomainError
from people import once

KEPT_HEADERS = ("Location", "HX-Retarget", "HX-Reswap", "HX-Redirect")


def act_once(
    request: MemberRequest, act: Callable[[], HttpResponse], *, refuse: Callable[[DomainError], HttpResponse]
) -> HttpResponse:
    """The answer of ``act``; the very same one again for a key that was used before (DESIGN 3.7).

    ``refuse`` makes an answer of a refusal. The key comes as the header ``Idempotency-Key`` or as the field ``key``.
    """
    value = request.headers.get("Idempotency-Key") or request.POST.get("key", "")
    try:
        if not value:
            return once.run(act)
        asked = once.fingerprint(request.method or "", request.path, _fields(request))
        key = once.Key(f"user:{request.user.pk}", value[:200], asked)
        return _response(once.answered(key, lambda: _answer(act, refuse)))
    except DomainError as refusal:
        return refuse(refusal)


def _fields(request: MemberRequest) -> dict[str, list[str]]:
    return {name: request.POST.getlist(name) for name in request.POST if name not in {"csrfmiddlewaretoken", "key"}}


def _answer(act: Callable[[], HttpResponse], refuse: Callable[[DomainError], HttpResponse]) -> once.Answer:
    is_transient = False
    try:
        response = act()
    except DomainError as refusal:
        response, is_transient = refuse(refusal), refusal.is_transient
    headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    return once.Answer(response.status_code, response.content, response["Content-Type"], headers, is_transient)


def _response(answer: once.Answer) -> HttpResponse:
    return HttpResponse(answer.body, answer.content_type, answer.status, headers=dict(answer.headers))
