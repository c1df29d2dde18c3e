"""What planning writes: rows kept, moved, given up, and shortfalls healed. Behind the gate of their product."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import BigIntegerField, Case, F, Func, Value, When
from django.db.models.functions import Greatest, Lower, Upper

from lending.models import Allocation, AllocationKind, Line
from people import letters


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


def leave_short(rows: Sequence[int], reason: str) -> None:
    """These parked rows end; their lines are short of a unit each, with the reason."""
    lines = list(Allocation.objects.filter(pk__in=rows).values_list("line_id", flat=True))
    Allocation.objects.filter(pk__in=rows).delete()
    for line in set(lines):
        Line.objects.filter(pk=line).update(shortfall=F("shortfall") + lines.count(line), shortfall_reason=reason)


def move(moving: Mapping[int, int], now: datetime) -> None:
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


def heal(served: Sequence[tuple[int, int]], now: datetime) -> None:
    """Keep these items for lines (by id) that were short. What was to be told of a shortfall that is over, is not."""
    if not served:
        return
    units = Counter(pk for pk, _ in served)
    lines = Line.objects.select_related("reservation").in_bulk(units)
    allocate(((lines[pk], item) for pk, item in served), now)
    for pk, line in lines.items():
        line.shortfall -= units[pk]
        line.shortfall_reason = line.shortfall_reason if line.shortfall else ""
    Line.objects.bulk_update(lines.values(), ["shortfall", "shortfall_reason"])
    if whole := [line.reservation for line in lines.values() if not line.shortfall]:
        letters.withdraw_all(whole, "cannot_be_kept")
