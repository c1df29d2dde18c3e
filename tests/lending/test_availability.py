"""What the catalogue says is free: two independent formulations agree, and a refusal names its reasons."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inventory.models import Item
from lending import availability
from lending.allocation import least_free
from lending.handovers import hand_over_together
from lending.outages import take_out_of_service
from lending.refusals import NotAvailable
from lending.reservations import cancel
from tests.lending.shorthand import NEXT_WEEK, NOW, WEEK_AFTER, at, reserve

pytestmark = pytest.mark.django_db


def test_two_bookings_one_after_the_other_need_one_unit(cases, north, south, anna, bert):
    reserve(cases, 1, (at(8), at(10)), north, anna)
    reserve(cases, 1, (at(10), at(12)), south, bert)

    assert availability.free([cases.pk], at(8), at(12)) == {cases.pk: availability.Free(capacity=5, available=4)}


def test_a_whole_catalogue_is_one_query(case, cases, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = availability.free([case.pk, cases.pk], *NEXT_WEEK)

    assert [it.available for it in found.values()] == [1, 5]


def test_a_defect_entered_while_it_is_out_counts_once(cases, north, desk):
    unit = Item.objects.filter(product=cases).first()
    hand_over_together(north, items=[unit], by=desk, due_at=at(12), now=NOW)
    take_out_of_service(unit, reason="repair", by=desk, now=NOW)

    assert availability.free([cases.pk], *NEXT_WEEK)[cases.pk].available == 4


def test_a_refusal_says_why_and_never_who(cases, north, south, anna, bert, desk):
    units = list(Item.objects.filter(product=cases))
    hand_over_together(south, items=units[:2], by=desk, due_at=at(12), now=NOW)
    take_out_of_service(units[2], reason="repair", by=desk, now=NOW)
    reserve(cases, 2, NEXT_WEEK, south, bert)

    with pytest.raises(NotAvailable) as refusal:
        reserve(cases, 1, NEXT_WEEK, north, anna)

    said = str(refusal.value)
    assert "Von 5 sind 2 ausgeliehen, 2 reserviert, 1 in Reparatur oder gesperrt." in said
    assert "Gymnasium Süd" not in said


def test_canceled_units_are_free_again(cases, north, anna):
    cancel(reserve(cases, 5, NEXT_WEEK, north, anna), by=anna, now=NOW)

    assert availability.free([cases.pk], *NEXT_WEEK)[cases.pk].available == 5


def test_steps_tell_a_month(cases, north, anna):
    reserve(cases, 2, NEXT_WEEK, north, anna)
    reserve(cases, 3, WEEK_AFTER, north, anna)

    found = availability.steps(cases, at(4), at(25), NOW)

    assert [(step.start, step.end, step.free) for step in found] == [
        (at(4), at(8), 5),
        (at(8), at(12), 3),
        (at(12), at(15), 5),
        (at(15), at(19), 2),
        (at(19), at(25), 5),
    ]


PERIODS = st.tuples(st.integers(0, 20), st.integers(1, 8), st.integers(1, 3))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wishes=st.lists(PERIODS, max_size=8), window=st.tuples(st.integers(0, 20), st.integers(1, 10)))
def test_sql_and_python_agree(cases, north, desk, wishes, window):
    """Peaks by window functions over range_agg, and steps by the planner's own counting."""
    placed = []
    for start, length, quantity in wishes:
        period = (NOW + timedelta(days=start, hours=1), NOW + timedelta(days=start + length))
        try:
            placed.append(reserve(cases, quantity, period, north, desk))
        except NotAvailable:
            continue
    start, end = NOW + timedelta(days=window[0], hours=2), NOW + timedelta(days=window[0] + window[1])

    by_sql = availability.free([cases.pk], start, end)[cases.pk].available
    by_steps = least_free(availability.steps(cases, start, end, NOW), start, end)

    assert by_sql == by_steps
    for reservation in placed:
        cancel(reservation, by=desk, now=NOW)
