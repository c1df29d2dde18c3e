"""Languages of media: kept by their two letters, shown by their names."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leihwerk.tables.folding import fold

NAMES: Final[dict[str, str | Promise]] = {
    "de": _("Deutsch"),
    "en": _("Englisch"),
    "fr": _("Französisch"),
    "es": _("Spanisch"),
    "it": _("Italienisch"),
    "nl": _("Niederländisch"),
    "pl": _("Polnisch"),
    "ru": _("Russisch"),
    "uk": _("Ukrainisch"),
    "tr": _("Türkisch"),
    "ar": _("Arabisch"),
    "la": _("Latein"),
}
_OTHERS: Final = {
    "de": ("deutsch", "german", "ger", "deu", "dt", "dede"),
    "en": ("englisch", "english", "eng", "engb", "enus"),
    "fr": ("franzoesisch", "french", "fre", "fra", "frfr", "francais"),
    "es": ("spanisch", "spanish", "spa", "espanol"),
    "it": ("italienisch", "italian", "ita", "italiano"),
    "nl": ("niederlaendisch", "dutch", "dut", "nld", "hollaendisch"),
    "pl": ("polnisch", "polish", "pol"),
    "ru": ("russisch", "russian", "rus"),
    "uk": ("ukrainisch", "ukrainian", "ukr"),
    "tr": ("tuerkisch", "turkish", "tur"),
    "ar": ("arabisch", "arabic", "ara"),
    "la": ("latein", "latin", "lat"),
}
_CODES: Final = {word: code for code, words in _OTHERS.items() for word in (code, *words)}


def code_of(word: str) -> str:
    """The code for a code or a name; the word itself when nothing is known of it."""
    return _CODES.get(fold(word), word)


def name_of(code: str) -> str:
    """What a language is called on screen; the word itself when it is unknown."""
    return str(NAMES.get(code, code))
