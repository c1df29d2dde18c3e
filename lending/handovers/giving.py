"""Units that leave on one slip: each is asked for, then all are written at once. Any unit will do (DESIGN 3.9)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from inventory.models import Item, Product
from leihwerk.errors import DomainError
from lending.allocation import Refusal
from lending.gate import expect_behind
from lending.handovers.checking import Check
from lending.handovers.promised import promised_to
from lending.models import Allocation, AllocationKind, Handover, Loan
from lending.planning import Planning, PlanOf
from lending.refusals import AlreadyScanned, HandoverRefused, NotInReservation
from lending.rulebook import Rulebook
from people import journal
from people.models import User


def give(
    handover: Handover,
    items: Sequence[Item],
    products: Mapping[int, Product],
    *,
    book: Rulebook,
    by: User,
    add: bool,
    override: bool,
    now: datetime,
) -> list[Loan]:
    """Put ``items`` into the institution's hands: all of them, or nothing is written. ``products`` are those behind
    the gate, ``handover`` is open and locked, ``add`` and ``override`` as for ``hand_over``.

    Raises HandoverRefused with the reason of each item that may not go.
    """
    reread = _behind(products, items)
    reasons: dict[int, DomainError] = {}
    check = Check(list(reread.values()), handover, book, override=override)
    for item in reread.values():
        with _noting(reasons, item):
            check(item)
            if override:
                check.take_missed_return(item, by=by)
    giving = _Giving(handover, reread, products, book, now)
    for item in (reread[item.pk] for item in items if item.pk not in reasons):
        with _noting(reasons, item):
            giving.ask(item, add=add, override=override)
    if reasons:
        raise HandoverRefused(reasons=reasons)
    loans = giving.write()
    facts = {"institution": handover.institution_id, "handover": handover.pk, "happened_at": handover.happened_at}
    given = [(loan, {"item": loan.item_id, "was_overridden": override, **facts}) for loan in loans]
    journal.record_all("loan.handed_over", given, by=by)
    return loans


def _behind(products: Mapping[int, Product], items: Iterable[Item]) -> dict[int, Item]:
    """``items`` as they are now. Raises PlanMoved if one is a unit of a product that is not behind the gate."""
    reread = Item.objects.in_bulk([item.pk for item in items])
    expect_behind(products, {item.product_id for item in reread.values()})
    for item in reread.values():
        item.product = products[item.product_id]
    return reread


@contextmanager
def _noting(reasons: dict[int, DomainError], item: Item) -> Iterator[None]:
    try:
        yield
    except DomainError as refusal:
        reasons[item.pk] = refusal


@dataclass(frozen=True)
class _Leaving:
    """A unit that may go, and the plan it fulfils, if any."""

    item: Item
    plan: Allocation | None
    due_at: datetime
    blocked: tuple[datetime, datetime]

    def row(self) -> Allocation:
        """The plan becomes the loan's; not saved."""
        row = self.plan or Allocation(center_id=self.item.center_id, product_id=self.item.product_id)
        row.item, row.kind, row.holds, row.pinned = self.item, AllocationKind.LOAN, True, True
        row.block(*self.blocked)
        return row


