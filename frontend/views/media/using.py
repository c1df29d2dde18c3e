"""Using a file of the centre's own store: asking for it, the page that plays it, and the file behind its link.

The page and the file need no account: the link is the right, for some hours (licenses/links.py).
"""

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from frontend.answers import see_other
from frontend.counted import is_counted
from frontend.errors import refused
from frontend.reading import row_id
from frontend.requests import MemberRequest
from frontend.serving import begins, served
from leihwerk.errors import DomainError
from licenses import links
from licenses.files import PLAYED, ending_of
from licenses.models import Medium
from licenses.rights import BY_PUPILS, Action
from licenses.using import use
from people import once
from people.models import Institution

OVER = "frontend/media/link_over.html"


@login_required
@require_POST
def medium_use(request: MemberRequest, pk: int) -> HttpResponse:
    """Ansehen, or Herunterladen: decided at this moment; what is allowed leads to the file.

    What pupils do by themselves they do with a code.
    """
    medium = get_object_or_404(Medium.objects.visible_to(request.user), pk=pk)
    institutions = Institution.objects.visible_to(request.user).filter(center=medium.center_id).select_related("center")
    institution = get_object_or_404(institutions, pk=row_id(request.POST.get("institution", "")))
    action = request.POST.get("action", "")
    if action not in Action.values or action in BY_PUPILS:
        messages.error(request, _("Bitte wählen Sie, was Sie mit dem Medium tun möchten."))
        return see_other("medium", pk=pk)
    if not links.has_file(medium, Action(action)) or institution.center.files_given_out_at is None:
        messages.error(request, _("Für dieses Medium liegt hier keine Datei."))
        return see_other("medium", pk=pk)
    counts = is_counted(request)
    answer = once.run(
        lambda: use(medium, institution=institution, action=Action(action), user=request.user, is_counted=counts)
    )
    token = links.token_for(answer)
    if not token:
        messages.error(request, answer.sentence)
        return see_other("medium", pk=pk)
    return see_other("medium_play" if answer.action in links.PLAYS else "file_link", token)


@csp_update({"media-src": [SELF]})  # type: ignore[arg-type]  # the player of the page
@never_cache
@require_safe
def play(request: HttpRequest, token: str) -> HttpResponse:
    try:
        link = links.opened(token, begins=is_counted(request))
    except DomainError as refusal:
        return _unlisted(refused(request, refusal, OVER, {}))
    content_type = PLAYED.get(ending_of(link.medium), "")
    context = {"link": link, "token": token, "shown_as": content_type.partition("/")[0]}
    return _unlisted(render(request, "frontend/media/play.html", context))


@require_safe
def file_link(request: HttpRequest, token: str) -> HttpResponse:
    """The file itself, whole or in parts."""
    try:
        link = links.opened(token, begins=begins(request) and is_counted(request))
    except DomainError as refusal:
        return _unlisted(refused(request, refusal, OVER, {}))
    ending = ending_of(link.medium)
    try:
        file = link.medium.file.open()
    except FileNotFoundError:
        raise Http404 from None
    content_type = PLAYED.get(ending, "application/octet-stream")
    name = f"medium-{link.medium.pk}.{ending}"
    return _unlisted(served(request, file, content_type=content_type, name=name, is_saved=not link.is_played))


def _unlisted(answer: HttpResponse) -> HttpResponse:
    answer["X-Robots-Tag"], answer["Referrer-Policy"] = "noindex, nofollow", "same-origin"
    answer["Cache-Control"] = "no-store"
    return answer
