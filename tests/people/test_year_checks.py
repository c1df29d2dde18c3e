"""Once in a school year a school says who still works there."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from people import tasks, year_checks
from people.errors import NobodyWouldCoordinate, NobodyWouldStay, NotEnoughTime, YearCheckIsOver
from people.letters import blocks, writing
from people.memberships import ask_to_join, leave
from people.models import Institution, Intent, JournalEntry, Letter, Membership, YearCheck
from people.year_checks import links
from people.year_checks.ending import due

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 8, 31, 7, tzinfo=UTC)
ENDS_ON = date(2026, 9, 30)
AFTER = datetime(2026, 9, 30, 22, 30, tzinfo=UTC)  # half past midnight on 1 October


@pytest.fixture
def check(center, north, anna, carla, manager) -> YearCheck:
    (asked,) = year_checks.ask(center, ends_on=ENDS_ON, by=manager, now=NOW)
    return asked


def of(*people) -> set[int]:
    return set(Membership.objects.filter(user__in=people).values_list("pk", flat=True))


def say(check: YearCheck, shown, staying, *, now=NOW, **more) -> YearCheck:
    return year_checks.answer(check, shown=of(*shown), staying=of(*staying), now=now, **more)


def acting(institution: Institution) -> set[str]:
    return {it.user.name for it in Membership.objects.active().filter(institution=institution).select_related("user")}


def end(now: datetime) -> int:
    return sum(year_checks.end_what_was_said(it, now=now) for it in due(now))


def test_the_official_address_gets_a_link_that_needs_no_account(check, north):
    writing.write(now=NOW)

    letter = Letter.objects.get(intents__kind="school_year_check")
    assert letter.address == north.email
    text = " ".join(blocks.as_text(letter.body).split())
    assert "Konten ohne Häkchen schalten wir zum 30. September ab" in text
    assert links.token_for(check.pk) in text


def test_asked_twice_everybody_gets_one_letter(center, check, manager):
    assert year_checks.ask(center, ends_on=ENDS_ON, by=manager, now=NOW + timedelta(days=9)) == []
    assert Intent.objects.filter(kind="school_year_check").count() == 1


def test_past_the_verb_the_wall_keeps_it_to_once_a_year(check):
    with pytest.raises(IntegrityError, match="institution_is_asked_once_a_school_year"), transaction.atomic():
        YearCheck.objects.create(
            center=check.center, institution=check.institution, school_year=2026, asked_on=ENDS_ON,
            ends_on=ENDS_ON + timedelta(days=20),
        )  # fmt: skip


def test_the_next_school_year_asks_again(center, check, manager):
    later = NOW + timedelta(days=365)
    assert len(year_checks.ask(center, ends_on=later.date() + timedelta(days=30), by=manager, now=later)) == 1


def test_asked_are_schools_with_people_and_a_mail_address(center, north, south, anna, bert, foreign_teacher):
    Institution.objects.filter(pk=south.pk).update(email="")

    reached = year_checks.reached(center, today=NOW.date())

    assert (reached.schools, reached.without_mail, reached.people) == ([north], [south], 1)


@pytest.mark.parametrize("days", [13, 181])
def test_there_is_time_to_answer(center, anna, manager, days):
    with pytest.raises(NotEnoughTime):
        year_checks.ask(center, ends_on=NOW.date() + timedelta(days=days), by=manager, now=NOW)
    assert not YearCheck.objects.exists()


def test_who_is_not_ticked_leaves_when_the_time_is_over(check, north, anna, carla):
    say(check, [anna, carla], [carla])

    assert acting(north) == {"Anna Amsel", "Carla Clever"}
    assert end(datetime(2026, 9, 30, 21, tzinfo=UTC)) == 0, "the 30th is the last day"
    assert end(AFTER) == 1
    assert acting(north) == {"Carla Clever"}
    anna.refresh_from_db()
    assert not anna.is_active
    assert end(AFTER) == 0


def test_nobody_answers_and_nothing_is_switched_off(check, north):
    assert end(AFTER) == 0
    assert acting(north) == {"Anna Amsel", "Carla Clever"}
    assert YearCheck.objects.unanswered().get() == check


def test_an_answer_can_be_corrected_until_the_last_day(check, north, anna, carla):
    say(check, [anna, carla], [carla])
    say(check, [anna, carla], [anna, carla], now=datetime(2026, 9, 30, 21, tzinfo=UTC))

    assert end(AFTER) == 0
    with pytest.raises(YearCheckIsOver):
        say(check, [anna, carla], [carla], now=AFTER)


def test_who_came_after_the_list_was_shown_stays(check, north, anna, carla, newcomer):
    Membership.objects.filter(user=newcomer).update(activated_at=NOW)

    say(check, [anna, carla], [carla])

    assert Membership.objects.get(user=newcomer).leaves_on is None


def test_people_of_other_schools_are_out_of_reach(check, anna, carla, bert, foreign_teacher):
    say(check, [anna, carla, bert, foreign_teacher], [anna, carla])

    assert not Membership.objects.exclude(leaves_on=None).exists()


def test_a_school_does_not_lose_its_coordination_by_an_oversight(check, anna, carla):
    with pytest.raises(NobodyWouldCoordinate):
        say(check, [anna, carla], [anna])
    assert YearCheck.objects.get().answered_at is None

    say(check, [anna, carla], [anna], is_certain=True)
    end(AFTER)
    assert list(Institution.objects.without_coordination()) == [check.institution]


def test_an_empty_form_switches_nobody_off(check, anna, carla):
    with pytest.raises(NobodyWouldStay):
        say(check, [anna, carla], [])
    assert end(AFTER) == 0


def test_who_left_meanwhile_leaves_once(check, anna, carla, desk):
    say(check, [anna, carla], [carla])
    membership = due(AFTER)[0]
    leave(membership, by=desk, now=NOW)

    assert year_checks.end_what_was_said(membership, now=AFTER) is False


def test_who_moved_to_another_school_keeps_the_account(check, north, south, anna, carla, desk):
    ask_to_join(south, by=anna)
    say(check, [anna, carla], [carla])
    end(AFTER)

    anna.refresh_from_db()
    assert anna.is_active
    assert acting(north) == {"Carla Clever"}


def test_the_journal_counts_and_names_nobody(check, anna, carla, manager):
    say(check, [anna, carla], [carla])

    asked, told = JournalEntry.objects.filter(verb__in=["members.asked_about", "members.told_who_stays"]).order_by("pk")
    assert (asked.by, asked.institution) == (manager, check.institution)
    assert (told.by, told.person, told.facts) == (None, None, {"staying": 1, "leaving": 1})


def test_a_link_that_was_changed_opens_nothing(check):
    token = links.token_for(check.pk)

    assert links.read(token, today=ENDS_ON) == check
    assert links.read(token, today=ENDS_ON + timedelta(days=1)) is None
    assert links.read(f"{check.pk + 1}{token[len(str(check.pk)) :]}", today=ENDS_ON) is None
    assert links.read(str(check.pk), today=ENDS_ON) is None


def test_the_plan_asks_on_its_day_and_once_a_year(center, north, anna, manager):
    year_checks.plan(center, on=date(2026, 8, 31), ends_on=ENDS_ON, by=manager)

    assert year_checks.ask_by_plan(center, now=NOW - timedelta(days=1)) == []
    assert len(year_checks.ask_by_plan(center, now=NOW)) == 1
    assert year_checks.ask_by_plan(center, now=NOW + timedelta(days=1)) == []
    center.refresh_from_db()
    assert (center.year_check_on, center.year_check_ends_on) == (date(2027, 8, 31), date(2027, 9, 30))


def test_a_plan_whose_day_was_missed_for_too_long_waits_for_next_year(center, north, anna, manager):
    year_checks.plan(center, on=date(2026, 8, 31), ends_on=ENDS_ON, by=manager)

    assert year_checks.ask_by_plan(center, now=datetime(2026, 9, 20, 7, tzinfo=UTC)) == []
    center.refresh_from_db()
    assert center.year_check_on == date(2027, 8, 31)


def test_the_timetable_may_call_at_any_time(center, north, anna, manager):
    tasks.ask_who_still_works_there()
    tasks.end_who_was_not_ticked()

    assert not YearCheck.objects.exists()
