"""Whom each level goes to, and when, over the days on which the clocks change (2026-03-29 and 2026-10-25, Sundays)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.models import Item
from lending.due_dates import Calendar, is_working_day
from lending.handovers import hand_over_together
from lending.models import Loan
from lending.overdue import promise_back
from lending.reminders import remind, switch_on
from lending.reminders.rhythm import Late, Rhythm, Told, next_reminder
from people.letters import writing
from people.models import Center, Contact, Intent, Letter, OpeningHours
from tests.lending.shorthand import at
from tests.lending.test_reminders import LEVELS, lend, loan, mornings, reminding  # noqa: F401  fixtures

BERLIN = ZoneInfo("Europe/Berlin")
CHANGES = [date(2026, 3, 29), date(2026, 10, 25)]
OPEN = Calendar(hours={weekday: [(time(8), time(16))] for weekday in range(5)})
SECRETARIAT = "Diese Nachricht geht zur Kenntnis auch an das Sekretariat Ihrer Schule."


def says(letter: Letter) -> set[str]:
    return {block["text"] for block in letter.body if "text" in block}


@pytest.mark.django_db
def test_only_the_second_level_is_copied_to_the_school(reminding, loan, north):  # noqa: F811  a fixture
    mornings(reminding, LEVELS[0], LEVELS[2])

    copied = {it.intents.get().kind: it.copy_to for it in Letter.objects.all()}
    assert copied == {"due_soon": "", "overdue_1": "", "overdue_2": north.email}
    assert SECRETARIAT in says(Letter.objects.get(copy_to=north.email))


@pytest.mark.django_db
@pytest.mark.parametrize("channel", ["print", "phone"])
def test_no_copy_is_promised_where_none_goes_out(reminding, case, north, desk, channel):  # noqa: F811  a fixture
    north.street = "Nordweg 1"
    north.save()
    contact = Contact.objects.create(
        center=north.center, institution=north, name="Frau Kreide", channel=channel, phone="0214 5"
    )
    lend(case, north, desk, contact=contact)
    mornings(reminding, LEVELS[1], LEVELS[1])
    Letter.objects.update(done_at=LEVELS[1])
    mornings(reminding, LEVELS[2], LEVELS[2])

    letter = Letter.objects.get(intents__kind="overdue_2")
    assert (letter.channel, letter.copy_to) == (channel, "")
    assert SECRETARIAT not in says(letter)


@pytest.mark.django_db
def test_the_school_itself_gets_no_copy_of_its_own_letter(reminding, case, north, desk):  # noqa: F811  a fixture
    lend(case, north, desk)
    mornings(reminding, LEVELS[1], LEVELS[2])

    letter = Letter.objects.get(intents__kind="overdue_2")
    assert (letter.address, letter.copy_to) == (north.email, "")
    assert SECRETARIAT not in says(letter)


@pytest.mark.django_db
def test_the_third_level_goes_to_the_head_on_paper_too_and_only_when_released(reminding, loan, north):  # noqa: F811  a fixture
    mornings(reminding, LEVELS[0], at(31, 7))
    assert not Letter.objects.filter(intents__kind="overdue_3").exists()

    Intent.objects.to_release().update(released_at=at(31, 8))
    writing.write(now=at(31, 9))
    letter = Letter.objects.get(intents__kind="overdue_3")
    assert (letter.user, letter.institution, letter.address, letter.is_on_paper) == (None, north, north.email, True)
    assert "Sehr geehrte Damen und Herren," in says(letter)


@pytest.mark.django_db
def test_a_broken_promise_goes_up_once_however_often_it_is_looked_at(reminding, loan, desk):  # noqa: F811  a fixture
    mornings(reminding, LEVELS[1], LEVELS[1])
    promise_back(loan, at=at(17, 16), by=desk, now=at(15, 9))
    for _ in range(3):
        mornings(reminding, at(18, 7), at(24, 7))

    assert list(Letter.objects.filter(intents__kind="overdue_2").values_list("day", flat=True)) == [date(2027, 3, 18)]
    assert not Letter.objects.filter(intents__kind="overdue_3").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("change", CHANGES)
def test_on_the_day_the_clocks_change_a_letter_goes_out_once_and_on_that_local_day(
    center: Center, case, north, anna, desk, manager, change
):
    OpeningHours.objects.create(center=center, weekday=6, opens=time(8), closes=time(16))
    midnight = datetime.combine(change, time(), BERLIN).astimezone(UTC)
    due_at = datetime.combine(change + timedelta(days=2), time(10), BERLIN)  # two open days later: the Tuesday
    late = lent(case, north, anna, desk, due_at)
    switch_on(center, by=manager, now=late.handed_over_at)
    center.refresh_from_db()

    went: dict[datetime, datetime] = {}
    for minutes in range(-3 * 60, 28 * 60, 30):  # from the evening before into the next day, through 23 or 25 hours
        now = midnight + timedelta(minutes=minutes)
        remind(center, now=now)
        writing.write(now=now)
        Letter.objects.filter(sent_at=None).update(sent_at=now)
        went |= dict.fromkeys(Letter.objects.values_list("sent_at", flat=True), now)

    (letter,) = Letter.objects.filter(intents__kind="due_soon")
    assert letter.day == change
    assert letter.sent_at.astimezone(BERLIN) == datetime.combine(change, time(), BERLIN)
    assert len(went) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("change", CHANGES)
def test_three_working_days_over_the_change_are_three_working_days(center, case, north, anna, desk, manager, change):
    friday = change - timedelta(days=2)
    late = lent(case, north, anna, desk, datetime.combine(friday, time(10), BERLIN))
    switch_on(center, by=manager, now=late.handed_over_at)
    center.refresh_from_db()
    for days in range(8):
        now = datetime.combine(friday + timedelta(days=days), time(6), BERLIN)
        remind(center, now=now)
        writing.write(now=now)
        Letter.objects.filter(sent_at=None).update(sent_at=now)

    letter = Letter.objects.get(intents__kind="overdue_1")
    assert letter.sent_at.astimezone(BERLIN) == datetime.combine(change + timedelta(days=3), time(6), BERLIN)


@given(
    change=st.sampled_from(CHANGES),
    ahead=st.integers(-20, 20),
    runs=st.lists(st.integers(0, 60), min_size=1, max_size=60),
)
def test_over_the_change_every_level_goes_once_in_order_and_on_a_working_day(change, ahead, runs):
    """Whenever the run looks, as often as it likes."""
    due_on, told = change + timedelta(days=ahead), list[Told]()
    for after in sorted(runs):
        today = due_on + timedelta(days=after)
        late = Late(due_on - timedelta(days=7), due_on, told=tuple(told))
        reminder = next_reminder(late, Rhythm(2, [3, 8, 12]), OPEN, today=today)
        if reminder is not None and reminder.on <= today and is_working_day(today, OPEN):
            told.append(Told(reminder.step, today))

    assert [it.step for it in told] == list(range(1, len(told) + 1))
    assert len({it.on for it in told}) == len(told)
    assert all(is_working_day(it.on, OPEN) and it.on > due_on for it in told)


def lent(case, north, anna, desk, due_at: datetime) -> Loan:
    now = due_at - timedelta(days=14)
    items = list(Item.objects.filter(product=case))
    slip = hand_over_together(north, items=items, by=desk, responsible=anna, due_at=due_at, now=now)
    Intent.objects.all().delete()
    return slip.loans.get()
