"""Two people ask, two answer, or the time ends while somebody answers."""

from datetime import UTC, date, datetime

import pytest

from people import once, year_checks
from people.models import Intent, Membership, YearCheck
from people.year_checks import ending
from tests.races import meeting, outcomes, together

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2026, 8, 31, 7, tzinfo=UTC)
ENDS_ON = date(2026, 9, 30)
LAST_MINUTE, AFTER = (datetime(2026, 9, 30, hour, 59, tzinfo=UTC) for hour in (21, 22))


def asking_now(center, manager):
    return lambda: once.run(lambda: year_checks.ask(center, ends_on=ENDS_ON, by=manager, now=NOW))


def test_of_eight_who_press_the_button_one_asks(center, north, anna, manager):
    together(*[asking_now(center, manager)] * 8)

    assert YearCheck.objects.count() == Intent.objects.filter(kind="school_year_check").count() == 1


def test_without_the_lock_only_the_wall_is_left(center, north, anna, manager, monkeypatch):
    """The negative control: everybody has looked before anybody writes."""
    monkeypatch.setattr("people.year_checks.asking.reached", meeting(4, year_checks.reached))
    monkeypatch.setattr("django.db.models.query.QuerySet.select_for_update", lambda rows, **_: rows)

    results = together(*[asking_now(center, manager)] * 4)

    assert outcomes(results)["IntegrityError"] == 3


def test_answered_in_the_last_minute_and_ended_in_the_first(center, north, anna, carla, manager):
    """Whichever comes first, the row says one thing: ended, or staying."""
    (check,) = asking_now(center, manager)()
    shown = set(Membership.objects.filter(institution=north).values_list("pk", flat=True))
    theirs = Membership.objects.get(user=anna)
    year_checks.answer(check, shown=shown, staying=shown - {theirs.pk}, now=NOW)
    (found,) = ending.due(AFTER)

    _, has_ended = together(
        lambda: once.run(lambda: year_checks.answer(check, shown=shown, staying=shown, now=LAST_MINUTE)),
        lambda: once.run(lambda: year_checks.end_what_was_said(found, now=AFTER)),
    )

    theirs.refresh_from_db()
    assert has_ended == (theirs.ended_at is not None)
    assert has_ended or theirs.leaves_on is None


def test_who_was_ticked_again_after_the_list_was_read_stays(center, north, anna, carla, manager):
    (check,) = asking_now(center, manager)()
    shown = set(Membership.objects.filter(institution=north).values_list("pk", flat=True))
    year_checks.answer(check, shown=shown, staying=shown - {Membership.objects.get(user=anna).pk}, now=NOW)
    (found,) = ending.due(AFTER)
    year_checks.answer(check, shown=shown, staying=shown, now=LAST_MINUTE)

    assert once.run(lambda: year_checks.end_what_was_said(found, now=AFTER)) is False
