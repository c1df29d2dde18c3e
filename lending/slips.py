"""The slip (Leihschein) on paper: one copy for the institution, one for the centre."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from django.db.models import Prefetch
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inventory.fitness import working_parts_of
from inventory.models import Item, Label, Part
from leihwerk import printing, qr
from leihwerk.tokens import spoken
from lending.models import Handover, Loan
from lending.reasons import why_due
from lending.rulebook import Rulebook
from people.models import Center, Institution

TEMPLATE: Final = Path(__file__).parent / "typst" / "slip.typ"


def pdf(handover: Handover) -> bytes:
    """The slip as it stands now: what was given along and is not undone, whether it is back or not."""
    labels = Prefetch("item__labels", Label.objects.in_use().filter(number__isnull=False), to_attr="own_labels")
    loans = list(
        handover.loans.select_related("item__product", "institution__center", "allocation__line__reservation")
        .prefetch_related(labels)
        .order_by("due_at", "item__product__sort_name", "item__asset_number", "pk")
    )
    book, parts = Rulebook.of(handover.center), working_parts_of([loan.item for loan in loans])
    page = {
        "title": _("Leihschein {number}").format(number=handover.number),
        "language": get_language() or "de",
        "qr": qr.svg(handover.number),
        "number": handover.number,
        "center": _center(handover.center),
        "facts": [{"name": name, "lines": lines} for name, lines in _facts(handover) if any(lines)],
        "groups": [
            {"due": _moment(due_at), "reason": why_due(*group, book=book), "items": _items(group, parts)}
            for due_at, group in ((due_at, list(group)) for due_at, group in groupby(loans, lambda loan: loan.due_at))
        ],
        "extras": [str(extra) for extra in handover.extras.all()],
        "guides": _guides(loans),
        "words": _words(handover),
    }
    return printing.pdf(TEMPLATE, page)


def _center(center: Center) -> list[str]:
    return [
        line
        for line in (
            center.name,
            center.street,
            f"{center.postal_code} {center.city}".strip(),
            center.phone,
            center.email,
        )
        if line
    ]


def _facts(handover: Handover) -> Iterator[tuple[str, list[str]]]:
    yield _("Einrichtung"), _address(handover.institution)
    if handover.responsible is not None:
        yield _("Verantwortlich"), [handover.responsible.name, handover.responsible.phone]
    if handover.contact is not None:
        yield _("Kontakt"), [handover.contact.name, handover.contact.function, handover.contact.phone]
    shown = [
        word
        for is_shown, word in (
            (handover.identity_shown, _("Ausweis gesehen")),
            (handover.authority_shown, _("Vollmacht gesehen")),
        )
        if is_shown
    ]
    yield _("Ausgegeben"), [_moment(handover.happened_at), handover.get_delivery_display()]
    yield _("Abgeholt von"), [handover.collected_by, ", ".join(shown)]
    if handover.reservation is not None:
        yield _("Reservierung"), [handover.reservation.number, handover.reservation.purpose]


def _address(institution: Institution) -> list[str]:
    return [
        institution.name,
        institution.street,
        f"{institution.postal_code} {institution.city}".strip(),
        _("Schulnummer {number}").format(number=institution.school_number) if institution.school_number else "",
    ]


def _items(loans: list[Loan], parts: dict[int, dict[Part, int]]) -> list[dict[str, Any]]:
    return [
        {
            "name": loan.item.product.name,
            "code": " · ".join(filter(None, [*_numbers(loan.item), loan.item.asset_number])),
            "parts": _parts(parts[loan.item_id]),
        }
        for loan in loans
    ]


def _numbers(item: Item) -> list[str]:
    own: list[Label] = getattr(item, "own_labels", [])
    return [spoken(str(label.number)) for label in own[:1]]


def _parts(counted: dict[Part, int]) -> list[str]:
    return [
        str(part)
        if working == part.quantity
        else _("{working} von {quantity} × {name}").format(working=working, quantity=part.quantity, name=part.name)
        for part, working in counted.items()
    ]


def _guides(loans: list[Loan]) -> list[dict[str, str]]:
    products = {loan.item.product_id: loan.item.product for loan in loans}
    return [{"name": it.name, "text": it.quick_guide.strip()} for it in products.values() if it.quick_guide.strip()]


def _words(handover: Handover) -> dict[str, Any]:
    """Everything the page says that is the same on every slip."""
    return {
        "slip": _("Leihschein"),
        "copies": [_("Ausfertigung für die Einrichtung"), _("Ausfertigung für das Medienzentrum")],
        "due": _("Zurück bis"),
        "back": _("zurück"),
        "thing": _("Gerät und Inhalt"),
        "code": _("Nummer"),
        "extras": _("Zubehör ohne Etikett"),
        "guide": _("Kurzanleitung"),
        "signature": _("Datum, Unterschrift"),
        "received": _("Erhalten und auf Vollständigkeit geprüft:"),
        "page": _("Seite"),
        "missing": _("Fehlt etwas oder ist etwas defekt? Bitte melden Sie es bis morgen{phone}.").format(
            phone=f": {handover.center.phone}" if handover.center.phone else ""
        ),
        "before_return": _(
            "Bevor es zurückkommt: Akkus laden, eigene Fotos und Filme sichern und vom Gerät löschen, Zubehör zählen."
        ),
        "alt": _("QR-Code des Leihscheins {number}").format(number=handover.number),
    }


def _moment(moment: Any) -> str:
    return date_format(localtime(moment), _("l, j. F Y, G:i \\U\\h\\r"))