class _Giving:
    """What is planned of the products on a slip, with everything that has been asked for so far."""

    def __init__(
        self,
        handover: Handover,
        items: Mapping[int, Item],
        products: Mapping[int, Product],
        book: Rulebook,
        now: datetime,
    ) -> None:
        self.handover, self.book = handover, book
        self.plannings = Planning.read_all(products.values(), now)
        self.answers: dict[int, PlanOf] = {}
        self.plans, self.turnarounds = _concerned(handover, items, products)
        self.leaving: list[_Leaving] = []

    def ask(self, item: Item, *, add: bool, override: bool) -> None:
        """May it go beside those that were asked for before? Raises AlreadyScanned, NotInReservation, ItemIsPromised,
        or PlanningUndecided."""
        if any(it.item == item for it in self.leaving):
            raise AlreadyScanned
        planning, plan = self.plannings[item.product_id].apart(), self._plan_for(item)
        if plan is None and self.handover.reservation_id is not None and not (add or override):
            raise NotInReservation(item=str(item), **_kept(planning, item))
        leaving = self._leaving(item, plan)
        planning.forget(*self.turnarounds[item.pk], *([plan] if plan else []))
        planning.fix(item.pk, *leaving.blocked)
        answer = planning.settle() if override else planning.admit()
        if isinstance(answer, Refusal):
            fulfilled = [it.plan.pk for it in (*self.leaving, leaving) if it.plan]
            raise promised_to(item, leaving.blocked[1], planning, but=fulfilled)
        self.plannings[item.product_id], self.answers[item.product_id] = planning, answer
        self.plans = [row for row in self.plans if row != plan]
        self.leaving.append(leaving)

    def write(self) -> list[Loan]:
        rows = [it.row() for it in self.leaving]
        with ExitStack() as writing:
            for product, answer in self.answers.items():
                writing.enter_context(self.plannings[product].writing(answer, reason="handed_to_another"))
            self._end_turnarounds()
            _save([row for row in rows if row.pk])
            Allocation.objects.bulk_create(row for row in rows if not row.pk)
        return Loan.objects.bulk_create(self._loan(it, row) for it, row in zip(self.leaving, rows, strict=True))

    def _plan_for(self, item: Item) -> Allocation | None:
        """The plan this scan fulfils: the one on this very unit, else the one that ends first."""
        rows = [row for row in self.plans if row.product_id == item.product_id]
        return next((row for row in rows if row.item_id == item.pk), rows[0] if rows else None)

    def _leaving(self, item: Item, plan: Allocation | None) -> _Leaving:
        line, happened_at = plan.line if plan else None, self.handover.happened_at
        due_at = line.ends_at if line and line.ends_at > happened_at else self.handover.due_at
        until = self.book.blocked_until(item.product, self.handover.institution, due_at)
        return _Leaving(item, plan, due_at, (happened_at, until))

    def _end_turnarounds(self) -> None:
        """A handover ends the turnaround of the row before it."""
        ended = [row for it in self.leaving for row in self.turnarounds[it.item.pk]]
        for row in ended:
            row.let_go(self.handover.happened_at)
        Allocation.objects.bulk_update(ended, ["blocked", "holds"])

    def _loan(self, leaving: _Leaving, row: Allocation) -> Loan:
        return Loan(
            center_id=row.center_id,
            allocation=row,
            item=leaving.item,
            institution=self.handover.institution,
            handover=self.handover,
            responsible_id=self.handover.responsible_id,
            contact_id=self.handover.contact_id,
            handed_over_at=self.handover.happened_at,
            due_at=leaving.due_at,
            calendar_version=row.line.calendar_version if row.line else self.book.version,
        )


def _concerned(
    handover: Handover, items: Mapping[int, Item], products: Mapping[int, Product]
) -> tuple[list[Allocation], Mapping[int, Sequence[Allocation]]]:
    """What is kept for the reservation of a slip, the first to end first, and the turnarounds of each item."""
    wanted = Q(kind=AllocationKind.LOAN, item__in=items, loan__returned_at__isnull=False)
    if handover.reservation_id is not None:
        wanted |= Q(kind=AllocationKind.PLAN, line__reservation=handover.reservation_id)
    rows = Allocation.objects.holding().filter(wanted, product__in=products)
    plans, turnarounds = list[Allocation](), defaultdict[int, list[Allocation]](list)
    for row in rows.select_related("line").order_by("line__ends_at", "pk"):
        if row.kind == AllocationKind.LOAN:
            turnarounds[row.item_id].append(row)
        elif row.line and handover.reservation:
            row.line.reservation = handover.reservation
            plans.append(row)
    return plans, turnarounds


def _save(rows: Sequence[Allocation]) -> None:
    """Several may exchange their units: they are parked first, as whatever moves."""
    changed = ["item", "kind", "blocked", "holds", "pinned"]
    if len(rows) > 1:
        Allocation.objects.filter(pk__in=[row.pk for row in rows]).update(holds=False)
        Allocation.objects.bulk_update(rows, changed)
    else:
        for row in rows:
            row.save(update_fields=changed)


def _kept(planning: Planning, item: Item) -> dict[str, Any]:
    """Whether this unit is kept for somebody now, and else until when it could be lent beside the plan."""
    starts = [it.start for it in planning.taken if it.item == item.pk]
    starts += [it.start for it in planning.claims.values() if it.current == item.pk]
    is_kept = any(start <= planning.now for start in starts)
    return {"is_kept": is_kept, "free_until": None if is_kept else min(starts, default=None)}
