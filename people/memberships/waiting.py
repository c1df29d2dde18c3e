"""Who has asked and still waits."""

from django.db.models import Q

from people.models import Institution, Membership, User


def is_waiting_at(institution: Institution, user: User) -> bool:
    """True if ``user`` may act for ``institution`` only because they asked to: what they book holds nothing yet."""
    theirs = Membership.objects.filter(user=user, center=institution.center_id)
    acts = theirs.active().filter(Q(institution=institution) | Q(institution=None))
    return theirs.waiting().filter(institution=institution).exists() and not acts.exists()
