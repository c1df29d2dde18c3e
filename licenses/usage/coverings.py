"""Which contract permitted a medium, and when: so that uses and costs meet."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from django.db.models import Q
from django.db.models.functions import Greatest, Least

from licenses.counter.months import last_day
from licenses.models import Entitlement, Period
from people.models import Center

_CENT: Final = Decimal("0.01")


class Span(NamedTuple):
    """A contract, and the days (both included; no end: until further notice) on which it covered a medium."""

    contract: int
    starts_on: date
    ends_on: date | None

    def covers(self, first: date, last: date) -> bool:
        """At least one of the days from ``first`` to ``last``."""
        return self.starts_on <= last and (self.ends_on is None or self.ends_on >= first)


def coverings(center: Center, first: date, last: date) -> dict[int, list[Span]]:
    """By medium id, what covered it between two months, both included. Two queries, however many media."""
    told = Entitlement.objects.filter(center=center, period__starts_on__lte=last_day(last)).filter(
        Q(period__ends_on__isnull=True) | Q(period__ends_on__gte=first)
    )
    alone = told.filter(medium__isnull=False).values_list(
        "medium_id", "period__contract_id", "period__starts_on", "period__ends_on"
    )
    packed = told.filter(package__titles__isnull=False).values_list(
        "package__titles__medium_id",
        "period__contract_id",
        Greatest("period__starts_on", "package__titles__starts_on"),
        Least("period__ends_on", "package__titles__ends_on"),  # PostgreSQL passes over what is NULL
    )
    found: defaultdict[int, list[Span]] = defaultdict(list)
    for medium, *span in [*alone, *packed]:
        found[medium].append(Span(*span))
    return dict(found)


def contracts_of(spans: Iterable[Span], month: date) -> set[int]:
    """Ids of the contracts that covered a month, at least on one day."""
    last = last_day(month)
    return {span.contract for span in spans if span.covers(month, last)}


def costs(center: Center, first: date, last: date) -> Mapping[int, Decimal]:
    """By contract id, what its periods cost for the months from ``first`` to ``last``, by the day and to the cent.

    A period without an end was paid once, when it began.
    """
    until = last_day(last)
    periods = Period.objects.filter(center=center, starts_on__lte=until, cost__gt=0)
    periods = periods.filter(Q(ends_on__gte=first) | Q(ends_on__isnull=True, starts_on__gte=first))
    sums: defaultdict[int, Decimal] = defaultdict(Decimal)
    for contract, starts_on, ends_on, cost in periods.values_list("contract_id", "starts_on", "ends_on", "cost"):
        if ends_on is None:
            sums[contract] += cost
            continue
        inside = (min(ends_on, until) - max(starts_on, first)).days + 1
        sums[contract] += cost * inside / ((ends_on - starts_on).days + 1)
    return {contract: cost.quantize(_CENT) for contract, cost in sums.items()}


def within(spans: Mapping[int, list[Span]], contract: int) -> Q:
    """The figures (``with_medium``) that one contract covered."""
    media: defaultdict[tuple[date, date | None], list[int]] = defaultdict(list)
    for medium, several in spans.items():
        for span in several:
            if span.contract == contract:
                media[span.starts_on, span.ends_on].append(medium)
    found = Q(pk__in=[])
    for (starts_on, ends_on), ids in media.items():
        part = Q(of__in=ids, month__gte=starts_on.replace(day=1))
        found |= part if ends_on is None else part & Q(month__lte=ends_on)
    return found
