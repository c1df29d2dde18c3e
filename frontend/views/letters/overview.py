"""Briefe und Erinnerungen: what waits for a person, what comes next, and whether everything runs."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from frontend.answers import see_other
from frontend.context import center_of
from frontend.requests import MemberRequest
from frontend.views.letters.addresses import refused_in
from frontend.views.letters.desk_day import DeskDayForm
from frontend.views.letters.fortnight import fortnight
from lending import reminders
from lending.suspending import proposals
from people.letters import alarm, writing
from people.letters.kinds import KINDS
from people.models import Intent, Letter
from people.models.letter import IntentQuerySet, LetterQuerySet
from people.permissions import may

READ_AT_ONCE = 20  # letters that wait for a release, with their words


@dataclass(frozen=True)
class Tab:
    label: str | Promise
    address: str
    count: int | None
    is_here: bool


@dataclass(frozen=True)
class Draft:
    """What would go out if somebody released it."""

    intent: Intent
    letter: Letter
    title: str | Promise


@login_required
@require_safe
def overview(request: MemberRequest) -> HttpResponse:
    """For staff; others go straight to what was sent to them."""
    center = center_of(request)
    if center is None or not may(request.user, "letters.send", on=center):
        return see_other("letters_sent")
    now = timezone.now()
    today = timezone.localdate(now)
    coming = reminders.coming(center, today=today)
    context = {
        "tabs": tabs(request),
        "troubles": alarm.troubles(now, center=center),
        "reminders_since": center.reminders_since,
        "may_switch": may(request.user, "policies.keep", on=center),
        "drafts": [_draft(intent) for intent in to_read(request)[:READ_AT_ONCE]],
        "suspensions_proposed": len(proposals(center, now=now)),
        "center": center,
        "desk_day": DeskDayForm(initial={"hour": center.desk_day_hour or ""}),
        "coming": coming,
        "fortnight": fortnight(coming, today=today),
        "refused": refused_in(center, request.user),
        "unsent": own_letters(request).to_mail().count(),
    }
    return render(request, "frontend/letters/overview.html", context)


def tabs(request: MemberRequest) -> list[Tab]:
    """The ways into the letters of the centre somebody acts in."""
    letters = own_letters(request)
    counts = {"letters_to_print": letters.to_print().count(), "letters_to_call": letters.to_call().count()}
    names: list[tuple[str | Promise, str]] = [
        (_("Übersicht"), "letters"),
        (_("Zu drucken"), "letters_to_print"),
        (_("Anzurufen"), "letters_to_call"),
        (_("Gesendet"), "letters_sent"),
        (_("Sperren"), "suspensions"),
    ]
    if may(request.user, "policies.keep", on=center_of(request)):
        names.append((_("Texte"), "wordings"))
    return [Tab(label, reverse(name), counts.get(name), is_here=request.path == reverse(name)) for label, name in names]


def own_letters(request: MemberRequest) -> LetterQuerySet:
    """What this person may see of the centre they act in."""
    visible = Letter.objects.visible_to(request.user).filter(center=center_of(request))
    return visible.select_related("center", "institution", "user", "contact")


def own_intents(request: MemberRequest) -> IntentQuerySet:
    visible = Intent.objects.visible_to(request.user).filter(center=center_of(request))
    return visible.select_related("center", "institution", "user", "contact")


def to_read(request: MemberRequest) -> IntentQuerySet:
    """What waits for a release, with what its letter says about the centre."""
    return own_intents(request).to_release().prefetch_related("center__opening_hours", "center__wordings")


def _draft(intent: Intent) -> Draft:
    kind = KINDS[intent.kind]
    return Draft(intent, writing.compose([intent], bundle=kind.bundle, day=None, now=timezone.now()), kind.title)
