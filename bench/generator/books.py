"""The deals as the tables keep them: reservations, lines, allocations, slips, loans and outages."""

from collections.abc import Iterator
from datetime import datetime
from random import Random
from typing import Final

from bench.generator.business import REPAIR, RETURNS_LATE, Deal, Phase
from bench.generator.cast import Home
from bench.generator.days import Days
from bench.generator.sheets import Sheet
from lending.models import Allocation, AllocationKind, Handover, Line, Loan, Outage, Reservation, State

TOGETHER: Final = 0.3
WALK_INS: Final = 0.1
CANCELED: Final = 0.05
REQUESTED: Final = 0.1
EARLIER: Final = 0.2
KNOWN_FOR: Final = 85
"""Days after which nobody remembers who had borrowed."""
MOST_LINES: Final = 4


class Books:
    def __init__(self, now: datetime, random: Random) -> None:
        self.now, self.random = now, random
        self.reservations = Sheet(
            Reservation, "center", "institution", "responsible", "booked_by", "state", "starts_at", "ends_at",
            "booked_at", "decided_at", "ended_at", now=now,
        )  # fmt: skip
        self.lines = Sheet(
            Line, "center", "reservation", "product", "quantity", "starts_at", "ends_at", "blocked", "claimed",
            "given_up", now=now,
        )  # fmt: skip
        self.rows = Sheet(
            Allocation, "center", "product", "item", "kind", "line", "outage", "blocked", "holds", "pinned", now=now
        )
        self.slips = Sheet(
            Handover, "center", "institution", "reservation", "responsible", "due_at", "happened_at", "entered_at",
            "finished_at", now=now,
        )  # fmt: skip
        self.loans = Sheet(
            Loan, "center", "allocation", "item", "institution", "handover", "responsible", "handed_over_at", "due_at",
            "returned_at", "checked_at", "people_unlinked_at", now=now,
        )  # fmt: skip
        self.outages = Sheet(Outage, "center", "item", "reason", "starts_at", "expected_end_at", now=now)
        self.sheets = [self.reservations, self.lines, self.rows, self.slips, self.loans, self.outages]

    def enter(self, home: Home, deals: list[Deal], days: Days) -> None:
        schools = list(home.teachers)
        for together in _grouped(deals, self.random):
            school = self.random.choice(schools)
            person = self.random.choice(home.teachers[school])
            _Entry(self, home.center, school, person, together, days).write()

    def repair(self, center: int, pairs: list[tuple[int, int]], days: Days) -> None:
        start, end = days.reached + REPAIR.start, days.reached + REPAIR.stop
        for product, item in pairs:
            outage = self.outages.add(center, item, "repair", days.text(start), days.text(end))
            span = days.span(start, end)
            self.rows.add(center, product, item, AllocationKind.OUTAGE, None, outage, span, True, False)


def _grouped(deals: list[Deal], random: Random) -> Iterator[list[Deal]]:
    """What one school fetches in one go."""
    together: list[Deal] = []
    for deal in deals:
        goes_along = together and together[0].starts == deal.starts and len(together) < MOST_LINES
        if together and not (goes_along and random.random() < TOGETHER):
            yield together
            together = []
        together.append(deal)
    if together:
        yield together


class _Entry:
    """One reservation with its slip; or a slip alone, when somebody came by."""

    def __init__(self, books: Books, center: int, school: int, person: int, deals: list[Deal], days: Days) -> None:
        self.books, self.center, self.school, self.deals, self.days = books, center, school, deals, days
        self.starts, self.ends = deals[0].starts, max(deal.ends for deal in deals)
        self.is_coming = deals[0].phase is Phase.COMING
        self.person = person if self.starts > days.reached - KNOWN_FOR else None

    def write(self) -> None:
        chance = self.books.random.random()
        is_walk_in = not self.is_coming and chance < WALK_INS
        reservation = None if is_walk_in else self._reserve(self._state())
        if 1 - chance < CANCELED:
            self._cancel()
        slip = None if self.is_coming else self._hand_over(reservation)
        for deal in self.deals:
            line = self._line(reservation, deal) if reservation else None
            for item in deal.items:
                self._unit(deal, item, line, slip)

    def _state(self) -> State:
        return State.REQUESTED if self.is_coming and self.books.random.random() < REQUESTED else State.APPROVED

    def _reserve(self, state: State) -> int:
        booked = self.days.text(min(self.starts - 3, self.days.reached))
        return self.books.reservations.add(
            self.center, self.school, self.person, self.person, state, self.days.text(self.starts),
            self.days.text(self.ends), booked, None if state == State.REQUESTED else booked,
            booked if state == State.CANCELED else None,
        )  # fmt: skip

    def _cancel(self) -> None:
        """Somebody else had wanted the same, and let it go."""
        reservation = self._reserve(State.CANCELED)
        for deal in self.deals:
            self._line(reservation, deal, given_up=len(deal.items))

    def _line(self, reservation: int, deal: Deal, given_up: int = 0) -> int:
        quantity, days = len(deal.items), self.days
        return self.books.lines.add(
            self.center, reservation, deal.product, quantity, days.text(deal.starts), days.text(deal.ends),
            days.span(deal.starts, deal.ends), quantity, given_up,
        )  # fmt: skip

    def _hand_over(self, reservation: int | None) -> int:
        at, due = self.days.text(self.starts), self.days.text(self.ends)
        return self.books.slips.add(self.center, self.school, reservation, self.person, due, at, at, at)

    def _unit(self, deal: Deal, item: int, line: int | None, slip: int | None) -> None:
        days, kind = self.days, AllocationKind.LOAN if slip else AllocationKind.PLAN
        back = self._back_on(deal)
        until = back if back is not None else days.reached + RETURNS_LATE if deal.phase is Phase.LATE else deal.ends
        row = self.books.rows.add(
            self.center, deal.product, item, kind, line, None, days.span(deal.starts, until), back is None,
            slip is not None,
        )  # fmt: skip
        if slip:
            returned = None if back is None else days.text(back)
            self.books.loans.add(
                self.center, row, item, self.school, slip, self.person, days.text(deal.starts), days.text(deal.ends),
                returned, returned, None if self.person else returned,
            )  # fmt: skip

    def _back_on(self, deal: Deal) -> int | None:
        if deal.phase is not Phase.PAST:
            return None
        return deal.ends - (self.books.random.random() < EARLIER)
