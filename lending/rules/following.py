"""After an edit of the rules everything that was planned by the old ones follows: product by product, each in a
transaction of its own behind its gate (DESIGN 3.12). Killed in between, the next run goes on; run twice, nothing
changes.
"""

import logging
import time
from datetime import datetime
from functools import partial
from typing import Final

from django.db import transaction
from django.utils import timezone

from lending.calendars import calendar_of
from lending.due_dates import Edit, Way, local_day, moved
from lending.fence import version_of
from lending.gate import gate
from lending.models import Edition, Handover, Line, Loan, Reservation
from lending.models.reservation import OPEN
from lending.rulebook import Rulebook
from lending.rules.changes import Rewriting
from lending.rules.editions import calendars_before
from lending.rules.step import decide
from lending.rules.telling import tell
from lending.rules.writing import write
from people import journal, once
from people.errors import TryAgain
from people.models import Center

log = logging.getLogger(__name__)

PATIENCE: Final = 20.0
"""Seconds after which a run leaves the rest to the next one."""


def follow(center: Center, *, now: datetime | None = None, seconds: float = PATIENCE) -> bool:
    """Let everything open follow the rules as they are; True when nothing is left to do.

    Not to be called in a transaction: each product is one, and so are the letters.
    """
    now = now or timezone.now()
    version, started, left = version_of(center.pk), time.monotonic(), 0
    for product in products_behind(center, version, now=now):
        if time.monotonic() - started > seconds:
            return False
        try:
            once.run(partial(follow_product, product, now=now))
        except TryAgain:
            log.info("product %s is being changed, its lines follow the new rules in the next run", product)
            left += 1
    once.run(partial(follow_slips, center, now=now))
    once.run(partial(tell, center, now=now))
    if left == 0:
        once.run(lambda: Edition.objects.filter(center=center, version__lt=version).delete())
    return left == 0


def centers_behind() -> list[Center]:
    """Where something may still be planned by older rules."""
    return list(Center.objects.filter(pk__in=Edition.objects.values("center")))


def products_behind(center: Center, version: int, *, now: datetime) -> list[int]:
    lines = Line.objects.filter(
        center=center, reservation__state__in=OPEN, calendar_version__lt=version, blocked__endswith__gt=now
    )
    loans = Loan.objects.open().filter(center=center, calendar_version__lt=version)
    products = {*lines.values_list("product_id", flat=True), *loans.values_list("allocation__product_id", flat=True)}
    return sorted(products)


@transaction.atomic
def follow_product(product: int, *, now: datetime) -> None:
    """Give the open lines and loans of one product the ranges of the rules as they are; what was to be collected or
    brought back on a day that is closed now moves. Whoever finds no unit any more is short, with reason "calendar"."""
    locked = gate({product})[product]
    version = version_of(locked.center_id)
    _lock(product, now)
    rewriting = Rewriting(Rulebook.of(locked.center), calendars_before(locked.center), local_day(now))
    for step in decide([locked], rewriting, version=version, now=now):
        write(step, version=version, now=now)


@transaction.atomic
def follow_slips(center: Center, *, now: datetime) -> None:
    """What the desk scans on a slip that is open is not due on a day that is closed now."""
    edit = Edit(calendars_before(center)(0), calendar_of(center))
    for slip in Handover.objects.open().filter(center=center, due_at__gt=now).select_related("institution").lock():
        tour_day = slip.institution.tour_day
        way = Way(tour_day if tour_day == local_day(slip.due_at).weekday() else None)
        due_at = moved(slip.due_at, edit, way)
        if due_at != slip.due_at:
            slip.due_at = due_at
            slip.save(update_fields=["due_at"])
            journal.record("handover.postponed", slip, by=None, until=due_at)


def _lock(product: int, now: datetime) -> None:
    """Behind the gate, in the order of the house: reservations, lines, loans."""
    lines = Line.objects.filter(product=product, reservation__state__in=OPEN, blocked__endswith__gt=now)
    list(Reservation.objects.filter(pk__in=lines.values("reservation")).lock())
    list(lines.lock())
    list(Loan.objects.open().filter(allocation__product=product).lock())
