"""Who may open the addresses of licences; part of the table in policy.py."""

from tests.authorization import bodies, forms
from tests.authorization.entry import Entry, needs, row, rows

API: dict[str, Entry] = {
    "POST api:medium-use": row("medium", body=bodies.use, keys={"institution": "institution"}),
    "GET api:contract-list": rows("contract"),
    "GET api:contract-detail": row("contract"),
    "GET api:entitlement-list": rows("entitlement"),
    "GET api:entitlement-detail": row("entitlement"),
    "GET api:entitlement-seats": row("entitlement"),
    "POST api:entitlement-seats": row(
        "entitlement", "licenses.keep", body=lambda the: {"email": the.member.user.email}
    ),
    "POST api:entitlement-release": row(
        "entitlement", "licenses.keep", body=lambda the: {"seat": the.seat.pk}, keys={"seat": "seat"}
    ),
}
PAGES: dict[str, Entry] = {
    "GET licenses": needs("licenses.see"),
    "GET contract_new": needs("licenses.keep"),
    "POST contract_new": needs("licenses.keep", body=forms.contract, keys={"provider": "provider"}),
    "GET contract": row("contract"),
    "POST contract": row("contract", "licenses.keep", body=forms.period),
    "GET contract_edit": row("contract", "licenses.keep"),
    "POST contract_edit": row("contract", "licenses.keep", body=forms.contract, keys={"provider": "provider"}),
    "POST period_decide": row("period", "licenses.keep", body=lambda the: {"renewal": "end"}),
    "POST period_renew": row("period", "licenses.keep"),
    "GET entitlement_new": row("period", "licenses.keep"),
    "POST entitlement_new": row("period", "licenses.keep", body=forms.entitlement, keys={"scopes.0": "scope"}),
    "GET entitlement": row("entitlement", "licenses.keep"),
    "POST entitlement": row("entitlement", "licenses.keep", body=forms.rights, keys={"scopes.0": "scope"}),
    "POST entitlement_withdraw": row("withdrawable", "licenses.keep"),
    "GET seats": row("entitlement"),
    "POST seats": row("entitlement", "licenses.keep", body=lambda the: {"holder": the.member.user.email}),
    "POST seats_buy": row("entitlement", "licenses.keep", body=lambda the: {"capacity": "5"}),
    "POST seat_release": row("seat", "licenses.keep"),
    "GET scopes": needs("licenses.see"),
    "POST scopes": needs("licenses.keep", body=forms.scope, keys={"institutions.0": "institution"}),
    "GET scope": row("scope", "licenses.keep"),
    "POST scope": row("scope", "licenses.keep", body=forms.scope, keys={"institutions.0": "institution"}),
}
