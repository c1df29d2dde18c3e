"""The doctor notices nights in which nobody was asked to delete copies, and does not cry before they had a chance."""

from datetime import date, timedelta

import pytest

from licenses import contracts, deleting
from licenses.checks import CHECKS
from licenses.deleting.forgotten import forgotten
from licenses.models import Period, Renewal
from licenses.rights import Action
from people.models import Institution
from people.models.institution import InstitutionKind
from tests.licenses.test_deleting import LAST_DAY, at, night

pytestmark = pytest.mark.django_db
(ASKED,) = (check for check in CHECKS if check.name == "ended_rights_are_asked_about")


@pytest.fixture
def ended(entitled, north, south, period, manager) -> Period:
    entitled(permitted=[Action.DOWNLOAD])
    return contracts.decide(period, renewal=Renewal.END, by=manager)


def missed(center, days: int) -> set[str]:
    found = forgotten(center, now=at(LAST_DAY + timedelta(days=days)))
    return {str(Institution.objects.get(pk=copy.institution)) for copy in found}


def test_who_was_never_asked_is_found_after_two_nights(center, ended, north, south):
    assert missed(center, days=2) == set()
    assert missed(center, days=3) == {str(north), str(south)}
    assert len(ASKED.broken(now=at(LAST_DAY + timedelta(days=3)))) == 2

    deleting.ask(center, [north], now=at(LAST_DAY + timedelta(days=3)))
    assert missed(center, days=3) == {str(south)}, "whom a night left out"
    night(center, LAST_DAY + timedelta(days=3))
    assert missed(center, days=3) == set()


def test_who_has_confirmed_was_asked(center, ended):
    night(center, LAST_DAY)
    for deletion in deleting.due(LAST_DAY):
        deleting.confirm(deletion, by=None)

    assert missed(center, days=5) == set()


def test_what_ended_long_ago_or_of_nobody_is_not_asked_about(center, ended, south):
    assert missed(center, days=91) == set()
    Institution.objects.update(closed_on=date(2028, 1, 1))
    south.kind = InstitutionKind.INTERNAL
    south.save()

    assert missed(center, days=3) == set()


def test_what_was_written_down_today_is_asked_about_tonight(center, ended, period, manager):
    """An old contract that is entered now ended before anybody could ask."""
    today = date.today()  # noqa: DTZ011  the journal keeps its own time
    Period.objects.update(starts_on=date(2020, 1, 1), ends_on=today - timedelta(days=10))
    assert ASKED.broken(now=at(today)) == []

    assert len(ASKED.broken(now=at(today + timedelta(days=4)))) == 2
