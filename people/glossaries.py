"""What letters about accounts can say."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.letters.glossary import Glossary, Placeholder
from people.letters.saying import link

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

GLOSSARIES: Final = {
    "registered": Glossary(once=[CATALOGUE]),
    "activated": Glossary(once=[SIGN_IN]),
    "declined": Glossary(),
    "invited": Glossary(once=[PASSWORD]),
}
