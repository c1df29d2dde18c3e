from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from people.models.user import AnyUser


class CenterQuerySet(models.QuerySet["Center"]):
    def visible_to(self, user: "AnyUser") -> "CenterQuerySet":
        if user.is_anonymous:
            return self.none()
        if user.is_operator:
            return self
        return self.filter(pk__in={membership.center_id for membership in user.memberships_in_force})


class Center(models.Model):
    """A media centre: the tenant. Owns items, has staff, a calendar and a territory."""

    slug = models.SlugField(_("Kurzname in Adressen"), unique=True)
    name = models.CharField(_("Name"), max_length=120)
    land = models.CharField(_("Land"), max_length=2, default="NW")
    territory = ArrayField(
        models.CharField(max_length=8), verbose_name=_("Gemeindeschlüssel"), default=list, blank=True
    )
    street = models.CharField(_("Straße"), max_length=120, blank=True)
    postal_code = models.CharField(_("PLZ"), max_length=5, blank=True)
    city = models.CharField(_("Ort"), max_length=80, blank=True)
    phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    email = models.EmailField(_("E-Mail"), blank=True)
    calendar_version = models.PositiveIntegerField(default=1, editable=False)
    reminders_since = models.DateTimeField(_("Erinnerungen eingeschaltet"), null=True, blank=True)
    year_check_on = models.DateField(_("Schulen fragen am"), null=True, blank=True)
    year_check_ends_on = models.DateField(_("Antwort bis"), null=True, blank=True)
    desk_day_hour = models.PositiveSmallIntegerField(_("Tagesliste um"), null=True, blank=True)
    files_given_out_at = models.DateTimeField(_("eigene Dateien freigegeben"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CenterQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        constraints = [
            models.CheckConstraint(
                name="center_plans_both_days_of_its_year_check",
                condition=Q(year_check_on__isnull=True, year_check_ends_on__isnull=True)
                | Q(year_check_on__isnull=False, year_check_ends_on__gt=F("year_check_on")),
            ),
            models.CheckConstraint(
                name="desk_day_is_sent_at_an_hour_of_the_morning", condition=Q(desk_day_hour__range=(5, 11))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo("Europe/Berlin")

    @property
    def center_id(self) -> int:
        """A centre covers itself: permissions ask every object for its centre."""
        return int(self.pk)
