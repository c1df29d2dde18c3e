"""Taking a line apart: units that are not out, with what is planned for them, become a line of their own."""

from lending.models import Allocation, AllocationKind, Line, Reservation


def planned_rows(line: Line) -> list[Allocation]:
    """What is kept for ``line`` and not out: packed units first, for they are the last to be given away."""
    rows = Allocation.objects.holding().filter(line=line, kind=AllocationKind.PLAN)
    return list(rows.lock().order_by("-pinned", "pk"))


def units_out(line: Line) -> int:
    """Units that are or were in somebody's hands."""
    return line.allocations.filter(kind=AllocationKind.LOAN).count()


def part(line: Line, units: int, *, into: Reservation) -> Line:
    """So many of the units of ``line`` that are not out move into a line of ``into``, behind the gate of its product.

    Planned units move before missing ones. A whole line moves as it is.
    """
    if units == line.quantity:
        line.reservation = into
        line.save(update_fields=["reservation"])
        return line
    moving = planned_rows(line)[-units:]
    short = units - len(moving) if line.claimed else 0
    rest = Line.objects.create(
        center_id=line.center_id,
        reservation=into,
        product=line.product,
        quantity=units,
        starts_at=line.starts_at,
        ends_at=line.ends_at,
        blocked=line.blocked,
        calendar_version=line.calendar_version,
        pieces=line.pieces,
        medium_id=line.medium_id,
        slots=line.slots,
        claimed=units if line.claimed else 0,
        shortfall=short,
        shortfall_reason=line.shortfall_reason if short else "",
    )
    Allocation.objects.filter(pk__in=[row.pk for row in moving]).update(line=rest)
    resize(line, line.quantity - units, shortfall=line.shortfall - short)
    return rest


def resize(line: Line, quantity: int, *, shortfall: int) -> None:
    """``line`` stands for ``quantity`` units from now on; for none, and it is gone."""
    if not quantity:
        line.delete()
        return
    line.quantity, line.shortfall = quantity, shortfall
    line.claimed = quantity if line.claimed else 0
    line.shortfall_reason = line.shortfall_reason if shortfall else ""
    line.save(update_fields=["quantity", "claimed", "shortfall", "shortfall_reason"])
