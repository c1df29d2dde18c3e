from datetime import datetime

import pgtrigger
from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from inventory.models import Product
from leihwerk.constraints import CompositeForeignKey
from lending.models.walls import line_adds_up
from licenses.models import Medium
from people.models import Center, Contact, Institution
from people.visibility import VisibleQuerySet


class State(models.TextChoices):
    DRAFT = "draft", _("Entwurf")
    SUBMITTED = "submitted", _("Angefragt")
    REQUESTED = "requested", _("Angefragt")
    WAITLISTED = "waitlisted", _("Vorgemerkt")
    OFFERED = "offered", _("Angeboten")
    APPROVED = "approved", _("Bestätigt")
    READY = "ready", _("Abholbereit")
    REJECTED = "rejected", _("Abgelehnt")
    CANCELED = "canceled", _("Storniert")
    NO_SHOW = "no_show", _("Nicht abgeholt")
    EXPIRED = "expired", _("Verfallen")


HOLDING = (State.REQUESTED, State.OFFERED, State.APPROVED, State.READY)
OPEN = (State.DRAFT, State.SUBMITTED, State.WAITLISTED, *HOLDING)


class BookingChannel(models.TextChoices):
    WEB = "web", _("Internet")
    PHONE = "phone", _("Telefon")
    MAIL = "mail", _("E-Mail")
    PAPER = "paper", _("Papier")
    DESK = "desk", _("vor Ort")
    API = "api", _("Programm")
    IMPORT = "import", _("Übernahme")


class Delivery(models.TextChoices):
    PICKUP = "pickup", _("Abholung")
    COURIER = "courier", _("Kurier")


class ReservationQuerySet(VisibleQuerySet["Reservation"]):
    seen_by, own_paths = "lending.see", ("responsible", "booked_by")

    def open(self) -> "ReservationQuerySet":
        return self.filter(state__in=OPEN)

    def holding(self) -> "ReservationQuerySet":
        return self.filter(state__in=HOLDING)

    def to_collect(self, until: datetime) -> "ReservationQuerySet":
        """Promised, begun by then, and nothing handed over yet."""
        loan = apps.get_model("lending", "Loan").objects.filter(allocation__line__reservation=OuterRef("pk"))
        promised = self.filter(state__in=(State.APPROVED, State.READY), starts_at__lte=until)
        return promised.exclude(Exists(loan)).order_by("starts_at")

    def lock(self) -> "ReservationQuerySet":
        return self.order_by("pk").select_for_update(no_key=True, of=("self",))


