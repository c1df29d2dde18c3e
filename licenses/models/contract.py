from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from leihwerk.constraints import CompositeForeignKey
from licenses.models.provider import Provider
from people.models import Center
from people.visibility import VisibleQuerySet


class ContractQuerySet(VisibleQuerySet["Contract"]):
    seen_by, institution_path = "licenses.see", None

    def lock(self) -> "ContractQuerySet":
        return self.order_by("pk").select_for_update(no_key=True, of=("self",))


class Contract(models.Model):
    """What a centre agreed with a provider. It runs in periods, one after the other; ``notice_months`` before the end
    of one it can be given up, and if nobody does and it renews itself, the next period begins."""

    center = models.ForeignKey(Center, models.PROTECT, related_name="+", related_query_name="contract")
    provider = models.ForeignKey(
        Provider, models.PROTECT, related_name="contracts", related_query_name="contract", verbose_name=_("Anbieter")
    )
    number = models.CharField(_("Vertragsnummer"), max_length=40)
    title = models.CharField(_("Bezeichnung"), max_length=160)
    signed_on = models.DateField(_("unterschrieben am"), null=True, blank=True)
    renews_itself = models.BooleanField(_("verlängert sich von selbst"), default=False)
    renewal_months = models.PositiveSmallIntegerField(_("verlängert sich um (Monate)"), null=True, blank=True)
    notice_months = models.PositiveSmallIntegerField(_("Kündigungsfrist (Monate)"), null=True, blank=True)
    funding = models.CharField(_("Finanzierung"), max_length=80, blank=True)
    cost_center = models.CharField(_("Kostenstelle"), max_length=40, blank=True)
    note = models.TextField(_("Bemerkung"), blank=True)

    objects = ContractQuerySet.as_manager()

    class Meta:
        ordering = ("number", "pk")
        constraints = [
            models.UniqueConstraint(name="contract_of_its_center", fields=["center", "id"]),
            models.UniqueConstraint(name="contract_number_is_used_once", fields=["center", "number"]),
            models.CheckConstraint(
                name="contract_that_renews_itself_says_for_how_long",
                condition=Q(renews_itself=False) | Q(renewal_months__gte=1),
            ),
            CompositeForeignKey(
                name="contract_provider_is_of_its_center",
                fields=["center", "provider"],
                to="licenses.Provider",
                to_fields=["center", "id"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Renewal(models.TextChoices):
    """What somebody decided about the end of a period."""

    OPEN = "open", _("noch offen")
    RENEW = "renew", _("verlängern")
    END = "end", _("beenden")


class PeriodQuerySet(VisibleQuerySet["Period"]):
    seen_by, institution_path = "licenses.see", None


class Period(models.Model):
    """The days, both included, for which a contract's entitlements hold; without an end they hold until further notice.

    ``notice_until``: the last day on which it can be given up. ``cost`` is that of the whole period in euros.
    """

    center = models.ForeignKey(Center, models.PROTECT, related_name="+")
    contract = models.ForeignKey(Contract, models.CASCADE, related_name="periods")
    starts_on = models.DateField(_("gilt ab"))
    ends_on = models.DateField(_("gilt bis"), null=True, blank=True)
    notice_until = models.DateField(_("kündbar bis"), null=True, blank=True)
    cost = models.DecimalField(_("Kosten (€)"), max_digits=10, decimal_places=2, default=Decimal(0))
    renewal = models.CharField(_("wie es weitergeht"), max_length=5, choices=Renewal.choices, default=Renewal.OPEN)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ("contract", "starts_on")
        constraints = [
            models.UniqueConstraint(name="period_of_its_center", fields=["center", "id"]),
            ExclusionConstraint(
                name="contract_runs_in_one_period_at_a_time",
                expressions=[
                    ("contract", RangeOperators.EQUAL),
                    (
                        Func(
                            F("starts_on"),
                            F("ends_on"),
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.CheckConstraint(
                name="period_ends_after_it_starts", condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="period_is_given_up_before_it_ends",
                condition=Q(notice_until__isnull=True) | Q(notice_until__lte=F("ends_on")),
            ),
            models.CheckConstraint(name="period_cost_is_not_negative", condition=Q(cost__gte=Decimal(0))),
            models.CheckConstraint(
                name="renewal_was_decided_at_a_moment",
                condition=Q(renewal=Renewal.OPEN, decided_at__isnull=True)
                | (Q(renewal__in=[Renewal.RENEW, Renewal.END]) & Q(decided_at__isnull=False)),
            ),
            CompositeForeignKey(
                name="period_contract_is_of_its_center",
                fields=["center", "contract"],
                to="licenses.Contract",
                to_fields=["center", "id"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on:%d.%m.%Y}–{f'{self.ends_on:%d.%m.%Y}' if self.ends_on else ''}"
