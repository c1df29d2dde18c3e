"""Signed links to files of the centre's own store: for some hours, one medium, one action and one institution.

A link names nobody, for a player asks without cookies. It grants nothing either: each time it is opened the decision is
asked again, so that it ends with the licence, and with the centre's wish to give files out.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.core.signing import BadSignature, Signer
from django.db.models import Max
from django.utils import timezone

from licenses import pupil_codes
from licenses.decisions import Answer, decide_again
from licenses.errors import LinkIsOver, LinkIsWrong, NotLicensed, OwnFilesAreOff
from licenses.files import PLAYED, ending_of
from licenses.models import Entitlement, Medium, PupilCode, Seat
from licenses.rights import BY_PUPILS, Action
from licenses.terms import PUPIL, Asker
from licenses.usage.recording import record_answer
from people.models import Institution

PLAYS: Final = frozenset({Action.STREAM, Action.PUPIL_STREAM})
VALID_FOR: Final = {
    Action.STREAM: timedelta(hours=4),
    Action.DOWNLOAD: timedelta(hours=1),
    Action.PUPIL_STREAM: timedelta(hours=4),
    Action.PUPIL_DOWNLOAD: timedelta(hours=1),
}
"""Longer than any film and the lesson around it; a download begins at once."""

_SIGNER: Final = Signer(salt="licenses.links")


@dataclass(frozen=True)
class Link:
    """What a link is for; ``code`` is the id of the code of the pupils who have it, ``entitlement`` of what it was
    given for."""

    medium: Medium
    institution: Institution
    action: Action
    expires_at: datetime
    code: int | None
    entitlement: int

    @property
    def is_played(self) -> bool:
        """Shown in the browser; else it is saved."""
        return self.action in PLAYS


def has_file(medium: Medium, action: Action) -> bool:
    """Whether we have what ``action`` needs: a provider's address goes before a file of ours."""
    if not medium.file or medium.link or action not in VALID_FOR:
        return False
    return action not in PLAYS or ending_of(medium) in PLAYED


def token_for(answer: Answer, code: PupilCode | None = None) -> str:
    """What the link carries that leads to what was allowed; empty if it leads to no file of ours.

    What pupils do by themselves they do with a ``code``.
    """
    medium, grant = answer.medium, answer.decision.grant
    if medium is None or grant is None or not has_file(medium, answer.action):
        return ""
    if (code is not None) != (answer.action in BY_PUPILS):
        return ""
    if answer.institution.center.files_given_out_at is None:
        return ""
    lasts = VALID_FOR[answer.action]
    if grant.is_leased:  # whoever comes next has the slot when its lease is over
        lasts = min(lasts, timedelta(minutes=Entitlement.objects.get(pk=grant.id).lease_minutes))
    elif grant.needs_slot:  # one that is kept for the institution is somebody else's after that
        kept = Seat.objects.kept().taken_at(answer.at).filter(entitlement=grant.id, institution=answer.institution)
        until = kept.aggregate(last=Max("expires_at"))["last"]
        lasts = min(lasts, until - answer.at) if until else lasts
    expires_at = int((answer.at + lasts).timestamp())
    told = [medium.pk, answer.institution.pk, answer.action.value, expires_at, code.pk if code else None, grant.id]
    return _SIGNER.sign_object(told)


def opened(token: str, *, begins: bool = True, now: datetime | None = None) -> Link:
    """What may be given out for ``token``, now. Raises LinkIsWrong, LinkIsOver, OwnFilesAreOff, NotLicensed.

    Its use was written down when the link was given; what is refused now is, too, unless a player only goes on.
    """
    now = now or timezone.now()
    link = _read(token)
    if link.expires_at <= now:
        raise LinkIsOver
    if link.medium.center.files_given_out_at is None:
        raise OwnFilesAreOff(center=link.medium.center)
    answer = _decided(link, now)
    if not answer.is_allowed:
        if begins:
            record_answer(answer, visitor=f"link:{token}", is_pupil=link.code is not None)
        raise NotLicensed(title=link.medium, reason=answer.sentence)
    if not has_file(link.medium, link.action):
        raise LinkIsOver
    return link


def _decided(link: Link, now: datetime) -> Answer:
    """As a teacher's, or as that of pupils whose list names the medium and whose code still stands."""
    if link.code is None:
        return decide_again(Asker(), link.institution, link.medium, link.action, at=now, entitlement=link.entitlement)
    code = pupil_codes.in_force(link.code, now=now)
    if code is None:
        raise LinkIsOver
    is_on_list = code.media_list.titles.filter(medium=link.medium).exists()
    pupil = Asker(role=PUPIL)
    return decide_again(
        pupil,
        link.institution,
        link.medium,
        link.action,
        at=now,
        entitlement=link.entitlement,
        is_on_list=is_on_list,
    )


def _read(token: str) -> Link:
    try:
        medium_id, institution_id, action, expires_at, code, entitlement = _SIGNER.unsign_object(token)
    except (BadSignature, ValueError):
        raise LinkIsWrong from None
    medium = Medium.objects.filter(pk=medium_id).select_related("center", "provider").first()
    institution = Institution.objects.open().filter(pk=institution_id).select_related("center").first()
    if medium is None or institution is None:
        raise LinkIsOver
    return Link(medium, institution, Action(action), datetime.fromtimestamp(expires_at, tz=UTC), code, entitlement)
