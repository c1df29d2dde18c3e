"""What no field can mean, and what hardly one does: picked by hand, and drawn."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import strategies as st


@dataclass(frozen=True)
class Attached:
    """A file that is brought anew for each request."""

    name: str
    content: bytes

    def opened(self) -> SimpleUploadedFile:
        return SimpleUploadedFile(self.name, self.content)


@dataclass(frozen=True)
class Missing:
    """The field does not come at all."""


LONG = 10_000
MARKUP = "<img src=x onerror=alert(1)>"
ANYWHERE: list[Any] = [Missing(), "", "a\0b", "x" * LONG, "\ud800", ["1", "2"]]
TEXTS: list[Any] = [
    f'"\'>{MARKUP}</textarea></main>', "'; DROP TABLE people_user; --", "%s%n{0}{name}{{ 7 }}", "👩‍🏫🐝",
    "\u202eoben\u2066\u200b", "ﷺ" * 100, "a\r\nBcc: alle@nord.example", "../../etc/passwd", " \t\n",
]  # fmt: skip
NUMBERS: list[Any] = ["-1", "0", "1.5", "1e9", "NaN", "²", "٣", "1_000", str(2**31), str(2**63), "9" * 99_999]
DAYS: list[Any] = [
    "2027-02-31", "31.2.2027", "0000-01-01", "0001-01-01", "9999-12-31", "10000-01-01", "-2027-01-01", "2027-W01-1",
    "1.1.0001-31.12.9999", "gestern", "24:61", "23:59:59.9999999", "0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00",
]  # fmt: skip
FILES: list[Any] = [
    Attached("", b""),
    Attached("leer.csv", b""),
    Attached("schulen.csv", bytes(range(256)) * 8),
    Attached("null.csv", b"Schulnummer;Schulname;von;bis\n\0;\0;\0;\0\n"),
    Attached("utf16.csv", "Schulnummer;Schulname\n".encode("utf-16")[:-1]),
    Attached("mappe.xlsx", b"PK\x03\x04 keine Mappe"),
    Attached("bild.png", b"\x89PNG\r\n\x1a\n kein Bild"),
    Attached("../../bild.svg", f"<svg>{MARKUP}</svg>".encode()),
    Attached(f"{'n' * 300}.csv", b"Ferien;von;bis\nOstern;31.2.2027;1.1.0001\n;;\n"),
    "keine Datei",
]
EVERYTHING = [*ANYWHERE, *TEXTS, *NUMBERS, *DAYS]
DRAWN = st.one_of(
    st.sampled_from(EVERYTHING),
    st.text(st.characters(exclude_categories=[]), max_size=60),
    st.integers().map(str),
    st.floats().map(str),
    st.datetimes().map(str),
    st.dates().map(str),
    st.times().map(str),
    st.lists(st.text(max_size=5), max_size=3),
)
#: Bodies that are no form at all, with the type that they say they are.
NO_FORMS = [
    ("application/json", b'{"name": 1}'),
    ("text/plain", b"\xff\xfe"),
    ("multipart/form-data", b"name=1"),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="name"'),
    ("application/x-www-form-urlencoded; charset=nonsense", b"name=%ED%A0%80&%ZZ&=&name=%00"),
    ("application/x-www-form-urlencoded", b"&".join(b"f%d=1" % number for number in range(2000))),
]


def unfit(valid: Any) -> list[Any]:
    """What to send instead of ``valid``; None for a field of which no good value is known."""
    if hasattr(valid, "read"):
        return [Missing(), *FILES]
    if valid is None:
        return EVERYTHING
    if re.fullmatch(r"-?\d+", str(valid)):
        return [*ANYWHERE, *NUMBERS, TEXTS[0]]
    if re.match(r"\d+[-.:]\d+", str(valid)):
        return [*ANYWHERE, *DAYS, "-1"]
    return [*ANYWHERE, *TEXTS, DAYS[4], NUMBERS[-1]]


def as_sent(fields: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """As a browser of ours or a wicked one would send it: surrogates are bytes that are no UTF-8."""
    for name, value in fields.items():
        if isinstance(value, Attached):
            yield name, value.opened()
        elif hasattr(value, "read"):
            yield name, value
        elif not isinstance(value, Missing):
            values = value if isinstance(value, list) else [value]
            yield name, [str(it).encode("utf-8", "surrogatepass") for it in values]


def shown(value: Any) -> str:
    said = repr(value)
    return said if len(said) < 80 else f"{said[:60]} … ({len(said)})"
