"""Looking at a medium and using it: the decision, a slot where slots are counted, and an event."""

from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from licenses.decisions import Answer, decide, decide_for_pupils
from licenses.errors import AllSlotsAreTaken, OfAnotherCenter
from licenses.models import Entitlement, Medium, PupilCode, UseKind
from licenses.rights import Action
from licenses.seats import lease
from licenses.terms import Decision, No
from licenses.usage.recording import record, record_answer, visitor_of
from people.models import Institution, User


def use(
    medium: Medium,
    *,
    institution: Institution,
    action: Action,
    user: User,
    is_counted: bool = True,
    now: datetime | None = None,
) -> Answer:
    """Decide, take a slot for ``user`` where so many may use it at a time, and write the use or the denial down.

    Whoever is quicker has the last slot: then the answer is that all are taken, whatever had been decided. What a
    program asks for by itself is not ``is_counted``. Raises OfAnotherCenter.
    """
    if medium.center_id != institution.center_id:
        raise OfAnotherCenter
    answer = _with_slot(decide(user, institution, medium, action, at=now or timezone.now()), user, institution)
    if is_counted:
        record_answer(answer, visitor=visitor_of(user))
    return answer


def use_by_pupils(
    medium: Medium,
    *,
    code: PupilCode,
    action: Action,
    session: str,
    is_counted: bool = True,
    now: datetime | None = None,
) -> Answer:
    """The same for whoever has a code: ``session`` tells browsers apart, nobody knows who sits before them."""
    answer = decide_for_pupils(code.institution, [medium], at=now)[medium.pk][action]
    if is_counted:
        record_answer(answer, visitor=f"pupil:{code.pk}:{session}", is_pupil=True)
    return answer


def look(medium: Medium, *, institution: Institution, user: User, refused: Answer | None = None) -> None:
    """Write down that ``user`` looked at a medium, and with ``refused`` that there was no way on from there."""
    record(UseKind.INVESTIGATION, medium, institution=institution, visitor=visitor_of(user))
    if refused is not None:
        record_answer(refused, visitor=visitor_of(user))


def _with_slot(answer: Answer, user: User, institution: Institution) -> Answer:
    grant = answer.decision.grant
    if grant is None or not grant.is_leased:
        return answer
    try:
        lease(Entitlement(pk=grant.id), user=user, institution=institution, now=answer.at)
    except AllSlotsAreTaken:
        return replace(answer, decision=Decision(reason=No.LIMIT_EXCEEDED, close=(grant,)))
    return answer
