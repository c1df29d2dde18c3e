"""For whom somebody acts when they reserve."""

from django.http import HttpRequest

from frontend.context import center_of
from people.models import Center, Institution
from people.permissions import may


def own_institutions(request: HttpRequest) -> list[Institution]:
    """The schools somebody belongs to in the centre they act in, waiting for activation or not."""
    center = center_of(request)
    if center is None or request.user.is_anonymous:
        return []
    mine = {
        membership.institution_id: membership.institution
        for membership in request.user.memberships_in_force
        if membership.institution and membership.center_id == center.pk
    }
    return list(mine.values())


def acts_for_others(request: HttpRequest, center: Center | None) -> bool:
    """The desk reserves for anybody of its centre."""
    return center is not None and may(request.user, "lending.approve", on=center)
