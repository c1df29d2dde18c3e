"""What reminders can say."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lending.due_dates import local_day
from lending.glossaries.things import EXAMPLE, ITEM, PRODUCT, counted, earliest, named, only
from lending.replying import token_for
from people.letters.blocks import Block
from people.letters.glossary import Facts, Glossary, Placeholder
from people.letters.saying import link, listed, long_day, named_day, plain_day


def _by_due_day(told: Sequence[Facts]) -> list[dict[str, Any]]:
    due = sorted((facts for facts in told if facts.get("due_at")), key=lambda facts: facts["due_at"])
    return [
        {"day": day, "things": list(things)} for day, things in groupby(due, lambda facts: local_day(facts["due_at"]))
    ]


def _renewals(told: Sequence[Facts]) -> list[Block]:
    sentence = _("{thing} können Sie bis {day} verlängern.")
    return listed(
        sentence.format(thing=named(facts), day=plain_day(facts["renewable_until_at"]))
        for facts in told
        if len(told) > 1 and facts.get("renewable_until_at")
    )


def _who_waits(told: Sequence[Facts]) -> str:
    return _("die nächste Schule wartet") if earliest(told, "awaited_on") else ""


def _obstacle(told: Sequence[Facts]) -> str:
    return _who_waits([] if only(told).get("renewable_until_at") else [only(told)])


def _late(told: Sequence[Facts]) -> list[Block]:
    sentence = _("{thing} – bis {day}")
    several = told if len(told) > 1 else ()
    return listed(sentence.format(thing=named(facts), day=plain_day(facts.get("due_at"))) for facts in several)


def _answer(told: Sequence[Facts]) -> list[Block]:
    asked_on = earliest(told, "asked_on")
    if not asked_on:  # written down before there were answers
        return []
    token = token_for(asked_on, {facts["id"]: facts["due_at"] for facts in told})
    bring, back = (
        link(_("Ich bringe es am …"), "reply", token),
        link(_("Ich habe es schon zurückgegeben"), "reply", token),
    )
    return [{**bring[0], "is_key": True}, {**back[0], "url": f"{back[0]['url']}#zurueck", "is_key": True}]


def _told_on(facts: Facts) -> str:
    """1. Dezember und 8. Dezember"""
    return _(" und ").join(plain_day(day) for day in facts.get("told_on") or ())


def _values(told: Sequence[Facts]) -> str:
    """529,90 €; with the things' names when there are several."""
    known = [facts for facts in told if facts.get("value")]
    if len(told) == 1 and known:
        return _euro(known[0]["value"])
    return ", ".join(f"{named(facts)} {_euro(facts['value'])}" for facts in known)


def _euro(amount: str) -> str:
    return _("{amount} €").format(amount=number_format(Decimal(amount), 2))


