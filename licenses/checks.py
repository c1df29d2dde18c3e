"""What must always be true about licences."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from leihwerk.checks import Check
from leihwerk.errors import DomainError
from licenses.keys import sealing
from licenses.models import Key


@dataclass(frozen=True)
class KeysOpen(Check):
    """The database cannot answer that: it does not know what sealed them. ``query`` names the rows that are asked."""

    def broken(self, *, now: datetime) -> list[str]:
        return [f"key {key.pk}, sealed_with {key.sealed_with}" for key in Key.objects.raw(self.query) if _is_shut(key)]


def _is_shut(key: Key) -> bool:
    try:
        sealing.said_by(key)
    except DomainError:
        return True
    return False


CHECKS: Final = (
    KeysOpen(
        "keys_open",
        _("Alle Lizenzschlüssel und Zugänge lassen sich entschlüsseln."),
        "SELECT id, center_id, ciphertext, nonce, sealed_with FROM licenses_key ORDER BY id",
    ),
)
