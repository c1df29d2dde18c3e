from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leihwerk.constraints import CompositeForeignKey
from lending.models.reservation import Delivery, Reservation
from people.models import Center, Contact, Institution
from people.visibility import VisibleQuerySet


class HandoverQuerySet(VisibleQuerySet["Handover"]):
    seen_by, own_paths = "lending.see", ("responsible",)

    def open(self) -> "HandoverQuerySet":
        return self.filter(finished_at__isnull=True)

    def lock(self) -> "HandoverQuerySet":
        return self.order_by("pk").select_for_update(no_key=True, of=("self",))


class Handover(models.Model):
    """The act at the desk in which an institution is given things; printed, it is the slip (Leihschein).

    Open while the desk scans; each scan commits one loan. Ticks say that an identity and an authority were shown;
    which document it was is nobody's business.
    """

    center = models.ForeignKey(Center, models.PROTECT, related_name="+")
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="+", related_query_name="handover", verbose_name=_("Einrichtung")
    )
    reservation = models.ForeignKey(Reservation, models.PROTECT, null=True, blank=True, related_name="handovers")
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True,
        related_name="+", related_query_name="handover",
    )  # fmt: skip
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="+", related_query_name="handover"
    )
    collected_by = models.CharField(_("abgeholt von"), max_length=120, blank=True)
    identity_shown = models.BooleanField(_("Ausweis gesehen"), default=False)
    authority_shown = models.BooleanField(_("Vollmacht gesehen"), default=False)
    delivery = models.CharField(_("Übergabe"), max_length=7, choices=Delivery.choices, default=Delivery.PICKUP)
    due_at = models.DateTimeField(_("zurück bis"))
    happened_at = models.DateTimeField(_("ausgegeben"))
    entered_at = models.DateTimeField(_("eingetragen"))
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        ordering = ("-happened_at", "-pk")
        constraints = [
            models.UniqueConstraint(name="handover_of_its_center", fields=["center", "id"]),
            models.UniqueConstraint(
                name="reservation_has_one_open_handover",
                fields=["reservation"],
                condition=Q(finished_at__isnull=True),
            ),
            CompositeForeignKey(
                name="handover_institution_is_of_its_center",
                fields=["center", "institution"],
                to="people.Institution",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="handover_reservation_is_of_its_center",
                fields=["center", "reservation"],
                to="lending.Reservation",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="handover_contact_is_of_its_center",
                fields=["center", "contact"],
                to="people.Contact",
                to_fields=["center", "id"],
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number of the slip."""
        return f"L-{self.pk}"


class Extra(models.Model):
    """A thing without a label that was given along, and is asked for at the return."""

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="extras")
    name = models.CharField(_("Zubehör"), max_length=120)
    quantity = models.PositiveSmallIntegerField(_("Anzahl"), default=1)
    returned_at = models.DateTimeField(_("zurück"), null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [models.CheckConstraint(name="extra_is_at_least_one", condition=Q(quantity__gte=1))]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.name}"
