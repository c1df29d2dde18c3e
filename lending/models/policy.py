from datetime import time

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inventory.models import Category, Product
from leihwerk.constraints import CompositeForeignKey
from people.models import Center
from people.models.institution import InstitutionKind
from people.visibility import VisibleQuerySet


class DayKind(models.TextChoices):
    CALENDAR = "calendar", _("Kalendertage")
    OPEN = "open", _("Öffnungstage")
    WORKING = "working", _("Arbeitstage")
    SCHOOL = "school", _("Schultage")


class PolicyQuerySet(VisibleQuerySet["Policy"]):
    seen_by, institution_path = "policies.keep", None


class Policy(models.Model):
    """The centre's rules (Regeln der Ausleihe) as data.

    The row without category, product and kind of institution is the centre's default; the others override single
    fields of it (an empty field says nothing). Days of preparation, turnaround, lead, answer,
    offer (0: those who wait are only told) and no-show are open days;
    those of a renewal are counted like those of the loan, and are as many where no row says otherwise. After
    ``max_notices`` about something late a suspension is proposed, until it is back (Ludwigsburg: three).
    """

    center = models.ForeignKey(Center, models.CASCADE, related_name="+", related_query_name="policy")
    category = models.ForeignKey(Category, models.CASCADE, null=True, blank=True, related_name="+")
    product = models.ForeignKey(Product, models.CASCADE, null=True, blank=True, related_name="+")
    institution_kind = models.CharField(_("Art"), max_length=12, choices=InstitutionKind.choices, blank=True)

    loan_days = models.PositiveSmallIntegerField(_("Leihfrist (Tage)"), null=True, blank=True)
    day_kind = models.CharField(_("gezählt in"), max_length=8, choices=DayKind.choices, blank=True)
    counts_holidays = models.BooleanField(_("Ferien zählen mit"), null=True, blank=True)
    is_back_before_summer = models.BooleanField(_("vor den Sommerferien alles zurück"), null=True, blank=True)
    pickup_time = models.TimeField(_("Abholung ab"), null=True, blank=True)
    return_time = models.TimeField(_("Rückgabe bis"), null=True, blank=True)
    lead_days = models.PositiveSmallIntegerField(_("Vorlauf"), null=True, blank=True)
    horizon_days = models.PositiveSmallIntegerField(_("im Voraus höchstens (Tage)"), null=True, blank=True)
    max_days = models.PositiveSmallIntegerField(_("reservieren höchstens (Tage)"), null=True, blank=True)
    max_renewals = models.PositiveSmallIntegerField(_("Verlängerungen höchstens"), null=True, blank=True)
    renewal_days = models.PositiveSmallIntegerField(_("Verlängerung um (Tage)"), null=True, blank=True)
    max_items = models.PositiveSmallIntegerField(_("gleichzeitig höchstens"), null=True, blank=True)
    max_notices = models.PositiveSmallIntegerField(
        _("Erinnerungen bis zum Vorschlag einer Sperre"), null=True, blank=True
    )
    needs_approval = models.BooleanField(_("nur mit Zusage"), null=True, blank=True)
    answer_days = models.PositiveSmallIntegerField(_("Antwort auf Anfragen nach"), null=True, blank=True)
    needs_briefing = models.BooleanField(_("nur mit Einweisung"), null=True, blank=True)
    preparation_days = models.PositiveSmallIntegerField(_("Vorbereitung"), null=True, blank=True)
    turnaround_days = models.PositiveSmallIntegerField(_("Nachbereitung"), null=True, blank=True)
    offer_days = models.PositiveSmallIntegerField(_("Vorgemerkten anbieten für"), null=True, blank=True)
    no_show_days = models.PositiveSmallIntegerField(_("nicht abgeholt nach"), null=True, blank=True)
    remind_days_before = models.PositiveSmallIntegerField(_("Erinnern vorher"), null=True, blank=True)
    remind_days_after = models.JSONField(_("Mahnstufen (Arbeitstage)"), null=True, blank=True)

    objects = PolicyQuerySet.as_manager()

    class Meta:
        ordering = ("center", "category", "product", "institution_kind")
        constraints = [
            models.UniqueConstraint(
                name="policy_is_stated_once_for_each_case",
                fields=["center", "category", "product", "institution_kind"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="policy_is_for_a_category_or_a_product",
                condition=Q(category__isnull=True) | Q(product__isnull=True),
            ),
            models.CheckConstraint(name="policy_renews_by_a_day_or_more", condition=Q(renewal_days__gte=1)),
            CompositeForeignKey(
                name="policy_category_is_of_its_center",
                fields=["center", "category"],
                to="inventory.Category",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="policy_product_is_of_its_center",
                fields=["center", "product"],
                to="inventory.Product",
                to_fields=["center", "id"],
            ),
        ]

    def __str__(self) -> str:
        return str(self.product or self.category or self.institution_kind or self.center)

    @property
    def case(self) -> tuple[int | None, int | None, str]:
        """What it speaks of: there is one row for each."""
        return self.category_id, self.product_id, self.institution_kind


#: What holds where no row of the centre says anything.
FALLBACK = {
    "loan_days": 14,
    "day_kind": DayKind.CALENDAR.value,
    "counts_holidays": True,
    "is_back_before_summer": False,
    "pickup_time": time(10),
    "return_time": time(10),
    "lead_days": 1,
    "horizon_days": 365,
    "max_days": None,
    "max_renewals": 1,
    "renewal_days": None,
    "max_items": None,
    "max_notices": None,
    "needs_approval": False,
    "answer_days": 1,
    "needs_briefing": False,
    "preparation_days": 0,
    "turnaround_days": 0,
    "offer_days": 0,
    "no_show_days": 2,
    "remind_days_before": 2,
    "remind_days_after": [3, 8, 12],
}
