from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from lending.models import Extra, Handover, Loan
from lending.refusals import HandoverIsFinished, NothingHandedOver
from lending.rulebook import Rulebook
from lending.telling import tell_of_handover
from people import journal
from people.models import User


@transaction.atomic
def add_extra(handover: Handover, *, name: str, quantity: int = 1, by: User) -> Extra:
    """Give something along that has no label; the return asks for it. Raises HandoverIsFinished."""
    (extra,) = give_along(still_open(handover), [(name, quantity)], by=by)
    return extra


@transaction.atomic
def finish(handover: Handover, *, by: User, now: datetime | None = None) -> Handover:
    """Close the slip. Raises HandoverIsFinished, and NothingHandedOver for an empty one."""
    handover = still_open(handover)
    loans, extras = everything_on(handover)
    book = Rulebook.of(handover.institution.center)
    return close(handover, loans, extras, book=book, by=by, now=now or timezone.now())


def still_open(handover: Handover) -> Handover:
    """The slip, locked and read again. Raises HandoverIsFinished."""
    handover = Handover.objects.lock().select_related("institution__center", "reservation").get(pk=handover.pk)
    if handover.finished_at is not None:
        raise HandoverIsFinished(number=handover.number)
    return handover


def give_along(handover: Handover, extras: Iterable[tuple[str, int]], *, by: User) -> list[Extra]:
    """Things without a label, each by its name and number, on a slip that is locked."""
    given = Extra.objects.bulk_create(
        Extra(handover=handover, name=name, quantity=quantity) for name, quantity in extras
    )
    facts = [(handover, {"extra": extra.pk, "quantity": extra.quantity}) for extra in given]
    journal.record_all("handover.extra_added", facts, by=by)
    return given


def everything_on(handover: Handover) -> tuple[list[Loan], list[Extra]]:
    loans = handover.loans.select_related("item__product", "institution", "allocation__line__reservation")
    return list(loans), list(handover.extras.all())


def close(
    handover: Handover, loans: Sequence[Loan], extras: Sequence[Extra], *, book: Rulebook, by: User, now: datetime
) -> Handover:
    """Finish a slip that is locked, with everything on it. Raises NothingHandedOver."""
    if not loans and not extras:
        raise NothingHandedOver
    handover.finished_at = now
    handover.save(update_fields=["finished_at"])
    journal.record("handover.finished", handover, by=by, loans=len(loans))
    tell_of_handover(handover, loans, extras, book)
    return handover
