"""Every page of Leihwerk, who looks at it, and an example of what it is about, in the house that the demo sets up.

A new page needs a line here, or the build fails: ``"loan": by(DESK, at=examples.overdue_loan)``. Also say how it looks
where nothing is there yet (``.empty(NEW_MANAGER)``) and with a form sent back (``.mistaken(name="")``).
"""

from tests.accessibility import examples, examples_of_contracts
from tests.accessibility.look import (
    AUDITOR,
    COORDINATOR,
    DESK,
    MANAGER,
    NEW_MANAGER,
    NEW_TEACHER,
    NEWCOMER,
    NOBODY,
    OPERATOR,
    TEACHER,
    Look,
    Looks,
    by,
)

WHAT_EVERYBODY_MEETS: dict[str, Looks] = {
    "home": by(NOBODY, TEACHER, COORDINATOR, AUDITOR, OPERATOR).empty(NEWCOMER, NEW_TEACHER),
    "accessibility": by(NOBODY),
    "imprint": by(NOBODY),
    "privacy": by(NOBODY),
    "label": by(NOBODY, at=examples.label).mistaken(note=""),
    "unsubscribe": by(NOBODY, at=examples.ended),
    "year_check": by(NOBODY, at=examples.year_check).mistaken(409),
    "deletion_reply": by(NOBODY, at=examples.deletion),
    "reply": by(NOBODY, at=examples.reminded).mistaken(other_on="") + Looks((Look(NOBODY, at=examples.settled),)),
    "demo_mail": by(NOBODY),
    "pupils": by(NOBODY).mistaken(code="falsch")
    + Looks((Look(NOBODY, sent={"code": examples.fresh_code}, leads_to="pupil_list"),)),
    "/gibt/es/nicht/": Looks((Look(NOBODY, status=404), Look(TEACHER, status=404))),
    "/heute/": Looks((Look(TEACHER, status=403),)),
}

SCHOOL: dict[str, Looks] = {
    "catalogue": by(TEACHER, DESK).empty(NEW_TEACHER)
    + by(TEACHER, query=examples.next_week)
    + by(TEACHER, query=lambda: "search=gibtesnicht")
    + by(TEACHER, query=lambda: "search=kunst"),
    "product": by(TEACHER, MANAGER, at=examples.product) + by(TEACHER, at=examples.room),
    "media": by(TEACHER, MANAGER).empty(NEW_TEACHER, NEW_MANAGER) + by(TEACHER, query=lambda: "search=gibtesnicht"),
    "medium": by(TEACHER, MANAGER, at=examples.medium) + by(TEACHER, at=examples.own_film),
    "medium_play": by(NOBODY, TEACHER, at=examples.link_to_own_film)
    + Looks((Look(NOBODY, at=lambda: {"token": "vertippt"}, status=403),)),
    "reserve": by(TEACHER).empty(NEW_TEACHER)
    + by(TEACHER, query=examples.selection)
    + by(TEACHER, query=examples.too_many).mistaken(409, purpose="Projektwoche")
    + by(TEACHER, query=examples.room_for_an_hour)
    .mistaken(repeat="weekly", until="")
    .sending("#dates-title", repeat="weekly", until=examples.some_weeks_later, act="foresee"),
    "my_reservations": by(TEACHER).empty(NEW_TEACHER),
    "my_school": by(TEACHER, COORDINATOR).empty(NEW_TEACHER),
    "reservation": by(TEACHER, at=examples.own_lent)
    + by(TEACHER, at=examples.own_request)
    + by(TEACHER, at=examples.waiting)
    + by(TEACHER, at=examples.free_again),
    "reservation_series": by(TEACHER, at=examples.series),
    "reservation_change": by(TEACHER, DESK, at=examples.own_request).mistaken(more="0"),
    "reservation_split": by(TEACHER, at=examples.own_request).mistaken(400),
    "join": by(TEACHER, NEWCOMER).mistaken(school="gibt es nicht"),
    "my_account": by(TEACHER, OPERATOR).mistaken(name=""),
    "close_account": by(TEACHER).empty(NEWCOMER),
}

