"""Who may do what: the one table that both doors and the matrix test read (DESIGN section 2).

A verb needs *one* membership in force whose standing grants it with a reach that covers the object. The standing of a
membership is its role once it is activated; somebody who still waits for that at a school stands as an applicant: may
look at the catalogue and send requests, which hold nothing until then.
"""

from enum import IntEnum
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    TEACHER = "teacher", _("Lehrkraft")
    COORDINATOR = "coordinator", _("Koordination")
    DESK = "desk", _("Theke")
    MANAGER = "manager", _("Leitung")
    AUDITOR = "auditor", _("Revision")
    APPLICANT = "applicant", _("wartet auf Freischaltung")


SCHOOL_ROLES: Final = (Role.TEACHER.value, Role.COORDINATOR.value)
CENTER_ROLES: Final = (Role.DESK.value, Role.MANAGER.value, Role.AUDITOR.value)
MEMBER_ROLES: Final = [choice for choice in Role.choices if choice[0] in SCHOOL_ROLES + CENTER_ROLES]


class Reach(IntEnum):
    """How far a grant goes: one's own things, all of one's institution, all of one's centre."""

    OWN = 1
    SCHOOL = 2
    CENTER = 3


W, T, C, D, M, A = Role.APPLICANT, Role.TEACHER, Role.COORDINATOR, Role.DESK, Role.MANAGER, Role.AUDITOR
OWN, SCHOOL, CENTER = Reach.OWN, Reach.SCHOOL, Reach.CENTER

_EVERYONE = {W: CENTER, T: CENTER, C: CENTER, D: CENTER, M: CENTER, A: CENTER}
_INSIDERS = {W: SCHOOL, T: SCHOOL, C: SCHOOL, D: CENTER, M: CENTER, A: CENTER}
_ASKING = {W: OWN, T: OWN, C: SCHOOL, D: CENTER, M: CENTER}
_LENDERS = {T: OWN, C: SCHOOL, D: CENTER, M: CENTER}
_READERS = {W: OWN, T: OWN, C: SCHOOL, D: CENTER, M: CENTER, A: CENTER}
_ACTIVATORS = {C: SCHOOL, D: CENTER, M: CENTER}
_STAFF = {D: CENTER, M: CENTER}
_STAFF_AND_AUDIT = {D: CENTER, M: CENTER, A: CENTER}
_MANAGERS = {M: CENTER}
_WHOLE = {C: SCHOOL, M: CENTER, A: CENTER}

GRANTS: Final[dict[str, dict[Role, Reach]]] = {
    # catalogue, availability, terms of use
    "catalogue.see": _EVERYONE,
    "institutions.see": _INSIDERS,
    # reserving and borrowing
    "lending.reserve": _ASKING,
    "lending.change": _ASKING,
    "lending.cancel": _ASKING,
    "lending.renew": _LENDERS,
    "lending.report_problem": _LENDERS,
    "lending.see": _READERS,
    "letters.see": _READERS,
    # people of a school
    "members.see": _READERS,
    "members.activate": _ACTIVATORS,
    "members.invite": _ACTIVATORS,
    "members.leave": _ACTIVATORS,
    "lending.hand_over_responsibility": _ACTIVATORS,
    "contacts.see": {T: SCHOOL, C: SCHOOL, D: CENTER, M: CENTER},
    # the desk
    "desk.see": _STAFF,
    "items.see": _STAFF_AND_AUDIT,
    "items.label": _STAFF,
    "contacts.keep": _STAFF,
    "institutions.note": _STAFF,
    "lending.approve": _STAFF,
    "lending.hand_over": _STAFF,
    "lending.take_back": _STAFF,
    "lending.exchange": _STAFF,
    "lending.find": _STAFF,
    "lending.take_out_of_service": _STAFF,
    "stocktaking.count": _STAFF,
    "letters.send": _STAFF,
    # the management of a centre
    "lending.hand_over_promised": _MANAGERS,
    "lending.retire": _MANAGERS,
    "lending.suspend": _MANAGERS,
    "items.keep": _MANAGERS,
    "institutions.keep": _MANAGERS,
    "policies.keep": _MANAGERS,
    "calendar.keep": _MANAGERS,
    "imports.run": _MANAGERS,
    "licenses.see": _STAFF_AND_AUDIT,
    "licenses.see_seats": {T: OWN, C: SCHOOL, D: CENTER, M: CENTER, A: CENTER},
    "licenses.use": {T: SCHOOL, C: SCHOOL, D: CENTER, M: CENTER},
    "licenses.keep": _MANAGERS,
    "licenses.reveal_keys": _MANAGERS,
    "licenses.see_deletions": {C: SCHOOL, D: CENTER, M: CENTER, A: CENTER},
    "licenses.confirm_deletion": _ACTIVATORS,
    "members.appoint": _MANAGERS,
    # looking at the whole
    "figures.see": _WHOLE,
    "licenses.see_usage": _WHOLE,
    "journal.see": _WHOLE,
    "exports.make": _WHOLE,
}

OPERATOR_VERBS: Final = frozenset({"centers.keep", "managers.appoint", "queues.see", "backups.make"})
VERBS: Final = frozenset(GRANTS) | OPERATOR_VERBS
