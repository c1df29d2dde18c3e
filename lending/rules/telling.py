"""Who had something to collect or to bring back on a day that is closed now is told so: once for all products."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db import transaction

from lending.calendars import calendar_of
from lending.due_dates import Calendar, local_day, why_closed
from lending.models import Loan, Postponement, Reservation
from lending.models.postponement import Act
from lending.models.reservation import OPEN
from lending.telling import CLOSING_DAY, tell_of_closing, told_of_closing
from people import letters
from people.models import Center


@transaction.atomic
def tell(center: Center, *, now: datetime) -> int:
    """Intend the letters about everything that moved and was not told of yet; how many.

    In one transaction, so that everybody gets one letter, whatever moved for them.
    """
    calendar, told = calendar_of(center), 0
    for subject, rows in _by_subject(center):
        if told_of_closing([subject]):
            letters.withdraw(subject, CLOSING_DAY, now=now)
            rows = [row for row in rows if row.told_at is None]
        tell_of_closing(subject, _facts(rows, calendar))
        Postponement.objects.filter(pk__in=[row.pk for row in rows], told_at=None).update(told_at=now)
        told += 1
    return told


def _by_subject(center: Center) -> Iterator[tuple[Reservation | Loan, list[Postponement]]]:
    """Everything that stands postponed of each open reservation or loan with something untold."""
    standing = Postponement.objects.standing().filter(center=center)
    untold = standing.untold()
    lines = standing.select_related("line__product").order_by("pk")
    waiting = untold.filter(line__isnull=False).values("line__reservation")
    for reservation in Reservation.objects.filter(pk__in=waiting, state__in=OPEN).order_by("pk").lock():
        yield reservation, list(lines.filter(line__reservation=reservation))
    late = untold.filter(loan__isnull=False).values("loan")
    for loan in Loan.objects.open().filter(pk__in=late).lock():
        yield loan, list(standing.filter(loan=loan).order_by("pk"))


def _facts(rows: Iterable[Postponement], calendar: Calendar) -> list[dict[str, Any]]:
    """Each move once: which day is closed, why, and when instead. What lies on one day moves as a whole."""
    found: dict[tuple[str, date], dict[str, Any]] = {}
    for row in rows:
        day = local_day(row.before_at)
        if row.act == Act.RETURN and (Act.PICKUP.value, day) in found:
            continue
        facts = {
            "act": row.act,
            "closed_on": day,
            "why": why_closed(day, calendar) or "",
            "after_at": row.after_at,
        }
        found.setdefault((row.act, day), facts)
    return list(found.values())
