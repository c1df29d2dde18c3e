"""Heute schließen: what it would move, then the closing itself, then whom one can call."""

from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontend.answers import fragment, see_other
from frontend.context import own_center
from frontend.errors import refused
from frontend.requests import MemberRequest, sent
from frontend.views.calendar.forms import ClosingForm
from leihwerk.errors import DomainError
from lending import rules
from lending.due_dates import A_DAY, ZONE, Span
from lending.models import Edition, Line, Loan, Postponement, Reservation
from lending.rulebook import Rulebook
from lending.telling import told_of_closing
from people import once
from people.letters.addressing import Recipient, recipient_of
from people.models import Center, Closure
from people.permissions import may, require

PAGE = "frontend/calendar/closing.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def closing(request: MemberRequest) -> HttpResponse:
    """Looks first: only ``confirmed`` closes."""
    center = own_center(request)
    require(request.user, "calendar.keep", on=center)
    today = timezone.localdate()
    form = ClosingForm(sent(request), initial={"starts_on": today, "ends_on": today})
    wants_to_close = "confirmed" in request.POST
    days: dict[str, Any] = {"starts_on": today, "ends_on": today, "reason": ""}
    if form.is_bound:
        is_valid = form.is_valid()
        days = {"reason": "", **form.cleaned_data} if is_valid or form.errors.keys() == {"reason"} else {}
        if days and not is_valid and not wants_to_close:
            form = ClosingForm(initial=days)  # to look, nobody needs a reason yet
    context = {"form": form, "effect": _effect(center, days), "days": days}
    if request.htmx:
        return fragment(request, "frontend/calendar/_effect.html", context)
    if form.errors or not wants_to_close:
        return render(request, PAGE, context, status=422 if form.errors and wants_to_close else 200)
    try:
        made = once.run(lambda: rules.close(center, by=request.user, **days))
    except DomainError as refusal:
        return refused(request, refusal, PAGE, context)
    messages.success(request, _("Eingetragen. Was auf diese Zeit fiel, verschiebt sich; alle bekommen Bescheid."))
    return see_other("closure", pk=made.pk)


@login_required
@require_safe
def closure(request: MemberRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Closure.objects.visible_to(request.user).select_related("center"), pk=pk)
    moved = _moved_by(shown)
    context = {
        "closure": shown,
        "moved": moved,
        "told": any(it.is_told for it in moved),
        "short": _short(shown),
        "is_moving": Edition.objects.filter(center=shown.center_id).exists(),
        "may_open": may(request.user, "calendar.keep", on=shown) and shown.ends_on >= timezone.localdate(),
    }
    return render(request, "frontend/calendar/closure.html", context)


@login_required
@require_POST
def closure_end(request: MemberRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Closure.objects.visible_to(request.user).select_related("center"), pk=pk)
    require(request.user, "calendar.keep", on=shown)
    told = sum(1 for it in _moved_by(shown) if it.is_told)
    once.run(lambda: rules.open_again(shown, by=request.user))
    stays = _("Wieder geöffnet. {n} Termine bleiben verschoben, denn die Nachricht ist schon hinaus.").format(n=told)
    messages.success(request, stays if told else _("Wieder geöffnet. Alles kommt wieder auf seinen Tag."))
    return see_other("calendar")


@dataclass
class Moved:
    """Somebody's pickup or return on another day, and how they hear of it."""

    subject: Reservation | Loan
    moves: list[Postponement]
    recipient: Recipient | None
    is_told: bool = False


def _effect(center: Center, days: dict[str, Any]) -> rules.Effect | None:
    if not days:
        return None
    rulebook = Rulebook.of(center)
    span = Span(days["starts_on"], days["ends_on"], str(days["reason"]))
    calendar = replace(rulebook.calendar, closures=[*rulebook.calendar.closures, span])
    return rules.preview(center, rulebook.with_calendar(calendar))


def _moments(closure: Closure) -> tuple[datetime, datetime]:
    return (
        datetime.combine(closure.starts_on, time(), ZONE),
        datetime.combine(closure.ends_on + A_DAY, time(), ZONE),
    )


def _moved_by(closure: Closure) -> list[Moved]:
    rows = Postponement.objects.standing().filter(center=closure.center_id, before_at__range=_moments(closure))
    rows = rows.select_related(
        "line__reservation__institution", "line__reservation__contact__institution", "line__reservation__responsible",
        "loan__institution", "loan__contact__institution", "loan__responsible", "loan__item__product",
    )  # fmt: skip
    found: dict[Reservation | Loan, Moved] = {}
    for row in rows.order_by("after_at", "pk"):
        subject = row.line.reservation if row.line else row.loan
        if subject is None:
            continue
        if subject not in found:
            found[subject] = Moved(subject, [], recipient_of(subject.responsible or subject.contact, subject))
        if not any((it.act, it.after_at) == (row.act, row.after_at) for it in found[subject].moves):
            found[subject].moves.append(row)
    for subject in told_of_closing(found):
        found[subject].is_told = True
    return list(found.values())


def _short(closure: Closure) -> list[Line]:
    """Who lacks units since, whatever day they come: the conflicts."""
    lines = Line.objects.filter(center=closure.center_id, shortfall__gt=0, shortfall_reason="calendar")
    return list(lines.select_related("reservation__institution", "product").order_by("starts_at"))
