"""May somebody use a medium? Rows are read, terms.py decides, and the answer says why not."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from licenses.decisions.askers import asker_of, place_of
from licenses.decisions.grants import Grants, entitlements_to, grants_of
from licenses.decisions.sentences import why_not
from licenses.models import Medium
from licenses.models.entitlement import EntitlementQuerySet
from licenses.rights import Action
from licenses.terms import PUPIL, Asker, Decision, Title, may_use
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
        return _answer(asker_of(user, institution), institution, None, action, at, {})
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
    asker, actions = asker_of(user, institution), list(actions)
    grants = grants_of(media, institution, user, at)
    return {
        medium.pk: {action: _answer(asker, institution, medium, action, at, grants) for action in actions}
        for medium in media
    }


def decide_again(
    asker: Asker,
    institution: Institution,
    medium: Medium,
    action: Action,
    *,
    at: datetime,
    entitlement: int | None = None,
    is_on_list: bool = False,
) -> Answer:
    """For whoever was let in before and is not known by name: what holds now.

    If the ``entitlement`` that let them in took a slot, they have it. Of any other they have none, and take none.
    """
    found = grants_of([medium], institution, AnonymousUser(), at).get(medium.pk, [])
    grants = {
        medium.pk: [
            replace(it, has_slot=True)
            if it.id == entitlement
            else replace(it, needs_slot=it.needs_slot or it.is_leased)
            for it in found
        ]
    }
    return _answer(asker, institution, medium, action, at, grants, is_on_list=is_on_list)


def decide_for_pupils(
    institution: Institution, media: Collection[Medium], *, at: datetime | None = None
) -> dict[int, dict[Action, Answer]]:
    """What pupils may do by themselves with media on a list of theirs, by medium id.

    They take no slot, for nobody knows when one of them is done: where so many may at a time, they may not.
    """
    at = at or timezone.now()
    found = grants_of(media, institution, AnonymousUser(), at)
    grants = {pk: [replace(it, needs_slot=it.needs_slot or it.is_leased) for it in its] for pk, its in found.items()}
    return {
        medium.pk: {
            action: _answer(Asker(role=PUPIL), institution, medium, action, at, grants, is_on_list=True)
            for action in (Action.PUPIL_STREAM, Action.PUPIL_DOWNLOAD)
        }
        for medium in media
    }


def entitlements_of(medium: Medium) -> EntitlementQuerySet:
    """Everything that was ever permitted with ``medium``, by itself or in a package; the latest first."""
    found = entitlements_to([medium.pk], medium.package_titles.all()).select_related("period__contract")
    return found.prefetch_related("scopes").order_by("-period__starts_on", "pk")


def _answer(
    asker: Asker,
    institution: Institution,
    medium: Medium | None,
    action: Action,
    at: datetime,
    grants: Grants,
    *,
    is_on_list: bool = False,
) -> Answer:
    title = Title(medium.pk, medium.age_rating or 0, is_on_list) if medium else None
    decision = may_use(
        asker,
        place_of(institution),
        title,
        action,
        timezone.localdate(at, institution.center.zone),
        grants.get(medium.pk, ()) if medium else (),
    )
    return Answer(institution, medium, action, at, decision)


__all__ = ["Answer", "decide", "decide_again", "decide_all", "decide_for_pupils", "entitlements_of"]
