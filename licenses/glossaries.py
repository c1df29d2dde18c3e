"""What letters about licences can say."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from licenses.deleting.glossary import DELETION_ASKED
from people.letters.blocks import Block
from people.letters.glossary import Facts, Glossary, Placeholder
from people.letters.saying import joined, link, listed


def _contracts(told: Sequence[Facts]) -> list[Block]:
    return listed(dict.fromkeys(map(_in_full, told)))


def _in_full(facts: Facts) -> str:
    renews, ends = (
        _("{title} (Vertrag {number}) verlängert sich von selbst; kündbar bis {day}."),
        _("{title} (Vertrag {number}) läuft aus am {day}."),
    )
    sentence = renews if facts.get("is_renewed") else ends
    return sentence.format(title=facts.get("title", ""), number=facts.get("number", ""), day=_day(facts))


def _day(facts: Facts) -> str:
    day: date | None = facts.get("deadline_on")
    return date_format(day, _("j. F Y")) if day else ""


EXPIRING: Final = (
    Placeholder("Verträge", gettext_lazy("eine Liste: Vertrag, und bis wann"), _contracts, is_block=True),
    Placeholder(
        "Verträge in Kürze",
        gettext_lazy("die Bezeichnungen der Verträge"),
        lambda told: joined(facts.get("title", "") for facts in told),
    ),
    Placeholder(
        "Seite",
        gettext_lazy("ein Link zu den Verträgen"),
        lambda _told: link(_("Zu den Verträgen"), "licenses"),
        is_block=True,
        needs_account=True,
    ),
)
GLOSSARIES: Final = {
    "deletion_asked": DELETION_ASKED,
    "license_expiring": Glossary(
        once=EXPIRING,
        example={
            "title": "Kreis-Online Naturblick",
            "number": "KO-2023-01",
            "is_renewed": True,
            "deadline_on": "2027-04-30",
        },
    ),
}
