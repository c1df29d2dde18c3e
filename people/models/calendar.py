"""When a centre is open. People fill these rows in; lending's due dates read them as plain data."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.models.center import Center
from people.visibility import VisibleQuerySet


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Montag")
    TUESDAY = 1, _("Dienstag")
    WEDNESDAY = 2, _("Mittwoch")
    THURSDAY = 3, _("Donnerstag")
    FRIDAY = 4, _("Freitag")
    SATURDAY = 5, _("Samstag")
    SUNDAY = 6, _("Sonntag")


class OpeningHours(models.Model):
    """One stretch of one weekday in which the desk is open, in local time."""

    center = models.ForeignKey(Center, models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(_("Wochentag"), choices=Weekday.choices)
    opens = models.TimeField(_("öffnet"))
    closes = models.TimeField(_("schließt"))

    class Meta:
        ordering = ("weekday", "opens")
        constraints = [
            models.UniqueConstraint(name="opening_hours_start_once", fields=["center", "weekday", "opens"]),
            models.CheckConstraint(name="opening_hours_close_after_opening", condition=Q(closes__gt=F("opens"))),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"


class ClosureQuerySet(VisibleQuerySet["Closure"]):
    seen_by, institution_path = "desk.see", None


class Closure(models.Model):
    """Whole days on which the centre is closed although the weekday is open; both days included."""

    center = models.ForeignKey(Center, models.CASCADE, related_name="closures")
    starts_on = models.DateField(_("von"))
    ends_on = models.DateField(_("bis"))
    reason = models.CharField(_("Grund"), max_length=120)

    objects = ClosureQuerySet.as_manager()

    class Meta:
        ordering = ("starts_on",)
        constraints = [
            models.CheckConstraint(name="closure_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on")))
        ]

    def __str__(self) -> str:
        return f"{self.starts_on:%d.%m.%Y}–{self.ends_on:%d.%m.%Y}: {self.reason}"


class SchoolHolidayQuerySet(VisibleQuerySet["SchoolHoliday"]):
    seen_by, institution_path = "calendar.keep", None


class SchoolHoliday(models.Model):
    """School holidays as this centre's schools have them; both days included."""

    center = models.ForeignKey(Center, models.CASCADE, related_name="school_holidays")
    name = models.CharField(_("Ferien"), max_length=60)
    starts_on = models.DateField(_("von"))
    ends_on = models.DateField(_("bis"))
    is_summer = models.BooleanField(_("Sommerferien"), default=False)

    objects = SchoolHolidayQuerySet.as_manager()

    class Meta:
        ordering = ("starts_on",)
        constraints = [
            models.UniqueConstraint(name="school_holiday_is_known_once", fields=["center", "starts_on"]),
            models.CheckConstraint(
                name="school_holiday_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.starts_on:%d.%m.%Y}–{self.ends_on:%d.%m.%Y}"