DUE_DAY: Final = Placeholder(
    "Termin", gettext_lazy("der Tag der Rückgabe"), lambda facts: plain_day(facts.get("due_at"))
)
DUE_SOON: Final = (
    Placeholder("Termin", gettext_lazy("der Tag der Rückgabe"), lambda due: long_day(due["day"])),
    Placeholder("Dinge", gettext_lazy("wie viel wovon an dem Tag zurückkommt"), lambda due: counted(due["things"])),
)
BEFORE: Final = (
    Placeholder(
        "Rückgabetag",
        gettext_lazy("der erste Tag, an dem etwas zurückkommt, kurz"),
        lambda told: named_day(earliest(told, "due_at")),
    ),
    Placeholder(
        "Verlängerung",
        gettext_lazy("bis wann sich das eine Gerät verlängern lässt; leer, wenn es nicht geht oder mehrere sind"),
        lambda told: plain_day(only(told).get("renewable_until_at")),
    ),
    Placeholder("Hindernis", gettext_lazy("warum sich das eine Gerät nicht verlängern lässt; sonst leer"), _obstacle),
    Placeholder(
        "Verlängerungen",
        gettext_lazy("bei mehreren Geräten eine Liste: was sich bis wann verlängern lässt"),
        _renewals,
        is_block=True,
    ),
    Placeholder(
        "Ausleihen",
        gettext_lazy("ein Link zu den eigenen Ausleihen"),
        lambda _told: link(_("Meine Ausleihen"), "my_reservations"),
        is_block=True,
        needs_account=True,
    ),
)
ANSWER: Final = Placeholder(
    "Antwort",
    gettext_lazy("zwei Links, mit denen man ohne Konto antwortet: „Ich bringe es am …“, „schon zurückgegeben“"),
    _answer,
    is_block=True,
    needs_mail=True,
)
LATE: Final = (
    Placeholder(
        "Gerät", gettext_lazy("das eine Gerät, mit Nummer; leer, wenn es mehrere sind"), lambda told: named(only(told))
    ),
    Placeholder(
        "Fälligkeit",
        gettext_lazy("der Tag, an dem das eine Gerät zurück sein sollte; leer, wenn es mehrere sind"),
        lambda told: plain_day(only(told).get("due_at")),
    ),
    Placeholder(
        "Geräteliste",
        gettext_lazy("bei mehreren Geräten eine Liste: was bis wann zurück sein sollte"),
        _late,
        is_block=True,
    ),
)
AWAITED: Final = (
    Placeholder("Andrang", gettext_lazy("„die nächste Schule wartet“; leer, wenn niemand wartet"), _who_waits),
    Placeholder(
        "Folgetag",
        gettext_lazy("ab wann es jemand anderes reserviert hat; leer, wenn niemand wartet"),
        lambda told: long_day(earliest(told, "awaited_on")),
    ),
    Placeholder(
        "Frist", gettext_lazy("der Tag, bis zu dem Sie es erwarten"), lambda told: long_day(earliest(told, "until_on"))
    ),
)
NOTICE_OF_THING: Final = (
    PRODUCT,
    ITEM,
    DUE_DAY,
    Placeholder("Ausgabe", gettext_lazy("der Tag der Ausgabe"), lambda facts: plain_day(facts.get("handed_over_at"))),
    Placeholder("Leihschein", gettext_lazy("die Nummer des Leihscheins"), lambda facts: facts.get("slip") or ""),
    Placeholder("Erinnert", gettext_lazy("die Tage der früheren Erinnerungen"), _told_on),
)
NOTICE: Final = (
    Placeholder(
        "Frist", gettext_lazy("der Tag, bis zu dem Sie es erwarten"), lambda told: plain_day(earliest(told, "until_on"))
    ),
    Placeholder("Wert", gettext_lazy("der Wiederbeschaffungswert; leer, wenn keiner eingetragen ist"), _values),
)
LATE_EXAMPLE: Final[Facts] = {
    **EXAMPLE,
    "due_at": "2026-11-26T09:00:00Z",
    "until_on": "2026-12-11",
    "awaited_on": "2026-12-14",
    "asked_on": "2026-12-01",
    "slip": "L-771",
    "handed_over_at": "2026-11-12T09:00:00Z",
    "told_on": ["2026-12-01", "2026-12-08"],
    "value": "529.90",
}
GLOSSARIES: Final = {
    "due_soon": Glossary(each=DUE_SOON, once=BEFORE, things=_by_due_day, example=LATE_EXAMPLE),
    "overdue_1": Glossary(each=(PRODUCT, ITEM, DUE_DAY), once=(*LATE, ANSWER), example=LATE_EXAMPLE),
    "overdue_2": Glossary(each=(PRODUCT, ITEM, DUE_DAY), once=(*LATE, *AWAITED, ANSWER), example=LATE_EXAMPLE),
    "overdue_3": Glossary(each=NOTICE_OF_THING, once=NOTICE, example=LATE_EXAMPLE),
}
