"""One reservation: its lines, its loans, and what can be done with it."""

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
from frontend.states import Standing, loans_of, standing, standing_of_loans, with_loans
from lending import calendars, reasons
from lending.models import Loan, Reservation, State
from lending.models.reservation import HOLDING, OPEN
from lending.renewals import longest_renewal
from people.models import User
from people.permissions import may


@dataclass(frozen=True)
class LoanRow:
    """A loan as its borrower sees it; ``renewable_until`` is None if it cannot be kept longer."""

    loan: Loan
    standing: Standing
    renewable_until: datetime | None


def loan_row(loan: Loan, user: User, now: datetime) -> LoanRow:
    until = longest_renewal(loan, now) if may(user, "lending.renew", on=loan) and loan.returned_at is None else None
    return LoanRow(loan, standing_of_loans([loan], now), until)


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
    loans = loans_of(reservation)
    is_staff = acts_for_others(request, reservation.center)
    usual = calendars.due_at(reservation.institution, reservation.starts_at)
    return {
        "reservation": reservation,
        "standing": standing(reservation, now),
        "loans": [loan_row(loan, user, now) for loan in loans],
        "why": reasons.in_words(usual) if usual.at == reservation.ends_at else "",
        "is_staff": is_staff,
        "is_open": not loans and state in OPEN,
        "may_cancel": not loans and state in OPEN and may(user, "lending.cancel", on=reservation),
        "may_extend": not loans and state in HOLDING and may(user, "lending.change", on=reservation),
        "may_decide": is_staff and state in {State.REQUESTED, State.SUBMITTED},
        "may_pack": is_staff and state == State.APPROVED and not loans,
    }
