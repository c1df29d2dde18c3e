from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from leihwerk.constraints import CompositeForeignKey
from licenses.models.contract import Contract
from licenses.models.medium import Medium
from people.models import Center, Institution
from people.visibility import VisibleQuerySet


class ConfirmedBy(models.TextChoices):
    """The way by which an institution said so."""

    LINK = "link", _("über den Link im Brief")
    ACCOUNT = "account", _("angemeldet")
    PHONE = "phone", _("am Telefon")


class DeletionQuerySet(VisibleQuerySet["Deletion"]):
    seen_by = "licenses.see_deletions"

    def lock(self) -> "DeletionQuerySet":
        return self.order_by("pk").select_for_update(no_key=True, of=("self",))

    def unconfirmed(self) -> "DeletionQuerySet":
        return self.filter(confirmed_at__isnull=True)

    def open(self) -> "DeletionQuerySet":
        """Those that an institution has still to answer; where every licence came back there is nothing to delete."""
        titles = DeletionTitle.objects.filter(deletion=OuterRef("pk"))
        return self.unconfirmed().filter(Exists(titles))

    def confirmed(self) -> "DeletionQuerySet":
        return self.filter(confirmed_at__isnull=False)


class Deletion(models.Model):
    """An institution is asked to delete its copies of the titles whose licences end in one month.

    ``due_on`` is the day of the next letter about it (None: no more), ``times_told`` how many there were. One click
    answers for the whole institution; ``confirmed_by`` is the person, if anybody was signed in.
    """

    center = models.ForeignKey(Center, models.PROTECT, related_name="+", related_query_name="deletion")
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="+", related_query_name="deletion", verbose_name=_("Einrichtung")
    )
    month_on = models.DateField(_("Monat"))
    due_on = models.DateField(_("nächster Brief"), null=True, blank=True)
    asked_on = models.DateField(_("gebeten"), null=True, blank=True)
    told_on = models.DateField(_("zuletzt erinnert"), null=True, blank=True)
    times_told = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(_("bestätigt"), null=True, blank=True)
    confirmed_how = models.CharField(_("Weg"), max_length=7, choices=ConfirmedBy.choices, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("von")
    )

    objects = DeletionQuerySet.as_manager()

    class Meta:
        ordering = ("month_on", "institution__sort_name", "pk")
        indexes = [
            models.Index(name="deletion_by_center", fields=["center", "month_on"]),
            models.Index(name="deletion_to_tell", fields=["due_on"], condition=Q(due_on__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(name="deletion_of_its_center", fields=["center", "id"]),
            models.UniqueConstraint(name="deletion_of_its_institution", fields=["institution", "id"]),
            models.UniqueConstraint(
                name="institution_is_asked_once_a_month",
                fields=["institution", "month_on"],
                condition=Q(confirmed_at__isnull=True),
            ),
            models.CheckConstraint(name="deletion_month_is_its_first_day", condition=Q(month_on__day=1)),
            models.CheckConstraint(
                name="deletion_was_confirmed_in_a_way",
                condition=Q(confirmed_at__isnull=True, confirmed_how="", confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_how__in=ConfirmedBy.values, due_on__isnull=True),
            ),
            CompositeForeignKey(
                name="deletion_institution_is_of_its_center",
                fields=["center", "institution"],
                to="people.Institution",
                to_fields=["center", "id"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution} {self.month_on:%m/%Y}"


class DeletionTitle(models.Model):
    """One title of which an institution deletes its copies. ``ends_on`` is the last day of the right to keep one;
    ``may_show``: by another licence it may still be shown after that day."""

    center = models.ForeignKey(Center, models.PROTECT, related_name="+")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    deletion = models.ForeignKey(Deletion, models.CASCADE, related_name="titles")
    medium = models.ForeignKey(Medium, models.PROTECT, related_name="+", related_query_name="deleted_title")
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+", related_query_name="deleted_title")
    ends_on = models.DateField(_("erlaubt bis"))
    may_show = models.BooleanField(_("darf weiter gezeigt werden"), default=False)

    class Meta:
        ordering = ("deletion", "medium__sort_title", "pk")
        constraints = [
            models.UniqueConstraint(
                name="institution_deletes_a_title_once_after_its_end", fields=["institution", "medium", "ends_on"]
            ),
            CompositeForeignKey(
                name="title_is_deleted_where_it_was_asked",
                fields=["institution", "deletion"],
                to="licenses.Deletion",
                to_fields=["institution", "id"],
            ),
            CompositeForeignKey(
                name="deleted_title_is_of_its_center",
                fields=["center", "deletion"],
                to="licenses.Deletion",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="deleted_medium_is_of_its_center",
                fields=["center", "medium"],
                to="licenses.Medium",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="deleted_title_contract_is_of_its_center",
                fields=["center", "contract"],
                to="licenses.Contract",
                to_fields=["center", "id"],
            ),
        ]

    def __str__(self) -> str:
        return str(self.medium)
