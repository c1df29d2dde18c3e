"""What is planned for one product: read behind its gate, asked, and written back in two statements."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Final, TypeAlias

from inventory.models import Item, Product
from lending.allocation import Claim, Fixed, Outlook, Plan, Refusal, admit, plan
from lending.calendars import calendar_of
from lending.lateness import taken_until
from lending.models import Allocation, AllocationKind, Line, Loan
from lending.models.reservation import HOLDING
from lending.plan_rows import heal, leave_short, move

RowKey: TypeAlias = tuple[str, int, int]
"""("row", allocation, 0), ("short", line, n-th missing unit) or ("new", n-th wish, n-th unit)."""

PlanOf: TypeAlias = Plan[RowKey, datetime]
RefusalOf: TypeAlias = Refusal[RowKey, datetime]
ClaimOf: TypeAlias = Claim[RowKey, datetime]


_Ranked: TypeAlias = tuple[tuple[bool, datetime, int, int, int], ClaimOf]
"""A claim and its right, smaller is older: not pinned, when reserved, reservation, line, row. What was split off is as
old as what it was split from. What a line has comes before what it is short of: else they would change places."""

_AFTER_EVERY_ROW: Final = 2**63

_OF_A_ROW: Final = (
    "pk", "product", "item", "kind", "pinned", "blocked",
    "line__reservation__booked_at", "line__reservation", "line",
)  # fmt: skip
"""What planning wants of an allocation, the age of its line last; a plan always has a line."""


@dataclass
class Planning:
    """Units, what is fixed and what is claimed of one product from ``now`` on. Valid while the gate is held."""

    product: Product
    now: datetime
    items: list[int]
    fixed: dict[int, Fixed[datetime]]
    claims: dict[RowKey, ClaimOf]
    facts: list[Fixed[datetime]] = field(default_factory=list)

    @classmethod
    def read(cls, product: Product, now: datetime) -> "Planning":
        """Everything that holds and is not over, in order of right: pinned rows first, then older reservations."""
        return cls.read_all([product], now)[product.pk]

    @classmethod
    def read_all(cls, products: Iterable[Product], now: datetime) -> dict[int, "Planning"]:
        """The planning of each product, by its id. Three queries, however many products, and two when something is
        over that nobody has let go yet."""
        known = {product.pk: product for product in products}
        items = Item.objects.lendable().filter(product__in=known).order_by("asset_number", "pk")
        rows = Allocation.objects.holding().filter(product__in=known)
        units, ranked, over = defaultdict[int, list[int]](list), defaultdict[int, list[_Ranked]](list), list[int]()
        fixed = defaultdict[int, dict[int, Fixed[datetime]]](dict)
        for pk, product in items.values_list("pk", "product"):
            units[product].append(pk)
        for pk, product, item, kind, is_pinned, blocked, *age in rows.values_list(*_OF_A_ROW):
            if blocked.upper is not None and blocked.upper <= now:
                over.append(pk)
            elif kind == AllocationKind.PLAN:
                claim = Claim(("row", pk, 0), blocked.lower, blocked.upper, current=item, is_pinned=is_pinned)
                ranked[product].append(((not is_pinned, *age, pk), claim))
            else:
                fixed[product][pk] = Fixed(item, blocked.lower, blocked.upper)
        for product, pk, taken in _late(over, now):
            fixed[product][pk] = taken
        for line in _missing(known, now):
            ranked[line.product_id] += _ranked(line)
        return {
            pk: cls(product, now, units[pk], fixed[pk], _in_order_of_right(ranked[pk])) for pk, product in known.items()
        }

    def apart(self) -> "Planning":
        """The same again, in which something else can be forgotten and fixed."""
        return replace(self, fixed=dict(self.fixed), claims=dict(self.claims), facts=list(self.facts))

    def forget(self, *rows: Allocation) -> None:
        """Leave ``rows`` out of the picture: they are about to end or to change."""
        for row in rows:
            self.fixed.pop(row.pk, None)
            self.claims.pop(_key(row), None)

    def fix(self, item: int, start: datetime, end: datetime | None) -> None:
        """Something that will be a fact: a loan being handed over or lengthened, an outage."""
        self.facts.append(Fixed(item, start, end))

    def admit(self, new: Sequence[ClaimOf] = ()) -> PlanOf | RefusalOf:
        """May this change be made? Yes if ``new`` is whole and nobody's shortfall grows.

        What the world has taken away already (a late loan that no sweep has noticed yet) is not the change's doing:
        the answer is that after the sweep, and ``writing`` it leaves short whom the sweep would have left short.
        """
        return admit(self.items, self.taken, self._as_the_world_left_them(), new, self.now)

    def outlook(self) -> Outlook[datetime]:
        """To be asked again and again what would be admitted beside what is there."""
        return Outlook(self.items, self.taken, self._as_the_world_left_them(), self.now)

    def settle(self) -> PlanOf:
        """The world has changed: serve in order of right; whoever comes last may be left short."""
        return plan(self.items, self.taken, list(self.claims.values()), self.now)

    @property
    def taken(self) -> list[Fixed[datetime]]:
        return [*self.fixed.values(), *self.facts]

    def _as_the_world_left_them(self) -> list[ClaimOf]:
        """The claims, of which those are short, or no longer bound to their unit, that cannot have what is taken."""
        claims = list(self.claims.values())
        taken = defaultdict(list)
        for it in self.fixed.values():
            taken[it.item].append(it)
        if not any(_meet(claim, it) for claim in claims if claim.current for it in taken[claim.current]):
            return claims
        left = plan(self.items, list(self.fixed.values()), claims, self.now)
        gone, moved = set(left.short), left.moves.keys()
        return [
            replace(
                claim,
                current=None if claim.key in gone else claim.current,
                is_pinned=claim.is_pinned and claim.key not in gone and claim.key not in moved,
            )
            for claim in claims
        ]

    @contextmanager
    def writing(self, result: PlanOf, *, reason: str = "late_return") -> Iterator[None]:
        """Park what moves, let the caller write its facts, then move: two statements, ids kept (DESIGN 3.6).

        ``reason`` is kept with the lines that end up short.
        """
        leaving = [pk for kind, pk, _ in result.short if kind == "row"]
        moving = {pk: item for (kind, pk, _), item in result.moves.items() if kind == "row"}
        if leaving or moving:
            Allocation.objects.filter(pk__in=[*leaving, *moving]).update(holds=False)
        if leaving:
            leave_short(leaving, reason)
        yield
        if moving:
            move(moving, self.now)
        heal([(pk, item) for (kind, pk, _), item in result.assignments.items() if kind == "short"], self.now)


def settle(product: Product, now: datetime) -> None:
    """Something came free behind the gate of ``product``: serve everybody in order of right."""
    settle_all([product], now)


def settle_all(products: Iterable[Product], now: datetime) -> None:
    """The same behind the gate of several."""
    for planning in Planning.read_all(products, now).values():
        with planning.writing(planning.settle(), reason="units_missing"):
            pass


def extent(row: Allocation | Line) -> tuple[datetime, datetime | None]:
    return row.blocked.lower, row.blocked.upper


def claim_of(row: Allocation) -> ClaimOf:
    """The claim of a planned row: on its present unit first."""
    return Claim(_key(row), *extent(row), current=row.item_id, is_pinned=row.pinned)


def _meet(claim: ClaimOf, taken: Fixed[datetime]) -> bool:
    begins_before_it_ends = claim.end is None or taken.start < claim.end
    return begins_before_it_ends and (taken.end is None or claim.start < taken.end)


def _key(row: Allocation) -> RowKey:
    return "row", row.pk, 0


def _late(over: Sequence[int], now: datetime) -> Iterator[tuple[int, int, Fixed[datetime]]]:
    """What is still out although its range is over: product, allocation, and how long it must be taken as out."""
    if not over:
        return
    calendar_once = cache(calendar_of)
    for loan in Loan.objects.open().filter(allocation__in=over).select_related("allocation", "center"):
        until = taken_until(loan, calendar_once(loan.center), now)
        yield loan.allocation.product_id, loan.allocation_id, Fixed(loan.item_id, now, until)


def _missing(products: Iterable[int], now: datetime) -> Iterable[Line]:
    """The lines that are short; a shortfall is a claim as well."""
    return Line.objects.select_related("reservation").filter(
        product__in=products, shortfall__gt=0, reservation__state__in=HOLDING, blocked__endswith__gt=now
    )


def _ranked(line: Line) -> Iterator[_Ranked]:
    """A claim for each unit that a line is short of."""
    for number in range(line.shortfall):
        rank = (True, line.reservation.booked_at, line.reservation_id, line.pk, _AFTER_EVERY_ROW + number)
        yield rank, Claim(("short", line.pk, number), *extent(line))


def _in_order_of_right(ranked: Iterable[_Ranked]) -> dict[RowKey, ClaimOf]:
    """Pinned rows first, then whoever reserved earlier, whether served so far or short."""
    return {claim.key: claim for _, claim in sorted(ranked, key=lambda it: it[0])}
