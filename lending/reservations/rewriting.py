"""What a change makes of the lines of a reservation: units stay where they can, all of it or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from inventory.models import Product
from lending import licensing
from lending.asking import Asked
from lending.models import Line, Reservation
from lending.models.reservation import HOLDING
from lending.plan_rows import allocate
from lending.planning import Planning
from lending.refusals import AlreadyHandedOver, AlreadyOut, ForeignThing
from lending.reservations.following import followed
from lending.reservations.holding import admitted
from lending.reservations.parting import part, units_out
from lending.reservations.revising import Revision, carry_out
from lending.reservations.spanning import span
from lending.rulebook import Rulebook
from lending.wishes import Was, Wish, weighed


@dataclass(frozen=True)
class LineChange:
    """What becomes of one line; None leaves it as it is. ``quantity`` counts what is out already, 0 drops the line."""

    quantity: int | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@dataclass
class Rewriting:
    """What becomes of each line of a locked reservation; ``asked`` by the line's id."""

    reservation: Reservation
    now: datetime
    asked: Mapping[int, LineChange]
    book: Rulebook

    def revisions(self, starts_at: datetime, ends_at: datetime) -> list[Revision]:
        """Those that change something. Raises AlreadyHandedOver, AlreadyOut, ForeignThing, and as wishes.weighed."""
        lines = list(self.reservation.lines.lock().select_related("product"))
        if not self.asked.keys() <= {line.pk for line in lines}:
            raise ForeignThing
        out = {line.pk: units_out(line) for line in lines}
        if any(out.values()) and all(line.quantity - line.given_up <= out[line.pk] for line in lines):
            raise AlreadyHandedOver(number=self.reservation.number)
        return [
            revision
            for line in lines
            if (revision := self._revision(line, out[line.pk], starts_at, ends_at)).wanted.differs
        ]

    def _revision(self, line: Line, out: int, starts_at: datetime, ends_at: datetime) -> Revision:
        said = self.asked.get(line.pk, LineChange())
        so_far = line.quantity - line.given_up
        quantity = so_far if said.quantity is None else said.quantity
        period = self._period(line, said, starts_at, ends_at)
        is_moved = period != (line.starts_at, line.ends_at)
        if quantity < out or (is_moved and out and out == so_far and said != LineChange()):
            raise AlreadyOut(product=line.product.name, least=out)
        stands_for = line.pk, out
        if is_moved and out:
            # What is out keeps its line and its period; the rest goes on as a line of its own.
            if out == so_far:
                period = line.starts_at, line.ends_at
            else:
                line, out, quantity = part(line, so_far - out, into=self.reservation), 0, quantity - out
        was = Was(line.pk, line.quantity - line.given_up, line.starts_at, line.ends_at)
        wish = Wish(line.product, quantity)
        wanted = weighed(wish, period, self.reservation.institution, book=self.book, now=self.now, was=was)
        return Revision.of(line, wanted, out, stands_for)

    def _period(
        self, line: Line, said: LineChange, starts_at: datetime, ends_at: datetime
    ) -> tuple[datetime, datetime]:
        rules = self.book.rules(line.product, self.reservation.institution)
        start, end = followed(line, self.reservation, starts_at, ends_at, rules, self.book.calendar)
        return said.starts_at or start, said.ends_at or end


def rewrite(
    locked: Reservation, products: Mapping[int, Product], revisions: Sequence[Revision], new: list[Line], now: datetime
) -> None:
    """Plan the lines as they shall be, then write them all.

    Raises NothingWanted, and as ``holding.admitted`` and ``licensing.keep``.
    """
    is_holding = locked.state in HOLDING
    licensed = [it.line.pk for it in revisions if it.line.medium_id]
    for revision in revisions:
        revision.take_effect()
    if is_holding:
        touched = {*(it.line.product_id for it in revisions), *(line.product_id for line in new)}
        asked = {pk: Asked(Planning.read(products[pk], now)) for pk in sorted(touched)}
        for revision in revisions:
            revision.ask(asked[revision.line.product_id], now)
        for line in new:
            asked[line.product_id].want_new(line, line.quantity)
        plans = admitted(asked, [*(it.line for it in revisions if it.wanted.grows), *new])
    for line in new:
        line.reservation, line.claimed = locked, line.quantity if is_holding else 0
    for revision in revisions:
        revision.save()
    Line.objects.bulk_create(new)
    if is_holding:
        for pk, plan in plans.items():
            moves = [row for kind, row, _ in plan.moves if kind == "row"]
            with asked[pk].planning.writing(plan):
                carry_out([it for it in revisions if it.line.product_id == pk], moves)
                allocate(asked[pk].new_units(plan), now)
        asks = new or any(it.wanted.grows for it in revisions)
        (licensing.keep if asks else licensing.follow)(locked.lines.all(), now=now, before=licensed)
    else:
        carry_out(revisions, [])
    span(locked)
