"""Opening hours in words: "Mo–Do 10–16 Uhr, Fr 10–12 Uhr"."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from itertools import groupby

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from people.models import OpeningHours

MONDAY = date(2024, 1, 1)


def in_words(hours: Iterable[OpeningHours]) -> str:
    """Neighbouring days with the same hours are told together."""
    by_day = {
        weekday: _(" und ").join(f"{_clock(stretch.opens)}–{_clock(stretch.closes)}" for stretch in stretches)
        for weekday, stretches in groupby(
            sorted(hours, key=lambda row: (row.weekday, row.opens)), lambda row: row.weekday
        )
    }
    runs: list[tuple[int, int, str]] = []
    for weekday, words in by_day.items():
        if runs and runs[-1][1] == weekday - 1 and runs[-1][2] == words:
            runs[-1] = (runs[-1][0], weekday, words)
        else:
            runs.append((weekday, weekday, words))
    return ", ".join(_("{days} {hours} Uhr").format(days=_days(*run[:2]), hours=run[2]) for run in runs)


def _days(first: int, last: int) -> str:
    return _day(first) if first == last else f"{_day(first)}–{_day(last)}"


def _day(weekday: int) -> str:
    return date_format(MONDAY + timedelta(days=weekday), "D")


def _clock(moment: time) -> str:
    return time_format(moment, _("G:i") if moment.minute else _("G"))
