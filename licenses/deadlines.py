"""What of a contract comes next: notice, its end, or the next period."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from operator import attrgetter

from licenses.models import Contract, Period, Renewal
from licenses.models.contract import ContractQuerySet


class Next(StrEnum):
    """``NOTICE``: it renews itself unless somebody gives it up; ``DECIDE``: it ends unless somebody renews it."""

    NOTICE = "notice"
    DECIDE = "decide"
    RENEWS = "renews"
    ENDS = "ends"
    OVER = "over"
    LASTS = "lasts"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Standing:
    """How a contract stands on a day: the period that counts, what comes next, and when."""

    contract: Contract
    period: Period | None
    next: Next
    on: date | None
    cost: Decimal

    @property
    def needs_decision(self) -> bool:
        return self.next in {Next.NOTICE, Next.DECIDE}


def standing(contract: Contract, today: date) -> Standing:
    """``contract`` with its periods read. Of several periods the one of today counts, else the one to come, else the
    last; but one that can be given up only before it is today's counts already."""
    periods = sorted(contract.periods.all(), key=attrgetter("starts_on"))
    period = next((it for it in periods if it.ends_on is None or it.ends_on >= today), periods[-1] if periods else None)
    if period is not None and _is_urgent(contract, periods[-1], today, before=period):
        period = periods[-1]
    if period is None:
        return Standing(contract, None, Next.NOTHING, None, Decimal(0))
    coming, on = _next(contract, period, is_last=period is periods[-1], today=today)
    return Standing(contract, period, coming, on, period.cost)


def _is_urgent(contract: Contract, last: Period, today: date, *, before: Period) -> bool:
    """Who goes on month by month, with a month's notice, has to be told while the month before still lasts."""
    if not contract.renews_itself or last.renewal != Renewal.OPEN or last.notice_until is None:
        return False
    return today <= last.notice_until <= (before.ends_on or date.max)


def _next(contract: Contract, period: Period, *, is_last: bool, today: date) -> tuple[Next, date | None]:
    if period.ends_on is None:
        return Next.LASTS, None
    if period.ends_on < today:
        return Next.OVER, period.ends_on
    if not is_last or (period.renewal == Renewal.RENEW and contract.renews_itself):
        return Next.RENEWS, period.ends_on
    if period.renewal == Renewal.END:
        return Next.ENDS, period.ends_on
    if not contract.renews_itself:
        return Next.DECIDE, period.ends_on
    if period.notice_until is not None and period.notice_until < today:
        return Next.RENEWS, period.ends_on
    return Next.NOTICE, period.notice_until or period.ends_on


def standings(contracts: ContractQuerySet, today: date) -> list[Standing]:
    """Those that need a decision first, each group by its day; what is over comes last. Two queries."""
    rows: Iterable[Contract] = contracts.select_related("provider").prefetch_related("periods")
    order = {Next.LASTS: 2, Next.NOTHING: 0, Next.OVER: 3}
    found = [standing(contract, today) for contract in rows]
    return sorted(
        found,
        key=lambda it: (0 if it.needs_decision else order.get(it.next, 1), it.on or date.max, it.contract.number),
    )
