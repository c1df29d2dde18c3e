"""Saying that it is done: the school for itself, or the desk for who says so on the phone. And reminding at once."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from frontend.answers import see_other
from frontend.requests import MemberRequest
from frontend.views.deletions.titles import last_seen
from leihwerk.errors import DomainError
from licenses import deleting
from licenses.models import Deletion
from people import once
from people.permissions import may, require


@login_required
@require_POST
def deletion_confirm(request: MemberRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Deletion.objects.visible_to(request.user).select_related("institution"), pk=pk)
    require(request.user, "licenses.confirm_deletion", on=found)
    try:
        once.run(lambda: deleting.confirm(found, by=request.user, seen=last_seen(request)))
    except DomainError as refusal:
        return _refused(request, found, refusal)
    if may(request.user, "licenses.see", on=found):
        told = _("Vermerkt: {institution} hat nichts mehr gespeichert.")
        messages.success(request, told.format(institution=found.institution))
        return see_other("deletions")
    messages.success(request, _("Danke. Das gilt für Ihre ganze Einrichtung; daran erinnern wir nicht mehr."))
    return see_other("my_school")


@login_required
@require_POST
def deletion_remind(request: MemberRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Deletion.objects.visible_to(request.user).select_related("institution"), pk=pk)
    require(request.user, "letters.send", on=found)
    try:
        once.run(lambda: deleting.remind(found, by=request.user))
    except DomainError as refusal:
        return _refused(request, found, refusal)
    told = _("Die Erinnerung an {institution} ist geschrieben.")
    messages.success(request, told.format(institution=found.institution))
    return see_other("deletions")


def _refused(request: MemberRequest, found: Deletion, refusal: DomainError) -> HttpResponse:
    if refusal.is_transient:
        raise refusal
    messages.error(request, str(refusal))
    return see_other("deletion", pk=found.pk)
