"""The stretches of time that figures are told for: the last twelve months, calendar years, school years."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from licenses.counter.months import following, previous
from licenses.usage.overview import first_month
from people.models import Center

AUGUST: Final = 8


@dataclass(frozen=True)
class Stretch:
    """From one month to another (their first days), and what it is called in the address."""

    code: str
    label: str
    first: date
    last: date


def stretches(center: Center, today: date) -> list[Stretch]:
    """The latest first; back to where there are figures."""
    month = today.replace(day=1)
    first = first_month(center) or month
    found = [Stretch("", _("Letzte 12 Monate"), _a_year_before(month), month)]
    found += [
        Stretch(f"{year}", _("Kalenderjahr {year}").format(year=year), date(year, 1, 1), date(year, 12, 1))
        for year in range(month.year, first.year - 1, -1)
    ]
    begun = month.year if month.month >= AUGUST else month.year - 1
    oldest = first.year if first.month >= AUGUST else first.year - 1
    found += [
        Stretch(
            f"{year}-{year + 1}",
            _("Schuljahr {year}").format(year=f"{year}/{(year + 1) % 100:02}"),
            date(year, AUGUST, 1),
            date(year + 1, AUGUST - 1, 1),
        )
        for year in range(begun, oldest - 1, -1)
    ]
    return found


def _a_year_before(month: date) -> date:
    for _month in range(11):
        month = previous(month)
    return month


def months_of(stretch: Stretch) -> list[date]:
    found = [stretch.first]
    while found[-1] < stretch.last:
        found.append(following(found[-1]))
    return found
