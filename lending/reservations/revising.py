"""One line of a change: as it is, as it shall be, and what that asks of the plan."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from lending.allocation import Claim
from lending.asking import Asked
from lending.models import Allocation, Line
from lending.planning import Planning, RowKey, claim_of, extent
from lending.reservations.parting import planned_rows, resize
from lending.wishes import Wanted


@dataclass
class Revision:
    """``line`` is locked and stays as it is until ``take_effect``; ``out`` of its units are not to be touched.

    ``wanted.quantity`` counts those that are out, and not what was given up before. ``stands_for`` as in ``Asked``.
    """

    line: Line
    wanted: Wanted
    out: int
    rows: list[Allocation]
    stands_for: tuple[int, int]

    @classmethod
    def of(cls, line: Line, wanted: Wanted, out: int, stands_for: tuple[int, int]) -> "Revision":
        return cls(line, wanted, out, planned_rows(line), stands_for)

    @property
    def open_units(self) -> int:
        return self.wanted.quantity - self.out

    @property
    def kept(self) -> list[Allocation]:
        return self.rows[: self.open_units]

    @property
    def dropped(self) -> list[Allocation]:
        return self.rows[self.open_units :]

    def take_effect(self) -> None:
        """The line has its new period from here on, in memory; a shorter one never blocks more than it did."""
        lower, upper = self.wanted.blocked
        if self.wanted.grows:
            self.line.calendar_version = self.wanted.version
        else:
            lower, upper = max(lower, self.line.blocked.lower), min(upper, self.line.blocked.upper)
        self.line.starts_at, self.line.ends_at = self.wanted.starts_at, self.wanted.ends_at
        self.line.blocked = DateTimeTZRange(lower, upper)

    def ask(self, asked: Asked, now: datetime) -> None:
        """A line that grows asks for all its units anew, each for its present one first; one that only shrinks keeps
        its place in the order of right."""
        asked.stands_for[self.line.pk] = self.stands_for
        for row in self.kept:
            row.block(self._from(row, now), self.line.blocked.upper)
        asked.planning.forget(*self.dropped)
        if self.wanted.grows:
            asked.want_anew(self.line, self.kept, self.open_units)
        else:
            self._keep_its_place(asked.planning)

    def _keep_its_place(self, planning: Planning) -> None:
        claims = [claim_of(row) for row in self.kept]
        missing: list[RowKey] = [("short", self.line.pk, number) for number in range(self.line.shortfall)]
        planning.claims.update({claim.key: claim for claim in claims})
        for number, key in enumerate(missing):
            if number < self.shortfall:
                planning.claims[key] = Claim(key, *extent(self.line))
            else:
                planning.claims.pop(key, None)

    @property
    def shortfall(self) -> int:
        """What is still missing afterwards: a line that grows is whole, or it does not grow."""
        is_short = self.line.claimed and not self.wanted.grows
        return max(0, self.open_units - len(self.rows)) if is_short else 0

    def save(self) -> None:
        """The line with its new facts; one that wants nothing any more waits for ``drop``."""
        self.line.save(update_fields=["starts_at", "ends_at", "blocked", "calendar_version"])
        if self.quantity:
            resize(self.line, self.quantity, shortfall=self.shortfall)

    def drop(self) -> None:
        if not self.quantity:
            resize(self.line, 0, shortfall=0)

    @property
    def quantity(self) -> int:
        """With what was given up before, which the line goes on to remember."""
        return self.wanted.quantity + self.line.given_up

    def _from(self, row: Allocation, now: datetime) -> datetime:
        """A unit is only known to be free from now on: its range reaches no further back than it did."""
        lower: datetime = max(self.line.blocked.lower, min(row.blocked.lower, now))
        return lower


def carry_out(revisions: Collection[Revision], moves: Collection[int]) -> None:
    """Write what became of the rows while others that move are parked: ours are parked, too, and come back at once.

    ``moves`` are the rows whose unit changes: the planning sets these down itself.
    """
    rows = [row for revision in revisions for row in revision.kept]
    dropped = [row.pk for revision in revisions for row in revision.dropped]
    Allocation.objects.filter(pk__in=[*(row.pk for row in rows), *dropped]).update(holds=False)
    Allocation.objects.filter(pk__in=dropped).delete()
    for row in rows:
        row.holds, row.pinned = False, row.pinned and row.pk not in moves
    Allocation.objects.bulk_update(rows, ["blocked", "pinned"])
    Allocation.objects.filter(pk__in={row.pk for row in rows} - set(moves)).update(holds=True)
    for revision in revisions:
        revision.drop()
