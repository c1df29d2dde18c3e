from typing import TYPE_CHECKING, Final

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inventory.models import Product
from leihwerk.constraints import CompositeForeignKey
from licenses.models.provider import Provider
from people.models import Center
from people.models.fields import GermanSortKey
from people.visibility import VisibleQuerySet

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


class MediumKind(models.TextChoices):
    ONLINE_FILM = "online_film", _("Online-Film")
    ONLINE_DVD = "online_dvd", _("Online-DVD")
    DVD = "dvd", _("DVD")
    AUDIO = "audio", _("Audio")
    PICTURES = "pictures", _("Bilder")
    INTERACTIVE = "interactive", _("Interaktiv")
    PORTAL = "portal", _("Portal")
    APP = "app", _("App")
    SOFTWARE = "software", _("Software")
    TEACHING_KIT = "teaching_kit", _("Medienkoffer")
    CD_ROM = "cd_rom", _("CD-ROM")
    VHS = "vhs", _("VHS")
    OTHER = "other", _("Sonstiges")


#: What the first digits of a media centre's number say about the type (FACTS, "Media and licences").
KINDS_BY_PREFIX: Final = {
    "42": MediumKind.VHS,
    "46": MediumKind.DVD,
    "49": MediumKind.ONLINE_FILM,
    "55": MediumKind.ONLINE_FILM,
    "66": MediumKind.CD_ROM,
    "69": MediumKind.ONLINE_FILM,
    "75": MediumKind.TEACHING_KIT,
}


class AgeRating(models.IntegerChoices):
    """From which age a medium may be shown (§ 14 JuSchG)."""

    ALL = 0, _("ohne Altersbeschränkung")
    FROM_6 = 6, _("ab 6 Jahren")
    FROM_12 = 12, _("ab 12 Jahren")
    FROM_16 = 16, _("ab 16 Jahren")
    FROM_18 = 18, _("ab 18 Jahren")


def words(label: "StrPromise", *, length: int = 60) -> "ArrayField[list[str], list[str]]":
    """A column of short words, each of which stands for itself."""
    return ArrayField(models.CharField(max_length=length), verbose_name=label, default=list, blank=True)


class MediumQuerySet(VisibleQuerySet["Medium"]):
    seen_by, institution_path = "catalogue.see", None

    def listed(self) -> "MediumQuerySet":
        return self.filter(is_listed=True)

    def lock(self) -> "MediumQuerySet":
        return self.order_by("pk").select_for_update(no_key=True, of=("self",))


class Medium(models.Model):
    """One title that can be shown, played or run: a film, a portal, a program. Whether it may be is a matter of
    entitlements; its discs, if it has any, are the items of ``product``."""

    center = models.ForeignKey(Center, models.PROTECT, related_name="+", related_query_name="medium")
    number = models.CharField(_("Mediennummer"), max_length=60, null=True, blank=True)
    title = models.CharField(_("Titel"), max_length=240)
    sort_title = GermanSortKey("title")
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="media", verbose_name=_("Anbieter"))
    kind = models.CharField(_("Medienart"), max_length=12, choices=MediumKind.choices)
    runtime_minutes = models.PositiveSmallIntegerField(_("Laufzeit (min)"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("Jahr"), null=True, blank=True)
    subjects = words(_("Fächer"))
    levels = words(_("Stufen"))
    age_rating = models.PositiveSmallIntegerField(_("Altersfreigabe"), choices=AgeRating.choices, null=True, blank=True)
    languages = words(_("Sprachen"), length=20)
    subtitles = words(_("Untertitel"), length=20)
    description = models.TextField(_("Beschreibung"), blank=True)
    link = models.URLField(_("Adresse beim Anbieter"), max_length=500, blank=True)
    file = models.FileField(_("Datei"), upload_to="media/", blank=True)
    cover = models.ImageField(_("Titelbild"), upload_to="covers/", blank=True)
    product = models.OneToOneField(
        Product,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        related_query_name="medium",
        verbose_name=_("Datenträger"),
    )
    is_listed = models.BooleanField(_("im Katalog"), default=True)

    objects = MediumQuerySet.as_manager()

    class Meta:
        ordering = ("sort_title", "pk")
        indexes = [
            models.Index(name="medium_in_order", fields=["center", "sort_title", "id"]),
            GinIndex(name="medium_by_words", fields=["sort_title"], opclasses=["gin_trgm_ops"]),
            GinIndex(name="medium_by_subject", fields=["subjects"]),
            GinIndex(name="medium_by_level", fields=["levels"]),
        ]
        constraints = [
            models.UniqueConstraint(name="medium_of_its_center", fields=["center", "id"]),
            models.UniqueConstraint(name="medium_number_is_used_once", fields=["center", "number"]),
            models.CheckConstraint(name="medium_kind_is_known", condition=Q(kind__in=MediumKind.values)),
            models.CheckConstraint(name="medium_age_rating_is_known", condition=Q(age_rating__in=AgeRating.values)),
            CompositeForeignKey(
                name="medium_provider_is_of_its_center",
                fields=["center", "provider"],
                to="licenses.Provider",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="medium_product_is_of_its_center",
                fields=["center", "product"],
                to="inventory.Product",
                to_fields=["center", "id"],
            ),
        ]

    def __str__(self) -> str:
        return self.title
