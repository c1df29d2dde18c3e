"""What must always be true about licences."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from leihwerk.checks import Check
from leihwerk.errors import DomainError
from licenses.deleting.forgotten import forgotten
from licenses.keys import sealing
from licenses.models import Key
from people.models import Center


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


@dataclass(frozen=True)
class DeletionsAsked(Check):
    """What ought to be asked follows from rights and dates, not from one table. ``query`` names the centres in which
    nobody changed either lately: what was written down today is asked about tonight."""

    def broken(self, *, now: datetime) -> list[str]:
        return [
            f"institution {copy.institution}, medium {copy.medium}, ends_on {copy.ends_on}"
            for center in Center.objects.raw(self.query, {"now": now})
            for copy in forgotten(center, now=now)
        ]


CHECKS: Final = (
    KeysOpen(
        "keys_open",
        _("Alle Lizenzschlüssel und Zugänge lassen sich entschlüsseln."),
        "SELECT id, center_id, ciphertext, nonce, sealed_with FROM licenses_key ORDER BY id",
    ),
    DeletionsAsked(
        "ended_rights_are_asked_about",
        _("Wo ein Recht auf Kopien zu Ende ist, wurde jede Einrichtung gebeten, sie zu löschen."),
        """
        SELECT * FROM people_center AS center
         WHERE NOT EXISTS (
               SELECT FROM people_journalentry
                WHERE center_id = center.id AND at > %(now)s::timestamptz - interval '2 days'
                  AND subject_type IN ('licenses.contract', 'licenses.period', 'licenses.entitlement',
                                       'licenses.package', 'licenses.scope', 'licenses.seat', 'people.institution'))
         ORDER BY id
        """,
    ),
    Check(
        "deletions_name_titles",
        _("Wer Kopien löschen soll oder gelöscht hat, weiß, von welchen Titeln."),
        """
        SELECT id, institution_id, month_on FROM licenses_deletion AS deletion
         WHERE (confirmed_at IS NOT NULL OR due_on IS NOT NULL OR times_told = 0)
           AND NOT EXISTS (SELECT FROM licenses_deletiontitle WHERE deletion_id = deletion.id)
        """,
    ),
    Check(
        "deletions_are_told_in_time",
        _("Briefe über zu löschende Kopien sind am vorgesehenen Tag geschrieben."),
        """
        SELECT id, institution_id, due_on FROM licenses_deletion AS deletion
         WHERE confirmed_at IS NULL AND due_on < %(now)s::timestamptz::date - 2
           AND EXISTS (SELECT FROM licenses_deletiontitle WHERE deletion_id = deletion.id)
        """,
    ),
)
