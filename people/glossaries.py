"""What letters about accounts can say."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.letters.blocks import Block
from people.letters.glossary import Facts, Glossary, Placeholder
from people.letters.saying import link, plain_day
from people.year_checks.links import token_for


def _list_link(facts: Facts) -> list[Block]:
    (block,) = link(_("Zur Liste"), "year_check", token_for(facts["id"]))
    return [{**block, "is_key": True}]


CATALOGUE: Final = Placeholder(
    "Katalog",
    gettext_lazy("ein Link zum Katalog"),
    lambda _facts: link(_("Zum Katalog"), "catalogue"),
    is_block=True,
    needs_account=True,
)
SIGN_IN: Final = Placeholder(
    "Anmeldung",
    gettext_lazy("ein Link zur Anmeldung"),
    lambda _facts: link(_("Anmelden"), "account_login"),
    is_block=True,
    needs_account=True,
)
PASSWORD: Final = Placeholder(
    "Passwort",
    gettext_lazy("ein Link, mit dem man ein Passwort festlegt"),
    lambda _facts: link(_("Passwort festlegen"), "account_reset_password"),
    is_block=True,
    needs_account=True,
)

CHECK_LIST: Final = Placeholder(
    "Liste",
    gettext_lazy("ein Link zur Liste der Konten, ohne Anmeldung"),
    _list_link,
    is_block=True,
)
ENDS_ON: Final = Placeholder(
    "Stichtag",
    gettext_lazy("der Tag, zu dem Konten ohne Häkchen enden"),
    lambda facts: plain_day(facts.get("ends_on")),
)
LAST_DAY: Final = Placeholder(
    "Stichtag",
    gettext_lazy("der letzte Tag, an dem jemand noch für die Einrichtung ausleihen kann"),
    lambda facts: plain_day(facts.get("ends_on")),
)

GLOSSARIES: Final = {
    "registered": Glossary(once=[CATALOGUE]),
    "activated": Glossary(once=[SIGN_IN]),
    "declined": Glossary(),
    "invited": Glossary(once=[PASSWORD]),
    "school_year_check": Glossary(each=[CHECK_LIST, ENDS_ON], example={"ends_on": "2026-09-30"}),
    "access_ends": Glossary(each=[LAST_DAY], example={"ends_on": "2026-09-30"}),
}
