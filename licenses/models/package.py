from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from leihwerk.constraints import CompositeForeignKey
from licenses.models.medium import Medium
from licenses.models.provider import Provider
from people.models import Center
from people.models.fields import GermanSortKey
from people.visibility import VisibleQuerySet


class PackageQuerySet(VisibleQuerySet["Package"]):
    seen_by, institution_path = "licenses.see", None


class Package(models.Model):
    """A portfolio of a provider whose titles come and go."""

    center = models.ForeignKey(Center, models.PROTECT, related_name="+", related_query_name="package")
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="packages", verbose_name=_("Anbieter"))
    name = models.CharField(_("Titelpaket"), max_length=160)
    sort_name = GermanSortKey("name")

    objects = PackageQuerySet.as_manager()

    class Meta:
        ordering = ("sort_name", "pk")
        constraints = [
            models.UniqueConstraint(name="package_of_its_center", fields=["center", "id"]),
            models.UniqueConstraint(name="package_name_is_used_once", fields=["center", "sort_name"]),
            CompositeForeignKey(
                name="package_provider_is_of_its_center",
                fields=["center", "provider"],
                to="licenses.Provider",
                to_fields=["center", "id"],
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PackageTitle(models.Model):
    """A medium in a package, from one day to another, both included; without an end it still is."""

    center = models.ForeignKey(Center, models.PROTECT, related_name="+")
    package = models.ForeignKey(Package, models.CASCADE, related_name="titles")
    medium = models.ForeignKey(Medium, models.PROTECT, related_name="package_titles")
    starts_on = models.DateField(_("dabei ab"))
    ends_on = models.DateField(_("dabei bis"), null=True, blank=True)

    class Meta:
        ordering = ("package", "medium", "starts_on")
        constraints = [
            ExclusionConstraint(
                name="title_is_in_a_package_once_at_a_time",
                expressions=[
                    ("package", RangeOperators.EQUAL),
                    ("medium", RangeOperators.EQUAL),
                    (
                        Func(
                            F("starts_on"),
                            F("ends_on"),
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.CheckConstraint(
                name="title_goes_after_it_came", condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))
            ),
            CompositeForeignKey(
                name="package_title_is_in_a_package_of_its_center",
                fields=["center", "package"],
                to="licenses.Package",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="package_title_is_a_medium_of_its_center",
                fields=["center", "medium"],
                to="licenses.Medium",
                to_fields=["center", "id"],
            ),
        ]

    def __str__(self) -> str:
        return str(self.medium)
