"""Who has asked and still waits."""

from people.models import Institution, User


def is_waiting_at(institution: Institution, user: User) -> bool:
    """True if ``user`` may act for ``institution`` only because they asked to: what they book holds nothing yet."""
    acts_for = (None, institution.pk)  # None: for its centre
    theirs = [it for it in user.memberships_in_force if it.center_id == institution.center_id]
    is_waiting = any(it.institution_id == institution.pk and not it.is_active for it in theirs)
    return is_waiting and not any(it.institution_id in acts_for and it.is_active for it in theirs)
