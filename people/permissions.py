"""May this person do that to this thing? Both doors ask here, and nowhere else."""

from typing import Any, Protocol

from people.errors import NotPermitted
from people.models import Institution, Membership
from people.models.user import AnyUser
from people.roles import GRANTS, OPERATOR_VERBS, Reach


class Covered(Protocol):
    """What a permission is asked about: anything of a centre; perhaps of an institution, perhaps somebody's own."""

    @property
    def center_id(self) -> int | None: ...


def may(user: AnyUser, verb: str, *, on: Covered | None = None) -> bool:
    """True if one membership in force of ``user`` grants ``verb`` and covers ``on`` (any object, when None).

    Raises KeyError for a verb that roles.py does not know.
    """
    if verb in OPERATOR_VERBS:
        return not user.is_anonymous and user.is_active and user.is_operator
    grants = GRANTS[verb]
    if user.is_anonymous:
        return False
    return any(
        covers(membership, grants[membership.standing], on)
        for membership in user.memberships_in_force
        if membership.standing in grants
    )


def covers(membership: Membership, reach: Reach, on: Covered | None) -> bool:
    if on is None:
        return True
    if on.center_id != membership.center_id:
        return False
    if reach == Reach.CENTER:
        return True
    if membership.institution_id is None or getattr(on, "institution_id", None) != membership.institution_id:
        return False
    return reach == Reach.SCHOOL or is_own(on, membership.user_id)


def is_own(thing: Any, user_id: int) -> bool:
    """Somebody's own is what names them: as the one responsible, as the one who booked, or as the member; and the
    institution they act for itself, so that a teacher may reserve for their school."""
    if isinstance(thing, Institution):
        return True
    return user_id in {getattr(thing, name, None) for name in ("responsible_id", "booked_by_id", "user_id")}


def require(user: AnyUser, verb: str, *, on: Covered | None = None) -> None:
    """Raises NotPermitted unless ``may``."""
    if not may(user, verb, on=on):
        raise NotPermitted
