"""How a reservation stands, in the words that schools read (TEXTS 12–20)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from frontend.templatetags.german import clock, day
from lending.models import Allocation, Line, Loan, Reservation, State
from lending.models.reservation import ReservationQuerySet


@dataclass(frozen=True)
class Standing:
    """A word, what it means for them, and the tone of its badge."""

    word: str
    meaning: str = ""
    tone: str = "neutral"


TONES = {
    State.SUBMITTED: "warning",
    State.REQUESTED: "warning",
    State.OFFERED: "warning",
    State.APPROVED: "success",
    State.READY: "success",
}


def with_loans(reservations: ReservationQuerySet) -> ReservationQuerySet:
    """Everything ``standing`` needs, in three queries more."""
    rows = Allocation.objects.select_related("loan", "item").order_by("pk")
    lines = Line.objects.select_related("product", "medium").prefetch_related(Prefetch("allocations", rows))
    return reservations.select_related("institution").prefetch_related(Prefetch("lines", lines))


def loans_of(reservation: Reservation) -> list[Loan]:
    return [row.loan for line in reservation.lines.all() for row in line.allocations.all() if hasattr(row, "loan")]


def standing(reservation: Reservation, now: datetime) -> Standing:
    """What is out decides; before that, what was decided."""
    loans = loans_of(reservation)
    if loans:
        return standing_of_loans(loans, now)
    state = State(reservation.state)
    return Standing(str(state.label), _meaning(reservation, state, now), TONES.get(state, "neutral"))


def standing_of_loans(loans: Sequence[Loan], now: datetime) -> Standing:
    open_loans = [loan for loan in loans if loan.returned_at is None]
    if not open_loans:
        return Standing(_("Zurückgegeben"))
    due_at = min(loan.due_at for loan in open_loans)
    if all(loan.dropped_off_at for loan in open_loans):
        return Standing(_("Abgegeben"), _("wir prüfen noch"), "info")
    if due_at < now:
        return Standing(_("Überfällig"), _("seit {day}").format(day=day(due_at)), "danger")
    return Standing(_("Ausgeliehen"), _("zurück bis {day}").format(day=day(due_at)), "info")


def _meaning(reservation: Reservation, state: State, now: datetime) -> str:
    if state in {State.SUBMITTED, State.REQUESTED}:
        return _answer(reservation, now)
    if state == State.READY:
        start = reservation.starts_at
        return _("ab {day}, {clock}").format(day=day(start), clock=clock(start))
    if state == State.OFFERED and reservation.offer_ends_at:
        return _("bitte bis {day} zusagen").format(day=day(reservation.offer_ends_at))
    if state == State.WAITLISTED and reservation.told_free_at:
        return _("wieder frei: bitte bald reservieren")
    if state in {State.REJECTED, State.CANCELED}:
        return reservation.reason
    return {
        State.WAITLISTED: _("wir melden uns, sobald etwas frei wird"),
        State.NO_SHOW: _("die Geräte sind wieder frei"),
    }.get(state, "")


def _answer(reservation: Reservation, now: datetime) -> str:
    """The promised day; once it has passed, it would only annoy."""
    is_submitted, until = reservation.state == State.SUBMITTED, reservation.answer_on
    if until is None or until < timezone.localdate(now):
        return _("wir prüfen zuerst Ihr Konto") if is_submitted else _("wir antworten bald")
    words = _("wir prüfen zuerst Ihr Konto und antworten bis {day}") if is_submitted else _("wir antworten bis {day}")
    return words.format(day=day(until))


def is_over(reservation: Reservation) -> bool:
    """Nothing is to come any more: everything is back, or it came to nothing."""
    loans = loans_of(reservation)
    if loans and all(loan.returned_at for loan in loans):
        return not any(row.kind == "plan" and row.holds for row in _rows(reservation))
    return not loans and reservation.state in {State.REJECTED, State.CANCELED, State.NO_SHOW, State.EXPIRED}


def _rows(reservation: Reservation) -> Iterable[Allocation]:
    return (row for line in reservation.lines.all() for row in line.allocations.all())
