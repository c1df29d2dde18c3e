"""What one's school may do with a medium, until when, and why not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from licenses.decisions import Answer, decide_all
from licenses.models import Medium, MediumKind
from licenses.rights import Action
from people.models import Institution
from people.models.user import User

RUN_KINDS: Final = {MediumKind.PORTAL, MediumKind.APP, MediumKind.SOFTWARE}
ASKED_FOR: Final = (Action.SHOW, Action.STREAM, Action.DOWNLOAD, Action.PUPIL_STREAM)


@dataclass(frozen=True)
class Terms:
    """For one institution: what is allowed, what of the usual is not, and why if nothing is."""

    institution: Institution
    allowed: list[Answer]
    refused: list[Answer]
    reason: str

    @property
    def until(self) -> date | None:
        """The last day for the first that ends; None: nothing does."""
        return min((answer.until for answer in self.allowed if answer.until), default=None)


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
            membership.institution, allowed, refused if allowed else [], "" if allowed else answers[main].sentence
        )
