"""The calendar and the rules of a centre, read from its rows as plain data for due_dates."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from functools import cache
from types import MappingProxyType
from typing import Final

import holidays
from django.db import connection
from django.utils import timezone

from inventory.models import Product
from lending import due_dates
from lending.due_dates import Calendar, Rules, Span
from lending.models import Line
from lending.policies import Terms, terms, usual_terms
from people.models import Center, Institution

END_OF_DAY: Final = time(23, 59)

# Nearly every verb asks for a calendar: one statement instead of four.
CALENDAR: Final = """
SELECT calendar_version, weekday, opens, closes, starts_on, ends_on, day.name, is_summer
FROM people_center AS center LEFT JOIN (
    SELECT center_id, weekday, opens, closes,
        NULL::date AS starts_on, NULL::date AS ends_on, NULL AS name, NULL::boolean AS is_summer
    FROM people_openinghours
    UNION ALL SELECT center_id, NULL, NULL, NULL, starts_on, ends_on, reason, NULL FROM people_closure
    UNION ALL SELECT center_id, NULL, NULL, NULL, starts_on, ends_on, name, is_summer FROM people_schoolholiday
) AS day ON day.center_id = center.id
WHERE center.id = %s
ORDER BY weekday, opens, starts_on
"""


def calendar_of(center: Center) -> Calendar:
    """Opening hours, closures, the Land's public holidays and the schools' holidays. One query."""
    return versioned_calendar_of(center)[1]


def versioned_calendar_of(center: Center) -> tuple[int, Calendar]:
    """The calendar and the version of the rules, as they were at one moment. One query."""
    hours: dict[int, list[tuple[time, time]]] = defaultdict(list)
    closures, school_holidays = list[Span](), list[Span]()
    with connection.cursor() as cursor:
        cursor.execute(CALENDAR, [center.pk])
        rows = cursor.fetchall()
    for _version, weekday, opens, closes, starts_on, ends_on, name, is_summer in rows:
        if weekday is not None:
            hours[weekday].append((opens, closes))
        elif is_summer is not None:
            school_holidays.append(Span(starts_on, ends_on, name, is_summer))
        elif starts_on is not None:
            closures.append(Span(starts_on, ends_on, name))
    public = public_holidays(center.land, timezone.localdate().year)
    return rows[0][0], Calendar(dict(hours), closures, public, school_holidays)


@cache
def public_holidays(land: str, year: int, language: str = "de") -> Mapping[date, str]:
    """Of last year to in two years, by the Land's law, which changes with the library only."""
    spoken = "en_US" if language == "en" else "de"
    days = holidays.country_holidays("DE", subdiv=land, years=range(year - 1, year + 3), language=spoken)
    return MappingProxyType(dict(days))


def rules_of(resolved: Terms, institution: Institution | None = None) -> Rules:
    return Rules(
        loan_days=resolved.loan_days,
        day_kind=resolved.day_kind,
        counts_holidays=resolved.counts_holidays,
        is_back_before_summer=resolved.is_back_before_summer,
        pickup_time=resolved.pickup_time,
        return_time=resolved.return_time,
        lead_days=resolved.lead_days,
        preparation_days=resolved.preparation_days,
        turnaround_days=resolved.turnaround_days,
        tour_day=institution.tour_day if institution else None,
        renewal_days=resolved.renewal_days,
    )


def rules_for(product: Product, institution: Institution | None = None) -> Rules:
    return rules_of(terms(product, institution))


def days_after(line: Line, days: int, calendar: Calendar) -> Iterator[int]:
    """By how many days ``line`` could be put off, so that it begins and ends on open days."""
    for number in range(1, days + 1):
        ends = (due_dates.shifted(moment, number) for moment in (line.starts_at, line.ends_at))
        if all(due_dates.is_open(due_dates.local_day(moment), calendar) for moment in ends):
            yield number


def promised_moment(center: Center, day: date) -> datetime:
    """Until when somebody may bring what they promised for ``day``: closing time, else the end of the day."""
    return min(due_dates.closing_moment(day, calendar_of(center)), due_dates.at(day, END_OF_DAY))


def return_moment(institution: Institution, day: date) -> datetime:
    """When things are due on ``day``, by the centre's default."""
    return due_dates.at(day, usual_terms(institution).return_time)
