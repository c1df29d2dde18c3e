"""What the letter about a suspension can say."""

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext_lazy

from lending.glossaries.things import EXAMPLE, named
from people.letters.blocks import Block
from people.letters.glossary import Facts, Glossary, Placeholder
from people.letters.saying import joined, listed


def _things(told: Sequence[Facts]) -> list[Block]:
    return listed(dict.fromkeys(named(thing) for facts in told for thing in facts.get("things") or ()))


SUSPENDED: Final = (
    Placeholder("Geräteliste", gettext_lazy("eine Liste: was überfällig ist"), _things, is_block=True),
    Placeholder(
        "Kategorie",
        gettext_lazy("woraus es nichts Neues gibt; leer, wenn alles gesperrt ist"),
        lambda told: "" if any(not facts.get("category") for facts in told) else joined(it["category"] for it in told),
    ),
)
GLOSSARIES: Final = {"suspended": Glossary(once=SUSPENDED, example={"things": [EXAMPLE], "category": ""})}