AT_THE_DESK: dict[str, Looks] = {
    "today": by(DESK, MANAGER).empty(NEW_MANAGER),
    "desk": by(DESK).empty(NEW_MANAGER),
    "handover_new": by(DESK, query=examples.for_institution),
    "handover": by(DESK, at=examples.finished_slip) + by(DESK, at=examples.open_slip).mistaken(name="", quantity="0"),
    "at_risk": by(DESK).empty(NEW_MANAGER),
    "loan_missing": by(DESK, at=examples.returned_case).mistaken(note=""),
    "loans": by(DESK).empty(NEW_MANAGER) + by(DESK, query=lambda: "show=overdue"),
    "suspensions": by(DESK, MANAGER).empty(NEW_MANAGER),
    "loans_searched": by(DESK).empty(NEW_MANAGER),
    "loan": by(DESK, at=examples.overdue_loan) + by(TEACHER, at=examples.own_loan),
    "reservations": by(DESK).empty(NEW_MANAGER),
    "reservation": by(DESK, at=examples.own_request) + by(DESK, at=examples.own_lent),
    "call": by(DESK).empty(NEW_MANAGER) + by(DESK, query=examples.call),
}

STOCK: dict[str, Looks] = {
    "items": by(DESK, MANAGER).empty(NEW_MANAGER),
    "items_move": by(MANAGER, query=examples.two_items).mistaken(location=""),
    "label_sheet": by(DESK, query=examples.two_items).empty(NEW_MANAGER),
    "locations": by(DESK).empty(NEW_MANAGER) + by(MANAGER).mistaken(name=""),
    "findings": by(DESK).empty(NEW_MANAGER),
    "products": by(MANAGER).empty(NEW_MANAGER),
    "product_create": by(MANAGER).mistaken(name=""),
    "product_edit": by(MANAGER, at=examples.product).mistaken(name=""),
    "deletions": by(DESK, AUDITOR).empty(NEW_MANAGER) + by(MANAGER, query=lambda: "show=confirmed"),
    "deletion": by(DESK, COORDINATOR, at=examples.own_deletion),
    "usage": by(MANAGER, AUDITOR, COORDINATOR).empty(NEW_MANAGER) + by(AUDITOR, query=lambda: "by=institution"),
    "harvesters": by(AUDITOR) + by(MANAGER).mistaken(name=""),
    "usage_journal": by(AUDITOR).empty(NEW_MANAGER),
    "licenses": by(DESK, MANAGER, AUDITOR).empty(NEW_MANAGER),
    "contract_new": by(MANAGER).empty(NEW_MANAGER).mistaken(number="", renews_itself="on"),
    "deciding": by(DESK, MANAGER, AUDITOR).empty(NEW_MANAGER),
    "packages": by(DESK, MANAGER).empty(NEW_MANAGER),
    "package_new": by(MANAGER).mistaken(name=""),
    "package_edit": by(MANAGER, at=examples_of_contracts.package).mistaken(name=""),
    "package": by(DESK, MANAGER, at=examples_of_contracts.package).mistaken(starts_on="")
    + by(MANAGER, at=examples_of_contracts.package, query=lambda: "show=more&search=wasser"),
    "amendment_new": by(MANAGER, at=examples.contract).mistaken(divides="on"),
    "amendment_edit": by(MANAGER, at=examples_of_contracts.amendment).mistaken(note=""),
    "document_new": by(MANAGER, at=examples.contract).mistaken(name=""),
    "document_edit": by(MANAGER, at=examples_of_contracts.document).mistaken(name=""),
    "contract": by(DESK, MANAGER, at=examples.contract).mistaken(starts_on="") + by(AUDITOR, at=examples.too_few),
    "contract_edit": by(MANAGER, at=examples.contract).mistaken(title=""),
    "usage_sources": by(DESK, AUDITOR, MANAGER).mistaken(name="").empty(NEW_MANAGER),
    "usage_source": by(DESK, MANAGER, at=examples.source).mistaken(),
    "usage_source_fetching": by(MANAGER, at=examples.source).mistaken(address="kein Ort"),
    "usage_file": by(MANAGER, at=examples.figures) + by(MANAGER, at=examples.columns),
    "key_new": by(MANAGER, at=examples.contract).mistaken(name="", secret="x"),
    "key": by(DESK, AUDITOR, MANAGER, at=examples.key).sending(".secret", reason="check"),
    "key_edit": by(MANAGER, at=examples.key).mistaken(name=""),
    "period_edit": by(MANAGER, at=examples.period).mistaken(starts_on=""),
    "entitlement_new": by(MANAGER, at=examples.period).mistaken(medium="4711"),
    "entitlement": by(MANAGER, at=examples.seated).mistaken(409, capacity="0"),
    "seats": by(DESK, MANAGER, at=examples.seated).mistaken(holder="niemand"),
    "media_lists": by(TEACHER, DESK).empty(NEW_TEACHER) + by(TEACHER).mistaken(title=""),
    "media_list": by(TEACHER, at=examples.media_list)
    + by(TEACHER, at=examples.media_list).sending(".pupil-code", make=""),
    "own_files": by(DESK, MANAGER).empty(NEW_MANAGER),
    "scopes": by(DESK, MANAGER).empty(NEW_MANAGER).mistaken(name=""),
    "scope": by(MANAGER, at=examples.scope).mistaken(territory="Köln"),
    "media_kept": by(DESK, MANAGER).empty(NEW_MANAGER) + by(DESK, query=lambda: "search=gibtesnicht"),
    "medium_create": by(MANAGER).mistaken(title=""),
    "medium_edit": by(MANAGER, at=examples.medium).mistaken(title="", year="1500"),
    "bundles": by(DESK, MANAGER).empty(NEW_MANAGER),
    "bundle": by(MANAGER, at=examples.bundle).mistaken(name=""),
    "items_create": by(MANAGER, at=examples.product).mistaken(count="0"),
    "item": by(DESK, AUDITOR, at=examples.item) + by(MANAGER, at=examples.broken_item),
    "item_edit": by(MANAGER, at=examples.item).mistaken(price="viel"),
    "item_take_out": by(DESK, at=examples.item).mistaken(reason=""),
    "item_count": by(DESK, at=examples.item),
    "item_leave": by(MANAGER, at=examples.item).mistaken(how=""),
    "imports": by(MANAGER).empty(NEW_MANAGER) + by(MANAGER).mistaken(**{"schulen-territory": ""}),
    "import": by(MANAGER, at=examples.upload),
}

