"""Bytes to text, for files whose writer did not say how."""

import codecs
import re
from typing import NamedTuple

# German desks write Windows-1252, Macs of the last century Mac Roman, DOS programs (Antares) code page 850.
_SINGLE_BYTE = {"cp1252": "Windows-1252", "iso8859-15": "ISO 8859-15", "mac_roman": "Mac Roman", "cp850": "DOS (850)"}
_MARKS = {
    codecs.BOM_UTF8: ("utf-8", "UTF-8"),
    codecs.BOM_UTF32_LE: ("utf-32-le", "UTF-32"),  # before UTF-16, whose mark it begins with
    codecs.BOM_UTF32_BE: ("utf-32-be", "UTF-32"),
    codecs.BOM_UTF16_LE: ("utf-16-le", "UTF-16"),
    codecs.BOM_UTF16_BE: ("utf-16-be", "UTF-16"),
}
_UTF8_SEQUENCES = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH_BYTES = re.compile(rb"[\x80-\xff]")

_UMLAUTS_IN_WORDS = re.compile("(?<=[A-Za-zäöüß])[äöüß]|[äöüÄÖÜ](?=[A-Za-zäöüß])")
_PLAUSIBLE = re.compile(
    r"""(?<=[A-Za-z])[éèêëáàâçñô] | É(?=[a-z]) | (?:(?<=[\d\s("])|^)€ | (?<=\d)[°²³] | (?<=\s)[–—·•](?=\s)
    | (?:(?<=[\s(;"])|^)[„»](?=\w) | (?<=[\w.!?])[“”«](?=[\s;,.)"]) | (?<=\w)[’®™] | (?<=[\d\s])[×½±]
    | §(?=\s?\d) | (?<=\d)–(?=\d) | … | µ(?=[A-Za-z])""",
    re.VERBOSE,
)
_NOT_ASCII = re.compile("[^\x00-\x7f]")


class Decoded(NamedTuple):
    """The text, what the encoding is called, and whether some letters of another encoding were mended."""

    text: str
    encoding: str
    is_mended: bool = False


def decode(data: bytes) -> Decoded:
    """Return the text of ``data``. Never fails: the likeliest reading is taken, unreadable bytes become �."""
    for mark, (codec, name) in _MARKS.items():
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(codec, "replace"), name)
    if codec := _unmarked_utf16(data[:4096]):
        return Decoded(data.decode(codec, "replace"), "UTF-16")
    try:
        return Decoded(data.decode("utf-8"), "UTF-8")
    except UnicodeDecodeError:
        pass
    if _is_mostly_utf8(data):
        return Decoded(data.decode("utf-8", _MENDING), "UTF-8", is_mended=True)
    sample = data[:200_000]
    codec = max(_SINGLE_BYTE, key=lambda name: _plausibility(sample.decode(name, "replace")))
    text = data.decode(codec, "replace")
    return Decoded(text, _SINGLE_BYTE[codec], is_mended="\ufffd" in text)


def _unmarked_utf16(head: bytes) -> str:
    if len(head) < 4:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) * 0.3 and even < odd // 10 + 1:
        return "utf-16-le"
    if even > len(head) * 0.3 and odd < even // 10 + 1:
        return "utf-16-be"
    return ""


def _is_mostly_utf8(data: bytes) -> bool:
    """UTF-8 that was cut off, or into which somebody pasted a few lines of Windows-1252."""
    inside = sum(len(sequence) for sequence in _UTF8_SEQUENCES.findall(data))
    return inside > 0.8 * len(_HIGH_BYTES.findall(data))


def _plausibility(text: str) -> int:
    """How German a reading looks. Letters count only where letters stand, for € in one code page is Ä in another."""
    umlauts, others = len(_UMLAUTS_IN_WORDS.findall(text)), len(_PLAUSIBLE.findall(text))
    strange = len(_NOT_ASCII.findall(text)) - umlauts - others
    return 3 * umlauts + others - 2 * strange


def _mend(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


_MENDING = "leihwerk-cp1252"
codecs.register_error(_MENDING, _mend)
