"""What the daily list for the desk can say."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lending.glossaries.things import counted
from people.letters.blocks import Block
from people.letters.glossary import Facts, Glossary, Placeholder
from people.letters.saying import clock, link, listed, long_day

LISTS: Final = ("pickups", "returns", "late", "calls", "risks")


def _section(name: str, title: Promise, facts: Facts) -> list[Block]:
    """A heading with the count, and the list; nothing if there is nothing."""
    found = facts.get(name) or {}
    if not found.get("count"):
        return []
    more = found["count"] - len(found["rows"])
    rows = [*map(_row, found["rows"]), *([_("und {n} weitere").format(n=more)] if more else [])]
    return [{"heading": f"{title} ({found['count']})"}, *listed(rows)]


def _row(facts: Facts) -> str:
    return ", ".join(_said(facts))


def _said(facts: Facts) -> Iterator[str]:
    """10 Uhr, R-2481, GGS Am Friedenspark: 2 × Bee-Bot Set"""
    if facts.get("starts_at"):
        yield clock(facts["starts_at"])
    whose = ", ".join(filter(None, [facts.get("number"), facts.get("institution")]))
    what = counted(facts["things"]) if facts.get("things") else facts.get("subject") or ""
    yield ": ".join(filter(None, [whose, what]))


def _releases(facts: Facts) -> str:
    return str(facts["releases"]) if facts.get("releases") else ""


def _quiet(facts: Facts) -> str:
    is_quiet = not facts.get("releases") and not any((facts.get(name) or {}).get("count") for name in LISTS)
    return _("Heute steht nichts an.") if is_quiet else ""


def _list(name: str, key: str, title: Promise, meaning: Promise) -> Placeholder:
    value: Callable[[Any], list[Block]] = partial(_section, key, title)
    return Placeholder(name, meaning, value, is_block=True)


EACH: Final = (
    Placeholder("Tag", gettext_lazy("der Tag, um den es geht"), lambda facts: long_day(facts.get("day_on"))),
    _list("Abholungen", "pickups", gettext_lazy("Abholungen"), gettext_lazy("was heute abgeholt wird")),
    _list("Rückgaben", "returns", gettext_lazy("Rückgaben"), gettext_lazy("was heute zurückkommt")),
    _list("Überfällig", "late", gettext_lazy("Überfällig"), gettext_lazy("was schon zurück sein sollte")),
    _list("Anrufe", "calls", gettext_lazy("Anzurufen"), gettext_lazy("wer anzurufen ist")),
    _list("Gefährdet", "risks", gettext_lazy("Gefährdet"), gettext_lazy("was nicht zu halten ist")),
    Placeholder("Freigaben", gettext_lazy("wie viele Briefe auf eine Freigabe warten; sonst leer"), _releases),
    Placeholder("Ruhig", gettext_lazy("„Heute steht nichts an.“; sonst leer"), _quiet),
    Placeholder("Seite", gettext_lazy("ein Link zu „Heute“"), lambda _facts: link(_("Heute"), "today"), is_block=True),
)
EXAMPLE: Final[Facts] = {
    "day_on": "2026-11-24",
    "pickups": {
        "count": 1,
        "rows": [
            {
                "number": "R-2481",
                "institution": "GGS Am Friedenspark",
                "starts_at": "2026-11-24T09:00:00Z",
                "things": [{"product": "Bee-Bot Set", "quantity": 2}],
            }
        ],
    },
    "returns": {"count": 1, "rows": [{"institution": "Gymnasium Süd", "things": [{"product": "iPad-Koffer"}]}]},
    "releases": 1,
}
GLOSSARIES: Final = {"desk_day": Glossary(each=EACH, example=EXAMPLE)}
