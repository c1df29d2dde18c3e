"""The run over a centre's loans, day after day. In March 2027 the 1st is a Monday, and Easter is the 28th."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from inventory.models import Item, Product
from lending import rules
from lending.handovers import finish, hand_over, open_handover
from lending.models import Loan, Policy
from lending.notices import STEPS
from lending.overdue import promise_back
from lending.reminders import coming, remind, switch_off, switch_on
from lending.renewals import renew
from lending.returns import drop_off, take_back
from people import letters
from people.letters import writing
from people.models import Center, Contact, Institution, Intent, Letter, ReminderRun, User
from people.models.letter import IntentQuerySet
from tests.lending.shorthand import at

HANDED_OVER = at(3, 10)  # a Wednesday
DUE = at(10, 10)  # the Wednesday after it
LEVELS = {0: at(8, 7), 1: at(15, 7), 2: at(22, 7)}  # two open days before; three and eight working days after


@pytest.fixture
def reminding(center: Center, manager: User) -> Center:
    return switch_on(center, by=manager, now=at(1))


@pytest.fixture
def loan(case, north, anna, desk) -> Loan:
    return lend(case, north, desk, responsible=anna)


def lend(product: Product, school: Institution, desk: User, **to: Any) -> Loan:
    """Hand out the next unit of ``product`` on a Wednesday for a week; only reminders are looked at here."""
    out = Loan.objects.open().values("item")
    item = Item.objects.filter(product=product).exclude(pk__in=out)[0]
    handover = open_handover(school, by=desk, due_at=DUE, happened_at=HANDED_OVER, now=HANDED_OVER, **to)
    loan = hand_over(handover, item, by=desk, now=HANDED_OVER)
    finish(handover, by=desk, now=HANDED_OVER)
    letters.withdraw(handover)
    return loan


def mornings(center: Center, first: datetime, last: datetime) -> None:
    """Run, write and send every day at seven."""
    now = first
    while now <= last:
        remind(center, now=now)
        writing.write(now=now)
        Letter.objects.filter(sent_at=None, channel="mail").update(sent_at=now)
        now += timedelta(days=1)


def intents() -> IntentQuerySet:
    return Intent.objects.filter(kind__in=STEPS).current()


def the_intent() -> Intent:
    return intents().get()


def told() -> list[tuple[str, int]]:
    """Kind and day of March of every letter's intents, in order."""
    rows = Intent.objects.filter(letter__isnull=False, kind__in=STEPS).order_by("letter__written_at", "pk")
    return list(rows.values_list("kind", "letter__day__day"))


def test_a_late_loan_is_told_before_and_after_and_level_three_waits(reminding, loan):
    mornings(reminding, at(3, 7), at(31, 7))

    assert told() == [("due_soon", 8), ("overdue_1", 15), ("overdue_2", 22)]
    assert Intent.objects.to_release().get().kind == "overdue_3"


def test_running_twice_changes_nothing(reminding, loan):
    first = remind(reminding, now=LEVELS[1])
    before = list(Intent.objects.values())
    second = remind(reminding, now=LEVELS[1])

    assert (first.intended, second.intended, second.withdrawn) == (1, 0, 0)
    assert list(Intent.objects.values()) == before


def test_nothing_is_said_before_reminders_are_switched_on(center, loan):
    remind(center, now=LEVELS[1])

    assert not intents().exists()
    assert not ReminderRun.objects.exists()


def test_switched_on_late_everybody_begins_with_the_first_level(center, manager, loan):
    switched_on = switch_on(center, by=manager, now=at(31, 6))

    remind(switched_on, now=at(31, 7))
    assert the_intent().kind == "overdue_1"


def test_switched_off_nothing_more_is_intended(reminding, manager, loan):
    remind(switch_off(reminding, by=manager), now=LEVELS[1])

    assert not intents().exists()


def test_one_person_gets_one_letter_for_everything_that_is_late(reminding, case, cases, north, anna, desk):
    for product in (case, cases, cases):
        lend(product, north, desk, responsible=anna)
    mornings(reminding, LEVELS[1], LEVELS[1])

    letter = Letter.objects.get()
    assert letter.intents.count() == 3
    assert letter.subject == "Noch nicht zurück: Bee-Bot Set, Calliope Klassensatz"


def test_what_comes_back_is_not_asked_for(reminding, loan, desk):
    remind(reminding, now=LEVELS[1])
    take_back(loan.item, by=desk, now=LEVELS[1])
    mornings(reminding, LEVELS[1], at(31, 7))

    assert told() == []


def test_what_was_dropped_off_is_not_asked_for(reminding, loan, desk):
    drop_off(loan, by=desk, now=at(14))
    mornings(reminding, LEVELS[1], at(31, 7))

    assert told() == []


def test_a_letter_written_before_the_return_is_not_sent(reminding, loan, desk):
    remind(reminding, now=LEVELS[1])
    writing.write(now=LEVELS[1])
    take_back(loan.item, by=desk, now=LEVELS[1])

    assert not Letter.objects.exists()


def test_a_renewed_loan_begins_its_rhythm_anew(reminding, loan, desk):
    mornings(reminding, LEVELS[0], LEVELS[0])
    renew(loan, until=at(17), by=desk, now=at(9))
    mornings(reminding, at(9, 7), at(15, 7))

    assert told() == [("due_soon", 8), ("due_soon", 15)]


