"""The ways out of a refusal, which go on with what somebody has picked."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from frontend.selection import Choice, Selection
from frontend.templatetags.german import day
from leihwerk.errors import DomainError
from lending.due_dates import A_DAY, local_day
from lending.refusals import ClosedDay, NotAvailable, TooLate, TooLong

T = TypeVar("T")


@dataclass(frozen=True)
class WayOut:
    """A button that sends the form ``send`` again with other fields (``instead``), or a page to look at."""

    label: str
    instead: str = ""
    address: str = ""


def sending(label: str, selection: Selection, **more: str) -> WayOut:
    return WayOut(label, urlencode([*selection.fields(), *more.items()]))


def ways_out(refusal: DomainError, selection: Selection, *, leaves_page: bool = True) -> list[WayOut]:
    """What somebody can do instead, best first. Where nobody wants to leave the page, something similar is only
    put in the place of what is not free, and not sent yet."""
    return [
        *_offered(refusal, selection),
        *_similar(refusal, selection, leaves_page=leaves_page),
        *_by_rule(refusal, selection),
        *_waiting(refusal, selection),
    ]


def _offered(refusal: DomainError, selection: Selection) -> Iterator[WayOut]:
    for way in refusal.alternatives:
        if way["kind"] == "later":
            label = _("Ab {day} reservieren").format(day=day(way["starts_at"]))
            yield sending(label, _later(way, selection))
        elif way["kind"] == "fewer":
            label = _("{fewer} statt {quantity} nehmen").format(
                fewer=way["quantity"], quantity=refusal.facts["quantity"]
            )
            yield sending(label, _only(refusal, selection))
        elif way["kind"] == "partly":
            label = _("Nur nehmen, was frei ist: {parts}").format(parts=_parts(way, refusal))
            yield sending(label, _only(refusal, selection))


def _similar(refusal: DomainError, selection: Selection, *, leaves_page: bool) -> Iterator[WayOut]:
    for way in refusal.alternatives:
        if way["kind"] != "similar":
            continue
        if leaves_page:
            label = _("Ähnliches ansehen: {product}").format(product=way["name"])
            yield WayOut(label, address=_looked_at(selection, way["instead_of"], way["product"]))
        else:
            swapped = selection.instead_of(way["instead_of"], way["product"])
            yield sending(_("Stattdessen {product}").format(product=way["name"]), swapped, act="look")


def _looked_at(selection: Selection, product: int, other: int) -> str:
    """The page of ``other``, at the hours at which ``product`` was wanted; what else was picked comes along."""
    hours = next((it.hours for it in selection.choices if it.product == product and it.hours), None)
    times = {"opens": f"{hours.opens:%H:%M}", "closes": f"{hours.closes:%H:%M}"} if hours else {}
    day = {"on": hours.on.isoformat()} if hours else {}
    return f"{reverse('product', args=[other])}?{selection.without(product).query(**day, **times)}#reserve"


def _later(way: Mapping[str, Any], selection: Selection) -> Selection:
    """Everything put off by as many days: the chosen days, and the hours of rooms."""
    choices = [
        replace(choice, hours=replace(choice.hours, on=local_day(line["starts_at"]))) if choice.hours else choice
        for choice, line in _line_by_line(selection, [(it["product"], it) for it in way["lines"]])
    ]
    moved = replace(selection, choices=tuple(choices))
    return moved.on_days(local_day(way["starts_at"]), local_day(way["ends_at"]))


def _only(refusal: DomainError, selection: Selection) -> Selection:
    """What is free of it."""
    told = _line_by_line(selection, [(offer.product, offer) for offer in refusal.facts["lines"]])
    choices = (replace(choice, quantity=offer.available) for choice, offer in told if offer.available)
    return replace(selection, choices=tuple(choices))


def _line_by_line(selection: Selection, told: Iterable[tuple[int, T]]) -> Iterator[tuple[Choice, T]]:
    """Each choice with what is told of its line, by product; a room may be there several times, in this order."""
    of_product = defaultdict[int, list[T]](list)
    for product, line in told:
        of_product[product].append(line)
    for choice in selection.choices:
        if lines := of_product[choice.product]:
            yield choice, lines.pop(0)


def _parts(way: Mapping[str, Any], refusal: DomainError) -> str:
    names = {offer.product: offer.name for offer in refusal.facts["lines"]}
    return ", ".join(f"{line['quantity']} × {names[line['product']]}" for line in way["lines"])


def _waiting(refusal: DomainError, selection: Selection) -> Iterator[WayOut]:
    if isinstance(refusal, NotAvailable):
        yield sending(_("Benachrichtigen, wenn frei"), selection, may_wait="1")


def _by_rule(refusal: DomainError, selection: Selection) -> Iterator[WayOut]:
    starts_on, ends_on = selection.starts_on, selection.ends_on
    if starts_on is None or ends_on is None:
        return
    if isinstance(refusal, TooLate):
        earliest = refusal.facts["earliest"]
        moved = selection.on_days(earliest, max(ends_on, earliest + A_DAY))
        yield sending(_("Ab {day} reservieren").format(day=day(earliest)), moved)
    elif isinstance(refusal, TooLong):
        last = starts_on + refusal.facts["days"] * A_DAY
        yield sending(_("Bis {day} reservieren").format(day=day(last)), selection.on_days(starts_on, last))
    elif isinstance(refusal, ClosedDay):
        for other in (refusal.facts["before"], refusal.facts["after"]):
            yield _on_another_day(other, refusal.facts["day"], selection)


def _on_another_day(other: date, closed: date, selection: Selection) -> WayOut:
    if selection.starts_on == closed:
        return sending(_("Abholung am {day}").format(day=day(other)), selection.on_days(other, selection.ends_on))
    return sending(_("Rückgabe am {day}").format(day=day(other)), selection.on_days(selection.starts_on, other))
