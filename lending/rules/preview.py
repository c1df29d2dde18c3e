"""What an edit of the rules would do, before it is done: computed by the very steps that follow it, and not written."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from inventory.models import Product
from lending.due_dates import local_day
from lending.fence import version_of
from lending.models import Line, Loan, Reservation
from lending.rulebook import Rulebook
from lending.rules.changes import Rewriting
from lending.rules.editions import calendars_before
from lending.rules.following import products_behind
from lending.rules.step import Step, decide
from people.models import Center


@dataclass(frozen=True)
class Move:
    """A pickup or a return that would be on another day."""

    subject: Reservation | Loan
    before_at: datetime
    after_at: datetime


@dataclass
class Effect:
    """``ranges``: how many lines and loans would block their units longer or shorter than now. ``short``: lines that
    would lack units."""

    pickups: list[Move] = field(default_factory=list)
    returns: list[Move] = field(default_factory=list)
    short: list[Line] = field(default_factory=list)
    ranges: int = 0

    @property
    def is_nothing(self) -> bool:
        return not (self.pickups or self.returns or self.short or self.ranges)


def preview(center: Center, rulebook: Rulebook, *, now: datetime | None = None) -> Effect:
    """What would change for everything that is promised and out if ``rulebook`` became the rules."""
    now = now or timezone.now()
    version = version_of(center.pk) + 1
    rewriting = Rewriting(rulebook, calendars_before(center), local_day(now))
    effect = Effect()
    products = Product.objects.in_bulk(products_behind(center, version, now=now))
    for step in decide(products.values(), rewriting, version=version, now=now):
        _add(effect, step)
    return effect


def _add(effect: Effect, step: Step) -> None:
    for line in step.lines:
        if line.after[0] != line.before[0]:
            effect.pickups.append(Move(line.line.reservation, line.before[0], line.after[0]))
        elif line.after[1] != line.before[1]:
            effect.returns.append(Move(line.line.reservation, line.before[1], line.after[1]))
        elif line.new_blocked != (line.line.blocked.lower, line.line.blocked.upper):
            effect.ranges += 1
    for loan in step.loans:
        if loan.has_moved:
            effect.returns.append(Move(loan.loan, loan.loan.due_at, loan.due_at))
        elif loan.loan.allocation_id in step.rows:
            effect.ranges += 1
    short = {row.line_id for row in step.plans if row.pk in step.rows_short}
    effect.short += [it.line for it in step.lines if it.line.pk in short]
