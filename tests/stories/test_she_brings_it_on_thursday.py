"""S5 · "Sie bringt es am Donnerstag": an item is late, two schools wait for it, and the desk is told a day by phone."""

import pytest

from inventory.models import Item
from lending.at_risk import at_risk, proposals
from lending.handovers import hand_over_together
from lending.models import Line, Loan
from lending.overdue import keep_blocking, promise_back
from lending.reminders import remind, switch_on
from lending.returns import take_back
from lending.searching import note_said_back
from people.letters import sending, writing
from people.models import Intent, Letter
from tests.lending.shorthand import at, reserve

pytestmark = pytest.mark.django_db

TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = at(9, 9), at(10, 9), at(11, 9), at(12, 9)


@pytest.fixture
def late(center, case, north, anna, desk, manager) -> Loan:
    """Due last Friday, and reminded of on Wednesday if nobody calls."""
    switch_on(center, by=manager, now=at(1))
    center.refresh_from_db()
    items = list(Item.objects.filter(product=case))
    slip = hand_over_together(north, items=items, by=desk, responsible=anna, due_at=at(5), now=at(1))
    return slip.loans.get()


@pytest.fixture
def waiting(late, case, south, bert) -> tuple[Line, Line]:
    """One line from Wednesday, one from Friday; both were placed while the item was still in time."""
    now = at(2, 9)
    wednesday = reserve(case, 1, (at(10), at(11, 9)), south, bert, now=now)
    friday = reserve(case, 1, (at(12), at(19)), south, bert, now=now)
    keep_blocking(case, now=TUESDAY)
    return wednesday.lines.get(), friday.lines.get()


def reminders(center, now) -> list[str]:
    """What the reminder run of that day lets go out."""
    remind(center, now=now, today=now.date())
    writing.write(now=now)
    sending.send(now=now)
    told = Intent.objects.filter(letter__in=Letter.objects.filter(sent_at=now), kind__startswith="overdue")
    return sorted(told.values_list("kind", flat=True))


def test_the_plan_follows_the_promise_at_once(late, waiting, desk):
    assert [it.shortfall for it in again(*waiting)] == [1, 1]

    promise_back(late, at=at(11), by=desk, now=TUESDAY)

    wednesday, friday = again(*waiting)
    assert (wednesday.shortfall, friday.shortfall) == (1, 0)
    (risk,) = at_risk(Line.objects.all(), TUESDAY)
    assert (risk.line, risk.reason) == (wednesday, "noch nicht zurück")
    assert "later" in {it.kind for it in proposals(risk, TUESDAY)}


def test_no_letter_goes_out_until_the_day_has_passed(center, late, waiting, desk):
    promise_back(late, at=at(11), by=desk, now=TUESDAY)

    assert reminders(center, WEDNESDAY) == []
    assert reminders(center, THURSDAY) == []
    assert reminders(center, FRIDAY) == ["overdue_1"]
    assert reminders(center, at(12, 11)) == []


def test_without_the_promise_the_letter_goes_out_on_wednesday(center, late, waiting):
    assert reminders(center, WEDNESDAY) == ["overdue_1"]


def test_a_broken_promise_goes_one_level_up(center, late, waiting, desk):
    assert reminders(center, WEDNESDAY) == ["overdue_1"]
    promise_back(late, at=at(11), by=desk, now=at(10, 11))

    assert reminders(center, THURSDAY) == []
    assert reminders(center, FRIDAY) == ["overdue_2"]
    assert reminders(center, at(12, 11)) == []


def test_a_promise_that_is_kept_heals_everything(late, waiting, desk):
    promise_back(late, at=at(11), by=desk, now=TUESDAY)

    take_back(late.item, by=desk, now=at(10, 8))

    assert [it.shortfall for it in again(*waiting)] == [0, 0]
    assert at_risk(Line.objects.all(), at(10, 8)) == []


def test_what_is_said_to_be_back_is_searched_and_letters_pause_for_two_open_days(center, late, waiting, anna):
    note_said_back(late, by=None, now=TUESDAY)

    assert list(Loan.objects.searched()) == [late]
    assert reminders(center, WEDNESDAY) == []
    assert reminders(center, THURSDAY) == []
    assert reminders(center, FRIDAY) == ["overdue_1"]


def test_what_is_found_leaves_the_search_list(late, desk):
    note_said_back(late, by=desk, now=TUESDAY)

    take_back(late.item, by=desk, now=WEDNESDAY)

    assert not Loan.objects.searched().exists()


def again(*lines: Line) -> list[Line]:
    return [Line.objects.get(pk=line.pk) for line in lines]
