"""Whoever is not ticked leaves; what they borrowed stays with the school, and the school is reminded of it."""

import pytest

from lending.models import Loan
from lending.reminders import remind
from people import year_checks
from people.letters import writing
from people.models import Letter, Membership
from people.year_checks.ending import due
from tests.lending.shorthand import at
from tests.lending.test_reminders import lend, reminding  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db


def test_an_open_loan_stays_with_the_school_and_its_office_is_reminded(
    reminding,  # noqa: F811  a fixture
    case,
    north,
    anna,
    carla,
    desk,
    manager,
):
    loan = lend(case, north, desk, responsible=anna)
    year_end, after = at(28, 8, month=2).date(), at(15, 7)
    (check,) = year_checks.ask(reminding, ends_on=year_end, by=manager, now=at(1, 8, month=2))
    shown = set(Membership.objects.filter(institution=north).values_list("pk", flat=True))
    staying = set(Membership.objects.filter(user=carla).values_list("pk", flat=True))
    year_checks.answer(check, shown=shown, staying=staying, now=at(2, 8, month=2))
    for membership in due(after):
        year_checks.end_what_was_said(membership, now=after)

    remind(reminding, now=after)
    writing.write(now=after)

    anna.refresh_from_db()
    assert not anna.is_active
    assert Loan.objects.open().get() == loan
    assert Loan.objects.open().get().institution == north
    assert Letter.objects.get(intents__kind="overdue_1").address == north.email
