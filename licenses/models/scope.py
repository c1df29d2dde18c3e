from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from leihwerk.constraints import CompositeForeignKey
from people import school_forms
from people.models import Center, Institution
from people.models.fields import GermanSortKey
from people.models.institution import InstitutionKind
from people.visibility import VisibleQuerySet

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class ScopeQuerySet(VisibleQuerySet["Scope"]):
    seen_by, institution_path = "licenses.see", None


def keys(label: "_StrPromise", *, length: int) -> "ArrayField[list[str], list[str]]":
    """A column of keys; none of them means: all."""
    return ArrayField(models.CharField(max_length=length), verbose_name=label, default=list, blank=True)


class Scope(models.Model):
    """Where a right holds, under a name people know it by ("Leverkusen, weiterführende Schulen").

    An institution is inside if it is so in each respect; an empty list means: no matter. ``territory`` holds keys of
    municipalities or the beginning of them ("05" is all of North Rhine-Westphalia).
    """

    center = models.ForeignKey(Center, models.PROTECT, related_name="+", related_query_name="scope")
    name = models.CharField(_("Geltungsbereich"), max_length=160)
    sort_name = GermanSortKey("name")
    territory = keys(_("Gemeindeschlüssel"), length=8)
    school_forms = keys(_("Schulformen"), length=4)
    institution_kinds: "ArrayField[list[str], list[str]]" = ArrayField(
        models.CharField(max_length=12, choices=InstitutionKind.choices),
        verbose_name=_("Arten von Einrichtungen"),
        default=list,
        blank=True,
    )
    institutions = models.ManyToManyField(
        Institution,
        through="licenses.ScopeInstitution",
        related_name="+",
        related_query_name="scope",
        verbose_name=_("nur diese Einrichtungen"),
        blank=True,
    )

    objects = ScopeQuerySet.as_manager()

    class Meta:
        ordering = ("sort_name", "pk")
        constraints = [
            models.UniqueConstraint(name="scope_of_its_center", fields=["center", "id"]),
            models.UniqueConstraint(name="scope_name_is_used_once", fields=["center", "sort_name"]),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def form_words(self) -> list[str]:
        return [school_forms.name_of(form) for form in self.school_forms]

    @property
    def kind_words(self) -> list[str]:
        return [str(InstitutionKind(kind).label) for kind in self.institution_kinds]


class ScopeInstitution(models.Model):
    """An institution that a scope names; where one is named, only those named are inside."""

    center = models.ForeignKey(Center, models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, models.CASCADE, related_name="named")
    institution = models.ForeignKey(Institution, models.CASCADE, related_name="+", related_query_name="named_in")

    class Meta:
        ordering = ("scope", "institution")
        constraints = [
            models.UniqueConstraint(name="scope_names_an_institution_once", fields=["scope", "institution"]),
            CompositeForeignKey(
                name="institution_is_named_in_a_scope_of_its_center",
                fields=["center", "scope"],
                to="licenses.Scope",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="scope_names_an_institution_of_its_center",
                fields=["center", "institution"],
                to="people.Institution",
                to_fields=["center", "id"],
            ),
        ]

    def __str__(self) -> str:
        return str(self.institution)