RULES: dict[str, Looks] = {
    "policies": by(MANAGER).mistaken(200, loan_days="0") + by(MANAGER, query=lambda: "preset=bonn").empty(NEW_MANAGER),
    "policy_new": by(MANAGER).mistaken(200, loan_days="0"),
    "policy": by(MANAGER, at=examples.policy),
    "calendar": by(MANAGER).empty(NEW_MANAGER)
    + by(MANAGER).mistaken(**{"holiday-name": ""})
    + by(MANAGER).sending("form[action$='/uebernehmen/']", file=examples.HOLIDAYS),
    "opening_hours": by(MANAGER).empty(NEW_MANAGER) + by(MANAGER).mistaken(opens_0_0=""),
    "closing": by(MANAGER).mistaken(200, ends_on="2020-01-01"),
    "closure": by(MANAGER, DESK, at=examples.closure),
}

PEOPLE: dict[str, Looks] = {
    "institutions": by(DESK).empty(NEW_MANAGER) + by(DESK, query=lambda: "search=gibtesnicht"),
    "institution": by(DESK, MANAGER, at=examples.institution),
    "institution_new": by(MANAGER).mistaken(name=""),
    "year_checks": by(DESK, MANAGER).mistaken(400, ends_on="2020-01-01").empty(NEW_MANAGER),
    "institution_edit": by(MANAGER, at=examples.institution).mistaken(name=""),
    "contact_new": by(DESK, at=examples.institution).mistaken(name=""),
    "contact": by(DESK, at=examples.contact).mistaken(name=""),
    "members_waiting": by(DESK, COORDINATOR).empty(NEW_MANAGER),
    "member_leave": by(COORDINATOR, at=examples.colleague) + by(MANAGER, at=examples.staff),
    "member_invite": by(COORDINATOR, MANAGER, at=examples.institution).mistaken(email="niemand"),
    "team": by(MANAGER),
    "team_invite": by(MANAGER).mistaken(email="niemand"),
    "operating": by(OPERATOR),
    "center_new": by(OPERATOR).mistaken(name=""),
    "center_managers": by(OPERATOR, at=examples.center).mistaken(email="niemand"),
    "letters": by(DESK, MANAGER).empty(NEW_MANAGER),
    "letters_today": by(DESK).empty(NEW_MANAGER),
    "letters_sent": by(DESK).empty(NEW_MANAGER),
    "letter": by(DESK, at=examples.letter),
    "letters_to_print": by(DESK).empty(NEW_MANAGER),
    "letters_to_call": by(DESK).empty(NEW_MANAGER),
    "wordings": by(MANAGER),
    "wording": by(MANAGER, at=examples.worded).mistaken(text="Hallo {Artiekl}"),
}

