"""Identifiers as COUNTER writes them: ``{namespace}:{value}`` in tables, objects in JSON.

An identifier that does not have the form the schema wants is left out of JSON: one mistyped ISBN would make the whole
report invalid. Tables keep it.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

_ISNI: Final = r"[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{3}[0-9X]"
_PROPRIETARY: Final = r"[a-zA-Z][a-zA-Z0-9_./]{1,17}:.+"
_ISSN: Final = r"[0-9]{4}-[0-9]{3}[0-9X]"
_PUBLISHER_FORMS: Final = {"ISNI": re.compile(_ISNI), "ROR": re.compile(r"0[a-z0-9]{6}[0-9]{2}")}
_INSTITUTION_FORMS: Final = {
    **_PUBLISHER_FORMS,
    "ISIL": re.compile(r"[A-Z]{2}-.{1,11}"),
    "OCLC": re.compile(r"[0-9]+"),
}
_ITEM_FORMS: Final = {
    "DOI": re.compile(r"10\.[1-9][0-9]{2}[0-9.]*/.+"),
    "ISBN": re.compile(r"(?=.{17}$)97[89]-[0-9]+-[0-9]+-[0-9]+-[0-9]"),
    "Print_ISSN": re.compile(_ISSN),
    "Online_ISSN": re.compile(_ISSN),
    "Proprietary": re.compile(_PROPRIETARY),
}


@dataclass(frozen=True, slots=True, order=True)
class ContentIds:
    """What an item is known by. Proprietary: ``{namespace}:{value}``, such as ``leihwerk:4602345``."""

    doi: str = ""
    proprietary: str = ""
    isbn: str = ""
    print_issn: str = ""
    online_issn: str = ""
    uri: str = ""

    def as_json(self) -> dict[str, str]:
        """The ``Item_ID`` of an item, with the identifiers that have their form; empty if there is none."""
        return {name: value for name, value in self.named() if _is_item_id(name, value)}

    def named(self) -> list[tuple[str, str]]:
        """The names of COUNTER and the values that are there."""
        values = (self.doi, self.proprietary, self.isbn, self.print_issn, self.online_issn, self.uri)
        return [(name, value) for name, value in zip(ITEM_ID_NAMES, values, strict=True) if value]

    def among(self, columns: Collection[str]) -> "ContentIds":
        """Those of them that have a column."""
        shown = {name for name in ITEM_ID_NAMES if name in columns or f"{name}_ID" in columns}
        return ContentIds.from_names({name: value for name, value in self.named() if name in shown})

    @classmethod
    def from_names(cls, values: Mapping[str, str]) -> "ContentIds":
        """Of names as in JSON or in a table's headings; ``Proprietary_ID`` is an older name of ``Proprietary``."""
        known = {**values, "Proprietary": values.get("Proprietary") or values.get("Proprietary_ID", "")}
        return cls(*(known.get(name, "") for name in ITEM_ID_NAMES))


ITEM_ID_NAMES: Final = ("DOI", "Proprietary", "ISBN", "Print_ISSN", "Online_ISSN", "URI")


def organization(identifiers: Iterable[str], *, is_institution: bool) -> dict[str, list[str]]:
    """``Institution_ID`` or ``Publisher_ID``: the identifiers by namespace; one of ours is ``Proprietary``."""
    forms = _INSTITUTION_FORMS if is_institution else _PUBLISHER_FORMS
    found: dict[str, list[str]] = {}
    for identifier in identifiers:
        namespace, _, value = identifier.partition(":")
        if namespace in forms:
            if forms[namespace].fullmatch(value):
                found.setdefault(namespace, []).append(value)
        elif re.fullmatch(_PROPRIETARY, identifier):
            found.setdefault("Proprietary", []).append(identifier)
    return {namespace: list(dict.fromkeys(values)) for namespace, values in sorted(found.items())}


def from_object(values: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Of an object of release 5.1: lists by namespace."""
    return from_pairs((namespace, value) for namespace, several in values.items() for value in several)


def from_pairs(pairs: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Of types and values, as in release 5; several values of a type are separated by ``|`` there."""
    return tuple(
        value if namespace.startswith("Proprietary") else f"{namespace}:{value}"
        for namespace, values in pairs
        for value in values.split("|")
        if value
    )


def from_text(words: str) -> tuple[str, ...]:
    """Of a cell: identifiers separated by semicolons."""
    return tuple(part.strip() for part in words.split(";") if part.strip())


def _is_item_id(name: str, value: str) -> bool:
    if name != "URI":
        return _ITEM_FORMS[name].fullmatch(value) is not None
    try:
        return bool(urlsplit(value).scheme) and not re.search(r"[\s<>\"{}|\\^`]", value)
    except ValueError:
        return False
