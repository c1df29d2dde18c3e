"""The calendar and the rules of a centre, read from its rows as plain data for due_dates."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time

import holidays
from django.utils import timezone

from inventory.models import Product
from lending import due_dates
from lending.due_dates import Calendar, Due, Rules, Span
from lending.models import Line, Loan
from lending.policies import Terms, terms, usual_terms
from people.models import Center, Institution


def calendar_of(center: Center) -> Calendar:
    """Opening hours, closures, the Land's public holidays and the schools' holidays. Four queries at most."""
    hours: dict[int, list[tuple[time, time]]] = defaultdict(list)
    for row in center.opening_hours.all():
        hours[row.weekday].append((row.opens, row.closes))
    return Calendar(
        hours=dict(hours),
        closures=[Span(row.starts_on, row.ends_on, row.reason) for row in center.closures.all()],
        public_holidays=public_holidays(center.land, timezone.localdate().year),
        school_holidays=[
            Span(row.starts_on, row.ends_on, row.name, row.is_summer) for row in center.school_holidays.all()
        ],
    )


def public_holidays(land: str, year: int) -> dict[date, str]:
    """Of last year to in two years, by the Land's law."""
    return dict(holidays.country_holidays("DE", subdiv=land, years=range(year - 1, year + 3), language="de"))


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
    )


def rules_for(product: Product, institution: Institution | None = None) -> Rules:
    return rules_of(terms(product, institution))


def blocked_by(line: Line, institution: Institution) -> tuple[datetime, datetime]:
    """The range a line blocks by today's rules and calendar."""
    period = (line.starts_at, line.ends_at)
    return due_dates.blocked(period, rules_for(line.product, institution), calendar_of(institution.center))


def blocked_until(product: Product, institution: Institution, ends_at: datetime) -> datetime:
    """When a unit that comes back at ``ends_at`` can be lent again."""
    rules = rules_for(product, institution)
    return due_dates.blocked((ends_at, ends_at), rules, calendar_of(institution.center))[1]


def due_at(institution: Institution, handed_over_at: datetime, product: Product | None = None) -> Due:
    """When something handed over then is due by the rules; without a product, by the centre's default."""
    resolved = terms(product, institution) if product else usual_terms(institution)
    rules = rules_of(resolved, institution)
    return due_dates.due_at(timezone.localdate(handed_over_at), rules, calendar_of(institution.center))


def renewed_due_at(loan: Loan, now: datetime) -> datetime:
    """One more loan period, counted from the day it is due, or from today if that is over."""
    return due_at(loan.institution, max(loan.due_at, now), loan.item.product).at


def days_after(line: Line, days: int) -> Iterator[int]:
    """By how many days ``line`` could be put off, so that it begins and ends on open days."""
    calendar = calendar_of(line.product.center)
    for number in range(1, days + 1):
        ends = (due_dates.shifted(moment, number) for moment in (line.starts_at, line.ends_at))
        if all(due_dates.is_open(due_dates.local_day(moment), calendar) for moment in ends):
            yield number


def return_moment(institution: Institution, day: date) -> datetime:
    """When things are due on ``day``, by the centre's default."""
    return due_dates.at(day, usual_terms(institution).return_time)
