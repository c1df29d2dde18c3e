"""School forms of North Rhine-Westphalia, by the keys of its school statistics. Unknown keys are kept as they are."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leihwerk.tables.folding import fold

NAMES: Final[dict[str, str | Promise]] = {
    "02": _("Grundschule"),
    "04": _("Hauptschule"),
    "08": _("Förderschule"),
    "0A": _("Schulamt"),
    "10": _("Realschule"),
    "13": _("PRIMUS-Schule"),
    "14": _("Sekundarschule"),
    "15": _("Gesamtschule"),
    "17": _("Waldorfschule"),
    "20": _("Gymnasium"),
    "25": _("Weiterbildungskolleg"),
    "30": _("Berufskolleg"),
    "83": _("Klinikschule"),
}

_PLURALS: Final[dict[str, str | Promise]] = {
    "02": _("Grundschulen"),
    "04": _("Hauptschulen"),
    "08": _("Förderschulen"),
    "0A": _("Schulämter"),
    "10": _("Realschulen"),
    "13": _("PRIMUS-Schulen"),
    "14": _("Sekundarschulen"),
    "15": _("Gesamtschulen"),
    "17": _("Waldorfschulen"),
    "20": _("Gymnasien"),
    "25": _("Weiterbildungskollegs"),
    "30": _("Berufskollegs"),
    "83": _("Klinikschulen"),
}

_ABBREVIATIONS: Final = {
    "02": ("Grundschule", "GS", "GGS", "KGS", "EGS"),
    "04": ("Hauptschule", "HS", "GHS", "KHS"),
    "08": ("Förderschule", "FÖS", "FS"),
    "0A": ("Schulamt",),
    "10": ("Realschule", "RS"),
    "13": ("PRIMUS-Schule", "PRIMUS"),
    "14": ("Sekundarschule", "SK"),
    "15": ("Gesamtschule", "GE", "IGS"),
    "17": ("Waldorfschule", "Freie Waldorfschule"),
    "20": ("Gymnasium", "GY", "Gym"),
    "25": ("Weiterbildungskolleg", "WBK", "Abendgymnasium"),
    "30": ("Berufskolleg", "BK", "Berufsschule", "Berufsbildende Schule", "BBS"),
    "83": ("Klinikschule", "Schule für Kranke"),
}
_KEYS: Final = {fold(word): key for key, words in _ABBREVIATIONS.items() for word in words}


def key_of(words: str) -> str:
    """The key for a key, a name or an abbreviation; ``words`` themselves when nothing is known of them."""
    if words.isdigit():
        return words.zfill(2)
    return _KEYS.get(fold(words), words)


def name_of(key: str) -> str:
    """What the form is called on screen; the key itself when it is unknown."""
    return str(NAMES.get(key, key))


def plural_of(key: str) -> str:
    """Schools of that form, as a sentence names them."""
    return str(_PLURALS.get(key, key))
