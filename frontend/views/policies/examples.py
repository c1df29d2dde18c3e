"""What rules come to: a few pickups with the day their things are due, and why."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from inventory.models import Product
from leihwerk.errors import spoken
from lending import due_dates
from lending.calendars import rules_of
from lending.due_dates import Calendar
from lending.models import Policy
from lending.reasons import in_words
from lending.rulebook import Rulebook
from people.models.institution import InstitutionKind

FAR_AWAY = timedelta(days=300)


def sentences(rulebook: Rulebook, row: Policy) -> list[str]:
    """One for the next pickup, one shortly before each of the next holidays, if there the rules tell something else."""
    kind = row.institution_kind or InstitutionKind.SCHOOL.value
    rules = rules_of(rulebook.terms(_product_of(row), kind))
    found = []
    for pickup in _pickups(rulebook.calendar):
        due = due_dates.due_at(pickup, rules, rulebook.calendar)
        facts = {"kind": InstitutionKind(kind).label, "pickup": pickup, "due": due.at, "why": in_words(due)}
        found.append(spoken.format(_sentence(kind), **facts))
    return found


def _pickups(calendar: Calendar) -> Iterator[date]:
    today = timezone.localdate()
    yield due_dates.next_open_day(today, calendar)
    coming = sorted(it.starts_on for it in calendar.school_holidays if today < it.starts_on < today + FAR_AWAY)
    for first in coming[:2]:
        yield due_dates.add_open_days(first, -3, calendar)


def _sentence(kind: str) -> str:
    if kind == InstitutionKind.SCHOOL:
        return _("Eine Lehrkraft einer Grundschule, die am {pickup} abholt, gibt bis {due:full} zurück. Grund: {why}.")
    return _("Wer am {pickup} abholt ({kind}), gibt bis {due:full} zurück. Grund: {why}.")


def _product_of(row: Policy) -> Product | None:
    """A product that the row speaks of, or one of its category."""
    if row.product_id:
        return row.product
    return Product(center_id=row.center_id, category_id=row.category_id) if row.category_id else None
