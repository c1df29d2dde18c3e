from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from leihwerk.constraints import CompositeForeignKey
from people.models.center import Center
from people.models.institution import Institution
from people.visibility import VisibleQuerySet


class YearCheckQuerySet(VisibleQuerySet["YearCheck"]):
    seen_by, institution_path = "items.see", None

    def unanswered(self) -> "YearCheckQuerySet":
        return self.filter(answered_at__isnull=True)


class YearCheck(models.Model):
    """An institution is asked, once in a school year, who of its people still works there (TEXTS 5).

    ``school_year`` is the year in which it begins. Until the end of ``ends_on`` it may answer, and answer again; what
    it said stands with the memberships (``leaves_on``). Nobody answered: nobody leaves.
    """

    center = models.ForeignKey(Center, models.PROTECT, related_name="+")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+", related_query_name="year_check")
    school_year = models.PositiveSmallIntegerField(_("Schuljahr"))
    asked_on = models.DateField(_("gefragt"))
    ends_on = models.DateField(_("Antwort bis"))
    answered_at = models.DateTimeField(_("geantwortet"), null=True, blank=True)

    objects = YearCheckQuerySet.as_manager()

    class Meta:
        ordering = ("-school_year", "institution__sort_name", "pk")
        constraints = [
            models.UniqueConstraint(
                name="institution_is_asked_once_a_school_year", fields=["institution", "school_year"]
            ),
            models.CheckConstraint(name="year_check_leaves_time_to_answer", condition=Q(ends_on__gt=F("asked_on"))),
            CompositeForeignKey(
                name="year_check_institution_is_of_its_center",
                fields=["center", "institution"],
                to="people.Institution",
                to_fields=["center", "id"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution} {self.school_year}"

    def is_over(self, today: date) -> bool:
        return today > self.ends_on
