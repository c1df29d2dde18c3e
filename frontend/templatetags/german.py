"""Dates, times and counts as a German reader expects them; in English as an English one does.

The formats are translatable strings of Django's own date letters, so that each catalogue decides.
"""

import re
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page, Paginator
from django.template import Context
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

register = template.Library()

EN_DASH = "–"
SENTENCE_END = re.compile(r"(?<=[^\W\d]{2}[.?!]) (?=[A-ZÄÖÜ„“])")
"""A full stop after a word; those after numbers belong to dates."""


def local(moment: date | datetime) -> date | datetime:
    return timezone.localtime(moment) if isinstance(moment, datetime) else moment


def _day_of(moment: date | datetime) -> date:
    moment = local(moment)
    return moment.date() if isinstance(moment, datetime) else moment


@register.filter
def day(moment: date | datetime | None) -> str:
    """Mo, 23.11. – with its year when it is not this one."""
    if moment is None:
        return ""
    there = _day_of(moment)
    is_this_year = there.year == timezone.localdate().year
    return date_format(there, _("D, j.n.") if is_this_year else _("D, j.n.Y"))


@register.filter
def long_day(moment: date | datetime | None) -> str:
    """Montag, 23. November 2026"""
    return "" if moment is None else date_format(_day_of(moment), _("l, j. F Y"))


@register.filter
def month(key: str) -> str:
    """Oktober 2026, of "2026-10"; what is no month stays as it is."""
    try:
        return date_format(date.fromisoformat(f"{key}-01"), "F Y")
    except ValueError:
        return key


@register.filter
def clock(moment: datetime | None) -> str:
    """10 Uhr, 10:30 Uhr"""
    if moment is None:
        return ""
    there = timezone.localtime(moment)
    return date_format(there, _("G \\U\\h\\r") if there.minute == 0 else _("G:i \\U\\h\\r"))


@register.filter
def moment(at: datetime | None) -> str:
    """Mo, 23.11., 10 Uhr"""
    return "" if at is None else f"{day(at).rstrip(',')}, {clock(at)}"


@register.simple_tag
def period(starts_at: datetime, ends_at: datetime) -> str:
    """Mo, 23.11. – Fr, 27.11.; within one day: Mo, 23.11., 10–12 Uhr"""
    starts, ends = local(starts_at), local(ends_at)
    if _day_of(starts) != _day_of(ends):
        return f"{day(starts)} {EN_DASH} {day(ends)}"
    if not isinstance(starts, datetime) or not isinstance(ends, datetime):
        return day(starts)
    hours = date_format(starts, _("G") if starts.minute == 0 else _("G:i"))
    return f"{day(starts)}, {hours}{EN_DASH}{clock(ends)}"


@register.simple_tag
def times(quantity: int, thing: Any) -> str:
    """2 × Bee-Bot Set, with spaces that do not break."""
    return f"{quantity}\u00a0×\u00a0{thing}"


@register.simple_tag
def quoted(words: Any) -> str:
    """„Faust“ – or “Faust” in English."""
    return _("„{words}“").format(words=words)


@register.simple_tag
def icon(name: str, size: str = "") -> str:
    """A sign of the design system, hidden from screen readers: the words beside it say it, too."""
    extra = f" kern-icon--{size}" if size else ""
    return mark_safe(f'<span class="kern-icon kern-icon--{name}{extra}" aria-hidden="true"></span>')  # noqa: S308 - our own words


@register.filter
def elided(paginator: "Paginator[Any]", number: int) -> list[int | str]:
    """1 … 4 5 6 … 12"""
    return list(paginator.get_elided_page_range(number, on_each_side=1, on_ends=1))


@register.simple_tag(takes_context=True)
def page_address(context: Context, shown: "Page[Any]", number: int) -> str:
    """This address with another page of the list ``shown`` (frontend.paging)."""
    query = context["request"].GET.copy()
    query[getattr(shown, "asked_as", "page")] = str(number)
    return f"?{query.urlencode()}"


@register.filter
def fact(sentences: Any) -> str:
    """The first sentence of a refusal: what is."""
    return SENTENCE_END.split(str(sentences), maxsplit=1)[0]


@register.filter
def explanation(sentences: Any) -> str:
    """The rest of it: why, and what then."""
    return "".join(SENTENCE_END.split(str(sentences), maxsplit=1)[1:])
