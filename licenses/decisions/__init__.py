"""May somebody use a medium? Rows are read, terms.py decides, and the answer says why not."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.utils import timezone

from licenses.decisions.askers import asker_of, place_of
from licenses.decisions.grants import Grants, entitlements_to, grants_of
from licenses.decisions.sentences import why_not
from licenses.models import Medium
from licenses.models.entitlement import EntitlementQuerySet
from licenses.rights import Action
from licenses.terms import Decision, Title, may_use
from people.models import Institution
from people.models.user import AnyUser


@dataclass(frozen=True, eq=False)
class Answer:
    """What was decided about one action, for one institution, at one moment."""

    institution: Institution
    medium: Medium | None
    action: Action
    at: datetime
    decision: Decision

    @property
    def is_allowed(self) -> bool:
        return self.decision.is_allowed

    @property
    def until(self) -> date | None:
        """The last day on which it is allowed; None: no end, or not allowed."""
        return self.decision.grant.ends_on if self.decision.grant else None

    @property
    def entitlement(self) -> int | None:
        """The id of the one it rests on."""
        return self.decision.grant.id if self.decision.grant else None

    @property
    def reason(self) -> str:
        return self.decision.reason or ""

    @cached_property
    def sentence(self) -> str:
        """Why not; empty if it is allowed. Asks the database once for most reasons."""
        return why_not(self.decision, self.institution, self.medium, self.action, self.at)


def decide(
    user: AnyUser, institution: Institution, medium: Medium | None, action: Action, *, at: datetime | None = None
) -> Answer:
    """One action with one medium; None is a medium that nobody knows."""
    at = at or timezone.now()
    if medium is None:
        return _answer(user, institution, None, action, at, {})
    return decide_all(user, institution, [medium], at=at, actions=[action])[medium.pk][action]


def decide_all(
    user: AnyUser,
    institution: Institution,
    media: Collection[Medium],
    *,
    at: datetime | None = None,
    actions: Iterable[Action] = Action,
) -> dict[int, dict[Action, Answer]]:
    """Every one of ``actions`` with every one of ``media``, by medium id; as many queries as for one."""
    at = at or timezone.now()
    actions = list(actions)
    grants = grants_of(media, institution, user, at)
    return {
        medium.pk: {action: _answer(user, institution, medium, action, at, grants) for action in actions}
        for medium in media
    }


def entitlements_of(medium: Medium) -> EntitlementQuerySet:
    """Everything that was ever permitted with ``medium``, by itself or in a package; the latest first."""
    found = entitlements_to([medium.pk], medium.package_titles.all()).select_related("period__contract")
    return found.prefetch_related("scopes").order_by("-period__starts_on", "pk")


def _answer(
    user: AnyUser, institution: Institution, medium: Medium | None, action: Action, at: datetime, grants: Grants
) -> Answer:
    title = Title(medium.pk, medium.age_rating or 0) if medium else None
    decision = may_use(
        asker_of(user, institution),
        place_of(institution),
        title,
        action,
        timezone.localdate(at, institution.center.zone),
        grants.get(medium.pk, ()) if medium else (),
    )
    return Answer(institution, medium, action, at, decision)


__all__ = ["Answer", "decide", "decide_all", "entitlements_of"]
