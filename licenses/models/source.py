from typing import Final

from django.db import models
from django.db.models import Case, F, Max, Q, When
from django.utils.translation import gettext_lazy as _

from leihwerk.constraints import CompositeForeignKey
from licenses.counter.metrics import Metric
from licenses.models.key import Key
from licenses.models.medium import Medium
from licenses.models.provider import Provider
from people.models import Center, Institution
from people.models.fields import GermanSortKey
from people.visibility import VisibleQuerySet

METRICS: Final = [(metric.value, metric.value) for metric in Metric]


class SourceQuerySet(VisibleQuerySet["Source"]):
    seen_by, institution_path = "licenses.see", None

    def lock(self) -> "SourceQuerySet":
        return self.order_by("pk").select_for_update(no_key=True, of=("self",))

    def with_latest(self) -> "SourceQuerySet":
        """With ``latest``, the last month there are figures of."""
        return self.annotate(latest=Max("figures__month"))


class Source(models.Model):
    """Who tells figures of use that we did not count ourselves: a provider's platform, in files or over its API.

    With an ``address`` they are fetched; ``trouble`` is why they were not the last time. ``columns``: which column of
    its tables means what (field: heading), as somebody said for the last one.
    """

    class Release(models.TextChoices):
        R51 = "5.1", _("COUNTER 5.1")
        R5 = "5", _("COUNTER 5")

    center = models.ForeignKey(Center, models.PROTECT, related_name="+", related_query_name="usage_source")
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="sources", verbose_name=_("Anbieter"))
    name = models.CharField(_("Quelle"), max_length=120)
    sort_name = GermanSortKey("name")
    columns = models.JSONField(default=dict, blank=True)
    address = models.URLField(_("Adresse der COUNTER-Schnittstelle"), max_length=300, blank=True)
    release = models.CharField(_("Version"), max_length=3, choices=Release.choices, default=Release.R51)
    customer_id = models.CharField(_("Kundennummer (customer_id)"), max_length=80, blank=True)
    requestor_id = models.CharField(_("Kennung (requestor_id)"), max_length=80, blank=True)
    key = models.ForeignKey(
        Key, models.PROTECT, null=True, blank=True, related_name="sources", verbose_name=_("Schlüssel (api_key)")
    )
    fetched_at = models.DateTimeField(_("abgeholt"), null=True, blank=True)
    trouble = models.CharField(max_length=300, blank=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ("sort_name", "pk")
        constraints = [
            models.UniqueConstraint(name="source_of_its_center", fields=["center", "id"]),
            models.UniqueConstraint(name="source_name_is_used_once", fields=["center", "sort_name"]),
            CompositeForeignKey(
                name="source_provider_is_of_its_center",
                fields=["center", "provider"],
                to="licenses.Provider",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="source_key_is_of_its_center",
                fields=["center", "key"],
                to="licenses.Key",
                to_fields=["center", "id"],
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ReportedTitleQuerySet(VisibleQuerySet["ReportedTitle"]):
    seen_by, institution_path = "licenses.see", None

    def unassigned(self) -> "ReportedTitleQuerySet":
        """No medium of ours, as far as anybody said."""
        return self.filter(medium__isnull=True).exclude(title="")


class ReportedTitle(models.Model):
    """An item as a source calls it (licenses.counter.figures.Content), and the medium it is, once somebody knows.
    Without a title it is a whole platform.

    ``digest`` is the SHA-256 of everything that tells items apart, in hexadecimal digits.
    """

    center = models.ForeignKey(Center, models.PROTECT, related_name="+")
    source = models.ForeignKey(Source, models.CASCADE, related_name="titles")
    digest = models.CharField(max_length=64)
    title = models.CharField(_("Titel"), max_length=500, blank=True)
    publisher = models.CharField(_("Verlag"), max_length=240, blank=True)
    publisher_ids = models.JSONField(default=list, blank=True)
    platform = models.CharField(_("Plattform"), max_length=240)
    ids = models.JSONField(default=dict, blank=True)
    data_type = models.CharField(max_length=40, blank=True)
    yop = models.CharField(max_length=4, blank=True)
    access_type = models.CharField(max_length=20, blank=True)
    access_method = models.CharField(max_length=20, blank=True)
    medium = models.ForeignKey(Medium, models.PROTECT, null=True, blank=True, related_name="reported_titles")

    objects = ReportedTitleQuerySet.as_manager()

    class Meta:
        ordering = ("title", "pk")
        constraints = [
            models.UniqueConstraint(name="reported_title_of_its_center", fields=["center", "id"]),
            models.UniqueConstraint(name="title_is_reported_once", fields=["source", "digest"]),
            CompositeForeignKey(
                name="reported_title_source_is_of_its_center",
                fields=["center", "source"],
                to="licenses.Source",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="reported_title_is_a_medium_of_its_center",
                fields=["center", "medium"],
                to="licenses.Medium",
                to_fields=["center", "id"],
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.platform


class ReportedFigureQuerySet(VisibleQuerySet["ReportedFigure"]):
    seen_by = "licenses.see_usage"

    def of_platforms(self) -> "ReportedFigureQuerySet":
        """Sums of a whole platform (PR): the same uses that items tell one by one, once more."""
        return self.filter(title__title="")

    def of_items(self) -> "ReportedFigureQuerySet":
        return self.exclude(title__title="")

    def with_platform(self) -> "ReportedFigureQuerySet":
        """With ``is_of_platform``."""
        return self.annotate(is_of_platform=Case(When(title__title="", then=True), default=False))

    def with_medium(self) -> "ReportedFigureQuerySet":
        """With ``of``, the id of the medium; None: a title that is no medium of ours yet."""
        return self.annotate(of=F("title__medium_id"))


class ReportedFigure(models.Model):
    """``number`` times in ``month`` (its first day), as a source tells it of a title; by one institution or, where it
    does not tell which, by all. What we count ourselves is a MonthlyUse."""

    center = models.ForeignKey(Center, models.PROTECT, related_name="+")
    source = models.ForeignKey(Source, models.CASCADE, related_name="figures")
    title = models.ForeignKey(ReportedTitle, models.CASCADE, related_name="figures")
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+", related_query_name="reported_figure"
    )
    month = models.DateField(_("Monat"))
    metric = models.CharField(max_length=28, choices=METRICS)
    number = models.PositiveBigIntegerField()

    objects = ReportedFigureQuerySet.as_manager()

    class Meta:
        ordering = ("month", "pk")
        constraints = [
            models.UniqueConstraint(
                name="figure_is_told_once",
                fields=["center", "month", "metric", "source", "institution", "title"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="figure_is_of_a_whole_month", condition=Q(month__day=1)),
            CompositeForeignKey(
                name="figure_source_is_of_its_center",
                fields=["center", "source"],
                to="licenses.Source",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="figure_title_is_of_its_center",
                fields=["center", "title"],
                to="licenses.ReportedTitle",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="figure_institution_is_of_its_center",
                fields=["center", "institution"],
                to="people.Institution",
                to_fields=["center", "id"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.metric}: {self.number}"
