"""Using a medium: the decision, and a slot where slots are counted."""

from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from licenses.decisions import Answer, decide
from licenses.errors import AllSlotsAreTaken
from licenses.models import Entitlement, Medium
from licenses.rights import Action
from licenses.seats import lease
from licenses.terms import Decision, No
from people.models import Institution, User


def use(medium: Medium, *, institution: Institution, action: Action, user: User, now: datetime | None = None) -> Answer:
    """Decide, and where so many may use it at a time take a slot for ``user``.

    Whoever is quicker has the last one: then the answer is that all are taken, whatever had been decided.
    """
    now = now or timezone.now()
    answer = decide(user, institution, medium, action, at=now)
    grant = answer.decision.grant
    if grant is None or not grant.is_leased:
        return answer
    try:
        lease(Entitlement(pk=grant.id), user=user, now=now)
    except AllSlotsAreTaken:
        return replace(answer, decision=Decision(reason=No.LIMIT_EXCEEDED, close=(grant,)))
    return answer
