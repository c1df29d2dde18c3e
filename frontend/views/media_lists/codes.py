"""The code of a list: made, shown once with a sheet to print, taken back."""

from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from frontend.answers import see_other
from frontend.requests import MemberRequest
from frontend.views.media_lists.keeping import list_of
from leihwerk import qr
from licenses import pupil_codes
from people import once

TOLD_ONCE: Final = "pupil_code_to_tell"


@login_required
@require_POST
def make(request: MemberRequest, pk: int) -> HttpResponse:
    """The answer to this form may be remembered, so that the code is on the next page."""
    found = list_of(request, pk)
    code = once.run(lambda: pupil_codes.make(found, by=request.user))
    request.session[TOLD_ONCE] = [pk, code]
    return see_other("pupil_code", pk=pk)


@never_cache
@login_required
@require_safe
def told(request: MemberRequest, pk: int) -> HttpResponse:
    """Shown once: then nobody knows it but who has the sheet."""
    found = list_of(request, pk)
    whose, code = request.session.pop(TOLD_ONCE, (None, ""))
    if whose != pk:
        messages.info(request, _("Ein Code wird nur einmal gezeigt. Machen Sie einen neuen, wenn er verloren ist."))
        return see_other("media_list", pk=pk)
    address = request.build_absolute_uri(reverse("pupils"))
    context = {
        "list": found,
        "code": pupil_codes.spoken(code),
        "address": address,
        "stands": found.codes.standing().first(),
        "qr": mark_safe(qr.svg(f"{address}#{code}")),  # noqa: S308 - our own rectangles
    }
    return render(request, "frontend/media_lists/code.html", context)


@login_required
@require_POST
def revoke(request: MemberRequest, pk: int) -> HttpResponse:
    found = list_of(request, pk)
    once.run(lambda: pupil_codes.revoke(found, by=request.user))
    messages.success(request, _("Der Code ist gesperrt."))
    return see_other("media_list", pk=pk)
