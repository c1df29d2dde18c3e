from typing import Final

from django.apps import apps
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from leihwerk.constraints import CompositeForeignKey
from leihwerk.tokens import new_token
from people.models.calendar import Weekday
from people.models.center import Center
from people.models.fields import GermanSortKey
from people.models.mailbox import Mailbox, new_address_is_not_refused, refusal_has_a_code, refused_mailboxes
from people.roles import Role
from people.visibility import VisibleQuerySet

MOST_PUPILS: Final = 20_000
"""Beyond this it is a slip of the pen: the largest schools of the Land have some 5,000."""


class InstitutionKind(models.TextChoices):
    SCHOOL = "school", _("Schule")
    KITA = "kita", _("Kita")
    YOUTH = "youth", _("Jugendeinrichtung")
    ADULT = "adult", _("Erwachsenenbildung")
    CITY = "city", _("Städtisches Amt")
    ASSOCIATION = "association", _("Verein")
    INTERNAL = "internal", _("Medienzentrum selbst")


class Channel(models.TextChoices):
    """How letters reach somebody."""

    MAIL = "mail", _("E-Mail")
    PRINT = "print", _("Brief")
    PHONE = "phone", _("Anruf")


class InstitutionQuerySet(VisibleQuerySet["Institution"]):
    seen_by, institution_path = "institutions.see", "pk"

    def open(self) -> "InstitutionQuerySet":
        return self.filter(closed_on__isnull=True)

    def joinable(self) -> "InstitutionQuerySet":
        """Those a person can ask to act for; in the centre's own name one is appointed."""
        return self.open().exclude(kind=InstitutionKind.INTERNAL)

    def without_coordination(self) -> "InstitutionQuerySet":
        """Those for which people act, but none of them as coordinator."""
        members = apps.get_model("people", "Membership").objects.active().filter(institution=OuterRef("pk"))
        return self.open().filter(Exists(members), ~Exists(members.filter(role=Role.COORDINATOR)))

    def matching(self, words: str) -> "InstitutionQuerySet":
        """Every word occurs in the name, the town, the street or the Schulnummer; accents and case are forgiven."""
        found = self
        for word in words.split():
            folded = models.Func(models.Value(word), function="german_sort_key", output_field=models.TextField())
            found = found.filter(
                Q(sort_name__contains=folded)
                | Q(short_name__icontains=word)
                | Q(street__icontains=word)
                | Q(city__icontains=word)
                | Q(school_number=word)
            )
        return found


class Institution(Mailbox):
    """Who borrows: a school, a Kita, an association, or the centre itself. Belongs to exactly one centre."""

    center = models.ForeignKey(Center, models.PROTECT, related_name="institutions")
    kind = models.CharField(_("Art"), max_length=12, choices=InstitutionKind.choices)
    name = models.CharField(_("Name"), max_length=240)
    short_name = models.CharField(_("Kurzname"), max_length=120, blank=True)
    sort_name = GermanSortKey("name")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("gehört zu")
    )
    school_number = models.CharField(_("Schulnummer"), max_length=10, null=True, blank=True)
    school_form = models.CharField(_("Schulform"), max_length=4, blank=True)
    pupils = models.PositiveIntegerField(
        _("Schülerzahl"), null=True, blank=True, validators=[MaxValueValidator(MOST_PUPILS)]
    )
    municipality = models.CharField(_("Gemeindeschlüssel"), max_length=8, blank=True)
    street = models.CharField(_("Straße"), max_length=120, blank=True)
    postal_code = models.CharField(_("PLZ"), max_length=5, blank=True)
    city = models.CharField(_("Ort"), max_length=80, blank=True)
    phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    phone_2 = models.CharField(_("Telefon 2"), max_length=40, blank=True)
    fax = models.CharField(_("Fax"), max_length=40, blank=True)
    email = models.EmailField(_("offizielle E-Mail"), blank=True)
    homepage = models.URLField(_("Internetseite"), blank=True)
    channel = models.CharField(_("Post geht per"), max_length=5, choices=Channel.choices, default=Channel.MAIL)
    tour_day = models.PositiveSmallIntegerField(_("Kuriertag"), choices=Weekday.choices, null=True, blank=True)
    drop_place = models.CharField(_("Abstellort"), max_length=120, blank=True)
    note = models.TextField(_("Notiz zur Einrichtung"), blank=True)
    token = models.CharField(max_length=27, unique=True, default=new_token, editable=False)
    closed_on = models.DateField(_("geschlossen seit"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        ordering = ("sort_name", "pk")
        constraints = [
            models.UniqueConstraint(name="institution_of_its_center", fields=["center", "id"]),
            models.UniqueConstraint(
                name="institution_has_its_school_number_alone",
                fields=["center", "school_number"],
                condition=Q(school_number__isnull=False),
            ),
            models.UniqueConstraint(
                name="center_has_one_internal_institution", fields=["center"], condition=Q(kind="internal")
            ),
            models.CheckConstraint(name="institution_kind_is_known", condition=Q(kind__in=InstitutionKind.values)),
            refusal_has_a_code("institution"),
            CompositeForeignKey(
                name="institution_parent_is_of_its_center",
                fields=["center", "parent"],
                to="people.Institution",
                to_fields=["center", "id"],
            ),
        ]
        indexes = [refused_mailboxes("institution")]
        triggers = [new_address_is_not_refused("institution")]

    def __str__(self) -> str:
        return self.short_name or self.name

    @property
    def institution_id(self) -> int:
        """An institution covers itself: permissions ask every object for its institution."""
        return int(self.pk)
