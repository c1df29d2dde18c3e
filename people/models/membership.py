from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leihwerk.constraints import CompositeForeignKey
from people.models.center import Center
from people.models.institution import Institution
from people.roles import CENTER_ROLES, MEMBER_ROLES, SCHOOL_ROLES, Role
from people.visibility import VisibleQuerySet


class MembershipQuerySet(VisibleQuerySet["Membership"]):
    seen_by, own_paths = "members.see", ("user",)

    def active(self) -> "MembershipQuerySet":
        return self.filter(activated_at__isnull=False, ended_at__isnull=True)

    def in_force(self) -> "MembershipQuerySet":
        """What grants its member anything: the active ones, and those that wait at a school (roles.py)."""
        return self.filter(Q(activated_at__isnull=False) | Q(institution__isnull=False), ended_at__isnull=True)

    def waiting(self) -> "MembershipQuerySet":
        return self.filter(activated_at__isnull=True, ended_at__isnull=True)


class Membership(models.Model):
    """A user acting for an institution (teacher, coordinator) or for a centre (desk, manager, auditor)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    center = models.ForeignKey(Center, models.PROTECT, related_name="memberships")
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, blank=True, related_name="memberships")
    role = models.CharField(_("Rolle"), max_length=12, choices=MEMBER_ROLES)
    requested_at = models.DateTimeField(auto_now_add=True)
    activated_at = models.DateTimeField(_("freigeschaltet"), null=True, blank=True)
    activated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    leaves_on = models.DateField(_("letzter Tag"), null=True, blank=True)
    ended_at = models.DateTimeField(_("beendet"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ("center", "institution", "role", "pk")
        constraints = [
            models.UniqueConstraint(
                name="member_has_each_role_once",
                fields=["user", "center", "institution", "role"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="school_roles_name_an_institution_and_center_roles_do_not",
                condition=Q(role__in=SCHOOL_ROLES, institution__isnull=False)
                | Q(role__in=CENTER_ROLES, institution__isnull=True),
            ),
            CompositeForeignKey(
                name="membership_institution_is_of_its_center",
                fields=["center", "institution"],
                to="people.Institution",
                to_fields=["center", "id"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.institution or self.center}"

    @property
    def is_active(self) -> bool:
        return self.activated_at is not None and self.ended_at is None

    @property
    def standing(self) -> Role:
        """As what this membership, while in force, lets its member act."""
        return Role.APPLICANT if self.activated_at is None else Role(self.role)
