from datetime import datetime

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from inventory.models import Item
from leihwerk.constraints import CompositeForeignKey
from lending.models.allocation import Allocation
from lending.models.handover import Handover
from lending.models.walls import line_adds_up
from people.models import Center, Contact, Institution
from people.visibility import VisibleQuerySet

LINE_OF_LOAN = "(SELECT row.line_id FROM lending_allocation AS row WHERE row.id = OLD.allocation_id)"


class QuietReason(models.TextChoices):
    """Why reminders rest: of the matter, never of a person."""

    AGREED = "agreed", _("anders vereinbart")
    CLOSED = "closed", _("Einrichtung geschlossen")
    DISPUTED = "disputed", _("wird geklärt")
    DAMAGE = "damage", _("Schaden oder Verlust wird geregelt")
    OURS = "ours", _("unser Versehen")


class LoanQuerySet(VisibleQuerySet["Loan"]):
    seen_by, own_paths = "lending.see", ("responsible",)

    def open(self) -> "LoanQuerySet":
        return self.filter(returned_at__isnull=True)

    def overdue(self, now: datetime) -> "LoanQuerySet":
        """Open and past their return time. Derived, never stored."""
        return self.open().filter(due_at__lt=now)

    def searched(self) -> "LoanQuerySet":
        """Somebody says it is back, and nobody has looked yet: the search list. What lies in the box is found."""
        return self.open().filter(said_back_at__isnull=False, not_found_at__isnull=True, dropped_off_at__isnull=True)

    def unchecked(self) -> "LoanQuerySet":
        return self.filter(returned_at__isnull=False, checked_at__isnull=True, lost_at__isnull=True)

    def lock(self) -> "LoanQuerySet":
        return self.order_by("pk").select_for_update(no_key=True, of=("self",))


class Loan(models.Model):
    """One item in one institution's hands, from handover until it is back."""

    center = models.ForeignKey(Center, models.PROTECT, related_name="+")
    allocation = models.OneToOneField(Allocation, models.PROTECT, related_name="loan")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", related_query_name="loan")
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="+", related_query_name="loan", verbose_name=_("Einrichtung")
    )
    handover = models.ForeignKey(Handover, models.PROTECT, related_name="loans")
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", related_query_name="loan"
    )
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="+", related_query_name="loan"
    )
    handed_over_at = models.DateTimeField(_("ausgegeben"))
    due_at = models.DateTimeField(_("zurück bis"))
    calendar_version = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    renewals = models.PositiveSmallIntegerField(_("Verlängerungen"), default=0)
    expected_back_at = models.DateTimeField(_("zugesagt für"), null=True, blank=True)
    said_back_at = models.DateTimeField(_("angeblich zurückgegeben"), null=True, blank=True)
    not_found_at = models.DateTimeField(_("gesucht, nicht gefunden"), null=True, blank=True)
    quiet_until_on = models.DateField(_("Erinnerungen ausgesetzt bis"), null=True, blank=True)
    quiet_reason = models.CharField(_("Grund"), max_length=8, choices=QuietReason.choices, blank=True)
    dropped_off_at = models.DateTimeField(_("abgegeben"), null=True, blank=True)
    returned_at = models.DateTimeField(_("zurück"), null=True, blank=True)
    checked_at = models.DateTimeField(_("geprüft"), null=True, blank=True)
    lost_at = models.DateTimeField(_("verloren gemeldet"), null=True, blank=True)
    people_unlinked_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = LoanQuerySet.as_manager()

    class Meta:
        ordering = ("due_at", "pk")
        indexes = [
            models.Index(name="loan_open_by_due", fields=["center", "due_at"], condition=Q(returned_at__isnull=True)),
            models.Index(name="loan_by_institution", fields=["institution", "-handed_over_at"]),
        ]
        constraints = [
            models.UniqueConstraint(name="loan_of_its_center", fields=["center", "id"]),
            models.UniqueConstraint(
                name="loan_item_is_out_only_once", fields=["item"], condition=Q(returned_at__isnull=True)
            ),
            models.CheckConstraint(name="loan_is_due_after_handover", condition=Q(due_at__gt=F("handed_over_at"))),
            models.CheckConstraint(
                name="loan_is_returned_after_handover",
                condition=Q(returned_at__isnull=True) | Q(returned_at__gte=F("handed_over_at")),
            ),
            models.CheckConstraint(
                name="loan_is_checked_when_back", condition=Q(checked_at__isnull=True) | Q(returned_at__isnull=False)
            ),
            models.CheckConstraint(
                name="loan_is_searched_when_said_back",
                condition=Q(not_found_at__isnull=True) | Q(said_back_at__isnull=False),
            ),
            models.CheckConstraint(
                name="loan_is_quiet_for_a_reason",
                condition=Q(quiet_until_on__isnull=True, quiet_reason="")
                | (Q(quiet_until_on__isnull=False) & ~Q(quiet_reason="")),
            ),
            CompositeForeignKey(
                name="loan_is_of_its_allocation",
                fields=["allocation", "center", "item"],
                to="lending.Allocation",
                to_fields=["id", "center", "item"],
            ),
            CompositeForeignKey(
                name="loan_institution_is_of_its_center",
                fields=["center", "institution"],
                to="people.Institution",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="loan_handover_is_of_its_center",
                fields=["center", "handover"],
                to="lending.Handover",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="loan_contact_is_of_its_center",
                fields=["center", "contact"],
                to="people.Contact",
                to_fields=["center", "id"],
            ),
        ]
        triggers = [
            line_adds_up("former_loan", LINE_OF_LOAN, on=pgtrigger.Delete | pgtrigger.UpdateOf("allocation_id"))
        ]

    def __str__(self) -> str:
        return f"{self.item} → {self.institution}"

    def is_overdue(self, now: datetime) -> bool:
        return self.returned_at is None and self.due_at < now
