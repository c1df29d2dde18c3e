"""What one's school may do with a medium, until when, and why not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from licenses.decisions import Answer, decide_all
from licenses.links import has_file
from licenses.models import Medium, MediumKind
from licenses.rights import BY_PUPILS, Action
from people.models import Institution
from people.models.user import User

RUN_KINDS: Final = {MediumKind.PORTAL, MediumKind.APP, MediumKind.SOFTWARE}
OPENING: Final = (Action.RUN, Action.STREAM, Action.SHOW, Action.DOWNLOAD)
ASKED_FOR: Final = (Action.SHOW, Action.STREAM, Action.DOWNLOAD, Action.PUPIL_STREAM)


@dataclass(frozen=True)
class Terms:
    """For one institution: what is allowed, what of the usual is not, and why if nothing is.

    ``way`` is the answer to opening the medium, in whichever manner is permitted.
    """

    institution: Institution
    allowed: list[Answer]
    refused: list[Answer]
    reason: str
    way: Answer

    @property
    def is_open(self) -> bool:
        return self.way.is_allowed

    @property
    def until(self) -> date | None:
        """The last day for the first that ends; None: nothing does."""
        return min((answer.until for answer in self.allowed if answer.until), default=None)

    @property
    def ways(self) -> list[Action]:
        """What of it is done here with a file of the centre's own. Pupils have their code for what they do."""
        if self.institution.center.files_given_out_at is None:
            return []
        ours = (it for it in self.allowed if it.action not in BY_PUPILS)
        return [it.action for it in ours if it.medium is not None and has_file(it.medium, it.action)]


def terms_for(user: User, medium: Medium) -> Iterator[Terms]:
    """For each institution that ``user`` acts for."""
    main = Action.RUN if medium.kind in RUN_KINDS else Action.SHOW
    for membership in user.memberships_in_force:
        if membership.institution is None or membership.center_id != medium.center_id:
            continue
        answers = decide_all(user, membership.institution, [medium])[medium.pk]
        allowed = [answer for answer in answers.values() if answer.is_allowed]
        refused = [answers[action] for action in ASKED_FOR if not answers[action].is_allowed and main == Action.SHOW]
        yield Terms(
            membership.institution,
            allowed,
            refused if allowed else [],
            "" if allowed else answers[main].sentence,
            way=next((answers[action] for action in OPENING if answers[action].is_allowed), answers[main]),
        )
