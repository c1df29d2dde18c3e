"""A colleague takes over what somebody has borrowed and reserved: no plan changes, only whom one writes to."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from lending.models import Loan, Reservation
from lending.refusals import NotThere
from people import journal, letters
from people.models import Contact, Institution, Membership, User

Person = User | Contact


@transaction.atomic
def hand_over_responsibility(
    person: Person, to: Person, institution: Institution, *, by: User, now: datetime | None = None
) -> int:
    """``to`` answers from now on for everything of ``institution`` that ``person`` has open; how many things.

    Reminders that have not gone out yet are withdrawn; the next run writes them to the new one. Raises NotThere when
    ``to`` does not act for the institution.
    """
    if not _is_there(to, institution):
        raise NotThere(person=str(to), institution=str(institution))
    now = now or timezone.now()
    to_come = Reservation.objects.open().filter(_names(person), institution=institution, ends_at__gt=now)
    reservations = list(to_come.lock())
    loans = list(Loan.objects.open().filter(_names(person), institution=institution).lock())
    things: list[Reservation | Loan] = [*reservations, *loans]
    for thing in things:
        thing.responsible, thing.contact = (to, None) if isinstance(to, User) else (None, to)
        thing.save(update_fields=["responsible", "contact"])
        letters.withdraw(thing, now=now)
    journal.record(
        "responsibility.handed_over",
        institution,
        by=by,
        person=to if isinstance(to, User) else None,
        reservations=[reservation.pk for reservation in reservations],
        loans=[loan.pk for loan in loans],
    )
    return len(things)


def _names(person: Person) -> Q:
    return Q(responsible=person) if isinstance(person, User) else Q(contact=person)


def _is_there(person: Person, institution: Institution) -> bool:
    if isinstance(person, Contact):
        return person.institution_id == institution.pk and person.left_on is None
    acting = Membership.objects.active().filter(user=person, center=institution.center_id)
    return acting.filter(Q(institution=institution) | Q(institution=None)).exists()
