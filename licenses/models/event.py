from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leihwerk.constraints import CompositeForeignKey
from licenses.counter.clicks import Use
from licenses.models.medium import Medium
from people.models import Center, Institution
from people.visibility import VisibleQuerySet


class UseKind(models.TextChoices):
    """What COUNTER tells apart, in words for people."""

    INVESTIGATION = Use.INVESTIGATION.value, _("angesehen")
    REQUEST = Use.REQUEST.value, _("geöffnet")
    NO_LICENSE = Use.NO_LICENSE.value, _("abgelehnt: keine Lizenz")
    LIMIT_EXCEEDED = Use.LIMIT_EXCEEDED.value, _("abgelehnt: alle Plätze belegt")


class UseEventQuerySet(VisibleQuerySet["UseEvent"]):
    """Single events are for counting; people see figures."""

    seen_by = "licenses.see_usage"


class UseEvent(models.Model):
    """One use or denial, of an institution and never of a person: ``session`` is a pseudonym that changes every hour.

    The table is partitioned by the month of ``at`` (UTC) and has no primary key of its own there; ``id`` is an identity
    that nobody looks rows up by. Rows are kept for 60 days (DESIGN section 4), see licenses/usage/months.py.
    """

    center = models.ForeignKey(Center, models.PROTECT, related_name="+", db_index=False)
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="+", related_query_name="use_event", db_index=False
    )
    medium = models.ForeignKey(Medium, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=14, choices=UseKind.choices)
    session = models.UUIDField()
    at = models.DateTimeField()
    is_by_pupil = models.BooleanField(default=False, db_default=False)

    objects = UseEventQuerySet.as_manager()

    class Meta:
        ordering = ("at", "pk")
        indexes = [BrinIndex(name="use_event_by_moment", fields=["at"], autosummarize=True)]
        constraints = [
            models.CheckConstraint(name="kind_of_use_is_known", condition=Q(kind__in=UseKind.values)),
            CompositeForeignKey(
                name="use_event_institution_is_of_its_center",
                fields=["center", "institution"],
                to="people.Institution",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="use_event_medium_is_of_its_center",
                fields=["center", "medium"],
                to="licenses.Medium",
                to_fields=["center", "id"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"


class UseDay(models.Model):
    """A day of events: the salt of its pseudonyms while it lasts, and when it was counted; then the salt is gone."""

    day = models.DateField(primary_key=True)
    salt = models.BinaryField(max_length=32, null=True)
    counted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("day",)
        constraints = [
            models.CheckConstraint(
                name="day_has_its_salt_until_it_is_counted",
                condition=Q(salt__isnull=False, counted_at__isnull=True)
                | Q(salt__isnull=True, counted_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.day}"
