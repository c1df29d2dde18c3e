"""JSON as a table: each record is a row, its nested names are headings ("technical.duration").

So the descriptions of media that portals hand out (LOM, SODIX and their like) are read as any other list is.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import gettext as _

from leihwerk.tables import limits
from leihwerk.tables.grids import Grid, Opened, rows
from leihwerk.tables.refusals import FileIsEmpty, FileIsNoTable

DEEPEST: Final = 12
SEPARATOR: Final = "; "
_BEGINNING: Final = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\{\s*["}]|\[\s*[\[\]{"])')
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}([-_][A-Za-z]{2,4})?")
_WORDS: Final = ("string", "value", "#text", "_", "@value")
_LISTS: Final = {"records", "items", "results", "data", "media", "medien", "nodes", "rows"}
_ABOUT_WORDS: Final = {"language", "lang", "@language", "source", *_WORDS}

Tree = dict[str, Any]


def is_tree(data: bytes) -> bool:
    """True for what begins as JSON does; no table of ours does."""
    return _BEGINNING.match(data) is not None


def read(data: bytes) -> Opened:
    """The records of a JSON file, wherever in it they lie. Raise FileIsNoTable for what cannot be read."""
    try:
        found = json.loads(data.decode("utf-8-sig"), parse_constant=str)
    except (ValueError, RecursionError) as damage:
        raise FileIsNoTable(what=_("beschädigtes JSON")) from damage
    records = _records(found)
    if not records:
        raise FileIsEmpty
    flat = [dict(_flat(record)) for record in records[: limits.ROWS + 1]]
    headings = list(dict.fromkeys(name for record in flat for name in record))
    wrapper = _wrapper(headings)
    lines: list[tuple[int, list[object], str]] = [(0, [name.removeprefix(wrapper) for name in headings], "")]
    lines += [(line, [record.get(name) for name in headings], "") for line, record in enumerate(flat, start=1)]
    notes = [_("In einer JSON-Datei zählt „Zeile“ die Einträge.")]
    return Opened(format="JSON", grids=[Grid("", rows(lines))], notes=notes)


def _records(found: Any, depth: int = 0) -> list[Tree]:
    """The longest list of objects that is no part of a record; or the one record there is."""
    if isinstance(found, list):
        return [it for it in found if isinstance(it, dict)]
    if not isinstance(found, dict) or depth > DEEPEST:
        return []
    listed = [value for key, value in found.items() if key.casefold() in _LISTS and isinstance(value, list)]
    if _is_record(found) and not listed:
        return [found]
    inside = [_records(value, depth + 1) for value in listed or found.values()]
    return max(inside, key=len, default=[])


def _is_record(found: Tree) -> bool:
    """A title makes a record, wherever LOM or anybody else puts it."""
    inner = found.get("lom", found)
    general = inner.get("general") if isinstance(inner, dict) else None
    return "title" in found or "name" in found or isinstance(general, dict)


def _flat(value: Any, name: str = "", depth: int = 0) -> Iterator[tuple[str, Any]]:
    """Pairs of heading and cell. Lists become words with semicolons between them, also those of objects."""
    words = _words(value)
    if words is not None or depth > DEEPEST:
        yield name, words
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(inner, f"{name}.{key}" if name else str(key), depth + 1)
    elif isinstance(value, list):
        together: dict[str, list[str]] = {}
        for part in value:
            for key, cell in _flat(part, name, depth + 1):
                if cell not in (None, ""):
                    together.setdefault(key, []).append(str(cell))
        for key, cells in together.items():
            yield key, SEPARATOR.join(dict.fromkeys(cells))
    else:
        yield name, value


def _words(value: Any) -> Any:
    """What a text says that is told in several languages, or with where its words come from; None for other things."""
    if isinstance(value, list) and value and all(isinstance(it, dict) and _language(it) for it in value):
        german = [it for it in value if str(_language(it)).startswith(("de", "ger"))]
        return _words((german or value)[0])
    if not isinstance(value, dict) or not value:
        return None
    if value.keys() <= _ABOUT_WORDS:
        inner = next((value[name] for name in _WORDS if name in value), None)
        return inner if isinstance(inner, str | int | float) else _words(inner)
    if all(_LANGUAGE.fullmatch(str(key)) and isinstance(it, str) for key, it in value.items()) and "de" in value:
        return value["de"]
    return None


def _language(value: Tree) -> Any:
    if not value.keys() <= _ABOUT_WORDS:
        return None
    return next((value[name] for name in ("language", "lang", "@language") if name in value), None)


def _wrapper(headings: list[str]) -> str:
    """What all headings begin with ("lom."), which says nothing."""
    first = {name.partition(".")[0] for name in headings}
    return f"{first.pop()}." if len(first) == 1 and all("." in name for name in headings) else ""
