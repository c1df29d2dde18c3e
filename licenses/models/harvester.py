from django.db import models
from django.utils.translation import gettext_lazy as _

from leihwerk.constraints import CompositeForeignKey
from people.models import Center, Institution
from people.visibility import VisibleQuerySet


class HarvesterQuerySet(VisibleQuerySet["Harvester"]):
    seen_by, institution_path = "licenses.see", None

    def in_force(self) -> "HarvesterQuerySet":
        return self.filter(revoked_at__isnull=True)


class Harvester(models.Model):
    """A program of others that fetches reports of use over the COUNTER API, for a centre or one of its institutions.

    Of its key only the digest is kept.
    """

    center = models.ForeignKey(Center, models.PROTECT, related_name="+", related_query_name="harvester")
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+", related_query_name="harvester"
    )
    name = models.CharField(_("Wer holt ab?"), max_length=120)
    requestor_id = models.CharField(max_length=40, unique=True)
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(_("angelegt am"))
    revoked_at = models.DateTimeField(_("gesperrt am"), null=True, blank=True)

    objects = HarvesterQuerySet.as_manager()

    class Meta:
        ordering = ("revoked_at", "-created_at", "pk")
        constraints = [
            CompositeForeignKey(
                name="harvester_institution_is_of_its_center",
                fields=["center", "institution"],
                to="people.Institution",
                to_fields=["center", "id"],
            )
        ]

    def __str__(self) -> str:
        return self.name
