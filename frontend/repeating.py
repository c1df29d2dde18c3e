"""A form that is sent twice acts once: a double click, a reload, the way back and "send" again.

The key is in every form already. Django masks the CSRF token anew for each page it renders, so a token together with
the address and the fields names one sending of one form; nobody can forget it, as no form works without it. Whoever
changes a field sends something else, and acts again.
"""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from frontend.acting import KEPT_HEADERS
from frontend.answers import is_secret
from frontend.errors import refused
from frontend.reading import OUR_VIEWS
from leihwerk.errors import DomainError
from people import once

TOKEN: Final = "csrfmiddlewaretoken"  # noqa: S105 - the name of the field
REMEMBERED_TYPE: Final = "text/html"  # a sheet of labels may be printed again
EVERY_TIME: Final = "acts_every_time"
View = TypeVar("View", bound=Callable[..., HttpResponse])


def every_time(view: View) -> View:
    """For a form that changes nothing of ours when it is sent again, but counts what was wrong with it: in the one
    transaction of a form a refusal would take that back."""
    setattr(view, EVERY_TIME, True)
    return view


class FormsOnce:
    """The middleware around every view of ours that takes a form: one transaction, and the answer is remembered.

    Only what was done is remembered. An answer with a problem (4xx) leaves nothing behind, a secret neither.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Mapping[str, Any]
    ) -> HttpResponse | None:
        if request.method != "POST" or not view.__module__.startswith(OUR_VIEWS) or _has_its_own_key(request):
            return None
        if getattr(view, EVERY_TIME, False):
            return None
        key = _key(request)
        return _once(request, key, lambda: view(request, *args, **kwargs)) if key else None


def _has_its_own_key(request: HttpRequest) -> bool:
    """A scan (``act_once``): the same code may well be scanned again on the same page."""
    return bool(request.POST.get("key") or request.headers.get("Idempotency-Key"))


def _key(request: HttpRequest) -> once.Key | None:
    token = request.POST.get(TOKEN)
    if not token:
        return None
    fields = {name: request.POST.getlist(name) for name in request.POST if name != TOKEN}
    files = {name: [_digest(file) for file in request.FILES.getlist(name)] for name in request.FILES}
    asked = once.fingerprint("POST", request.get_full_path(), {"fields": fields, "files": files})
    caller = f"user:{request.user.pk}" if request.user.is_authenticated else "anonymous"
    sending = hashlib.sha256(f"{token}\n{asked}".encode()).hexdigest()
    return once.Key(caller, f"form:{sending}", asked)


def _digest(file: Any) -> str:
    digest = hashlib.file_digest(file.file, "sha256").hexdigest()
    file.seek(0)
    return f"{file.name} {digest}"


def _once(request: HttpRequest, key: once.Key, view: Callable[[], HttpResponse]) -> HttpResponse:
    said: list[HttpResponse] = []

    def answer() -> once.Answer:
        try:
            with once.joined():
                said.append(view())
        except DomainError as refusal:
            said.append(refused(request, refusal))
        return _kept(said[-1])

    try:
        given = once.answered(key, answer, waits=True)
    except DomainError as refusal:  # somebody else was quicker: TryAgain
        return refused(request, refusal)
    return said[-1] if said else _again(request, given)


def _kept(response: HttpResponse) -> once.Answer:
    content_type = response.headers.get("Content-Type", "")
    may_be_kept = not response.streaming and content_type.startswith(REMEMBERED_TYPE) and not is_secret(response)
    is_memorable = may_be_kept and once.has_written()
    return once.Answer(
        status=response.status_code,
        body=response.content if is_memorable else b"",
        content_type=content_type,
        headers={name: response[name] for name in KEPT_HEADERS if name in response},
        is_transient=response.status_code >= 400,
        is_memorable=is_memorable,
    )


def _again(request: HttpRequest, given: once.Answer) -> HttpResponse:
    """The first answer, whose notices the browser may never have shown."""
    if "Location" in given.headers:
        messages.info(request, _("Das haben Sie schon gesendet. Es ist nur einmal geschehen."))
    return HttpResponse(given.body, given.content_type, given.status, headers=dict(given.headers))
