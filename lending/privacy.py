"""What was lent stays, to whom of the school is forgotten: 90 days after a clean return (GDPR; DESIGN section 5)."""

from datetime import datetime
from typing import Final

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from lending.models import Bundle, Extra, Finding, Handover, Loan, Outage, Reservation
from lending.models.loan import LoanQuerySet
from lending.models.reservation import OPEN
from people.models import Contact, User
from people.privacy import REMEMBERED, Person, Subjects, forget_names_in, unlink_entries

#: Free text in which somebody may have been named.
NOTES: Final = (
    (Bundle, "description"),
    (Extra, "name"),
    (Finding, "note"),
    (Handover, "collected_by"),
    (Outage, "note"),
    (Reservation, "purpose"),
    (Reservation, "reason"),
)
NAMES_SOMEBODY: Final = Q(responsible__isnull=False) | Q(contact__isnull=False)


def unlink(*, now: datetime) -> dict[str, int]:
    """Forget who borrowed what came back clean 90 days ago or earlier; how many rows of each kind forgot somebody.

    Slips follow when all of their loans have, reservations when they are over and all of their loans have.
    """
    before = now - REMEMBERED
    over = Q(ends_at__lte=before) | (Q(ended_at__lte=before) & ~Q(state__in=OPEN))
    return {
        "loans": _unlink_loans(clean_loans().filter(returned_at__lte=before), now),
        "handovers": _unlink_handovers(Handover.objects.filter(happened_at__lte=before)),
        "reservations": _unlink_reservations(Reservation.objects.filter(over)),
        "findings": Finding.objects.filter(resolved_at__lte=before, found_by__isnull=False).update(found_by=None),
        "outages": Outage.objects.filter(ended_at__lte=before, entered_by__isnull=False).update(entered_by=None),
    }


def unlink_person(person: Person, *, now: datetime) -> None:
    """Forget ``person`` at once in everything that is over, and take their name out of every note."""
    _unlink_loans(clean_loans().filter(_named(person)), now)
    _unlink_handovers(Handover.objects.filter(_named(person)))
    _unlink_reservations(Reservation.objects.filter(_named(person)))
    for model, column in NOTES:
        forget_names_in(model, column, person)


def open_business_of(person: Person, *, now: datetime) -> list[Model]:
    """What keeps ``person`` from being forgotten: things that are not cleanly back, and reservations to come."""
    loans = Loan.objects.filter(_named(person)).exclude(pk__in=clean_loans().values("pk"))
    coming = Reservation.objects.filter(_named(person), state__in=OPEN, ends_at__gt=now)
    return [*loans.select_related("item__product", "institution"), *coming.select_related("institution")]


def clean_loans() -> LoanQuerySet:
    """Back, with nothing missing and nothing unsettled."""
    unsettled = Finding.objects.open().filter(loan=OuterRef("pk"))
    missing = Extra.objects.filter(handover=OuterRef("handover"), returned_at__isnull=True)
    return Loan.objects.filter(~Exists(unsettled), ~Exists(missing), returned_at__isnull=False)


def borrowers() -> tuple[QuerySet[User], QuerySet[Contact]]:
    """Who is still named by something lent or reserved."""
    users, contacts = Q(pk__in=[]), Q(pk__in=[])
    for model in (Loan, Handover, Reservation):
        users |= Q(Exists(model._default_manager.filter(responsible=OuterRef("pk"))))
        contacts |= Q(Exists(model._default_manager.filter(contact=OuterRef("pk"))))
    return User.objects.filter(users), Contact.objects.filter(contacts)


def still_linked() -> Subjects:
    """What still names somebody, so that the letters about it stay as they are."""
    return {model._meta.label_lower: model._default_manager.filter(NAMES_SOMEBODY) for model in (Loan, Reservation)}


def unlinked() -> Subjects:
    return {Loan._meta.label_lower: Loan.objects.filter(people_unlinked_at__isnull=False)}


def _unlink_loans(loans: LoanQuerySet, now: datetime) -> int:
    ids = list(loans.filter(people_unlinked_at=None).values_list("pk", flat=True))
    unlink_entries(Loan, ids)
    return Loan.objects.filter(pk__in=ids).update(responsible=None, contact=None, people_unlinked_at=now)


def _unlink_handovers(handovers: QuerySet[Handover]) -> int:
    linked = Loan.objects.filter(handover=OuterRef("pk"), people_unlinked_at=None)
    missing = Extra.objects.filter(handover=OuterRef("pk"), returned_at__isnull=True)
    names_somebody = NAMES_SOMEBODY | ~Q(collected_by="")
    ids = list(handovers.filter(names_somebody, ~Exists(linked), ~Exists(missing)).values_list("pk", flat=True))
    unlink_entries(Handover, ids)
    return Handover.objects.filter(pk__in=ids).update(responsible=None, contact=None, collected_by="")


def _unlink_reservations(reservations: QuerySet[Reservation]) -> int:
    linked = Loan.objects.filter(allocation__line__reservation=OuterRef("pk"), people_unlinked_at=None)
    names_somebody = NAMES_SOMEBODY | Q(booked_by__isnull=False) | ~Q(purpose="") | ~Q(reason="")
    ids = list(reservations.filter(names_somebody, ~Exists(linked)).values_list("pk", flat=True))
    unlink_entries(Reservation, ids)
    return Reservation.objects.filter(pk__in=ids).update(
        responsible=None, contact=None, booked_by=None, purpose="", reason=""
    )


def _named(person: Person) -> Q:
    return Q(responsible=person) if isinstance(person, User) else Q(contact=person)
