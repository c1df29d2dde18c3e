from pathlib import PurePath

from django.db import models
from django.utils.translation import gettext_lazy as _

from leihwerk.constraints import CompositeForeignKey
from licenses.models.contract import Contract
from people.models import Center
from people.visibility import VisibleQuerySet


class AmendmentQuerySet(VisibleQuerySet["Amendment"]):
    seen_by, institution_path = "licenses.see", None


class Amendment(models.Model):
    """What was agreed later about a contract (Nachtrag), and from which day on it holds, if not from the start."""

    center = models.ForeignKey(Center, models.PROTECT, related_name="+")
    contract = models.ForeignKey(Contract, models.CASCADE, related_name="amendments")
    agreed_on = models.DateField(_("vereinbart am"))
    starts_on = models.DateField(_("gilt ab"), null=True, blank=True)
    note = models.TextField(_("Inhalt"))

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        ordering = ("agreed_on", "pk")
        constraints = [
            models.UniqueConstraint(name="amendment_of_its_contract", fields=["contract", "id"]),
            CompositeForeignKey(
                name="amendment_contract_is_of_its_center",
                fields=["center", "contract"],
                to="licenses.Contract",
                to_fields=["center", "id"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreed_on:%d.%m.%Y}"


class DocumentQuerySet(VisibleQuerySet["Document"]):
    seen_by, institution_path = "licenses.see", None


class Document(models.Model):
    """A paper of a contract or of one of its amendments, as a file."""

    center = models.ForeignKey(Center, models.PROTECT, related_name="+")
    contract = models.ForeignKey(Contract, models.CASCADE, related_name="documents")
    amendment = models.ForeignKey(Amendment, models.CASCADE, null=True, blank=True, related_name="documents")
    name = models.CharField(_("Bezeichnung"), max_length=160)
    file = models.FileField(_("Datei"), upload_to="contracts/")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ("-uploaded_at", "-pk")
        constraints = [
            CompositeForeignKey(
                name="document_contract_is_of_its_center",
                fields=["center", "contract"],
                to="licenses.Contract",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="document_amendment_is_of_its_contract",
                fields=["contract", "amendment"],
                to="licenses.Amendment",
                to_fields=["contract", "id"],
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind(self) -> str:
        """The ending under which it is kept, which its content told: pdf, docx …"""
        return PurePath(str(self.file.name)).suffix.removeprefix(".")
