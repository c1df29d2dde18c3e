"""The ways out of a refusal, which go on with what somebody has picked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from frontend.selection import Selection
from frontend.templatetags.german import day
from leihwerk.errors import DomainError
from lending.due_dates import A_DAY, local_day
from lending.refusals import ClosedDay, TooLate, TooLong


@dataclass(frozen=True)
class WayOut:
    """``is_only_a_look`` leads to a page; the others reserve at once, with what was filled in."""

    label: str
    address: str
    is_only_a_look: bool = False


def ways_out(refusal: DomainError, selection: Selection, page: str = "reserve") -> list[WayOut]:
    """What somebody can do instead, best first; ``page`` is where the selection goes on."""
    return [*_offered(refusal, selection, page), *_by_rule(refusal, selection, page)]


def _offered(refusal: DomainError, selection: Selection, page: str) -> Iterator[WayOut]:
    for way in refusal.alternatives:
        if way["kind"] == "later":
            moved = selection.on_days(local_day(way["starts_at"]), local_day(way["ends_at"]))
            label = _("Ab {day} reservieren").format(day=day(way["starts_at"]))
            yield WayOut(label, moved.address(page))
        elif way["kind"] == "fewer":
            yield _fewer(way, refusal, selection, page)
        elif way["kind"] == "similar":
            label = _("Ähnliches ansehen: {product}").format(product=way["name"])
            others = selection.without(_refused(refusal, selection))
            yield WayOut(label, others.address("product", pk=way["product"]), is_only_a_look=True)


def _fewer(way: Mapping[str, Any], refusal: DomainError, selection: Selection, page: str) -> WayOut:
    choices = [
        replace(choice, quantity=way["quantity"]) if choice.product == way["product"] else choice
        for choice in selection.choices
    ]
    label = _("{fewer} statt {quantity} nehmen").format(fewer=way["quantity"], quantity=refusal.facts["quantity"])
    return WayOut(label, replace(selection, choices=tuple(choices)).address(page))


def _by_rule(refusal: DomainError, selection: Selection, page: str) -> Iterator[WayOut]:
    starts_on, ends_on = selection.starts_on, selection.ends_on
    if starts_on is None or ends_on is None:
        return
    if isinstance(refusal, TooLate):
        earliest = refusal.facts["earliest"]
        moved = selection.on_days(earliest, max(ends_on, earliest + A_DAY))
        yield WayOut(_("Ab {day} reservieren").format(day=day(earliest)), moved.address(page))
    elif isinstance(refusal, TooLong):
        last = starts_on + refusal.facts["days"] * A_DAY
        yield WayOut(_("Bis {day} reservieren").format(day=day(last)), selection.on_days(starts_on, last).address(page))
    elif isinstance(refusal, ClosedDay):
        for other in (refusal.facts["before"], refusal.facts["after"]):
            yield _on_another_day(other, refusal.facts["day"], selection, page)


def _on_another_day(other: date, closed: date, selection: Selection, page: str) -> WayOut:
    if selection.starts_on == closed:
        label = _("Abholung am {day}").format(day=day(other))
        return WayOut(label, selection.on_days(other, selection.ends_on).address(page))
    label = _("Rückgabe am {day}").format(day=day(other))
    return WayOut(label, selection.on_days(selection.starts_on, other).address(page))


def _refused(refusal: DomainError, selection: Selection) -> int:
    products = [way["product"] for way in refusal.alternatives if way["kind"] in {"later", "fewer"}]
    return products[0] if products else (selection.products or [0])[0]
