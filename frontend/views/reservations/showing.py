"""One reservation: its lines, its loans, and what can be done with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from frontend.requests import MemberRequest
from frontend.standing import acts_for_others
from frontend.states import Standing, standing, standing_of_loans, with_loans
from lending import reasons
from lending.models import AllocationKind, Line, Loan, Reservation, State
from lending.models.loan import LoanQuerySet
from lending.models.reservation import OPEN
from lending.renewals import longest_renewals
from lending.reservations import promised_before
from people.models import User
from people.permissions import may


@dataclass(frozen=True)
class LoanRow:
    """A loan as its borrower sees it; ``renewable_until`` is None if it cannot be kept longer."""

    loan: Loan
    standing: Standing
    renewable_until: datetime | None


def with_things(loans: LoanQuerySet) -> LoanQuerySet:
    return loans.select_related("item__product__category", "institution__center", "allocation__line", "responsible")


def loan_rows(loans: Iterable[Loan], user: User, now: datetime) -> list[LoanRow]:
    """In their order."""
    shown = list(loans)
    renewable = longest_renewals([loan for loan in shown if may(user, "lending.renew", on=loan)], now)
    return [LoanRow(loan, standing_of_loans([loan], now), renewable.get(loan.pk)) for loan in shown]


def open_units(line: Line) -> int:
    """What is still to come of a line: neither out, nor back, nor given up."""
    return line.quantity - line.given_up - sum(1 for row in line.allocations.all() if row.kind == AllocationKind.LOAN)


@login_required
@require_safe
def show(request: MemberRequest, pk: int) -> HttpResponse:
    return render(request, "frontend/reservations/reservation.html", reservation_context(request, pk))


def reservation_context(request: MemberRequest, pk: int) -> dict[str, Any]:
    """Raises Http404 for what somebody may not see."""
    user, now = request.user, timezone.now()
    visible = Reservation.objects.visible_to(user).select_related("center", "contact", "responsible", "booked_by")
    reservation = get_object_or_404(with_loans(visible), pk=pk)
    state = State(reservation.state)
    out = Loan.objects.filter(allocation__line__reservation=reservation)
    loans = list(with_things(out).order_by("allocation__line", "allocation"))
    is_staff = acts_for_others(request, reservation.center)
    coming = [line for line in reservation.lines.all() if open_units(line)]
    may_change = bool(coming) and state in OPEN and may(user, "lending.change", on=reservation)
    return {
        "reservation": reservation,
        "standing": standing(reservation, now),
        "loans": loan_rows(loans, user, now),
        "why": reasons.why_until(reservation),
        "is_staff": is_staff,
        "is_open": not loans and state in OPEN,
        "may_cancel": not loans and state in OPEN and may(user, "lending.cancel", on=reservation),
        "coming": coming,
        "lines": [(line, open_units(line) if loans else line.quantity) for line in coming or reservation.lines.all()],
        "may_change": may_change,
        "may_split": may_change and sum(open_units(line) for line in coming) > 1,
        "may_accept": state in {State.OFFERED, State.WAITLISTED} and may(user, "lending.change", on=reservation),
        "may_decide": is_staff and state in {State.REQUESTED, State.SUBMITTED},
        "promised": promised_before([reservation]).get(reservation.pk, []),
        "may_pack": is_staff and state == State.APPROVED and not loans,
    }
