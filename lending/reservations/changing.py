"""Changing a reservation: other days, other quantities, lines more or fewer, all or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from inventory.models import Product
from lending import eligibility
from lending.asking import Asked
from lending.due_dates import answered_by
from lending.models import Allocation, AllocationKind, Line, Reservation, State
from lending.models.reservation import HOLDING, OPEN
from lending.planning import Planning, allocate
from lending.refusals import AlreadyHandedOver, AlreadyOut, ForeignThing
from lending.reservations.following import followed
from lending.reservations.holding import admitted
from lending.reservations.locking import behind_its_gate
from lending.reservations.parting import part, units_out
from lending.reservations.revising import Revision, carry_out
from lending.reservations.spanning import span
from lending.rulebook import Rulebook
from lending.telling import tell_of_change
from lending.wishes import Wanted, Was, Wish, weigh, weighed
from people import journal, letters
from people.models import User


@dataclass(frozen=True)
class LineChange:
    """What becomes of one line; None leaves it as it is. ``quantity`` counts what is out already, 0 drops the line."""

    quantity: int | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@transaction.atomic
def change(
    reservation: Reservation,
    *,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    lines: Mapping[int, LineChange] | None = None,
    add: Sequence[Wish] = (),
    by: User | None,
    now: datetime | None = None,
) -> Reservation:
    """Move, shorten, extend; more or fewer; lines more or fewer: all of it, or nothing.

    ``starts_at`` and ``ends_at`` move every line that begins or ends with the reservation; ``lines`` says, by id, what
    becomes of single ones. Units stay where they can. What is out stays as it is: loans are renewed. Whoever is not
    staff may always have less; for more the rules hold as at placing, and where they ask for an approval, they ask
    again. Nothing that changes nothing is told to anybody.

    Raises WrongState, AlreadyHandedOver, AlreadyOut, NothingWanted, ForeignThing, EndsBeforeItStarts, InThePast, and
    as ``eligibility.check`` and ``holding.hold``; then nothing was written.
    """
    now = now or timezone.now()
    locked, products = behind_its_gate(reservation, *OPEN, also=[wish.product.pk for wish in add])
    book = Rulebook.of(locked.institution.center)
    change = _Change(locked, now, lines or {}, book)
    whole = starts_at or locked.starts_at, ends_at or locked.ends_at
    revisions = change.revisions(*whole)
    added = weigh(add, locked.institution, *whole, book=book, now=now) if add else []
    if not revisions and not added:
        return locked
    wanted = [*(revision.wanted for revision in revisions), *added]
    kept = [it for it in wanted if it.quantity]
    eligibility.check(kept, locked.institution, by=by, calendar=book.calendar, now=now)
    _write(locked, products, revisions, [it.line() for it in added], now)
    _step_back(locked, [] if eligibility.is_staff(by, locked.institution) else wanted, book, now)
    journal.record(
        "reservation.changed",
        locked,
        by=by,
        starts_at=locked.starts_at,
        ends_at=locked.ends_at,
        lines=[[it.line.pk, it.line.product_id, it.wanted.was.quantity, it.wanted.quantity]
               for it in revisions if it.wanted.was],
        added=[[it.product.pk, it.quantity] for it in added],
    )  # fmt: skip
    tell_of_change(locked)
    return locked


@dataclass
class _Change:
    """What becomes of each line of a locked reservation."""

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


def _write(
    locked: Reservation, products: Mapping[int, Product], revisions: Sequence[Revision], new: list[Line], now: datetime
) -> None:
    """Plan it all, then write it all. Raises NothingWanted, and as ``holding.admitted``."""
    is_holding = locked.state in HOLDING
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
    else:
        carry_out(revisions, [])
    span(locked)


def _step_back(locked: Reservation, wanted: Sequence[Wanted], book: Rulebook, now: datetime) -> None:
    """A promise that has grown is asked for again; what was packed is not, as long as a unit has to be packed yet."""
    state = locked.state
    to_approve = [it.terms.answer_days for it in wanted if it.grows and it.terms.needs_approval]
    unpacked = Allocation.objects.holding().filter(line__reservation=locked, kind=AllocationKind.PLAN, pinned=False)
    if to_approve and state in (State.APPROVED, State.READY):
        locked.state, locked.decided_at, locked.ready_at = State.REQUESTED, None, None
        locked.was_promised = True
        locked.answer_on = answered_by(now, max(to_approve), book.calendar)
    elif state == State.READY and unpacked.exists():
        locked.state, locked.ready_at = State.APPROVED, None
    if locked.state == state:
        return
    locked.save(update_fields=["state", "answer_on", "was_promised", "decided_at", "ready_at"])
    for kind in (State.REQUESTED, State.APPROVED, State.READY):
        letters.withdraw(locked, f"reservation_{kind}")
