"""The home of a teacher and a coordinator: what must go back when, what is coming, and a way to the next one."""

from datetime import datetime

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from frontend.requests import MemberRequest
from frontend.standing import own_institutions
from frontend.states import standing, with_loans
from frontend.views.reservations.listing import IS_CURRENT, WAS_OUT
from frontend.views.reservations.showing import LoanRow, loan_rows, with_things
from lending.models import Loan, Reservation
from licenses.models import Deletion
from people.models import Center, Membership, User
from people.permissions import may

SHOWN = 5


def school_home(request: MemberRequest, center: Center) -> HttpResponse:
    user = request.user
    now = timezone.now()
    institutions = own_institutions(request)
    coming = (
        Reservation.objects.visible_to(user)
        .filter(Q(responsible=user) | Q(booked_by=user, responsible=None), IS_CURRENT, ~WAS_OUT, center=center)
        .order_by("starts_at")
    )
    waiting = [it for it in user.memberships_in_force if not it.is_active]
    context = {
        "institutions": institutions,
        "loans": own_loans(user, center, now),
        "coming": [(row, standing(row, now)) for row in with_loans(coming)[:SHOWN]],
        "waiting": waiting,
        "members_waiting": _members_waiting(user, center),
        "deletions": Deletion.objects.visible_to(user).open().filter(center=center).count(),
        "school_overdue": _school_overdue(user, center, now),
    }
    return render(request, "frontend/home/school.html", context)


def own_loans(user: User, center: Center, now: datetime) -> list[LoanRow]:
    """What somebody has, most urgent first."""
    loans = Loan.objects.visible_to(user).open().filter(center=center, responsible=user)
    return loan_rows(with_things(loans).order_by("due_at"), user, now)


def _members_waiting(user: User, center: Center) -> int:
    """For a coordinator: who waits to be activated at their schools."""
    waiting = Membership.objects.visible_to(user).waiting().filter(center=center).select_related("institution")
    return sum(1 for membership in waiting if may(user, "members.activate", on=membership))


def _school_overdue(user: User, center: Center, now: datetime) -> int:
    """For a coordinator: what others of the school have not brought back."""
    return Loan.objects.visible_to(user).overdue(now).filter(center=center).exclude(responsible=user).count()
