"""Wiederholen: what the form says becomes a rule, and the dates are shown before anything is sent."""

from datetime import date
from typing import Final

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lending.reservations import Series

NOT, WEEKLY, FORTNIGHTLY, MONTHLY = "", "weekly", "fortnightly", "monthly"
REPEATS: Final = [
    (NOT, _("nicht")),
    (WEEKLY, _("jede Woche")),
    (FORTNIGHTLY, _("alle zwei Wochen")),
    (MONTHLY, _("jeden Monat, am gleichen Wochentag")),
]
WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LAST_WEEK: Final = 5


def rule_of(repeat: str, first: date, until: date) -> str:
    """In the words of RFC 5545. A fifth Monday is the last one of its month."""
    ends = f"UNTIL={until:%Y%m%d}"
    if repeat == MONTHLY:
        week = (first.day - 1) // 7 + 1
        return f"FREQ=MONTHLY;BYDAY={-1 if week == LAST_WEEK else week}{WEEKDAYS[first.weekday()]};{ends}"
    return f"FREQ=WEEKLY;INTERVAL={2 if repeat == FORTNIGHTLY else 1};{ends}"


def say_what_came_of(request: HttpRequest, made: Series) -> None:
    """How many dates came about, and how many did not; why is told beside them (``missing``)."""
    placed = len(made.placed)
    said = ngettext("{n} Termin ist reserviert.", "{n} Termine sind reserviert.", placed)
    messages.success(request, said.format(n=placed))
    if number := len(made.missed):
        said = ngettext("{n} Termin ist nicht dabei.", "{n} Termine sind nicht dabei.", number)
        messages.warning(request, said.format(n=number))
