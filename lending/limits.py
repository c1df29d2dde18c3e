"""How many units of a product an institution may have or expect at the same time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from lending.models import Allocation, Line
from lending.models.reservation import HOLDING
from lending.refusals import LimitReached
from lending.wishes import Wanted
from people.models import Institution


@dataclass(frozen=True)
class Share:
    """``units`` of a product that are an institution's in ``[start, end)``; ``line``: whose, None if not reserved."""

    product: int
    line: int | None
    units: int
    start: datetime
    end: datetime | None


@dataclass
class Limits:
    """What an institution has and expects of limited products. Certain only behind the gate of these products."""

    institution: Institution
    shares: list[Share] = field(default_factory=list)

    @classmethod
    def read(cls, institution: Institution, wanted: Iterable[Wanted]) -> "Limits":
        """As far as it may meet ``wanted``. Two queries, and none where nothing is limited."""
        limited = [it for it in wanted if it.terms.max_items is not None]
        return cls(institution, list(_shares(institution, limited)) if limited else [])

    def check(self, wanted: Sequence[Wanted]) -> None:
        """Raises LimitReached for the first wish that asks for more than may be had at once."""
        for it in wanted:
            if it.grows:
                self._check(it, wanted)

    def add(self, wanted: Iterable[Wanted]) -> None:
        """These are the institution's, too, from here on."""
        self.shares += [Share(it.product.pk, None, it.quantity, *it.blocked) for it in wanted]

    def _check(self, it: Wanted, wanted: Sequence[Wanted]) -> None:
        limit = it.terms.max_items
        if limit is None:
            return
        changed = {other.was.line for other in wanted if other.was}
        held = sum(share.units for share in self.shares if share.line not in changed and _meets(share, it))
        beside = sum(other.quantity for other in wanted if other is not it and _meet(other, it))
        if held + beside + it.quantity > limit:
            raise LimitReached(institution=str(self.institution), held=held, limit=limit)


def _shares(institution: Institution, limited: Sequence[Wanted]) -> Iterator[Share]:
    span = min(it.blocked[0] for it in limited), max(it.blocked[1] for it in limited)
    products = {it.product.pk for it in limited}
    lines = Line.objects.filter(reservation__institution=institution, reservation__state__in=HOLDING)
    for line in lines.filter(product__in=products, blocked__overlap=span):
        yield Share(line.product_id, line.pk, line.claimed - line.given_up, line.blocked.lower, line.blocked.upper)
    walk_ins = Allocation.objects.holding().filter(loan__institution=institution, line=None)
    for row in walk_ins.filter(product__in=products, blocked__overlap=span):
        yield Share(row.product_id, None, 1, row.blocked.lower, row.blocked.upper)


def _meets(share: Share, it: Wanted) -> bool:
    start, end = it.blocked
    return share.product == it.product.pk and share.start < end and (share.end is None or start < share.end)


def _meet(one: Wanted, other: Wanted) -> bool:
    (start, end), (starts, ends) = one.blocked, other.blocked
    return one.product == other.product and start < ends and starts < end
