"""What letters about loans, and about days on which they move, can say."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lending.glossaries.reservations import why
from lending.glossaries.things import EXAMPLE, ITEM, PRODUCT, counted, named, parts
from people.letters.blocks import Block
from people.letters.glossary import Facts, Glossary, Placeholder
from people.letters.saying import clock, listed, long_day, named_day, short_day


def _given_along(facts: Facts) -> list[Block]:
    extras = [f"{extra['quantity']} × {extra['name']}" for extra in facts.get("extras") or ()]
    return listed([*(named(thing) for thing in facts.get("things") or ()), *extras])


def _due(facts: Facts) -> str:
    return ", ".join(filter(None, [long_day(facts.get("due_at")), clock(facts.get("due_at"))]))


def _closed_days(told: Sequence[Facts]) -> list[dict[str, Any]]:
    """Everything that moves, with what it belongs to, under the day that it moves from."""
    moves = [{**facts, **move} for facts in told for move in facts.get("moves") or ()]
    days: list[date] = sorted({move["closed_on"] for move in moves})
    return [{"day": day, "moves": [move for move in moves if move["closed_on"] == day]} for day in days]


def _moved(closed: Facts) -> list[Block]:
    return [{"text": _moved_sentence(move)} for move in closed["moves"]]


def _moved_sentence(move: Facts) -> str:
    if move["act"] == "pickup" and move.get("is_by_courier"):
        sentence = _("Ihre Lieferung ({number}) bringt der Kurier am {day}.")
    elif move["act"] == "pickup":
        sentence = _("Ihre Abholung ({number}) verschieben wir auf {day}, ab {time}.")
    elif move.get("product"):
        sentence = _("{thing} hat bis {day}, {time}, Zeit.")
    else:
        sentence = _("Die Rückgabe Ihrer Reservierung {number} hat bis {day}, {time}, Zeit.")
    day, time = named_day(move["after_at"]), clock(move["after_at"])
    return sentence.format(number=move.get("number") or "", thing=named(move), day=day, time=time)


def _by_loan(told: Sequence[Facts]) -> list[Facts]:
    """What was brought of one loan at different times is told together, with what is missing now."""
    of_loan: dict[Any, dict[str, Any]] = {}
    for facts in told:
        before = of_loan.get(facts["id"], {})
        of_loan[facts["id"]] = {**facts, "parts": [*before.get("parts", ()), *(facts.get("parts") or ())]}
    return list(of_loan.values())


def _nothing_is_missing(told: Sequence[Facts]) -> str:
    is_whole = not any(thing.get("still_missing") for thing in _by_loan(told))
    return _("Damit ist alles wieder da.") if is_whole else ""


DUE: Final = Placeholder("Rückgabe", gettext_lazy("Tag und Uhrzeit"), _due)
PARTS: Final = Placeholder("Teile", gettext_lazy("was fehlte"), parts)
HANDED_OVER: Final = (
    Placeholder("Leihschein", gettext_lazy("die Nummer des Leihscheins"), lambda facts: facts.get("number") or ""),
    DUE,
    Placeholder("Begründung", gettext_lazy("warum die Rückgabe dann ist"), why),
    Placeholder("Mitgegeben", gettext_lazy("eine Liste von allem, was mitging"), _given_along, is_block=True),
)
DAY: Final = Placeholder("Tag", gettext_lazy("der Rückgabetag, kurz"), lambda facts: short_day(facts.get("due_at")))
DEADLINE: Final = Placeholder(
    "Frist", gettext_lazy("der Tag, bis zu dem Sie es erwarten"), lambda facts: long_day(facts.get("until_on"))
)
CLOSED: Final = (
    Placeholder("Schließtag", gettext_lazy("der Tag, an dem Sie geschlossen haben"), lambda it: named_day(it["day"])),
    Placeholder("Anlass", gettext_lazy("warum Sie geschlossen haben"), lambda it: it["moves"][0].get("why") or ""),
    Placeholder("Verschoben", gettext_lazy("was auf welchen Tag verschoben ist"), _moved, is_block=True),
)
CLOSED_DAYS: Final = Placeholder(
    "Schließtage",
    gettext_lazy("alle Tage, an denen Sie geschlossen haben"),
    lambda told: _(" und ").join(named_day(closed["day"]) for closed in _closed_days(told)),
)
STILL_MISSING: Final = Placeholder(
    "Rest",
    gettext_lazy("was danach noch fehlt; sonst leer"),
    lambda thing: parts({"parts": thing.get("still_missing")}),
)
COMPLETE: Final = Placeholder(
    "Vollständig",
    gettext_lazy("„Damit ist alles wieder da.“; leer, wenn noch etwas fehlt"),
    _nothing_is_missing,
)
THINGS: Final = Placeholder("Dinge", gettext_lazy("wie viel wovon"), counted)
CLOSED_EXAMPLE: Final[Facts] = {
    "number": "R-2481",
    "moves": [
        {"act": "pickup", "closed_on": "2026-11-17", "why": "Krankheit", "after_at": "2026-11-18T09:00:00Z"},
    ],
}
GLOSSARIES: Final = {
    "handed_over": Glossary(
        each=HANDED_OVER,
        example={
            "number": "L-771",
            "due_at": "2026-12-10T09:00:00Z",
            "due_reasons": [{"code": "period", "days": 14, "kind": "calendar"}],
            "things": [EXAMPLE],
            "extras": [{"name": "Beutel", "quantity": 1}],
        },
    ),
    "renewed": Glossary(each=(PRODUCT, ITEM, DUE, DAY), example={**EXAMPLE, "due_at": "2026-12-10T09:00:00Z"}),
    "returned": Glossary(each=(PRODUCT, ITEM), once=(THINGS,), example=EXAMPLE),
    "part_missing": Glossary(
        each=(PRODUCT, ITEM, PARTS, DEADLINE),
        example={**EXAMPLE, "parts": [{"name": "Ladegerät", "quantity": 1}], "until_on": "2026-12-11"},
    ),
    "later_delivered": Glossary(
        each=(PRODUCT, ITEM, Placeholder("Teile", gettext_lazy("was nachgereicht wurde"), parts), STILL_MISSING),
        once=(COMPLETE,),
        things=_by_loan,
        example={**EXAMPLE, "parts": [{"name": "Ladegerät", "quantity": 1}], "still_missing": []},
    ),
    "closing_day": Glossary(each=CLOSED, once=(CLOSED_DAYS,), things=_closed_days, example=CLOSED_EXAMPLE),
}
