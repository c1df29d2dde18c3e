"""A reservation behind the gate of everything it asks for (DESIGN 3.6)."""

from collections.abc import Iterable

from inventory.models import Product
from lending.gate import expect_behind, gate
from lending.models import Reservation, State
from lending.refusals import WrongState


def behind_its_gate(
    reservation: Reservation, *states: State, also: Iterable[int] = ()
) -> tuple[Reservation, dict[int, Product]]:
    """The reservation, locked and read again, and the locked products of its lines (and ``also`` others), by id.

    Raises PlanMoved if it has come to ask for another product, and WrongState if it is in none of ``states``.
    """
    products = gate({*reservation.lines.values_list("product_id", flat=True), *also})
    locked = Reservation.objects.lock().get(pk=reservation.pk)
    expect_behind(products, locked.lines.values_list("product_id", flat=True))
    if locked.state not in states:
        raise WrongState(number=locked.number, state=locked.get_state_display())
    return locked, products
