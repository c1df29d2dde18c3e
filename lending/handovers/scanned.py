"""One scan at the desk becomes one loan. Any unit of the product will do (DESIGN 3.9)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from inventory.models import Item
from lending.allocation import Refusal
from lending.calendars import blocked_until
from lending.gate import expect_behind, gate
from lending.handovers.checking import check_item, take_missed_return
from lending.handovers.promised import promised_to
from lending.models import Allocation, AllocationKind, Handover, Loan
from lending.planning import Planning
from lending.refusals import HandoverIsFinished, NotInReservation
from people import journal, letters
from people.models import User


@transaction.atomic
def hand_over(
    handover: Handover,
    item: Item,
    *,
    by: User,
    add: bool = False,
    override: bool = False,
    now: datetime | None = None,
) -> Loan:
    """Put ``item`` into the institution's hands, on the slip ``handover``.

    With a reservation, the unit stands in for one that is planned there; another unit than the planned one swaps the
    plan if nobody is harmed. ``add`` lends it beside the reservation. ``override`` is for what happened all the same
    (and for staff who may): a missed return is implied, and whom it was promised to goes to the worklist.

    Raises HandoverIsFinished, NotInReservation, ItemIsPromised, and as ``checking.check_item``.
    """
    now = now or timezone.now()
    locked = gate({item.product_id})
    item = Item.objects.select_related("product", "kit").get(pk=item.pk)
    expect_behind(locked, {item.product_id})
    handover = Handover.objects.lock().get(pk=handover.pk)
    if handover.finished_at is not None:
        raise HandoverIsFinished(number=handover.number)
    check_item(item, handover, override=override)
    if override:
        take_missed_return(item, by=by, now=handover.happened_at)

    planning = Planning.read(locked[item.product_id], now)
    plan = _planned_row(handover, item)
    if plan is None and handover.reservation_id is not None and not (add or override):
        raise NotInReservation(item=str(item), **_kept(planning, item))
    loan = _lend(_Lending(handover, item, plan, planning, override=override, now=now))
    journal.record(
        "loan.handed_over",
        loan,
        by=by,
        item=item.pk,
        institution=handover.institution_id,
        handover=handover.pk,
        happened_at=handover.happened_at,
        was_overridden=override,
    )
    letters.withdraw(loan)
    return loan


@dataclass
class _Lending:
    handover: Handover
    item: Item
    plan: Allocation | None
    planning: Planning
    override: bool
    now: datetime

    @property
    def due_at(self) -> datetime:
        line = self.plan.line if self.plan else None
        return line.ends_at if line and line.ends_at > self.handover.happened_at else self.handover.due_at


def _lend(lending: _Lending) -> Loan:
    handover, item, planning = lending.handover, lending.item, lending.planning
    due_at = lending.due_at
    blocked = (handover.happened_at, blocked_until(item.product, handover.institution, due_at))
    # A handover ends the turnaround of the row before it.
    before = list(
        Allocation.objects.holding().filter(item=item, kind=AllocationKind.LOAN, loan__returned_at__isnull=False)
    )
    planning.forget(*before, *([lending.plan] if lending.plan else []))
    planning.fix(item.pk, *blocked)
    answer = planning.settle() if lending.override else planning.admit()
    if isinstance(answer, Refusal):
        raise promised_to(item, blocked[1], planning, but=lending.plan)
    with planning.writing(answer, reason="handed_to_another"):
        for row in before:
            row.let_go(handover.happened_at)
            row.save(update_fields=["blocked", "holds"])
        row = lending.plan or Allocation(center_id=item.center_id, product=item.product)
        row.item, row.kind, row.holds, row.pinned = item, AllocationKind.LOAN, True, True
        row.block(*blocked)
        row.save()
    return Loan.objects.create(
        center_id=item.center_id,
        allocation=row,
        item=item,
        institution=handover.institution,
        handover=handover,
        responsible=handover.responsible,
        contact=handover.contact,
        handed_over_at=handover.happened_at,
        due_at=due_at,
    )


def _planned_row(handover: Handover, item: Item) -> Allocation | None:
    """The plan this scan fulfils: the one on this very unit, else the one that ends first."""
    if handover.reservation_id is None:
        return None
    rows = list(
        Allocation.objects.holding()
        .filter(line__reservation=handover.reservation_id, kind=AllocationKind.PLAN, product=item.product_id)
        .select_related("line")
        .order_by("line__ends_at", "pk")
    )
    return next((row for row in rows if row.item_id == item.pk), rows[0] if rows else None)


def _kept(planning: Planning, item: Item) -> dict[str, Any]:
    """Whether this unit is kept for somebody now, and else until when it could be lent beside the plan."""
    starts = [it.start for it in planning.taken if it.item == item.pk]
    starts += [it.start for it in planning.claims.values() if it.current == item.pk]
    is_kept = any(start <= planning.now for start in starts)
    return {"is_kept": is_kept, "free_until": None if is_kept else min(starts, default=None)}
