"""What is planned for one product: read behind its gate, asked, and written back in two statements."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import BigIntegerField, Case, F, Func, Value, When
from django.db.models.functions import Greatest, Lower, Upper

from inventory.models import Item, Product
from lending.allocation import Claim, Fixed, Plan, Refusal, admit, plan
from lending.lateness import taken_until
from lending.models import Allocation, AllocationKind, Line, Loan
from lending.models.reservation import HOLDING

RowKey: TypeAlias = tuple[str, int, int]
"""("row", allocation, 0), ("short", line, n-th missing unit) or ("new", n-th wish, n-th unit)."""

PlanOf: TypeAlias = Plan[RowKey, datetime]
RefusalOf: TypeAlias = Refusal[RowKey, datetime]
ClaimOf: TypeAlias = Claim[RowKey, datetime]


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
        items = Item.objects.lendable().filter(product=product).order_by("asset_number", "pk")
        rows = Allocation.objects.holding().filter(product=product).ending_after(now)
        plans = rows.filter(kind=AllocationKind.PLAN).select_related("line")
        late = Loan.objects.open().filter(allocation__product=product, allocation__blocked__endswith__lte=now)
        return cls(
            product=product,
            now=now,
            items=list(items.values_list("pk", flat=True)),
            fixed={row.pk: Fixed(row.item_id, *extent(row)) for row in rows.exclude(kind=AllocationKind.PLAN)}
            | {loan.allocation_id: Fixed(loan.item_id, now, taken_until(loan, now)) for loan in late},
            claims=_in_order_of_right(plans, _missing(product, now)),
        )

    def forget(self, *rows: Allocation) -> None:
        """Leave ``rows`` out of the picture: they are about to end or to change."""
        for row in rows:
            self.fixed.pop(row.pk, None)
            self.claims.pop(_key(row), None)

    def fix(self, item: int, start: datetime, end: datetime | None) -> None:
        """Something that will be a fact: a loan being handed over or lengthened, an outage."""
        self.facts.append(Fixed(item, start, end))

    def admit(self, new: Sequence[ClaimOf] = ()) -> PlanOf | RefusalOf:
        """May this change be made? Yes if ``new`` is whole and nobody's shortfall grows."""
        return admit(self.items, self.taken, list(self.claims.values()), new, self.now)

    def settle(self) -> PlanOf:
        """The world has changed: serve in order of right; whoever comes last may be left short."""
        return plan(self.items, self.taken, list(self.claims.values()), self.now)

    @property
    def taken(self) -> list[Fixed[datetime]]:
        return [*self.fixed.values(), *self.facts]

    @contextmanager
    def writing(self, result: PlanOf, *, reason: str = "") -> Iterator[None]:
        """Park what moves, let the caller write its facts, then move: two statements, ids kept (DESIGN 3.6).

        ``reason`` is kept with the lines that end up short.
        """
        leaving = [pk for kind, pk, _ in result.short if kind == "row"]
        moving = {pk: item for (kind, pk, _), item in result.moves.items() if kind == "row"}
        if leaving or moving:
            Allocation.objects.filter(pk__in=[*leaving, *moving]).update(holds=False)
        if leaving:
            _leave_short(leaving, reason)
        yield
        if moving:
            _move(moving, self.now)
        _heal([(pk, item) for (kind, pk, _), item in result.assignments.items() if kind == "short"], self.now)


def settle(product: Product, now: datetime) -> None:
    """Something came free behind the gate of ``product``: serve everybody in order of right."""
    planning = Planning.read(product, now)
    with planning.writing(planning.settle(), reason="units_missing"):
        pass


def allocate(units: Iterable[tuple[Line, int]], now: datetime) -> None:
    """Keep an item for each unit of a line. A line that has begun is kept its unit from now on."""
    Allocation.objects.bulk_create(
        Allocation(
            center_id=line.center_id,
            product_id=line.product_id,
            item_id=item,
            kind=AllocationKind.PLAN,
            line=line,
            blocked=DateTimeTZRange(max(line.blocked.lower, now), line.blocked.upper),
        )
        for line, item in units
    )


def extent(row: Allocation | Line) -> tuple[datetime, datetime | None]:
    return row.blocked.lower, row.blocked.upper


def _key(row: Allocation) -> RowKey:
    return "row", row.pk, 0


def _claim(row: Allocation) -> ClaimOf:
    start, end = extent(row)
    return Claim(_key(row), start, end, current=row.item_id, is_pinned=row.pinned)


def _missing(product: Product, now: datetime) -> Iterable[Line]:
    """The lines that are short; a shortfall is a claim as well."""
    return Line.objects.filter(
        product=product, shortfall__gt=0, reservation__state__in=HOLDING, blocked__endswith__gt=now
    )


def _in_order_of_right(plans: Iterable[Allocation], short: Iterable[Line]) -> dict[RowKey, ClaimOf]:
    """Pinned rows first, then whoever reserved earlier, whether served so far or short."""
    ranked = [((not row.pinned, *_age(row.line), row.pk), _claim(row)) for row in plans]
    for line in short:
        keys: list[RowKey] = [("short", line.pk, number) for number in range(line.shortfall)]
        ranked += [((True, *_age(line), number), Claim(key, *extent(line))) for number, key in enumerate(keys)]
    return {claim.key: claim for _, claim in sorted(ranked, key=lambda it: it[0])}


def _age(line: Line | None) -> tuple[int, int]:
    """Smaller is older. A plan always has a line; a loan without one is never a claim."""
    return (line.reservation_id, line.pk) if line else (0, 0)


def _leave_short(rows: Sequence[int], reason: str) -> None:
    lines = list(Allocation.objects.filter(pk__in=rows).values_list("line_id", flat=True))
    Allocation.objects.filter(pk__in=rows).delete()
    for line in set(lines):
        Line.objects.filter(pk=line).update(shortfall=F("shortfall") + lines.count(line), shortfall_reason=reason)


def _move(moving: Mapping[int, int], now: datetime) -> None:
    """A new unit is only known to be free from now on, so a moved row does not reach back."""
    units = [When(pk=row, then=Value(item)) for row, item in moving.items()]
    Allocation.objects.filter(pk__in=moving).update(
        item_id=Case(*units, output_field=BigIntegerField()),
        blocked=Func(
            Greatest(Lower("blocked"), Value(now)),
            Upper("blocked"),
            function="tstzrange",
            output_field=Allocation._meta.get_field("blocked"),
        ),
        holds=True,
    )


def _heal(served: Sequence[tuple[int, int]], now: datetime) -> None:
    if not served:
        return
    lines = Line.objects.in_bulk({pk for pk, _ in served})
    allocate(((lines[pk], item) for pk, item in served), now)
    for pk, line in lines.items():
        rest = line.shortfall - sum(1 for served_pk, _ in served if served_pk == pk)
        Line.objects.filter(pk=pk).update(shortfall=rest, shortfall_reason=line.shortfall_reason if rest else "")