ACCOUNTS: dict[str, Looks] = {
    "account_login": by(NOBODY).mistaken(200, login="anna@demo.example", password="falsch"),
    "account_logout": by(TEACHER),
    "account_inactive": by(NOBODY),
    "account_signup": by(NOBODY).mistaken(200, email="niemand"),
    "account_reauthenticate": by(TEACHER).mistaken(200, password="falsch"),
    "account_email": by(TEACHER),
    "account_email_verification_sent": by(NOBODY),
    "account_confirm_email": by(NOBODY, at=examples.confirmation),
    "account_change_password": by(TEACHER).mistaken(200, oldpassword="falsch"),
    "account_reset_password": by(NOBODY).mistaken(200, email="niemand"),
    "account_reset_password_from_key": by(NOBODY, at=examples.reset).mistaken(200, password1="kurz"),
    "account_reset_password_from_key_done": by(NOBODY),
    "account_reset_password_done": by(NOBODY),
    "mfa_index": by(TEACHER, MANAGER),
    "mfa_activate_totp": by(TEACHER).mistaken(200, code="0"),
    "mfa_list_webauthn": by(TEACHER, AUDITOR),
    "mfa_add_webauthn": by(TEACHER),
    "mfa_edit_webauthn": by(AUDITOR, at=examples.passkey),
    "mfa_remove_webauthn": by(AUDITOR, at=examples.passkey),
    "mfa_view_recovery_codes": by(MANAGER),
    "mfa_generate_recovery_codes": by(MANAGER),
    "mfa_deactivate_totp": by(MANAGER),
    "mfa_reauthenticate": by(MANAGER).mistaken(200, code="0"),
    "socialaccount_connections": by(TEACHER),
    "socialaccount_login_cancelled": by(NOBODY),
    "socialaccount_login_error": Looks((Look(NOBODY, status=401),)),
}

#: Pages that only a form leads to: it stands on another.
BEHIND_A_FORM: dict[str, Looks] = {
    "account_login": Looks((Look(NOBODY, sent=examples.PASSWORD, leads_to="mfa_authenticate"),)),
}

AREAS = (WHAT_EVERYBODY_MEETS, SCHOOL, AT_THE_DESK, STOCK, RULES, PEOPLE, ACCOUNTS, BEHIND_A_FORM)

#: What answers GET and is no page of its own.
NO_PAGES = {
    "api:docs": "tests/api/test_docs.py looks at it, when it has fetched the schema",
    "set_language": "leads back",
    "my_disclosure": "a file",
    "slip": "a PDF",
    "letters_pdf": "a PDF",
    "product_picture": "a picture",
    "medium_cover": "a picture",
    "medium_file": "a file",
    "document": "a file",
    "medium_open": "leads to the provider",
    "file_link": "a file",
    "pupil_code": "what media_list leads to when a code was made",
    "usage_table": "a spreadsheet",
    "usage_report": "a file",
    "label_picture": "a picture",
    "import_report": "a spreadsheet",
    "mfa_download_recovery_codes": "a text file",
    "mfa_login_webauthn": "JSON for the browser's passkeys",
    "openid_connect_login": "leads to the provider",
    "openid_connect_callback": "comes from the provider",
    "account_confirm_login_code": "signing in by a mailed code is switched off",
    "account_set_password": "everybody has a password: it leads to changing it",
    "mfa_reauthenticate_webauthn": "only with a passkey",
    "socialaccount_signup": "only on the way back from a provider",
}
