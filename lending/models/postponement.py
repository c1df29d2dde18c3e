from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from leihwerk.constraints import CompositeForeignKey
from lending.models.loan import Loan
from lending.models.reservation import Line
from people.models import Center


class Act(models.TextChoices):
    PICKUP = "pickup", _("Abholung")
    RETURN = "return", _("Rückgabe")


class PostponementQuerySet(models.QuerySet["Postponement"]):
    def standing(self) -> "PostponementQuerySet":
        """Those that were not taken back."""
        return self.filter(undone_at__isnull=True)

    def untold(self) -> "PostponementQuerySet":
        return self.standing().filter(told_at__isnull=True)


class Postponement(models.Model):
    """A pickup or a return that moved to another day because the centre is closed now on the day it was promised for.

    ``before_at`` is what was promised, so that it can go back there when the centre opens after all. ``told_at``: the
    letter was intended.
    """

    center = models.ForeignKey(Center, models.PROTECT, related_name="+")
    line = models.ForeignKey(Line, models.CASCADE, null=True, blank=True, related_name="postponements")
    loan = models.ForeignKey(Loan, models.CASCADE, null=True, blank=True, related_name="postponements")
    act = models.CharField(max_length=6, choices=Act.choices)
    before_at = models.DateTimeField()
    after_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = PostponementQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = [
            models.Index(
                name="postponement_to_tell",
                fields=["center"],
                condition=Q(told_at__isnull=True, undone_at__isnull=True),
            ),
            models.Index(name="postponement_by_day", fields=["center", "before_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="postponement_is_of_a_line_or_a_loan",
                condition=Q(line__isnull=False, loan__isnull=True) | Q(line__isnull=True, loan__isnull=False),
            ),
            models.CheckConstraint(name="postponement_moves_to_later", condition=Q(after_at__gt=F("before_at"))),
            CompositeForeignKey(
                name="postponement_line_is_of_its_center",
                fields=["center", "line"],
                to="lending.Line",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="postponement_loan_is_of_its_center",
                fields=["center", "loan"],
                to="lending.Loan",
                to_fields=["center", "id"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.before_at:%d.%m.%Y} → {self.after_at:%d.%m.%Y}"
