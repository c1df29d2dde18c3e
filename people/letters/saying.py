"""How days, times, things and pages are said in letters; in the language that is active."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.letters.blocks import Block


def long_day(moment: date | None) -> str:
    """Donnerstag, 26. November"""
    return _day(moment, _("l, j. F"))


def short_day(moment: date | None) -> str:
    """Do, 26.11."""
    return _day(moment, _("D, j.n."))


def named_day(moment: date | None) -> str:
    """Donnerstag, 26.11."""
    return _day(moment, _("l, j.n."))


def plain_day(moment: date | None) -> str:
    """26. November"""
    return _day(moment, _("j. F"))


def clock(moment: datetime | None) -> str:
    """10 Uhr, 10:30 Uhr"""
    if not moment:
        return ""
    local = timezone.localtime(moment)
    return date_format(local, _("G:i \\U\\h\\r") if local.minute else _("G \\U\\h\\r"))


def joined(words: Iterable[str]) -> str:
    """Each once: R-1, R-2"""
    return ", ".join(dict.fromkeys(filter(None, words)))


def listed(things: Iterable[str]) -> list[Block]:
    """A list of its own, or nothing."""
    items = list(things)
    return [{"list": items}] if items else []


def link(label: str, page: str, *args: Any) -> list[Block]:
    """A line of its own that leads to ``page``."""
    return [{"label": label, "url": f"{settings.BASE_URL}{reverse(page, args=args)}"}]


def _day(moment: date | None, pattern: str) -> str:
    if not moment:
        return ""
    return date_format(timezone.localtime(moment) if isinstance(moment, datetime) else moment, pattern)