class Reservation(models.Model):
    """What an institution asked for: a claim with one or more lines.

    ``series`` is what the dates of a repeated reservation have in common. ``promised``: what stood promised of
    the lines that have changed since, for which it is asked for again (``reservations.falling_back``).
    """

    center = models.ForeignKey(Center, models.PROTECT, related_name="+", related_query_name="reservation")
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="+", related_query_name="reservation", verbose_name=_("Einrichtung")
    )
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True,
        related_name="+", related_query_name="reservation",
    )  # fmt: skip
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="+", related_query_name="reservation"
    )
    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    channel = models.CharField(_("Weg"), max_length=6, choices=BookingChannel.choices, default=BookingChannel.WEB)
    state = models.CharField(_("Stand"), max_length=10, choices=State.choices, default=State.DRAFT)
    starts_at = models.DateTimeField(_("von"))
    ends_at = models.DateTimeField(_("bis"))
    purpose = models.CharField(_("Zweck"), max_length=200, blank=True)
    delivery = models.CharField(_("Übergabe"), max_length=7, choices=Delivery.choices, default=Delivery.PICKUP)
    reason = models.CharField(_("Grund"), max_length=200, blank=True)
    series = models.UUIDField(null=True, blank=True, editable=False)
    booked_at = models.DateTimeField(auto_now_add=True)
    answer_on = models.DateField(_("Antwort bis"), null=True, blank=True)
    promised = models.JSONField(null=True, blank=True, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    offer_ends_at = models.DateTimeField(_("Angebot gilt bis"), null=True, blank=True)
    told_free_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ReservationQuerySet.as_manager()

    class Meta:
        ordering = ("starts_at", "pk")
        indexes = [
            models.Index(name="reservation_by_state", fields=["center", "state", "starts_at"]),
            models.Index(name="reservation_of_a_series", fields=["series"], condition=Q(series__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(name="reservation_of_its_center", fields=["center", "id"]),
            models.CheckConstraint(name="reservation_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="offer_has_an_end", condition=~Q(state="offered") | Q(offer_ends_at__isnull=False)
            ),
            CompositeForeignKey(
                name="reservation_institution_is_of_its_center",
                fields=["center", "institution"],
                to="people.Institution",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="reservation_contact_is_of_its_center",
                fields=["center", "contact"],
                to="people.Contact",
                to_fields=["center", "id"],
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What people read out on the phone."""
        return f"R-{self.pk}"

    @property
    def was_promised(self) -> bool:
        """Before a change that nobody has answered yet."""
        return self.promised is not None

    @property
    def is_holding(self) -> bool:
        """Its lines have a right to units."""
        return self.state in HOLDING


class LineQuerySet(models.QuerySet["Line"]):
    def lock(self) -> "LineQuerySet":
        return self.order_by("pk").select_for_update(no_key=True, of=("self",))


class Line(models.Model):
    """One product in one quantity for one period, within a reservation.

    At every commit: rows that hold or have a loan + given up + shortfall = claimed (DESIGN 3.3). ``blocked`` is the
    period plus preparation and turnaround, frozen with the calendar version it was computed from. ``pieces``: that many
    must work in each unit (eight headsets of a case that may go out with six); None takes what may be lent. With a
    ``medium``, each unit comes with so many ``slots`` of its licence for that time, where they are counted.
    """

    center = models.ForeignKey(Center, models.PROTECT, related_name="+")
    reservation = models.ForeignKey(Reservation, models.PROTECT, related_name="lines")
    product = models.ForeignKey(Product, models.PROTECT, related_name="+", related_query_name="line")
    quantity = models.PositiveSmallIntegerField(_("Anzahl"))
    starts_at = models.DateTimeField(_("von"))
    ends_at = models.DateTimeField(_("bis"))
    blocked = DateTimeRangeField()
    calendar_version = models.PositiveIntegerField(default=1)
    claimed = models.PositiveSmallIntegerField(default=0)
    given_up = models.PositiveSmallIntegerField(default=0)
    shortfall = models.PositiveSmallIntegerField(default=0)
    shortfall_reason = models.CharField(max_length=20, blank=True)
    pieces = models.PositiveSmallIntegerField(_("mindestens (Stück)"), null=True, blank=True)
    medium = models.ForeignKey(
        Medium, models.PROTECT, null=True, blank=True, related_name="+", related_query_name="line",
        verbose_name=_("mit Lizenz für"),
    )  # fmt: skip
    slots = models.PositiveSmallIntegerField(_("Lizenzplätze je Stück"), default=1, db_default=1)

    objects = LineQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = [models.Index(name="line_that_is_short", fields=["product"], condition=Q(shortfall__gt=0))]
        constraints = [
            models.UniqueConstraint(name="line_of_its_center", fields=["center", "id"]),
            models.UniqueConstraint(name="line_of_its_product", fields=["id", "product"]),
            models.CheckConstraint(name="line_wants_at_least_one", condition=Q(quantity__gte=1)),
            models.CheckConstraint(name="line_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="line_claims_all_or_nothing", condition=Q(claimed=0) | Q(claimed=F("quantity"))
            ),
            models.CheckConstraint(name="line_comes_with_a_slot_or_more", condition=Q(slots__gte=1)),
            models.CheckConstraint(name="line_blocks_some_time", condition=Q(blocked__isempty=False)),
            models.CheckConstraint(name="shortfall_has_a_reason", condition=Q(shortfall=0) | ~Q(shortfall_reason="")),
            CompositeForeignKey(
                name="line_reservation_is_of_its_center",
                fields=["center", "reservation"],
                to="lending.Reservation",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="line_product_is_of_its_center",
                fields=["center", "product"],
                to="inventory.Product",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="line_medium_is_of_its_center",
                fields=["center", "medium"],
                to="licenses.Medium",
                to_fields=["center", "id"],
            ),
        ]
        triggers = [line_adds_up("line", "NEW.id", on=pgtrigger.Insert | pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.product}"
