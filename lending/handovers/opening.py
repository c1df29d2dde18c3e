from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from lending.models import Delivery, Handover, Reservation
from lending.models.reservation import HOLDING
from lending.moments import happened
from lending.refusals import EndsBeforeItStarts, ForeignThing, WrongState
from lending.rulebook import Rulebook
from people import journal
from people.models import Contact, Institution, User


def opened(
    institution: Institution,
    *,
    by: User,
    reservation: Reservation | None = None,
    contact: Contact | None = None,
    responsible: User | None = None,
    due_at: datetime | None = None,
    collected_by: str = "",
    identity_shown: bool = False,
    authority_shown: bool = False,
    delivery: str = Delivery.PICKUP,
    happened_at: datetime | None = None,
    book: Rulebook | None = None,
    now: datetime | None = None,
) -> tuple[Handover, bool]:
    """Begin a slip for an institution, or go on with the open one of this reservation; and whether it is new.

    Without ``due_at`` the reservation's end or the centre's rules decide (``book``, for whoever has read them already).
    Raises WrongState, ForeignThing, EndsBeforeItStarts, and as ``moments.happened``.
    """
    now = now or timezone.now()
    happened_at = happened(happened_at, now=now)
    if reservation is not None:
        reservation = Reservation.objects.lock().get(pk=reservation.pk)
        if reservation.institution_id != institution.pk:
            raise ForeignThing
        if reservation.state not in HOLDING:
            raise WrongState(number=reservation.number, state=reservation.get_state_display())
        if begun := Handover.objects.open().filter(reservation=reservation).lock().first():
            return begun, False
    due_at = due_at or _due_at(institution, reservation, happened_at, book)
    if due_at <= happened_at:
        raise EndsBeforeItStarts
    handover = Handover.objects.create(
        center_id=institution.center_id,
        institution=institution,
        reservation=reservation,
        responsible=responsible or (reservation.responsible if reservation else None),
        contact=contact or (reservation.contact if reservation else None),
        due_at=due_at,
        collected_by=collected_by,
        identity_shown=identity_shown,
        authority_shown=authority_shown,
        delivery=reservation.delivery if reservation else delivery,
        happened_at=happened_at,
        entered_at=now,
    )
    journal.record(
        "handover.opened",
        handover,
        by=by,
        institution=institution.pk,
        reservation=reservation.pk if reservation else None,
        happened_at=happened_at,
    )
    return handover, True


@transaction.atomic
def open_handover(institution: Institution, *, by: User, **opening: Any) -> Handover:
    """``opened`` as a verb of its own; ``hand_over_together`` is another."""
    return opened(institution, by=by, **opening)[0]


def _due_at(
    institution: Institution, reservation: Reservation | None, happened_at: datetime, book: Rulebook | None
) -> datetime:
    """The reservation's end, unless it is over already."""
    if reservation is not None and reservation.ends_at > happened_at + timedelta(hours=1):
        return reservation.ends_at
    return (book or Rulebook.of(institution.center)).due_at(institution, happened_at).at
