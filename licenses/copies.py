"""May a disc leave the house? A right to show at one place does not let it travel to another."""

from collections.abc import Collection
from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from leihwerk.errors import DomainError
from licenses.decisions.askers import place_of
from licenses.decisions.grants import grants_of
from licenses.decisions.sentences import why_not
from licenses.errors import CopyIsForOnePlace, CopyIsNotLendable
from licenses.models import Entitlement, Medium
from licenses.rights import Action
from licenses.terms import Asker, Grant, Title, includes, may_use
from people.models import Institution


def not_lendable(products: Collection[int], institution: Institution, *, at: datetime) -> dict[int, DomainError]:
    """By product id, why its discs must not be handed to ``institution``: CopyIsForOnePlace or CopyIsNotLendable.

    Where the licence of a medium was never written down nothing is known, and nothing is refused. One that may only be
    shown goes to the institutions that its scope names, for there it is at home, and to no other (Ö-Recht).
    """
    discs = {medium.pk: medium for medium in Medium.objects.filter(product__in=products)}
    if not discs:
        return {}
    refusals = {}
    for medium_id, grants in grants_of(discs.values(), institution, AnonymousUser(), at).items():
        medium = discs[medium_id]
        if medium.product_id is not None and (refusal := _why_not(medium, institution, grants, at)) is not None:
            refusals[medium.product_id] = refusal
    return refusals


def _why_not(medium: Medium, institution: Institution, grants: list[Grant], at: datetime) -> DomainError | None:
    place, on = place_of(institution), timezone.localdate(at, institution.center.zone)
    title = Title(medium.pk)
    lending = may_use(Asker(), place, title, Action.LEND, on, grants)
    if lending.is_allowed:
        return None
    showing = may_use(Asker(), place, title, Action.SHOW, on, grants)
    if showing.grant is not None:
        areas = [area for area in showing.grant.areas if includes(area, place)]
        if any(area.institutions for area in areas):
            return None
    if at_home := [grant for grant in grants if _is_at_one_place(grant, on)]:
        return _for_one_place(at_home[0])
    return CopyIsNotLendable(title=medium.title, reason=why_not(lending, institution, medium, Action.LEND, at))


def _is_at_one_place(grant: Grant, on: date) -> bool:
    is_in_force = grant.starts_on <= on and (grant.ends_on is None or on <= grant.ends_on)
    is_named = any(area.institutions for area in grant.areas)
    return is_in_force and is_named and Action.SHOW in grant.permitted and Action.LEND not in grant.permitted


def _for_one_place(grant: Grant) -> CopyIsForOnePlace:
    named = {institution for area in grant.areas for institution in area.institutions}
    homes = ", ".join(map(str, Institution.objects.filter(pk__in=named)))
    contract = Entitlement.objects.select_related("period__contract").get(pk=grant.id).period.contract
    return CopyIsForOnePlace(institution=homes, number=contract.number)
