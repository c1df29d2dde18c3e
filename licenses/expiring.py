"""Managers hear in time of contracts about which somebody has to decide."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from licenses.deadlines import standings
from licenses.models import Contract, Period
from people import letters
from people.models import Center, Membership, User
from people.roles import Role

KIND: Final = "license_expiring"
STEPS: Final = (180, 90, 60, 30, 14, 7)
"""Days before the deadline on which a letter goes out."""


@transaction.atomic
def tell_managers(center: Center, *, now: datetime | None = None) -> int:
    """Write to the managers of ``center`` about each contract that has come to its next step; how many contracts.

    Each step is told once. One that was entered late is told at once, of the step it has come to.
    """
    now = now or timezone.now()
    today = timezone.localdate(now, center.zone)
    managers = list(_managers(center))
    reached = list(_reached(center, today)) if managers else []
    for period, deadline, step in reached:
        for manager in managers:
            _tell(period, deadline, manager, step)
    return len(reached)


def step_reached(deadline: date, today: date) -> int | None:
    """The closest of STEPS that has come; None before the first one and after the deadline."""
    days = (deadline - today).days
    return min((step for step in STEPS if step >= days), default=None) if days >= 0 else None


def _reached(center: Center, today: date) -> Iterable[tuple[Period, date, int]]:
    for standing in standings(Contract.objects.filter(center=center), today):
        if standing.needs_decision and standing.period is not None and standing.on is not None:
            step = step_reached(standing.on, today)
            if step is not None:
                yield standing.period, standing.on, step


def _tell(period: Period, deadline: date, manager: User, step: int) -> None:
    contract = period.contract
    letters.intend(
        KIND,
        period,
        manager,
        step=step,
        title=contract.title,
        number=contract.number,
        is_renewed=contract.renews_itself,
        deadline_on=deadline,
    )


def _managers(center: Center) -> Iterable[User]:
    members = Membership.objects.active().filter(center=center, role=Role.MANAGER, user__is_active=True)
    return (member.user for member in members.select_related("user").order_by("pk"))
