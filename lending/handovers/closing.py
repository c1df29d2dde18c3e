from datetime import datetime

from django.db import transaction
from django.utils import timezone

from lending.models import Extra, Handover
from lending.refusals import HandoverIsFinished, NothingHandedOver
from lending.telling import tell_of_handover
from people import journal
from people.models import User


@transaction.atomic
def add_extra(handover: Handover, *, name: str, quantity: int = 1, by: User) -> Extra:
    """Give something along that has no label; the return asks for it. Raises HandoverIsFinished."""
    handover = _open(handover)
    extra = Extra.objects.create(handover=handover, name=name, quantity=quantity)
    journal.record("handover.extra_added", handover, by=by, extra=extra.pk, quantity=quantity)
    return extra


@transaction.atomic
def finish(handover: Handover, *, by: User, now: datetime | None = None) -> Handover:
    """Close the slip. Raises HandoverIsFinished, and NothingHandedOver for an empty one."""
    handover = _open(handover)
    if not (handover.loans.exists() or handover.extras.exists()):
        raise NothingHandedOver
    handover.finished_at = now or timezone.now()
    handover.save(update_fields=["finished_at"])
    journal.record("handover.finished", handover, by=by, loans=handover.loans.count())
    tell_of_handover(handover)
    return handover


def _open(handover: Handover) -> Handover:
    handover = Handover.objects.lock().get(pk=handover.pk)
    if handover.finished_at is not None:
        raise HandoverIsFinished(number=handover.number)
    return handover
