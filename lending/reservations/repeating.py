"""Reserving again and again: every date is a reservation of its own, and none fails in silence."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from leihwerk.errors import DomainError
from lending import availability
from lending.calendars import calendar_of
from lending.due_dates import Calendar, local_day, school_holiday, shifted, why_closed
from lending.gate import expect_behind, gate
from lending.models import Reservation
from lending.recurrence import occurrences
from lending.refusals import ClosedThen, HolidaysThen, NoDateFree, WrongState
from lending.reservations.canceling import cancel
from lending.reservations.placing import place
from lending.reservations.wishes import Wish, weigh
from lending.rulebook import Rulebook
from people import journal
from people.models import Institution, User
from people.models.institution import InstitutionKind


@dataclass(frozen=True)
class Date:
    """One date of a series. ``obstacle`` says why it does not come about, or what stands against it so far."""

    starts_at: datetime
    ends_at: datetime
    wishes: Sequence[Wish]
    obstacle: DomainError | None = None


@dataclass
class Series:
    """What came of a repeated reservation; ``series`` is what its reservations have in common."""

    series: UUID
    placed: list[Reservation] = field(default_factory=list)
    missed: list[Date] = field(default_factory=list)


@transaction.atomic
def repeat(
    institution: Institution,
    *,
    rule: str,
    wishes: Sequence[Wish],
    starts_at: datetime,
    ends_at: datetime,
    by: User | None,
    now: datetime | None = None,
    **placing: Any,
) -> Series:
    """Place the same wishes on every date of ``rule`` (RFC 5545), from ``starts_at`` on; ``placing`` as for ``place``.

    Closed days are left out, and for schools their holidays. Each date is placed or missed by itself, with its
    reason. One transaction for all of them: killed in the middle it leaves nothing, and asked again under the same key
    it is whole; with one for each date, a second call would find its own dates taken. Raises NoRule, TooManyDates, and
    NoDateFree if there is none: then nothing was written.
    """
    now = now or timezone.now()
    dates = dates_of(institution, rule=rule, wishes=wishes, starts_at=starts_at, ends_at=ends_at)
    gate(wish.product.pk for wish in wishes)
    made = Series(uuid4())
    for it in dates:
        try:
            if it.obstacle:
                raise it.obstacle
            made.placed.append(
                place(institution, wishes=it.wishes, starts_at=it.starts_at, ends_at=it.ends_at, by=by,
                      series=made.series, now=now, **placing)
            )  # fmt: skip
        except DomainError as refusal:
            if refusal.is_transient:
                raise
            made.missed.append(replace(it, obstacle=refusal))
    if not made.placed:
        raise NoDateFree(dates=made.missed)
    numbers = [reservation.pk for reservation in made.placed]
    journal.record("reservation.repeated", made.placed[0], by=by, placed=numbers, missed=len(made.missed))
    return made


@transaction.atomic
def cancel_series(
    reservations: Sequence[Reservation], *, by: User | None, now: datetime | None = None
) -> list[Reservation]:
    """Let go of several dates at once; those that are over or canceled already stay as they are."""
    now = now or timezone.now()
    dates = Reservation.objects.filter(pk__in=[reservation.pk for reservation in reservations])
    products = gate(dates.values_list("lines__product_id", flat=True))
    locked = list(dates.lock())
    expect_behind(products, dates.values_list("lines__product_id", flat=True))
    canceled = []
    for reservation in locked:
        try:
            canceled.append(cancel(reservation, by=by, now=now))
        except WrongState:
            continue
    return canceled


def dates_of(
    institution: Institution, *, rule: str, wishes: Sequence[Wish], starts_at: datetime, ends_at: datetime
) -> list[Date]:
    """Every date of ``rule`` at the same local times of day. Raises NoRule and TooManyDates."""
    calendar, first = calendar_of(institution.center), local_day(starts_at)
    return [
        _date(institution, wishes, (starts_at, ends_at), (day - first).days, calendar)
        for day in occurrences(rule, first)
    ]


def foreseen(
    institution: Institution,
    *,
    rule: str,
    wishes: Sequence[Wish],
    starts_at: datetime,
    ends_at: datetime,
    now: datetime | None = None,
) -> list[tuple[Date, bool]]:
    """The dates before anything is sent, and whether all of it is free then as far as the catalogue knows."""
    now = now or timezone.now()
    dates = dates_of(institution, rule=rule, wishes=wishes, starts_at=starts_at, ends_at=ends_at)
    book = Rulebook.of(institution.center)
    return [(it, it.obstacle is None and _is_free(it, institution, book, now)) for it in dates]


def _is_free(date: Date, institution: Institution, book: Rulebook, now: datetime) -> bool:
    wanted = weigh(date.wishes, institution, date.starts_at, date.ends_at, book=book, now=now)
    free = [availability.free([it.product.pk], *it.blocked)[it.product.pk].available for it in wanted]
    return all(available >= it.quantity for available, it in zip(free, wanted, strict=True))


def _date(
    institution: Institution,
    wishes: Sequence[Wish],
    period: tuple[datetime, datetime],
    days: int,
    calendar: Calendar,
) -> Date:
    starts_at, ends_at = (shifted(moment, days) for moment in period)
    moved = [
        replace(
            wish,
            starts_at=shifted(wish.starts_at, days) if wish.starts_at else None,
            ends_at=shifted(wish.ends_at, days) if wish.ends_at else None,
        )
        for wish in wishes
    ]
    return Date(starts_at, ends_at, moved, _obstacle(institution, (starts_at, ends_at), calendar))


def _obstacle(institution: Institution, period: tuple[datetime, datetime], calendar: Calendar) -> DomainError | None:
    for moment in period:
        day = local_day(moment)
        why = why_closed(day, calendar)
        if why is not None:
            return ClosedThen(day=day, why=why)
        holiday = school_holiday(day, calendar)
        if holiday is not None and institution.kind == InstitutionKind.SCHOOL:
            return HolidaysThen(day=day, why=holiday.name)
    return None
