"""Words without what people spell differently."""

import re
import unicodedata

_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_NUMBER_WORDS = re.compile(r"nummern?|numbers?|nrn?(?![a-z])|no(?![a-z])", re.IGNORECASE)


def fold(words: str) -> str:
    """Return ``words`` without case, umlauts, accents, punctuation and the many spellings of "Nummer"."""
    plain = unicodedata.normalize("NFKD", words.casefold().translate(_GERMAN))
    ascii_only = plain.encode("ascii", "ignore").decode()
    return re.sub(r"[\W_]", "", _NUMBER_WORDS.sub("nr", ascii_only))
