"""What is written down when a medium is used, and what is not."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from licenses.models import MonthlyUse, Seat, UseDay, UseEvent
from licenses.rights import Action
from licenses.usage import counting, months
from licenses.usage.recording import record, visitor_of
from licenses.using import look, use

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 20, 12, 5, tzinfo=ZoneInfo("Europe/Berlin"))


def kinds() -> list[str]:
    return list(UseEvent.objects.order_by("id").values_list("kind", flat=True))


def sessions() -> set[str]:
    return {str(session) for session in UseEvent.objects.values_list("session", flat=True)}


def test_a_use_is_a_request(entitled, film, north, anna):
    entitled()

    use(film, institution=north, action=Action.STREAM, user=anna)

    assert kinds() == ["request"]
    assert UseEvent.objects.get().institution == north


def test_a_refusal_is_a_denial(entitled, film, north, anna):
    use(film, institution=north, action=Action.STREAM, user=anna)

    assert kinds() == ["no_license"]


def test_the_last_slot_is_a_denial_of_its_own(entitled, film, north, anna, south, bert):
    entitled(capacity_kind="concurrent", capacity=1, permitted=["run"])

    for who, where in ((anna, north), (bert, south)):
        use(film, institution=where, action=Action.RUN, user=who)

    assert kinds() == ["request", "limit_exceeded"]
    assert Seat.objects.held().count() == 1


def test_looking_is_an_investigation(film, north, anna):
    look(film, institution=north, user=anna)

    assert kinds() == ["investigation"]


def at(moment: datetime, who, film, north) -> None:
    record("request", film, institution=north, visitor=visitor_of(who), now=moment)


def test_one_visitor_is_one_pseudonym_for_an_hour(film, north, anna, bert):
    at(NOON, anna, film, north)
    at(NOON + timedelta(minutes=54), anna, film, north)
    assert len(sessions()) == 1

    at(NOON, bert, film, north)
    assert len(sessions()) == 2, "somebody else"

    at(NOON + timedelta(minutes=55), anna, film, north)
    assert len(sessions()) == 3, "another hour"

    at(NOON + timedelta(days=1), anna, film, north)
    assert len(sessions()) == 4, "another day"


def test_a_pseudonym_cannot_be_computed_without_the_salt(film, north, anna):
    """The salt is random: the same visitor in the same hour is somebody else in another life of the database."""
    at(NOON, anna, film, north)
    UseDay.objects.all().delete()
    at(NOON, anna, film, north)

    assert len(sessions()) == 2


def test_nothing_is_added_to_a_day_that_was_counted(film, north, anna):
    at(NOON, anna, film, north)
    counting.count_days(NOON + timedelta(days=2))

    at(NOON, anna, film, north)

    assert UseEvent.objects.count() == 1


def test_events_are_in_the_table_of_their_month(film, north, anna, events_of):
    months.open_ahead(NOON)
    at(NOON, anna, film, north)

    assert events_of("2026_11") == 1


def test_a_month_that_was_not_opened_in_time_loses_nothing(film, north, anna, events_of):
    at(NOON, anna, film, north)
    assert events_of("other") == 1

    for _ in range(2):
        months.open_ahead(NOON)

    assert (events_of("2026_11"), events_of("other")) == (1, 0)


def test_raw_data_is_gone_after_sixty_days(film, north, anna):
    months.open_ahead(NOON)
    for day in (0, 1):
        at(NOON + timedelta(days=day), anna, film, north)
    counting.count_days(NOON + timedelta(days=3))

    months.forget(NOON + timedelta(days=60, minutes=-1))
    assert UseEvent.objects.count() == 2

    months.forget(NOON + timedelta(days=60, minutes=1))
    assert UseEvent.objects.count() == 1, "the first is 60 days old"
    assert MonthlyUse.objects.get().total_requests == 2, "figures stay"


def test_a_table_whose_time_is_over_is_dropped(film, north, anna, partitions):
    months.open_ahead(NOON)
    at(NOON, anna, film, north)

    months.forget(NOON + timedelta(days=150))

    assert "licenses_useevent_2026_11" not in partitions()
    assert "licenses_useevent_2026_12" not in partitions()
    assert not UseEvent.objects.exists()


def test_days_that_nobody_counted_are_counted_before_they_are_forgotten(film, north, anna):
    """The task counts first, so even a timetable that stood still for months loses no figure."""
    from licenses import tasks

    at(timezone.now() - timedelta(days=90), anna, film, north)

    tasks.count_uses()

    assert not UseEvent.objects.exists()
    assert MonthlyUse.objects.get().total_requests == 1
