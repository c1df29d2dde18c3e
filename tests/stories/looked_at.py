"""Every page of Leihwerk, who looks at it, and an example of what it is about, in the house that the demo sets up."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.stories import examples

DESK, MANAGER, TEACHER, COORDINATOR = "theke", "leitung", "lehrkraft", "koordination"
AUDITOR, OPERATOR, NOBODY = "revision", "betrieb", ""


@dataclass(frozen=True)
class Look:
    """``by`` is what stands before the @ of the demo's login; ``at`` names the example, ``query`` follows it."""

    by: str
    at: Callable[[], dict[str, Any]] = dict
    query: Callable[[], str] = str

    def address(self, name: str) -> str:
        query = self.query()
        return reverse(name, kwargs=self.at()) + (f"?{query}" if query else "")


def by(*people: str, at: Callable[[], dict[str, Any]] = dict, query: Callable[[], str] = str) -> list[Look]:
    return [Look(person, at, query) for person in people]


PAGES: dict[str, list[Look]] = {
    "home": by(NOBODY, TEACHER, AUDITOR, OPERATOR),
    "accessibility": by(NOBODY),
    "imprint": by(NOBODY),
    "privacy": by(NOBODY),
    "label": by(NOBODY, at=examples.label),
    "demo_mail": by(NOBODY),
    # the school
    "catalogue": by(TEACHER, DESK) + by(TEACHER, query=examples.next_week),
    "product": by(TEACHER, MANAGER, at=examples.product) + by(TEACHER, at=examples.room),
    "reserve": by(TEACHER, query=examples.selection) + by(TEACHER),
    "my_reservations": by(TEACHER),
    "my_school": by(TEACHER, COORDINATOR),
    "reservation": by(TEACHER, at=examples.own_request) + by(TEACHER, at=examples.own_lent),
    # the desk
    "today": by(DESK, MANAGER),
    "desk": by(DESK),
    "handover_new": by(DESK, query=examples.for_institution),
    "handover": by(DESK, at=examples.open_slip) + by(DESK, at=examples.finished_slip),
    "loan_missing": by(DESK, at=examples.returned_case),
    "loans": by(DESK) + by(DESK, query=lambda: "zeige=ueberfaellig"),
    "loan": by(DESK, at=examples.overdue_loan) + by(TEACHER, at=examples.own_loan),
    "reservations": by(DESK),
    "call": by(DESK),
    # the stock
    "items": by(DESK, MANAGER),
    "items_move": by(MANAGER, query=examples.two_items),
    "label_sheet": by(DESK),
    "locations": by(MANAGER),
    "findings": by(DESK),
    "products": by(MANAGER),
    "product_create": by(MANAGER),
    "product_edit": by(MANAGER, at=examples.product),
    "items_create": by(MANAGER, at=examples.product),
    "item": by(DESK, AUDITOR, at=examples.item) + by(MANAGER, at=examples.broken_item),
    "item_edit": by(MANAGER, at=examples.item),
    "item_take_out": by(DESK, at=examples.item),
    "item_count": by(DESK, at=examples.item),
    "item_leave": by(MANAGER, at=examples.item),
    # institutions
    "institutions": by(DESK),
    "institution": by(DESK, MANAGER, at=examples.institution),
    "institution_new": by(MANAGER),
    "institution_edit": by(MANAGER, at=examples.institution),
    "contact_new": by(DESK, at=examples.institution),
    "contact": by(DESK, at=examples.contact),
    # letters
    "letters": by(DESK, MANAGER),
    "letters_sent": by(DESK),
    "letter": by(DESK, at=examples.letter),
    "letters_to_print": by(DESK),
    "letters_to_call": by(DESK),
    # reading tables in
    "imports": by(MANAGER),
    "import": by(MANAGER, at=examples.upload),
    # accounts
    "account_login": by(NOBODY),
    "account_logout": by(TEACHER),
    "account_inactive": by(NOBODY),
    "account_signup": by(NOBODY),
    "account_reauthenticate": by(TEACHER),
    "account_email": by(TEACHER),
    "account_email_verification_sent": by(NOBODY),
    "account_confirm_email": by(NOBODY, at=examples.confirmation),
    "account_change_password": by(TEACHER),
    "account_reset_password": by(NOBODY),
    "account_reset_password_from_key": by(NOBODY, at=examples.reset),
    "account_reset_password_from_key_done": by(NOBODY),
    "account_reset_password_done": by(NOBODY),
    "mfa_index": by(TEACHER),
    "mfa_activate_totp": by(TEACHER),
    "mfa_list_webauthn": by(TEACHER),
    "mfa_add_webauthn": by(TEACHER),
    "mfa_view_recovery_codes": by(MANAGER),
    "mfa_generate_recovery_codes": by(MANAGER),
    "mfa_deactivate_totp": by(MANAGER),
    "mfa_reauthenticate": by(MANAGER),
    "socialaccount_connections": by(TEACHER),
    "socialaccount_login_cancelled": by(NOBODY),
}

#: What answers GET and is no page of its own.
NO_PAGES = {
    "set_language": "leads back",
    "socialaccount_login_error": "answers 401, in the frame of every other page",
    "slip": "a PDF",
    "letters_pdf": "a PDF",
    "product_picture": "a picture",
    "label_picture": "a picture",
    "import_report": "a spreadsheet",
    "mfa_download_recovery_codes": "a text file",
    "mfa_login_webauthn": "JSON for the browser's passkeys",
    "openid_connect_login": "leads to the provider",
    "openid_connect_callback": "comes from the provider",
    "account_confirm_login_code": "signing in by a mailed code is switched off",
    "account_set_password": "everybody has a password: it leads to changing it",
    "mfa_authenticate": "only between the password and the second factor",
    "mfa_reauthenticate_webauthn": "only with a passkey",
    "mfa_remove_webauthn": "only with a passkey",
    "mfa_edit_webauthn": "only with a passkey",
    "socialaccount_signup": "only on the way back from a provider",
}


def routes() -> dict[str, URLPattern]:
    """The named addresses that a browser can reach; the API and its neighbours answer programs."""
    return {str(route.name): route for route in _below(get_resolver(), "") if route.name}


def _below(resolver: URLResolver, prefix: str) -> Iterator[URLPattern]:
    for part in resolver.url_patterns:
        address = prefix + str(part.pattern)
        if isinstance(part, URLPattern):
            yield part
        elif not address.startswith(("api/", "health/", "r51/")):
            yield from _below(part, address)
