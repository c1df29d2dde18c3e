"""What the forms of the pages send, filled in so that they are taken. Their fields are those of the page."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from lending.due_dates import local_day
from tests.authorization.bodies import a_day
from tests.authorization.stage import Owner

ADDRESS = {"street": "Am Ring 1", "postal_code": "12345", "city": "Musterstadt", "phone": "0214 1", "phone_2": ""}
PACKING = {"packing-TOTAL_FORMS": "1", "packing-INITIAL_FORMS": "0", "packing-0-quantity": "8"}
DESCRIBED = {
    "owner": "Schulträger", "cost_center": "4711", "invoice": "R-1", "funding": "", "bound_until": "",
    "acquired_on": "2024-02-29", "price": "99,50",
}  # fmt: skip


def change(the: Owner) -> Mapping[str, Any]:
    whole = the.reservation
    days = {"starts_on": local_day(whole.starts_at), "ends_on": local_day(whole.ends_at)}
    typed = {"quantity": 2, **days}
    its = {f"{the.line.pk}-{name}": value for name, value in typed.items()}
    return {**days, **its, "product": the.product.pk, "more": 1}


def bundle(the: Owner) -> Mapping[str, Any]:
    return {"name": "Robotik-Paket", "product-0": the.product.pk, "quantity-0": 2}


def split(the: Owner) -> Mapping[str, Any]:
    return {str(line.pk): 1 for line in the.reservation.lines.all()}


def picked(the: Owner) -> Mapping[str, Any]:
    """The address of the reserve page: what and when."""
    days = {name: timezone.localdate(getattr(the.reservation, name)) for name in ("starts_at", "ends_at")}
    return {"item": f"{the.product.pk}x1", "starts_on": days["starts_at"], "ends_on": days["ends_at"]}


def reserve(the: Owner) -> Mapping[str, Any]:
    return {"institution": the.institution.pk, "purpose": "Projektwoche", "delivery": "pickup"}


def call(the: Owner) -> Mapping[str, Any]:
    days = {name: timezone.localdate(getattr(the.reservation, name)) for name in ("starts_at", "ends_at")}
    return {
        "act": "book",
        "who": the.institution.name,
        "institution": the.institution.pk,
        "what": the.product.name,
        "product": the.product.pk,
        "when": f"{days['starts_at']:%d.%m.%Y}-{days['ends_at']:%d.%m.%Y}",
        "contact": "Frau Neu, Tel. 0214 77 88",
        "purpose": "Lesenacht",
        "delivery": "courier",
    }


def handover(the: Owner) -> Mapping[str, Any]:
    return {
        "institution": the.institution.pk,
        "contact": the.contact.pk,
        "due_on": a_day(7),
        "collected_by": "Herr Bote",
        "identity_shown": "on",
    }


def chosen(the: Owner) -> Mapping[str, Any]:
    return {"item": the.item.pk}


def move(the: Owner) -> Mapping[str, Any]:
    return {"location": the.location.pk}


def product(the: Owner) -> Mapping[str, Any]:
    return {
        "name": f"Neuer Artikel für {the.name}",
        "kind": "kit",
        "category": the.category.pk,
        "new_category": "",
        "maker": "Terrapin",
        "description": "Acht Roboter",
        "serves": "24",
        "age_from": "6",
        "weight_kg": "4,5",
        "packing-0-part": "",
        "replacement_value": "600",
        "is_listed": "on",
        "packing-0-name": "Roboter",
        "packing-0-minimum": "6",
        **PACKING,
    }


def medium(the: Owner) -> Mapping[str, Any]:
    return {
        "title": f"Neuer Film für {the.name}",
        "number": f"55{the.medium.pk:05d}",
        "kind": "online_film",
        "provider": the.provider.pk,
        "new_provider": "",
        "link": "https://film.example/1",
        "runtime_minutes": "15",
        "year": "2021",
        "subjects": "Biologie; Erdkunde",
        "levels": "Sek I",
        "languages": "Deutsch",
        "subtitles": "",
        "age_rating": "6",
        "is_listed": "on",
    }


def alike(the: Owner) -> Mapping[str, Any]:
    return {"count": "3", "first_number": "MZ-9001", "location": the.location.pk, **DESCRIBED}


def item(the: Owner) -> Mapping[str, Any]:
    return {"asset_number": "MZ-9100", "serial_number": "S-1", "wear": "", "note": "", "location": the.location.pk}


def take_out(the: Owner) -> Mapping[str, Any]:
    return {"reason": "repair", "expected_end_on": a_day(9), "note": "Rad ab"}


def into_kit(the: Owner) -> Mapping[str, Any]:
    return {"code": the.spare.asset_number}


def count(the: Owner) -> Mapping[str, Any]:
    return {f"part-{the.part.pk}": "1"}


def institution(the: Owner) -> Mapping[str, Any]:
    return {
        "kind": "school",
        "name": "Neue Schule",
        "short_name": "Neu",
        "parent": the.institution.pk,
        "school_number": "",
        "email": "neu@schule.example",
        "homepage": "schule.example",
        "channel": "mail",
        **ADDRESS,
    }


def edited(the: Owner) -> Mapping[str, Any]:
    return {**institution(the), "name": f"{the.institution.name} (neu)", "parent": ""}


def contact(the: Owner) -> Mapping[str, Any]:
    return {"name": "Frau Sekretärin", "function": "Sekretariat", "phone": "0214 2", "email": "", "channel": "print"}


def invitation(role: str) -> Any:
    return lambda the: {"name": "Nina Neu", "email": "nina@neu.example", "role": role}


def center(the: Owner) -> Mapping[str, Any]:
    return {"name": "Medienzentrum Neustadt", "slug": "neustadt", "email": "mz@neustadt.example", **ADDRESS}


def successor(the: Owner) -> Mapping[str, Any]:
    return {"successor": f"contact:{the.contact.pk}"}


def join(the: Owner) -> Mapping[str, Any]:
    return {"school": the.institution.name}


def account(the: Owner) -> Mapping[str, Any]:
    return {"salutation": "Frau", "name": "Anna Amsel", "phone": "0214 3", "language": "de"}


def posted(the: Owner) -> Mapping[str, Any]:
    return {"letters": the.letter.pk}


def wording(the: Owner) -> Mapping[str, Any]:
    return {"text": "Noch da? {Artikel}\n\nBitte melden Sie sich.", "keep": 1}


def columns(the: Owner) -> Mapping[str, Any]:
    return {"school_number": "#A", "name_1": "#B"}


def contract(the: Owner) -> Mapping[str, Any]:
    return {"provider": the.provider.pk, "number": "2026-4711", "title": "Kreis-Online", "notice_months": "3"}


def period(the: Owner) -> Mapping[str, Any]:
    return {"starts_on": "2031-01-01", "ends_on": "2031-12-31", "cost": "420,00"}


def package(the: Owner) -> Mapping[str, Any]:
    return {"name": "Naturfilme", "provider": the.provider.pk}


def titles(the: Owner) -> Mapping[str, Any]:
    return {"lines": f"{the.medium.title}\n4711", "starts_on": "2026-01-01", "act": "put_in"}


def coming(the: Owner) -> Mapping[str, Any]:
    return {"medium": the.medium.pk, "starts_on": "2026-01-01"}


def going(the: Owner) -> Mapping[str, Any]:
    return {"medium": the.medium.pk, "on": "2026-01-01"}


def amendment(the: Owner) -> Mapping[str, Any]:
    return {"agreed_on": "2026-03-01", "starts_on": "2026-08-01", "note": "Zehn Plätze mehr", "divides": "on"}


def document(the: Owner) -> Mapping[str, Any]:
    return {"name": "Rechnung", "file": SimpleUploadedFile("rechnung.pdf", b"%PDF-1.7")}


def rights(the: Owner) -> Mapping[str, Any]:
    return {"scopes": [the.scope.pk], "permitted": ["run"], "capacity_kind": "named", "capacity": "3"}


def entitlement(the: Owner) -> Mapping[str, Any]:
    return {**rights(the), "medium": "4699001"}


def source(the: Owner) -> Mapping[str, Any]:
    return {"provider": the.provider.pk, "name": "Filmportal"}


def fetching(the: Owner) -> Mapping[str, Any]:
    return {"address": "https://counter.example/", "release": "5.1", "customer_id": "lev"}


def figures(the: Owner) -> Mapping[str, Any]:
    return {"file": SimpleUploadedFile("nutzung.csv", b"Titel;Monat;Anzahl\nVulkane;2026-02;3\n")}


def usage_columns(the: Owner) -> Mapping[str, Any]:
    return {"title": "#A", "month": "#B", "count": "#C"}


def key(the: Owner) -> Mapping[str, Any]:
    return {"kind": "license", "of": "contract", "name": "Rechner 4", "sign_in_name": "mz", "secret": "ABCD-1234"}


def scope(the: Owner) -> Mapping[str, Any]:
    return {"name": "Nur eine", "territory": "05316000", "institutions": [the.institution.pk]}
