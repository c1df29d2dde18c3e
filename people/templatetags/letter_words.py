"""How days, things and links are put into words in letters."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from people.letters.blocks import HEADING, ITEM, LINK, PARTED

register = template.Library()


@register.filter
def long_day(moment: date | None) -> str:
    """Donnerstag, 26. November"""
    return _day(moment, _("l, j. F"))


@register.filter
def short_day(moment: date | None) -> str:
    """Do, 26.11."""
    return _day(moment, _("D, j.n."))


@register.filter
def named_day(moment: date | None) -> str:
    """Donnerstag, 26.11."""
    return _day(moment, _("l, j.n."))


@register.filter
def plain_day(moment: date | None) -> str:
    """26. November"""
    return _day(moment, _("j. F"))


@register.filter
def clock(moment: datetime | None) -> str:
    """10 Uhr, 10:30 Uhr"""
    if not moment:
        return ""
    local = timezone.localtime(moment)
    return date_format(local, _("G:i \\U\\h\\r") if local.minute else _("G \\U\\h\\r"))


@register.filter
def plain_days(days: Iterable[date]) -> str:
    """1. Dezember und 8. Dezember"""
    return _(" und ").join(plain_day(day) for day in days)


@register.filter
def counted(things: Iterable[Mapping[str, Any]]) -> str:
    """2 × Bee-Bot Set, 1 × iPad-Koffer"""
    counts: Counter[str] = Counter()
    for thing in things:
        counts[thing["product"]] += thing.get("quantity", 1)
    return ", ".join(f"{count} × {product}" for product, count in counts.items())


@register.filter
def named(thing: Mapping[str, Any]) -> str:
    """Bee-Bot Set MZ-0007"""
    return f"{thing['product']} {thing.get('asset_number') or ''}".strip()


@register.filter
def parts(missing: Iterable[Mapping[str, Any]]) -> str:
    """1 × Ladegerät, 2 × Schutzhülle"""
    return ", ".join(f"{part['quantity']} × {part['name']}" for part in missing)


@register.filter
def values(entries: Sequence[Mapping[str, Any]]) -> str:
    """529,90 €; with the things' names when there are several."""
    known = [entry for entry in entries if entry.get("value")]
    if len(entries) == 1 and known:
        return _euro(known[0]["value"])
    return ", ".join(f"{named(entry)} {_euro(entry['value'])}" for entry in known)


@register.filter
def all_of(entries: Iterable[Mapping[str, Any]], name: str) -> str:
    """Every entry's fact of that name once: R-1, R-2"""
    return ", ".join(dict.fromkeys(str(entry[name]) for entry in entries))


@register.filter
def as_heading(words: str) -> str:
    return f"\n\n{HEADING}{words}\n\n"


@register.simple_tag
def item() -> str:
    """Begins an item of a list."""
    return ITEM


@register.simple_tag
def link(label: str, name: str, *args: Any) -> str:
    """A line that leads to the page ``name``."""
    return f"\n\n{LINK}{label}{PARTED}{settings.BASE_URL}{reverse(name, args=args)}\n\n"


def _euro(amount: str) -> str:
    return _("{amount} €").format(amount=number_format(Decimal(amount), 2))


def _day(moment: date | None, pattern: str) -> str:
    if not moment:
        return ""
    return date_format(timezone.localtime(moment) if isinstance(moment, datetime) else moment, pattern)
