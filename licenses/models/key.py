from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leihwerk.constraints import CompositeForeignKey
from leihwerk.secrecy import Sealed
from licenses.models.contract import Contract
from licenses.models.provider import Provider
from people.models import Center
from people.visibility import VisibleQuerySet


class KeyKind(models.TextChoices):
    LICENSE = "license", _("Lizenzschlüssel")
    SIGN_IN = "sign_in", _("Zugang beim Anbieter")
    USAGE = "usage", _("Schlüssel für den Abruf der Nutzung")


class KeyQuerySet(VisibleQuerySet["Key"]):
    """Who sees that there is a key does not see what it says; that is a verb of its own, ``licenses.reveal_keys``."""

    seen_by, institution_path = "licenses.see", None

    def lock(self) -> "KeyQuerySet":
        return self.order_by("pk").select_for_update(no_key=True, of=("self",))

    def for_contract(self, contract: Contract) -> "KeyQuerySet":
        """Its own, and those of its provider."""
        return self.filter(Q(contract=contract) | Q(provider=contract.provider_id))


class Key(models.Model):
    """A licence key or a password, of one contract or of a provider, sealed; only its row and the server's keys
    together open it (``licenses.keys.sealing``)."""

    center = models.ForeignKey(Center, models.PROTECT, related_name="+")
    contract = models.ForeignKey(
        Contract, models.PROTECT, null=True, blank=True, related_name="keys", verbose_name=_("Vertrag")
    )
    provider = models.ForeignKey(
        Provider, models.PROTECT, null=True, blank=True, related_name="keys", verbose_name=_("Anbieter")
    )
    kind = models.CharField(_("Art"), max_length=8, choices=KeyKind.choices)
    name = models.CharField(_("Bezeichnung"), max_length=80)
    sign_in_name = models.CharField(_("Benutzername"), max_length=120, blank=True)
    ciphertext = models.BinaryField()
    nonce = models.BinaryField()
    sealed_with = models.CharField(max_length=20)
    changed_at = models.DateTimeField(_("zuletzt geändert"))

    objects = KeyQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        constraints = [
            models.UniqueConstraint(name="key_of_its_center", fields=["center", "id"]),
            models.CheckConstraint(
                name="key_is_of_a_contract_or_a_provider",
                condition=Q(contract__isnull=False, provider__isnull=True)
                | Q(contract__isnull=True, provider__isnull=False),
            ),
            models.CheckConstraint(name="key_kind_is_known", condition=Q(kind__in=KeyKind.values)),
            models.CheckConstraint(name="key_has_a_name", condition=~Q(name="")),
            CompositeForeignKey(
                name="key_contract_is_of_its_center",
                fields=["center", "contract"],
                to="licenses.Contract",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="key_provider_is_of_its_center",
                fields=["center", "provider"],
                to="licenses.Provider",
                to_fields=["center", "id"],
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def sealed(self) -> Sealed:
        return Sealed(self.sealed_with, bytes(self.nonce), bytes(self.ciphertext))

    @sealed.setter
    def sealed(self, sealed: Sealed) -> None:
        self.sealed_with, self.nonce, self.ciphertext = sealed
