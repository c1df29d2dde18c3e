"""Who asks, and for which institution, as the decision wants them."""

from typing import Final

from licenses.terms import USERS, Asker, Place
from people.models import Institution, User
from people.models.institution import InstitutionKind
from people.models.user import AnyUser
from people.roles import Role

#: How old the oldest pupils of a school form are, in years; other forms go up to grown-ups.
OLDEST_OF_FORM: Final = {"02": 10, "04": 16, "10": 16, "13": 16, "14": 16}
OLDEST_OF_KIND: Final = {InstitutionKind.SCHOOL: 18, InstitutionKind.YOUTH: 18, InstitutionKind.KITA: 6}


def asker_of(user: AnyUser, institution: Institution) -> Asker:
    """As what ``user`` stands for ``institution``: a member of it, or staff of its centre."""
    if not isinstance(user, User) or not user.is_active:
        return Asker(is_authenticated=False, role=None)
    standings = {
        membership.standing
        for membership in user.memberships_in_force
        if membership.center_id == institution.center_id and membership.institution_id in {None, institution.pk}
    }
    using = sorted(standings & USERS)
    if using:
        return Asker(role=using[0])
    return Asker(is_activated=standings != {Role.APPLICANT}, role=min(standings, default=None))


def place_of(institution: Institution) -> Place:
    """An institution of which nobody knows in which municipality it lies is where its centre is."""
    territories = [institution.municipality] if institution.municipality else institution.center.territory
    return Place(
        id=institution.pk,
        kind=institution.kind,
        school_form=institution.school_form,
        territories=frozenset(territories),
        oldest=OLDEST_OF_FORM.get(institution.school_form, OLDEST_OF_KIND.get(InstitutionKind(institution.kind))),
    )
