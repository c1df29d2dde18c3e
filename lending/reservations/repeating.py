"""Reserving again and again: every date is a reservation of its own, and none fails in silence."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from leihwerk.errors import DomainError
from lending import licensing
from lending.eligibility import Asker, check_rules
from lending.limits import Limits
from lending.models import Line, Reservation
from lending.refusals import NoDateFree
from lending.reservations.booking import Booking, write
from lending.reservations.dates import Date, dates_of
from lending.reservations.holding import Grants
from lending.rulebook import Rulebook
from lending.surroundings import SurroundingsOfMany
from lending.telling import tell_of_all
from lending.wishes import Wanted, Wish, weigh
from people import journal
from people.models import Institution, User


@dataclass
class Series:
    """What came of a repeated reservation; ``series`` is what its reservations have in common."""

    series: UUID
    placed: list[Reservation] = field(default_factory=list)
    missed: list[Date] = field(default_factory=list)

    def miss(self, date: Date, refusal: DomainError) -> None:
        if refusal.is_transient:
            raise refusal
        self.missed.append(replace(date, obstacle=refusal))


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
    **booking: Any,
) -> Series:
    """Place the same wishes on every date of ``rule`` (RFC 5545) from ``starts_at`` on; ``booking`` as for ``Booking``.

    Closed days are left out, and for schools their holidays. Each date is placed or missed by itself, with its
    reason, earlier ones first. One transaction for all of them: killed in the middle it leaves nothing, and asked
    again under the same key it is whole; with one for each date, a second call would find its own dates taken. What
    is planned is read once and written once, however many dates there are: so the gate is soon open again. Raises
    NoRule, TooManyDates, and NoDateFree if there is none: then nothing was written.
    """
    asker, book = Asker(institution, by, now or timezone.now()), Rulebook.of(institution.center)
    dates = dates_of(institution, book.calendar, rule=rule, wishes=wishes, starts_at=starts_at, ends_at=ends_at)
    made = Series(uuid4())
    drafts = _drafts(dates, asker, Booking(series=made.series, **booking), book, made)
    placed = _place(drafts, asker, made)
    made.missed.sort(key=lambda it: it.starts_at)
    if not placed:
        raise NoDateFree(dates=made.missed)
    made.placed = [draft.reservation for draft in placed]
    first, numbers = made.placed[0], [reservation.pk for reservation in made.placed]
    facts = {"state": first.state, "channel": first.channel}
    journal.record_all("reservation.placed", ((it, facts) for it in made.placed), by=by)
    journal.record("reservation.repeated", first, by=by, placed=numbers, missed=len(made.missed))
    tell_of_all([(draft.reservation, draft.lines) for draft in placed], book)
    return made


def foreseen(
    institution: Institution,
    *,
    rule: str,
    wishes: Sequence[Wish],
    starts_at: datetime,
    ends_at: datetime,
    by: User | None,
    now: datetime | None = None,
) -> list[Date]:
    """The dates before anything is sent, as ``repeat`` would place or miss them now, each with what is against it.

    Without locking, and in a handful of queries, however many dates. Raises NoRule and TooManyDates.
    """
    asker, book = Asker(institution, by, now or timezone.now()), Rulebook.of(institution.center)
    dates = dates_of(institution, book.calendar, rule=rule, wishes=wishes, starts_at=starts_at, ends_at=ends_at)
    made = Series(uuid4())
    drafts = _drafts(dates, asker, Booking(), book, made)
    lines = [line for draft in drafts for line in draft.lines]
    grants = Grants.foreseen(lines, asker.now, SurroundingsOfMany(lines, asker.now))
    granted = [draft.date for draft in _granted(drafts, asker, grants, made)]
    return sorted([*granted, *made.missed], key=lambda it: it.starts_at)


@dataclass(frozen=True)
class _Draft:
    """A date that no rule is against; nothing of it is saved."""

    date: Date
    wanted: Sequence[Wanted]
    reservation: Reservation
    lines: Sequence[Line]


def _drafts(dates: Sequence[Date], asker: Asker, booking: Booking, book: Rulebook, made: Series) -> list[_Draft]:
    drafts = []
    for it in dates:
        period = it.starts_at, it.ends_at
        try:
            if it.obstacle:
                raise it.obstacle
            wanted = weigh(it.wishes, asker.institution, *period, book=book, now=asker.now)
            check_rules(wanted, asker, book.calendar)
            licensing.check(wanted, asker.institution)
        except DomainError as refusal:
            made.miss(it, refusal)
            continue
        reservation = booking.reservation(asker.institution, wanted, period, by=asker.by, book=book, now=asker.now)
        drafts.append(_Draft(it, wanted, reservation, [its.line() for its in wanted]))
    return drafts


def _place(drafts: Sequence[_Draft], asker: Asker, made: Series) -> list[_Draft]:
    """Behind one gate: ask for one date after the other, then write all that is granted."""
    lines = [line for draft in drafts for line in draft.lines if draft.reservation.is_holding]
    grants = Grants.behind_the_gate(lines, asker.now, SurroundingsOfMany(lines, asker.now))
    placed = _granted(drafts, asker, grants if lines else None, made)
    write([(draft.reservation, draft.lines) for draft in placed])
    grants.keep()
    licensing.keep([line for line in lines if line.pk], now=asker.now)
    return placed


def _granted(drafts: Sequence[_Draft], asker: Asker, grants: Grants | None, made: Series) -> list[_Draft]:
    """Those within the limits and, unless nothing is held (``grants`` is None), with units for all of their lines."""
    limits = Limits.read(asker.institution, [it for draft in drafts for it in draft.wanted])
    granted = []
    for draft in drafts:
        try:
            if not asker.is_staff:
                limits.check(draft.wanted)
            if grants is not None:
                grants.ask(draft.lines)
        except DomainError as refusal:
            made.miss(draft.date, refusal)
            continue
        limits.add(draft.wanted)
        granted.append(draft)
    return granted
