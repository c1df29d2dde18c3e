"""Using a medium: the decision, and a slot where slots are counted."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from licenses.decisions import Answer, decide
from licenses.errors import AllSlotsAreTaken
from licenses.models import CapacityKind, Entitlement, Medium
from licenses.rights import Action
from licenses.seats import lease
from licenses.terms import Decision, No
from people.models import Institution, User


@transaction.atomic
def use(medium: Medium, *, institution: Institution, action: Action, by: User, now: datetime | None = None) -> Answer:
    """Decide, and where so many may use it at a time take a slot for ``by``. Whoever is quicker has the last one: then
    the answer is that all are taken, whatever had been decided."""
    now = now or timezone.now()
    answer = decide(by, institution, medium, action, at=now)
    grant = answer.decision.grant
    if grant is None:
        return answer
    entitlement = Entitlement.objects.get(pk=grant.id)
    if entitlement.capacity_kind == CapacityKind.CONCURRENT:
        try:
            lease(entitlement, user=by, now=now)
        except AllSlotsAreTaken:
            taken = Decision(reason=No.LIMIT_EXCEEDED, close=(grant,))
            return Answer(answer.institution, answer.medium, answer.action, answer.at, taken)
    return answer