def test_a_promise_keeps_quiet_and_a_broken_one_goes_one_level_up(reminding, loan, desk):
    mornings(reminding, LEVELS[1], LEVELS[1])
    promise_back(loan, at=at(18, 16), by=desk, now=at(16))
    mornings(reminding, at(16, 7), at(24, 7))

    assert told() == [("overdue_1", 15), ("overdue_2", 19)]


def test_on_a_weekend_nobody_is_told_off(reminding, loan):
    remind(reminding, now=at(20, 7))  # a Saturday, level one is five days late
    assert not intents().exists()

    remind(reminding, now=at(22, 7))
    assert the_intent().kind == "overdue_1"


def test_what_was_brought_up_on_friday_still_waits_on_sunday(reminding, case, north, desk):
    north.street = "Nordweg 1"
    north.save()
    lend(case, north, desk, contact=Contact.objects.create(center=north.center, institution=north, name="Frau Kreide"))
    for day in (19, 20, 21):
        remind(reminding, now=at(day, 7))
        writing.write(now=at(day, 7))

    assert Letter.objects.to_print().get().day == at(19).date()


def test_the_rules_of_the_centre_set_the_rhythm(reminding, loan):
    Policy.objects.create(center=reminding, remind_days_before=0, remind_days_after=[1, 2])
    mornings(reminding, at(3, 7), at(31, 7))

    assert told() == [("overdue_1", 11), ("overdue_2", 12)]


def test_who_takes_over_the_loan_gets_what_has_not_gone_out(reminding, loan, carla):
    remind(reminding, now=LEVELS[1])
    Loan.objects.update(responsible=carla)
    remind(reminding, now=LEVELS[1])

    assert the_intent().user == carla


def test_level_three_tells_the_school_what_was_asked_when(reminding, loan, north):
    mornings(reminding, at(3, 7), at(30, 7))

    notice = Intent.objects.to_release().get()
    assert (notice.institution, notice.user) == (north, None)
    assert notice.facts["told_on"] == ["2027-03-15", "2027-03-22"]
    assert notice.facts["slip"] == loan.handover.number


def test_a_named_day_stays_while_there_is_time_and_moves_when_it_is_over(reminding, loan):
    mornings(reminding, at(3, 7), at(30, 7))
    named = []
    for day in (30, 31):
        remind(reminding, now=at(day, 7))
        named.append(Intent.objects.to_release().get().facts["until_on"])
    remind(reminding, now=at(5, 7, month=4))
    named.append(Intent.objects.to_release().get().facts["until_on"])

    assert named == ["2027-04-05", "2027-04-05", "2027-04-09"]


def test_a_contact_without_mail_is_written_to_on_paper(reminding, case, north, desk):
    north.street = "Nordweg 1"
    north.save()
    contact = Contact.objects.create(center=north.center, institution=north, name="Frau Kreide")
    lend(case, north, desk, contact=contact)
    mornings(reminding, LEVELS[1], LEVELS[1])

    assert Letter.objects.to_print().count() == 1


def test_another_centres_loans_are_none_of_ours(reminding, neighbor, loan):
    remind(neighbor, now=LEVELS[1])

    assert not intents().exists()


def test_the_run_leaves_a_row_for_the_alarm(reminding):
    remind(reminding, now=at(15, 6))
    remind(reminding, now=at(15, 9))

    run = ReminderRun.objects.get()
    assert (run.day, run.first_at, run.last_at) == (at(15).date(), at(15, 6), at(15, 9))


def test_a_day_ends_at_midnight_in_berlin_in_summer_and_in_winter(reminding):
    for moment, day in ((at(15, 0), 15), (at(28, 0), 28), (at(29, 0), 29)):  # the clocks go forward on the 28th
        remind(reminding, now=moment)
        assert ReminderRun.objects.get(day__day=day).first_at == moment


def test_what_comes_next_is_foretold_by_the_same_rules(reminding, loan):
    assert [(it.on.day, it.title) for it in coming(reminding, today=at(4).date())] == [(8, "Rückgabe steht an")]
    mornings(reminding, at(8, 7), at(8, 7))
    assert [(it.on.day, it.title) for it in coming(reminding, today=at(8).date())] == [(15, "Erinnerung")]


def test_the_number_of_queries_does_not_grow_with_loans_that_need_nothing(
    reminding, cases, north, anna, desk, django_assert_max_num_queries
):
    for _ in range(5):
        lend(cases, north, desk, responsible=anna)
    with django_assert_max_num_queries(16):
        remind(reminding, now=at(4, 7))


def test_whoever_was_reminded_before_a_closing_day_moved_it_hears_of_the_new_day_by_that_letter(
    reminding, loan, manager
):
    mornings(reminding, at(8, 7), at(8, 7))
    rules.close(reminding, starts_on=DUE.date(), ends_on=DUE.date(), reason="Sturm", by=manager, today=at(9).date())
    rules.follow(reminding, now=at(9, 8))

    mornings(reminding, at(9, 9), at(16, 9))

    assert loan_again(loan).due_at == at(11)
    assert told() == [("due_soon", 8), ("overdue_1", 16)]


def loan_again(loan: Loan) -> Loan:
    return Loan.objects.get(pk=loan.pk)
