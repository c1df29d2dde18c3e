from typing import Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from leihwerk.constraints import CompositeForeignKey
from licenses.counter.metrics import Metric
from licenses.models.medium import Medium
from people.models import Center, Institution
from people.visibility import VisibleQuerySet

#: The column of each number that we count.
COLUMNS: Final = {
    Metric.TOTAL_ITEM_INVESTIGATIONS: "total_investigations",
    Metric.UNIQUE_ITEM_INVESTIGATIONS: "unique_investigations",
    Metric.TOTAL_ITEM_REQUESTS: "total_requests",
    Metric.UNIQUE_ITEM_REQUESTS: "unique_requests",
    Metric.NO_LICENSE: "no_license",
    Metric.LIMIT_EXCEEDED: "limit_exceeded",
}


class MonthlyUseQuerySet(VisibleQuerySet["MonthlyUse"]):
    seen_by = "licenses.see_usage"

    def with_medium(self) -> "MonthlyUseQuerySet":
        """With ``of``, the id of the medium, as figures of sources have it."""
        return self.annotate(of=F("medium_id"))


class MonthlyUse(models.Model):
    """How an institution used a medium in ``month`` (its first day), as we counted it: pupils apart from the others.

    A night writes tens of thousands of rows, and each wall and index costs every one of them. So no column has a
    foreign key of its own: those over ``center`` and another column prove as much, and ``center`` with them.
    """

    center = models.ForeignKey(Center, models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="+", related_query_name="monthly_use", db_constraint=False,
        db_index=False,
    )  # fmt: skip
    medium = models.ForeignKey(Medium, models.PROTECT, related_name="monthly_uses", db_constraint=False, db_index=False)
    month = models.DateField(_("Monat"))
    is_by_pupils = models.BooleanField(default=False, db_default=False)
    total_investigations = models.PositiveIntegerField(default=0, db_default=0)
    unique_investigations = models.PositiveIntegerField(default=0, db_default=0)
    total_requests = models.PositiveIntegerField(default=0, db_default=0)
    unique_requests = models.PositiveIntegerField(default=0, db_default=0)
    no_license = models.PositiveIntegerField(default=0, db_default=0)
    limit_exceeded = models.PositiveIntegerField(default=0, db_default=0)

    objects = MonthlyUseQuerySet.as_manager()

    class Meta:
        ordering = ("month", "pk")
        constraints = [
            models.UniqueConstraint(
                name="use_of_a_month_is_told_once", fields=["center", "month", "institution", "medium", "is_by_pupils"]
            ),
            models.CheckConstraint(name="use_is_of_a_whole_month", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="sessions_are_no_more_than_uses",
                condition=Q(
                    unique_investigations__lte=F("total_investigations"), unique_requests__lte=F("total_requests")
                ),
            ),
            CompositeForeignKey(
                name="monthly_use_institution_is_of_its_center",
                fields=["center", "institution"],
                to="people.Institution",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="monthly_use_medium_is_of_its_center",
                fields=["center", "medium"],
                to="licenses.Medium",
                to_fields=["center", "id"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.medium_id}, {self.institution_id}"
