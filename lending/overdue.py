"""Late items go on blocking, until the day for which they were promised if there is one."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from inventory.models import Product
from lending.calendars import calendar_of
from lending.gate import gate
from lending.lateness import taken_until
from lending.models import Allocation, Loan
from lending.notices import fall_silent
from lending.planning import Planning, extent
from lending.refusals import EndsBeforeItStarts, LoanIsOver, PromiseTooFar
from people import journal
from people.models import User

BY_PHONE: Final = "phone"

FURTHEST_PROMISE: Final = timedelta(days=92)
"""A term's worth. Whoever needs it longer renews; a promise for next year is a slip of the pen, and would block."""


def late_products(now: datetime) -> list[int]:
    """Products with a loan whose range is over although the item is not back."""
    late = Loan.objects.open().filter(allocation__blocked__endswith__lte=now)
    return sorted(set(late.values_list("allocation__product_id", flat=True)))


@transaction.atomic
def keep_blocking(product: Product | int, *, now: datetime) -> int:
    """Lengthen the ranges of the late loans of one product and plan again; how many were lengthened.

    One transaction a product, so that a sweep never holds many gates. Run twice, the second changes nothing.
    """
    pk = product if isinstance(product, int) else product.pk
    locked = gate({pk})
    late = list(
        Loan.objects.open()
        .filter(allocation__product=pk, allocation__blocked__endswith__lte=now)
        .select_related("center")
        .lock()
    )
    _lengthen(locked[pk], late, now)
    return len(late)


@transaction.atomic
def promise_back(
    loan: Loan, *, at: datetime, by: User | None, channel: str = BY_PHONE, now: datetime | None = None
) -> Loan:
    """Somebody said when it comes, on the phone or by the link in a reminder: until then it blocks, and no reminder
    goes out.

    Raises LoanIsOver, EndsBeforeItStarts for a moment that has passed, and PromiseTooFar.
    """
    now = now or timezone.now()
    products = gate({loan.allocation.product_id})
    loan = Loan.objects.lock().select_related("center").get(pk=loan.pk)
    if loan.returned_at is not None:
        raise LoanIsOver(item=str(loan.item))
    if at <= now:
        raise EndsBeforeItStarts
    if at > now + FURTHEST_PROMISE:
        raise PromiseTooFar(latest=now + FURTHEST_PROMISE, phone=loan.center.phone)
    loan.expected_back_at = at
    loan.save(update_fields=["expected_back_at"])
    if at > loan.due_at:
        _lengthen(products[loan.allocation.product_id], [loan], now, until=at)
    journal.record("loan.promised_back", loan, by=by, item=loan.item_id, at=at, channel=channel)
    fall_silent(loan, now=now)
    return loan


def _lengthen(product: Product, loans: list[Loan], now: datetime, *, until: datetime | None = None) -> None:
    planning = Planning.read(product, now)
    rows = list(Allocation.objects.filter(loan__in=loans))
    calendar = calendar_of(product.center)
    ends = {loan.allocation_id: until or taken_until(loan, calendar, now) for loan in loans}
    planning.forget(*rows)
    for row in rows:
        row.block(row.blocked.lower, ends[row.pk])
        planning.fix(row.item_id, *extent(row))
    with planning.writing(planning.settle(), reason="late_return"):
        Allocation.objects.bulk_update(rows, ["blocked"])
