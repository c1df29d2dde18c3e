"""Freigeben, nicht senden, Erinnerungen einschalten: what only a person decides."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from frontend.answers import see_other
from frontend.context import center_of
from frontend.requests import MemberRequest
from lending import reminders
from people import letters
from people.models import Center, Intent
from people.once import run
from people.permissions import require


@login_required
@require_POST
def release(request: MemberRequest, pk: int) -> HttpResponse:
    intent = _waiting(request, pk)
    run(lambda: letters.release(intent, by=request.user))
    messages.success(request, _("Freigegeben. Der Brief geht jetzt hinaus."))
    return see_other("letters")


@login_required
@require_POST
def hold_back(request: MemberRequest, pk: int) -> HttpResponse:
    intent = _waiting(request, pk)
    run(lambda: letters.hold_back(intent, by=request.user))
    messages.success(request, _("Dieser Brief wird nicht gesendet."))
    return see_other("letters")


@login_required
@require_POST
def switch_on(request: MemberRequest) -> HttpResponse:
    center = _kept_center(request)
    run(lambda: reminders.switch_on(center, by=request.user))
    messages.success(request, _("Erinnerungen sind eingeschaltet. Der nächste Lauf beginnt zur vollen Stunde."))
    return see_other("letters")


@login_required
@require_POST
def switch_off(request: MemberRequest) -> HttpResponse:
    center = _kept_center(request)
    run(lambda: reminders.switch_off(center, by=request.user))
    messages.success(request, _("Erinnerungen sind ausgeschaltet."))
    return see_other("letters")


def _waiting(request: MemberRequest, pk: int) -> Intent:
    intent = get_object_or_404(Intent.objects.visible_to(request.user), pk=pk)
    require(request.user, "letters.send", on=intent)
    return intent


def _kept_center(request: MemberRequest) -> Center:
    center = get_object_or_404(Center, pk=getattr(center_of(request), "pk", None))
    require(request.user, "policies.keep", on=center)
    return center
