"""Splitting a reservation: some of it goes on under a number of its own."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from lending import licensing
from lending.models import Reservation
from lending.models.reservation import OPEN
from lending.refusals import AlreadyOut, ForeignThing, NothingToSplit
from lending.reservations.locking import behind_its_gate
from lending.reservations.parting import part, units_out
from lending.reservations.spanning import span
from lending.telling import tell_of_change, tell_of_reservation
from people import journal
from people.models import User


@transaction.atomic
def split(
    reservation: Reservation, *, units: Mapping[int, int], by: User | None, now: datetime | None = None
) -> Reservation:
    """Move so many units of each line, by its id, into a new reservation of the same institution; the new one.

    Units that are planned or packed move along, so nobody's plan changes; what is out stays. The new reservation
    stands where the old one does, and can then be changed, canceled and collected by itself.

    Raises WrongState, ForeignThing, NothingToSplit if nothing moves or nothing would be left, and AlreadyOut.
    """
    now = now or timezone.now()
    locked, _products = behind_its_gate(reservation, *OPEN)
    lines = {line.pk: line for line in locked.lines.lock().select_related("product")}
    moving = {pk: number for pk, number in units.items() if number > 0}
    if not moving.keys() <= lines.keys():
        raise ForeignThing
    left = {line.pk: line.quantity - line.given_up - moving.get(line.pk, 0) for line in lines.values()}
    for pk in moving:
        if left[pk] < (out := units_out(lines[pk])):
            raise AlreadyOut(product=lines[pk].product.name, least=out)
    if not moving or not any(left.values()):
        raise NothingToSplit(number=locked.number)
    new = _like(locked)
    for pk, number in moving.items():
        part(lines[pk], number, into=new)
    span(locked)
    span(new)
    licensing.follow([*lines.values(), *new.lines.all()], now=now)
    facts = [[pk, lines[pk].product_id, number] for pk, number in moving.items()]
    journal.record("reservation.split", locked, by=by, into=new.pk, units=facts)
    journal.record("reservation.placed", new, by=by, state=new.state, channel=new.channel, split_from=locked.pk)
    tell_of_change(locked)
    tell_of_reservation(new)
    return new


def _like(reservation: Reservation) -> Reservation:
    """Another one for the same people, in the same state; it keeps its place in the order of right.

    What was promised before a change stays promised by the old one.
    """
    kept = {field.attname for field in Reservation._meta.concrete_fields} - {"id", "booked_at", "promised"}
    new = Reservation.objects.create(**{name: getattr(reservation, name) for name in kept})
    Reservation.objects.filter(pk=new.pk).update(booked_at=reservation.booked_at)
    new.refresh_from_db()
    return new
