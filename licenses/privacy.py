"""Who had a seat is forgotten 90 days after it was free again, who confirmed a deletion 90 days later; notes hang on
media and contracts, never on persons."""

from datetime import datetime, timedelta
from typing import Final

from licenses.models import Amendment, CapacityKind, Contract, Deletion, Key, MediaList, Medium, Seat
from licenses.models.deletion import DeletionQuerySet
from licenses.models.seat import SeatQuerySet
from people.models import User
from people.privacy import REMEMBERED, Person, forget_names_in, unlink_entries

NOTES: Final = (
    (Medium, "description"),
    (Contract, "note"),
    (Amendment, "note"),
    (Key, "name"),
    (Key, "sign_in_name"),
    (MediaList, "title"),
)
#: Who used what is raw data of use (DESIGN section 4).
LEASES_REMEMBERED: Final = timedelta(days=60)


def unlink(*, now: datetime) -> dict[str, int]:
    """Forget who had seats that are free for 90 days, who confirmed what 90 days ago, and leases that are over for 60;
    how many of each."""
    leases = Seat.objects.filter(kind=CapacityKind.CONCURRENT, released_at__lte=now - LEASES_REMEMBERED)
    return {
        "leases": leases.delete()[0],
        "seats": _unlink(Seat.objects.filter(released_at__lte=now - REMEMBERED, user__isnull=False)),
        "deletions": _unlink_deletions(Deletion.objects.filter(confirmed_at__lte=now - REMEMBERED)),
    }


def unlink_person(person: Person, *, now: datetime) -> None:
    """Forget ``person`` at once: their seats are free, and nobody knows who had them."""
    if isinstance(person, User):
        theirs = Seat.objects.filter(user=person)
        theirs.held().update(released_at=now, capacity=None)
        _unlink(theirs)
        _unlink_deletions(Deletion.objects.filter(confirmed_by=person))


def forget_names(person: Person) -> None:
    for model, column in NOTES:
        forget_names_in(model, column, person)


def _unlink(seats: SeatQuerySet) -> int:
    ids = list(seats.values_list("pk", flat=True))
    unlink_entries(Seat, ids)
    return Seat.objects.filter(pk__in=ids).update(user=None)


def _unlink_deletions(deletions: DeletionQuerySet) -> int:
    """That it was confirmed, when and how stays; letters about it are forgotten as letters are."""
    ids = list(deletions.exclude(confirmed_by=None).values_list("pk", flat=True))
    unlink_entries(Deletion, ids)
    return Deletion.objects.filter(pk__in=ids).update(confirmed_by=None)
