"""What letters about reservations can say."""

from collections.abc import Sequence
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lending import reasons
from lending.glossaries.things import counted, earliest
from people.letters.blocks import Block
from people.letters.glossary import Facts, Glossary, Placeholder
from people.letters.saying import clock, link, long_day, named_day, short_day


def why(facts: Facts) -> str:
    """14 Tage; am Mo, 7.12. haben wir geschlossen"""
    return reasons.words_of(facts.get("due_reasons") or ())


def _pickup(facts: Facts) -> str:
    if facts.get("is_by_courier") or not facts.get("starts_at"):
        return ""
    return _("{day}, ab {time}").format(day=short_day(facts["starts_at"]), time=clock(facts["starts_at"]))


def _return(facts: Facts) -> str:
    return ", ".join(filter(None, [short_day(facts.get("ends_at")), clock(facts.get("ends_at"))]))


def _incomplete(facts: Facts) -> list[Block]:
    sentence = _("{product}: diesmal {working} von {quantity} {part}.")
    return [{"text": sentence.format(**case)} for case in facts.get("incomplete") or ()]


def _answer(told: Sequence[Facts]) -> str:
    if day := told[0].get("answer_on"):
        return _("antworten Ihnen bis {day}").format(day=long_day(day))
    return _("geben Ihnen Bescheid")


def _page(label: Promise) -> Placeholder:
    return Placeholder(
        "Reservierung",
        gettext_lazy("ein Link zur Reservierung"),
        lambda facts: link(str(label).format(number=facts.get("number") or ""), "reservation", facts["id"]),
        is_block=True,
        needs_account=True,
    )


NUMBER: Final = Placeholder(
    "Nummer", gettext_lazy("die Nummer der Reservierung"), lambda facts: facts.get("number") or ""
)
THINGS: Final = Placeholder("Dinge", gettext_lazy("wie viel wovon"), lambda facts: counted(facts.get("things") or ()))
REASON: Final = Placeholder(
    "Grund",
    gettext_lazy("warum; leer, wenn kein Grund dabeisteht"),
    lambda facts: facts.get("reason") or "",
)
WISH: Final = (
    NUMBER,
    THINGS,
    Placeholder("Beginn", gettext_lazy("der erste Tag"), lambda facts: short_day(facts.get("starts_at"))),
    Placeholder("Ende", gettext_lazy("der letzte Tag"), lambda facts: short_day(facts.get("ends_at"))),
    Placeholder("Abholung", gettext_lazy("Tag und Uhrzeit; leer, wenn der Kurier liefert"), _pickup),
    Placeholder(
        "Lieferung",
        gettext_lazy("der Tag, an dem der Kurier liefert; leer, wenn abgeholt wird"),
        lambda facts: short_day(facts.get("starts_at")) if facts.get("is_by_courier") else "",
    ),
    Placeholder("Rückgabe", gettext_lazy("Tag und Uhrzeit"), _return),
    Placeholder("Begründung", gettext_lazy("warum die Rückgabe dann ist"), why),
    REASON,
)
ANSWER: Final = Placeholder("Antwort", gettext_lazy("wann Sie antworten"), _answer)
PAGE: Final = _page(gettext_lazy("Reservierung {number} ansehen"))
INCOMPLETE: Final = Placeholder(
    "Unvollständig", gettext_lazy("was diesmal nicht vollzählig ist, Koffer für Koffer"), _incomplete, is_block=True
)
ACCEPT_DAY: Final = Placeholder(
    "Zusagetag",
    gettext_lazy("der Tag, bis zu dem zugesagt werden kann"),
    lambda told: named_day(earliest(told, "offer_ends_at")),
)
ACCEPT_BY: Final = Placeholder(
    "Zusagefrist",
    gettext_lazy("Tag und Uhrzeit, bis zu denen zugesagt werden kann"),
    lambda facts: ", ".join(filter(None, [named_day(facts.get("offer_ends_at")), clock(facts.get("offer_ends_at"))])),
)
FALLEN_OUT: Final = (
    NUMBER,
    THINGS,
    REASON,
    Placeholder("Tag", gettext_lazy("der erste Tag der Reservierung"), lambda facts: named_day(facts.get("starts_at"))),
    Placeholder(
        "Ersatztag",
        gettext_lazy("ab wann es wieder ginge; leer, wenn das niemand weiß"),
        lambda facts: short_day(facts.get("next_on")),
    ),
)
EXAMPLE: Final[Facts] = {
    "number": "R-2481",
    "starts_at": "2026-11-26T09:00:00Z",
    "ends_at": "2026-12-10T09:00:00Z",
    "due_reasons": [
        {"code": "period", "days": 14, "kind": "calendar"},
        {"code": "closed", "day_on": "2026-12-07", "why": "", "moved_to_on": "2026-12-08"},
    ],
    "answer_on": "2026-11-24",
    "offer_ends_at": "2026-11-25T15:00:00Z",
    "next_on": "2026-11-30",
    "reason": "Betriebsausflug",
    "things": [{"product": "Bee-Bot Set", "quantity": 2}, {"product": "iPad-Koffer", "quantity": 1}],
    "incomplete": [{"product": "VR-Koffer", "part": "VR-Brillen", "working": 7, "quantity": 8}],
}
#: What a kind can say besides the wish: of the reservation, of the letter.
SAID: Final[dict[str, tuple[Sequence[Placeholder], Sequence[Placeholder]]]] = {
    "submitted": ((), (ANSWER,)),
    "requested": ((), (ANSWER,)),
    "approved": ((PAGE,), ()),
    "changed": ((PAGE,), ()),
    "kept": ((PAGE,), ()),
    "ready": ((PAGE, INCOMPLETE), ()),
    "rejected": ((), ()),
    "canceled": ((), ()),
    "expired": ((), ()),
    "no_show": ((), ()),
    "waitlisted": ((), ()),
    "free": ((_page(gettext_lazy("Jetzt reservieren ({number})")),), ()),
    "offered": ((_page(gettext_lazy("Zusagen oder ablehnen ({number})")), ACCEPT_BY), (ACCEPT_DAY,)),
}
GLOSSARIES: Final = {
    "cannot_be_kept": Glossary(each=FALLEN_OUT, example=EXAMPLE),
    **{
        f"reservation_{state}": Glossary(each=(*WISH, *each), once=once, example=EXAMPLE)
        for state, (each, once) in SAID.items()
    },
}
