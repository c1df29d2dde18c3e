"""The planner against an oracle that tries every assignment."""

from dataclasses import replace

from hypothesis import assume, event, given
from hypothesis import strategies as st

from lending.allocation import Claim, Fixed, Plan, admit, least_free, next_free, plan
from lending.allocation.free import free_steps
from tests.lending.oracle import (
    World,
    can_serve,
    clipped,
    collides,
    is_over,
    overlap,
    proven,
    ranges,
    short_by_right,
    taken_ranges,
    tight_worlds,
    worlds,
)


@proven
@given(worlds)
def test_everyone_is_served_in_order_of_right_if_any_assignment_can(world):
    result = plan(world.items, world.fixed, world.claims, world.now)

    assert list(result.short) == short_by_right(world)
    assert not result.undecided
    assert not collides(world, result)


@proven
@given(tight_worlds())
def test_a_way_that_exists_is_found(world):
    result = plan(world.items, world.fixed, world.claims, world.now)

    assert result.short == ()
    assert result.bottleneck is None


@proven
@given(worlds, st.data())
def test_planning_again_moves_nobody(world, data):
    planned = world.plan_on(plan(world.items, world.fixed, world.claims, world.now))
    pinned = [replace(it, is_pinned=it.current is not None and data.draw(st.booleans())) for it in planned.claims]

    again = plan(world.items, world.fixed, pinned, world.now)

    assert again.moves == {}
    assert dict(again.assignments) == {it.key: it.current for it in pinned if it.current is not None}


@proven
@given(worlds, ranges(), st.integers(1, 3))
def test_a_wish_is_admitted_exactly_if_nobody_has_to_give_up_a_unit_for_it(world, wanted, quantity):
    older = world.plan_on(plan(world.items, world.fixed, world.claims, world.now)).claims
    new = [Claim(100 + number, *wanted) for number in range(quantity)]
    assume(not is_over(new[0], world.now))
    whole = [clipped(it, world.now) for it in older if it.current is not None and not is_over(it, world.now)]
    taken = taken_ranges(world.fixed, world.now)
    possible = [
        count
        for count in range(quantity + 1)
        if can_serve(world.items, taken, [*whole, *[clipped(new[0], world.now)] * count])
    ]

    answer = admit(world.items, world.fixed, older, new, world.now)

    if isinstance(answer, Plan):
        event("admitted")
        assert possible[-1] == quantity
        assert all(it.key in answer.assignments for it in (*older, *new) if it.current or it.key >= 100)
        assert not collides(replace(world, claims=[*older, *new]), answer)
    else:
        event("refused at the peak" if answer.bottleneck else "refused by the search")
        assert not answer.is_undecided
        assert not answer.harmed
        assert possible[-1] == len(answer.admissible) < quantity


@proven
@given(worlds, st.data())
def test_an_extension_is_admitted_exactly_if_everyone_keeps_a_unit_and_pins_hold(world, data):
    planned = world.plan_on(plan(world.items, world.fixed, world.claims, world.now)).claims
    older = [
        replace(it, is_pinned=data.draw(st.booleans()))
        for it in planned
        if it.current is not None and not is_over(it, world.now)
    ]
    longer = [*world.fixed, Fixed(data.draw(st.sampled_from(world.items)), *data.draw(ranges()))]

    answer = admit(world.items, longer, older, [], world.now)

    assert isinstance(answer, Plan) == _all_can_stay(world, longer, older)


@proven
@given(worlds, ranges(), st.data())
def test_more_units_fewer_claims_or_a_shorter_wish_never_turn_a_yes_into_a_no(world, wanted, data):
    planned = world.plan_on(plan(world.items, world.fixed, world.claims, world.now)).claims
    older = [it for it in planned if it.current is not None]
    wish = Claim(100, *wanted)
    assume(isinstance(admit(world.items, world.fixed, older, [wish], world.now), Plan))

    shorter = replace(wish, end=wish.start + 1)
    assume(not is_over(shorter, world.now))
    fewer = [it for it in older if data.draw(st.booleans())]

    assert isinstance(admit([*world.items, 77], world.fixed, older, [wish], world.now), Plan)
    assert isinstance(admit(world.items, world.fixed, fewer, [wish], world.now), Plan)
    assert isinstance(admit(world.items, world.fixed, older, [shorter], world.now), Plan)


@proven
@given(worlds, st.integers(0, 12), st.integers(1, 5), st.integers(1, 3))
def test_the_catalogue_never_promises_too_little_and_the_next_free_period_is_bookable(world, start, length, quantity):
    older = world.plan_on(plan(world.items, world.fixed, world.claims, world.now)).claims
    whole = [it for it in older if it.current is not None]
    start = max(start, world.now)
    wishes = [Claim(100 + number, start, start + length) for number in range(quantity)]
    is_bookable = isinstance(admit(world.items, world.fixed, older, wishes, world.now), Plan)

    shown = least_free(free_steps(world.items, world.fixed, whole, world.now), start, start + length)
    found = next_free(
        world.items, world.fixed, older, [(day, day + length) for day in range(start, 20)], quantity, world.now
    )

    assert not is_bookable or shown >= quantity
    assert (found == (start, start + length)) == is_bookable


def _all_can_stay(world: World, fixed: list[Fixed[int]], older: list[Claim[int, int]]) -> bool:
    taken = taken_ranges(fixed, world.now)
    for it in older:
        if it.is_pinned:
            lot = taken.setdefault(it.current, [])
            if any(overlap(clipped(it, world.now), other) for other in lot):
                return False
            lot.append(clipped(it, world.now))
    return can_serve(world.items, taken, [clipped(it, world.now) for it in older if not it.is_pinned])
