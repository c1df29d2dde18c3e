from typing import TYPE_CHECKING, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leihwerk.constraints import CompositeForeignKey
from licenses.models.contract import Period
from licenses.models.medium import Medium
from licenses.models.package import Package
from licenses.models.scope import Scope
from licenses.rights import Action, Preset
from people.models import Center
from people.visibility import VisibleQuerySet

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


A_LESSON: Final = 60
"""Minutes for which a slot is leased where nobody says otherwise."""


class CapacityKind(models.TextChoices):
    """What is counted. Pupils are compared with the numbers of the schools, and warned of; the others are slots."""

    UNLIMITED = "unlimited", _("unbegrenzt")
    COPIES = "copies", _("Exemplare")
    CONCURRENT = "concurrent", _("gleichzeitig")
    NAMED = "named", _("benannte Personen")
    DEVICES = "devices", _("Geräte")
    PUPILS = "pupils", _("Schülerinnen und Schüler")
    CLASSES = "classes", _("Klassen")
    SCHOOLS = "schools", _("Schulen")


def actions(label: "_StrPromise") -> "ArrayField[list[str], list[str]]":
    return ArrayField(
        models.CharField(max_length=14, choices=Action.choices), verbose_name=label, default=list, blank=True
    )


class EntitlementQuerySet(VisibleQuerySet["Entitlement"]):
    seen_by, institution_path = "licenses.see", None

    def lock(self) -> "EntitlementQuerySet":
        """The lock of everything that takes or gives back a slot; in id order."""
        return self.order_by("pk").select_for_update(no_key=True, of=("self",))


class Entitlement(models.Model):
    """What a period of a contract permits with one medium or with all titles of a package, where, and for how many.

    An action in neither list was not mentioned, which means no. Without a scope it holds nowhere. ``ends_with_copy``:
    it lasts as long as a disc of the medium does ("printlife").
    """

    center = models.ForeignKey(Center, models.PROTECT, related_name="+", related_query_name="entitlement")
    period = models.ForeignKey(Period, models.CASCADE, related_name="entitlements", verbose_name=_("Laufzeit"))
    medium = models.ForeignKey(
        Medium, models.PROTECT, null=True, blank=True, related_name="entitlements", verbose_name=_("Medium")
    )
    package = models.ForeignKey(
        Package, models.PROTECT, null=True, blank=True, related_name="entitlements", verbose_name=_("Titelpaket")
    )
    preset = models.CharField(_("Lizenzart"), max_length=16, choices=Preset.choices, blank=True)
    permitted = actions(_("erlaubt"))
    prohibited = actions(_("verboten"))
    scopes = models.ManyToManyField(
        Scope, through="licenses.EntitlementScope", related_name="entitlements", verbose_name=_("Geltungsbereiche")
    )
    capacity_kind = models.CharField(
        _("gezählt"), max_length=10, choices=CapacityKind.choices, default=CapacityKind.UNLIMITED
    )
    capacity = models.PositiveIntegerField(_("wie viele"), null=True, blank=True)
    lease_minutes = models.PositiveSmallIntegerField(_("Platz wird frei nach (min)"), default=A_LESSON)
    ends_with_copy = models.BooleanField(_("endet mit dem Datenträger"), default=False)

    objects = EntitlementQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(name="entitlement_of_its_center", fields=["center", "id"]),
            models.UniqueConstraint(name="entitlement_with_its_capacity", fields=["id", "capacity_kind", "capacity"]),
            models.CheckConstraint(
                name="entitlement_is_to_a_medium_or_a_package",
                condition=Q(medium__isnull=False, package__isnull=True) | Q(medium__isnull=True, package__isnull=False),
            ),
            models.CheckConstraint(
                name="nothing_is_permitted_and_prohibited", condition=~Q(permitted__overlap=models.F("prohibited"))
            ),
            models.CheckConstraint(
                name="permitted_actions_are_known", condition=Q(permitted__contained_by=Action.values)
            ),
            models.CheckConstraint(
                name="prohibited_actions_are_known", condition=Q(prohibited__contained_by=Action.values)
            ),
            models.CheckConstraint(
                name="what_is_unlimited_has_no_number",
                condition=Q(capacity_kind=CapacityKind.UNLIMITED, capacity__isnull=True)
                | (~Q(capacity_kind=CapacityKind.UNLIMITED) & Q(capacity__isnull=False)),
            ),
            models.CheckConstraint(name="capacity_kind_is_known", condition=Q(capacity_kind__in=CapacityKind.values)),
            models.CheckConstraint(name="lease_lasts_a_minute_or_more", condition=Q(lease_minutes__gte=1)),
            CompositeForeignKey(
                name="entitlement_period_is_of_its_center",
                fields=["center", "period"],
                to="licenses.Period",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="entitlement_medium_is_of_its_center",
                fields=["center", "medium"],
                to="licenses.Medium",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="entitlement_package_is_of_its_center",
                fields=["center", "package"],
                to="licenses.Package",
                to_fields=["center", "id"],
            ),
        ]

    def __str__(self) -> str:
        return str(self.medium or self.package)

    @property
    def permitted_words(self) -> list[str]:
        """What is permitted, as people say it, in the order of Action."""
        return [str(action.label) for action in Action if action in self.permitted]


class EntitlementScope(models.Model):
    """An entitlement holds wherever one of its scopes does."""

    center = models.ForeignKey(Center, models.PROTECT, related_name="+")
    entitlement = models.ForeignKey(Entitlement, models.CASCADE, related_name="+", related_query_name="in_scope")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+", related_query_name="of_entitlement")

    class Meta:
        ordering = ("entitlement", "scope")
        constraints = [
            models.UniqueConstraint(name="entitlement_has_a_scope_once", fields=["entitlement", "scope"]),
            CompositeForeignKey(
                name="scope_is_given_to_an_entitlement_of_its_center",
                fields=["center", "entitlement"],
                to="licenses.Entitlement",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="entitlement_has_a_scope_of_its_center",
                fields=["center", "scope"],
                to="licenses.Scope",
                to_fields=["center", "id"],
            ),
        ]

    def __str__(self) -> str:
        return str(self.scope)
