"""Holding: every line gets all its units behind the gate, or nothing is written."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from leihwerk.errors import DomainError
from lending import licensing
from lending.allocation import Refusal
from lending.asking import Asked
from lending.fence import expect_version
from lending.gate import gate
from lending.models import Line, Reservation
from lending.plan_rows import allocate
from lending.planning import Planning, PlanOf
from lending.rulebook import Rulebook
from lending.surroundings import Surroundings
from lending.ways_out import refuse


def hold(lines: Sequence[Line], *, now: datetime, write: Callable[[], None]) -> None:
    """Plan units for ``lines``; ``write`` saves them when it is certain that they can be served.

    Raises NotAvailable, PartlyAvailable or PlanningUndecided; PlanMoved if their ranges are those of older rules; for
    the licences that come along as ``licensing.keep``.
    """
    grants = Grants.behind_the_gate(lines, now, Surroundings(lines))
    grants.ask(lines)
    write()
    grants.keep()
    licensing.keep(lines, now=now)


@dataclass
class Grants:
    """What is granted of several products, one group of lines after the other, before anything of it is written."""

    asked: Mapping[int, Asked]
    around: Surroundings
    now: datetime

    @classmethod
    def foreseen(cls, lines: Iterable[Line], now: datetime, around: Surroundings) -> "Grants":
        """Without any lock: what is asked now may be answered otherwise when it counts. Nothing may be kept."""
        products = {line.product_id: line.product for line in lines}
        return cls({pk: Asked(it) for pk, it in Planning.read_all(products.values(), now).items()}, around, now)

    @classmethod
    def behind_the_gate(cls, lines: Iterable[Line], now: datetime, around: Surroundings) -> "Grants":
        """Raises PlanMoved if the ranges of ``lines``, which will be asked for, are those of older rules."""
        lines = list(lines)
        locked = gate(line.product_id for line in lines)
        for center, version in {(line.center_id, line.calendar_version) for line in lines}:
            expect_version(center, version)
        return cls({pk: Asked(it) for pk, it in Planning.read_all(locked.values(), now).items()}, around, now)

    def ask(self, lines: Sequence[Line]) -> None:
        """All units of ``lines`` beside what was granted before, or nothing of them.

        Raises NotAvailable, PartlyAvailable or PlanningUndecided.
        """
        asked = {line.product_id: self.asked[line.product_id] for line in lines}
        for line in lines:
            asked[line.product_id].want_new(line, line.quantity)
        try:
            answers = admitted(asked, lines, self.around)
        except DomainError:
            for it in asked.values():
                it.take_back()
            raise
        for pk, answer in answers.items():
            asked[pk].grant(answer)

    def keep(self) -> None:
        """Write it all; the lines are saved."""
        for it in self.asked.values():
            if it.plan is not None:
                with it.planning.writing(it.plan):
                    allocate(it.new_units(it.plan), self.now)


def admitted(
    asked: Mapping[int, Asked], lines: Sequence[Line], around: Surroundings | None = None
) -> dict[int, PlanOf]:
    """The plan of each product, if all of them admit what is asked for ``lines``.

    Raises NotAvailable, PartlyAvailable or PlanningUndecided.
    """
    answers = {pk: it.answer() for pk, it in asked.items()}
    plans = {pk: answer for pk, answer in answers.items() if not isinstance(answer, Refusal)}
    if len(plans) < len(answers):
        refuse(lines, asked, answers, around)
    return plans


def by_todays_rules(reservation: Reservation) -> list[Line]:
    """The lines of what was only wished for, with the ranges they would block if they were placed now; not saved."""
    lines, book = list(reservation.lines.select_related("product")), Rulebook.of(reservation.center)
    for line in lines:
        period = book.blocked(line.product, reservation.institution, (line.starts_at, line.ends_at))
        line.blocked, line.calendar_version = DateTimeTZRange(*period), book.version
    return lines


def claim(lines: Sequence[Line]) -> None:
    """They claim their units from now on."""
    for line in lines:
        line.claimed = line.quantity
    Line.objects.bulk_update(lines, ["claimed", "blocked", "calendar_version"])
