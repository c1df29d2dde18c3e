"""What has to be decided about contracts soon, with what helps to decide: cost, use, and how it was before."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, Sum, Value

from licenses.counter.metrics import Metric
from licenses.deadlines import Standing, standings
from licenses.models import Contract, Entitlement, MonthlyUse, PackageTitle, Period, Renewal, ReportedFigure
from licenses.models.contract import ContractQuerySet
from licenses.periods import months_later, months_of
from licenses.usage.hiding import told

WITHIN: Final = timedelta(days=180)
MONTHS: Final = 12
_BEFORE: Final = 3
_METRIC: Final = Metric.TOTAL_ITEM_REQUESTS


@dataclass(frozen=True)
class Use:
    """How often media of a contract were requested in twelve whole months, as one source tells it; ``source`` is empty
    for our own counting. Sources are never added up: two of them may have counted the same."""

    source: str
    requests: int
    cost: Decimal | None
    """Of one request, in euros; None where nothing was requested, or it costs nothing."""


@dataclass(frozen=True)
class Case:
    """A contract about which somebody has to decide, or has just decided."""

    standing: Standing
    period: Period
    by: date
    yearly: Decimal
    uses: tuple[Use, ...] = ()

    @property
    def contract(self) -> Contract:
        return self.standing.contract

    @property
    def is_decided(self) -> bool:
        return not self.standing.needs_decision

    @property
    def earlier(self) -> list[Period]:
        """The last few periods before this one, the latest first."""
        before = (it for it in self.contract.periods.all() if it.starts_on < self.period.starts_on)
        return sorted(before, key=lambda it: it.starts_on, reverse=True)[:_BEFORE]


def cases(contracts: ContractQuerySet, today: date, *, with_use: bool = True) -> list[Case]:
    """Those whose day comes within WITHIN, the next first; with their use, six queries for any number of them."""
    found = [case for it in standings(_coming(contracts, today), today) if (case := _case(it, today)) is not None]
    used = _use({case.period.pk for case in found}, today) if with_use else {}
    told = (
        Case(it.standing, it.period, it.by, it.yearly, _told(used.get(it.period.pk, {}), it.yearly)) for it in found
    )
    return sorted(told, key=lambda it: (it.by, it.contract.number))


def _coming(contracts: ContractQuerySet, today: date) -> ContractQuerySet:
    """Those of which something comes soon, so that a centre with thousands of contracts reads few of them."""
    soon = Q(ends_on__lte=today + WITHIN) | Q(notice_until__lte=today + WITHIN)
    return contracts.filter(Exists(Period.objects.filter(soon, contract=OuterRef("pk"), ends_on__gte=today)))


def _case(standing: Standing, today: date) -> Case | None:
    period = standing.period
    if period is None or period.ends_on is None or period.ends_on < today:
        return None
    if not standing.needs_decision and period.renewal == Renewal.OPEN:
        return None
    by = period.notice_until if standing.contract.renews_itself and period.notice_until else period.ends_on
    if by - today > WITHIN or (by < today and standing.needs_decision):
        return None
    return Case(standing, period, by, yearly_cost(period))


def yearly_cost(period: Period) -> Decimal:
    """Euros a year; of a period without an end, all of it."""
    if period.ends_on is None:
        return period.cost
    return (period.cost * MONTHS / months_of(period.starts_on, period.ends_on)).quantize(Decimal("0.01"))


Requests = dict[str, int]


def _use(periods: Collection[int], today: date) -> dict[int, Requests]:
    """By period: how often its media were requested in the last twelve whole months, by the name of the source."""
    media = _media(periods)
    this_month = today.replace(day=1)
    wanted: Any = {
        "month__gte": months_later(this_month, -MONTHS),
        "month__lt": this_month,
        "of__in": {medium for its in media.values() for medium in its},
    }
    own: Any = MonthlyUse.objects.with_medium().filter(**wanted).order_by()
    others: Any = ReportedFigure.objects.of_items().with_medium().filter(**wanted, metric=_METRIC).order_by()
    rows = [
        *own.values_list("of", Value("")).annotate(sum=told(_METRIC)),
        *others.values_list("of", "source__name").annotate(sum=Sum("number")),
    ]
    found: dict[int, Requests] = {}
    for period, its in media.items():
        found[period] = defaultdict(int)
        for medium, source, number in rows:
            if medium in its:
                found[period][source] += number
    return found


def _media(periods: Collection[int]) -> dict[int, set[int]]:
    """By period, what it permits something with: media, and the titles that were in its packages while it ran."""
    found: dict[int, set[int]] = {period: set() for period in periods}
    in_packages: dict[int, list[Period]] = defaultdict(list)
    for it in Entitlement.objects.filter(period__in=periods).select_related("period"):
        if it.medium_id is not None:
            found[it.period_id].add(it.medium_id)
        elif it.package_id is not None:
            in_packages[it.package_id].append(it.period)
    for title in PackageTitle.objects.filter(package__in=in_packages).exclude(Q(ends_on__lt=_first(in_packages))):
        for period in in_packages[title.package_id]:
            if title.ends_on is None or title.ends_on >= period.starts_on:
                found[period.pk].add(title.medium_id)
    return found


def _first(periods: dict[int, list[Period]]) -> date:
    return min((it.starts_on for its in periods.values() for it in its), default=date.max)


def _told(requests: Requests, yearly: Decimal) -> tuple[Use, ...]:
    """Our own counting first, then the sources by name; our own is told even if it is none."""
    names: Iterable[str] = ["", *sorted(name for name in requests if name)]
    return tuple(Use(name, requests.get(name, 0), _of_one(yearly, requests.get(name, 0))) for name in names)


def _of_one(yearly: Decimal, requests: int) -> Decimal | None:
    return (yearly / requests).quantize(Decimal("0.01")) if requests and yearly else None
