"""Repeated reservations: each date by itself, what fails is listed, and the clocks may change in between."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inventory.models import Product
from lending.due_dates import ZONE
from lending.models import Allocation, Line, Policy, Reservation, State
from lending.refusals import NoDateFree, NoRule
from lending.reservations import Wish, cancel_series, foreseen, repeat
from people.models import Closure, Intent, JournalEntry, SchoolHoliday
from tests.lending.shorthand import NOW, at, reserve

pytestmark = pytest.mark.django_db
MONDAYS = [at(8), at(15), at(22), at(5, month=4)]
"""From the 8th on; the 29th is Easter Monday."""


@pytest.fixture
def room(center, robots) -> Product:
    made = Product.objects.create(center=center, category=robots, name="Medienstudio", kind="room")
    made.items.create(center=center, asset_number="R-1")
    return made


def weekly(room, school, by, *, times=5, **more):
    wishes = more.pop("wishes", [Wish(room, 1)])
    return repeat(school, rule=f"FREQ=WEEKLY;COUNT={times}", wishes=wishes, starts_at=at(8), ends_at=at(8, 12),
                  by=by, responsible=by, now=NOW, **more)  # fmt: skip


def test_every_date_is_a_reservation_of_its_own_and_a_holiday_is_listed(room, north, anna):
    made = weekly(room, north, anna)

    assert [it.starts_at for it in made.placed] == MONDAYS
    assert {it.series for it in made.placed} == {made.series}
    assert [(it.starts_at, str(it.obstacle)) for it in made.missed] == [(at(29), "Geschlossen: Ostermontag.")]
    assert JournalEntry.objects.get(verb="reservation.repeated").facts["missed"] == 1


def test_ten_o_clock_stays_ten_o_clock_when_the_clocks_change(room, north, anna):
    made = weekly(room, north, anna)

    assert {it.starts_at.astimezone(ZONE).hour for it in made.placed} == {10}
    assert len({it.starts_at.utcoffset() for it in Reservation.objects.all()}) == 1  # stored in UTC
    assert {it.starts_at.hour for it in Reservation.objects.all()} == {9, 8}


def test_what_is_taken_is_listed_with_reason_and_way_out_and_the_rest_is_placed(room, north, south, anna, bert):
    reserve(room, 1, (at(15, 11), at(15, 13)), south, bert)

    made = weekly(room, north, anna)

    assert [it.starts_at for it in made.placed] == [at(8), at(22), at(5, month=4)]
    missed = made.missed[0]
    assert (missed.starts_at, missed.obstacle.code) == (at(15), "not_available")
    assert str(missed.obstacle).startswith("Medienstudio ist am Mo, 15.3. von 10:00 Uhr bis 12:00 Uhr nicht frei. ")
    assert {way["kind"] for way in missed.obstacle.alternatives} == {"later"}
    assert Allocation.objects.holding().count() == 4


def test_closed_days_and_for_schools_their_holidays_are_left_out(room, center, north, anna):
    Closure.objects.create(center=center, starts_on=at(15).date(), ends_on=at(15).date(), reason="Inventur")
    SchoolHoliday.objects.create(
        center=center, name="Osterferien", starts_on=at(22).date(), ends_on=at(3, month=4).date()
    )

    made = weekly(room, north, anna, times=4)

    assert [str(it.obstacle) for it in made.missed] == [
        "Geschlossen: Inventur.", "Ferien: Osterferien.", "Geschlossen: Ostermontag.",
    ]  # fmt: skip

    north.kind = "kita"
    assert weekly(room, north, None, times=3).placed[-1].starts_at == at(22)


def test_beyond_the_horizon_is_listed(room, center, north, anna):
    Policy.objects.create(center=center, horizon_days=15)

    made = weekly(room, north, anna, times=3)

    assert [(it.starts_at, it.obstacle.code) for it in made.missed] == [(at(22), "too_early")]


def test_devices_and_a_room_are_repeated_together(room, cases, north, anna):
    wishes = [Wish(room, 1), Wish(cases, 2, at(8), at(9))]

    made = weekly(room, north, anna, times=2, wishes=wishes)

    lines = Line.objects.filter(reservation=made.placed[1]).order_by("pk")
    assert [(it.starts_at, it.ends_at, it.quantity) for it in lines] == [
        (at(15), at(15, 12), 1),
        (at(15), at(16), 2),
    ]


def test_if_not_a_single_date_is_free_nothing_is_written(room, north, south, anna, bert):
    reserve(room, 1, (at(8), at(26)), south, None)

    with pytest.raises(NoDateFree) as refusal:
        weekly(room, north, anna, times=2)

    assert [it.starts_at for it in refusal.value.facts["dates"]] == [at(8), at(15)]
    assert not Reservation.objects.filter(institution=north).exists()
    with pytest.raises(NoRule):
        repeat(north, rule="immer", wishes=[Wish(room, 1)], starts_at=at(8), ends_at=at(8, 12), by=anna, now=NOW)


def test_the_dates_are_foreseen_before_anything_is_sent(room, north, south, anna, bert):
    reserve(room, 1, (at(15, 11), at(15, 13)), south, bert)

    asked = {"wishes": [Wish(room, 1)], "starts_at": at(8), "ends_at": at(8, 12), "now": NOW}
    dates = foreseen(north, rule="FREQ=WEEKLY;COUNT=4", by=anna, **asked)

    assert [(it.starts_at, it.obstacle and it.obstacle.code) for it in dates] == [
        (at(8), None), (at(15), "not_available"), (at(22), None), (at(29), "closed_then"),
    ]  # fmt: skip
    assert not Reservation.objects.filter(institution=north).exists()
    placed = repeat(north, rule="FREQ=WEEKLY;COUNT=4", by=anna, **asked)
    assert [it.starts_at for it in placed.missed] == [it.starts_at for it in dates if it.obstacle], "as it comes about"


def test_a_missed_date_offers_what_is_alike_and_free_then(room, center, robots, north, south, anna, bert):
    """The second room is taken on the 22nd, too; the third has its own kind."""
    other = Product.objects.create(center=center, category=robots, name="Tonstudio", kind="room")
    other.items.create(center=center, asset_number="R-2")
    reserve(room, 1, (at(15, 11), at(15, 13)), south, bert)
    reserve(room, 1, (at(22, 11), at(22, 13)), south, bert)
    reserve(other, 1, (at(22, 9), at(22, 11)), south, bert)

    for dates in (weekly_dates(room, north, anna), weekly(room, north, anna, times=3).missed):
        ways = {it.starts_at: it.obstacle.alternatives for it in dates if it.obstacle}
        alike = {day: [way["name"] for way in its if way["kind"] == "similar"] for day, its in ways.items()}
        assert alike == {at(15): ["Tonstudio"], at(22): []}
        assert all(any(way["kind"] == "later" for way in its) for its in ways.values())


def weekly_dates(room, school, by):
    return foreseen(school, rule="FREQ=WEEKLY;COUNT=3", wishes=[Wish(room, 1)], starts_at=at(8), ends_at=at(8, 12),
                    by=by, now=NOW)  # fmt: skip


def test_rules_are_foreseen_as_well(room, center, north, anna):
    Policy.objects.create(center=center, horizon_days=15)

    dates = weekly_dates(room, north, anna)

    assert [it.obstacle and it.obstacle.code for it in dates] == [None, None, "too_early"]


def statements_of(act) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def test_sixty_dates_take_no_more_statements_than_ten(room, center, north, south, anna, bert):
    """So the gate of the room is open again after a moment. Every fifth is taken; then there are reasons to look up,
    and another room to be offered."""
    other = Product.objects.create(center=center, category=room.category, name="Tonstudio", kind="room")
    other.items.create(center=center, asset_number="R-2")
    Policy.objects.create(center=center, max_items=3, max_notices=3, needs_approval=True)
    for day in range(8, 29, 5):
        reserve(room, 1, (at(day, 11), at(day, 13)), south, None)
    daily = {"wishes": [Wish(room, 1)], "starts_at": at(8), "ends_at": at(8, 12), "by": anna, "now": NOW}

    ten = statements_of(lambda: repeat(north, rule="FREQ=DAILY;COUNT=10", **daily))
    cancel_series(list(Reservation.objects.filter(institution=north)), by=anna, now=NOW)
    sixty = statements_of(lambda: repeat(north, rule="FREQ=DAILY;COUNT=60", **daily))

    assert Reservation.objects.filter(institution=north, state=State.REQUESTED).count() > 30
    assert sixty <= ten <= 30


def test_the_dates_are_foreseen_in_a_handful_of_queries(room, north):
    weekly = {"wishes": [Wish(room, 1)], "starts_at": at(8), "ends_at": at(8, 12), "by": None, "now": NOW}

    ten, sixty = [statements_of(lambda n=n: foreseen(north, rule=f"FREQ=WEEKLY;COUNT={n}", **weekly)) for n in (10, 60)]

    assert sixty <= ten <= 10


def test_a_series_counts_itself_against_the_limit(cases, center, north, anna):
    """Two at a time; each date keeps its one for two days."""
    Policy.objects.create(center=center, max_items=1)

    made = repeat(north, rule="FREQ=DAILY;COUNT=4", wishes=[Wish(cases, 1)], starts_at=at(8), ends_at=at(9, 12),
                  by=anna, now=NOW)  # fmt: skip

    assert [it.starts_at for it in made.placed] == [at(8), at(10)]
    assert [it.obstacle.code for it in made.missed] == ["limit", "limit"]


def test_a_date_that_an_earlier_one_of_the_series_takes_says_so(case, north, anna):
    made = repeat(north, rule="FREQ=DAILY;COUNT=2", wishes=[Wish(case, 1)], starts_at=at(8), ends_at=at(9, 12),
                  by=anna, now=NOW)  # fmt: skip

    assert [str(it.obstacle) for it in made.missed] == [
        "Bee-Bot Set ist vom Di, 9.3. bis Mi, 10.3. nicht frei. Von 1 ist 1 reserviert. Frei ab Mi, 10.3."
    ]


def test_the_school_is_told_of_each_date(room, north, anna):
    made = weekly(room, north, anna)

    told = Intent.objects.filter(kind="reservation_approved", user=anna).values_list("subject_id", flat=True)
    assert sorted(told) == sorted(it.pk for it in made.placed)
