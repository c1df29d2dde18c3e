"""What comes next for a school: what is picked up and what goes back, by moment."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

from frontend.templatetags.german import times
from lending.models import Loan, Reservation


@dataclass(frozen=True)
class Step:
    """Something that a school does at a moment: ``what`` with ``things``."""

    at: datetime
    what: str
    things: str
    address: str


def next_steps(loans: Iterable[Loan], coming: Iterable[Reservation]) -> list[Step]:
    """The soonest first. What goes back at the same moment goes back together."""
    by_moment = groupby(sorted(loans, key=_due_at), key=_due_at)
    returns = [
        Step(due_at, _("Rückgabe"), _counted((loan.item.product, 1) for loan in due), "#loans")
        for due_at, due in by_moment
    ]
    pickups = [
        Step(
            it.starts_at,
            _("Abholung"),
            _counted((line.product, line.quantity) for line in it.lines.all()),
            reverse("reservation", args=[it.pk]),
        )
        for it in coming
    ]
    return sorted([*returns, *pickups], key=lambda step: step.at)


def _due_at(loan: Loan) -> datetime:
    return loan.due_at


def _counted(things: Iterable[tuple[object, int]]) -> str:
    counts: Counter[str] = Counter()
    for thing, quantity in things:
        counts[str(thing)] += quantity
    return ", ".join(times(quantity, thing) for thing, quantity in counts.items())
