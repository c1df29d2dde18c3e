"""What letters about lending need to know: names of things, numbers and moments, never of people."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from inventory.models import Part
from lending.calendars import calendar_of
from lending.due_dates import add_open_days, local_day
from lending.models import Delivery, Handover, Loan, Reservation
from people import letters
from people.models import Intent

DAYS_TO_LOOK: Final = 5  # open days for a part that did not come back


def tell_of_reservation(reservation: Reservation) -> Intent | None:
    """The letter that its state asks for."""
    return _tell_wish(f"reservation_{reservation.state}", reservation)


def tell_of_change(reservation: Reservation) -> Intent | None:
    """Each change is news: what was told of an earlier one does not stand in its way."""
    letters.withdraw(reservation, "reservation_changed")
    return _tell_wish("reservation_changed", reservation)


def tell_of_handover(handover: Handover) -> Intent | None:
    """What went along, and until when: the slip as a mail."""
    return letters.intend(
        "handed_over",
        handover,
        handover.responsible or handover.contact,
        number=handover.number,
        due_at=handover.due_at,
        things=[thing(loan) for loan in handover.loans.select_related("item__product")],
        extras=[{"name": extra.name, "quantity": extra.quantity} for extra in handover.extras.all()],
    )


def tell_of_renewal(loan: Loan) -> Intent | None:
    """Each renewal is news of its own."""
    to = loan.responsible or loan.contact
    return letters.intend("renewed", loan, to, step=loan.renewals, due_at=loan.due_at, **thing(loan))


def tell_of_missing(loan: Loan, missing: Mapping[Part, int], *, now: datetime) -> Intent | None:
    """What to look for, and until which open day."""
    parts = [{"name": part.name, "quantity": quantity} for part, quantity in missing.items()]
    until_on = add_open_days(local_day(now), DAYS_TO_LOOK, calendar_of(loan.center))
    to = loan.responsible or loan.contact
    return letters.intend("part_missing", loan, to, parts=parts, until_on=until_on, **thing(loan))


def thing(loan: Loan) -> dict[str, Any]:
    return {"product": loan.item.product.name, "asset_number": loan.item.asset_number}


def _tell_wish(kind: str, reservation: Reservation) -> Intent | None:
    lines = reservation.lines.select_related("product")
    return letters.intend(
        kind,
        reservation,
        reservation.responsible or reservation.contact,
        number=reservation.number,
        starts_at=reservation.starts_at,
        ends_at=reservation.ends_at,
        is_by_courier=reservation.delivery == Delivery.COURIER,
        reason=reservation.reason,
        things=[{"product": line.product.name, "quantity": line.quantity} for line in lines],
    )
