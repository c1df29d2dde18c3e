"""Who lies on which unit: cases and schools, days as whole numbers."""

import pytest

from lending.allocation import Bottleneck, Claim, Fixed, Plan, Refusal, admit, plan

FIRST, SECOND, THIRD = 1, 2, 3


def test_a_new_claim_takes_a_free_unit_and_moves_nobody():
    north = Claim("north", 10, 15, current=FIRST)

    answer = admit([FIRST, SECOND], [], [north], [Claim("south", 12, 20)], now=0)

    assert answer == Plan({"north": FIRST, "south": SECOND}, moves={"south": SECOND})


def test_the_preferred_unit_is_taken_first():
    assert plan([SECOND, FIRST], [], [Claim("north", 1, 2)], now=0).assignments == {"north": SECOND}


def test_the_unit_with_the_smallest_gap_is_taken_so_that_long_gaps_stay():
    inspection = Fixed(SECOND, 15, 20)

    assert plan([FIRST, SECOND], [inspection], [Claim("north", 10, 15)], now=0).assignments == {"north": SECOND}


def test_a_unit_is_handed_on_the_moment_it_is_free():
    north, south = Claim("north", 10, 15, current=FIRST), Claim("south", 15, 20)

    assert admit([FIRST], [], [north], [south], now=0).assignments == {"north": FIRST, "south": FIRST}


def test_an_older_claim_moves_to_another_unit_so_that_a_long_one_fits():
    older = [Claim("north", 1, 5, current=FIRST), Claim("south", 5, 9, current=SECOND)]

    answer = admit([FIRST, SECOND], [], older, [Claim("kita", 1, 9)], now=0)

    assert isinstance(answer, Plan)
    assert answer.assignments["north"] == answer.assignments["south"] != answer.assignments["kita"]


def test_counting_free_units_would_refuse_what_can_be_served():
    """The negative control of the peak: no unit is free throughout, and two claims touch the wish of two units."""
    older = [Claim("north", 1, 5, current=FIRST), Claim("south", 5, 9, current=SECOND)]
    free_throughout = [it for it in (FIRST, SECOND) if not any(claim.current == it for claim in older)]
    assert not free_throughout
    assert len([FIRST, SECOND]) - len(older) == 0

    assert isinstance(admit([FIRST, SECOND], [], older, [Claim("kita", 1, 9)], now=0), Plan)


def test_a_refusal_names_the_bottleneck_and_how_many_would_fit():
    older = [Claim("north", 3, 6, current=FIRST), Claim("south", 5, 9, current=SECOND)]
    repair = Fixed(THIRD, 0, 4)

    answer = admit([FIRST, SECOND, THIRD], [repair], older, [Claim(("kita", n), 0, 10) for n in range(2)], now=0)

    assert answer == Refusal(
        admissible=(("kita", 0),),
        harmed=(),
        bottleneck=Bottleneck(start=3, end=4, needed=3, capacity=2),
        is_undecided=False,
    )


def test_two_of_four_are_offered():
    older = [Claim("north", 0, 5, current=FIRST), Claim("south", 0, 5, current=SECOND)]

    answer = admit([1, 2, 3, 4], [], older, [Claim(("kita", n), 3, 6) for n in range(4)], now=0)

    assert isinstance(answer, Refusal)
    assert answer.admissible == (("kita", 0), ("kita", 1))
    assert answer.bottleneck == Bottleneck(start=3, end=5, needed=6, capacity=4)


def test_a_unit_free_at_every_moment_but_not_throughout_is_refused_without_a_bottleneck():
    inspections = [Fixed(FIRST, 4, 5), Fixed(SECOND, 7, 8)]
    older = [Claim("north", 5, 7, current=FIRST)]

    answer = admit([FIRST, SECOND], inspections, older, [Claim("south", 0, 9)], now=0)

    assert isinstance(answer, Refusal)
    assert answer.bottleneck is None
    assert not answer.is_undecided


def test_only_the_one_that_is_too_many_is_short_and_not_those_after_it():
    inspections = [Fixed(FIRST, 4, 5), Fixed(SECOND, 7, 8)]
    claims = [Claim("north", 5, 7), Claim("south", 0, 9), Claim("kita", 20, 21), Claim("youth club", 1, 3)]

    result = plan([FIRST, SECOND], inspections, claims, now=0)

    assert result.short == ("south",)
    assert result.undecided == ()


def test_an_item_out_without_an_end_is_gone_for_good():
    assert plan([FIRST], [Fixed(FIRST, 5, None)], [Claim("north", 90, 91), Claim("south", 1, 5)], now=0).short == (
        "north",
    )


def test_a_claim_without_an_end_keeps_its_unit_for_good():
    answer = admit([FIRST], [], [Claim("exhibition", 5, None, current=FIRST)], [Claim("north", 90, 91)], now=0)

    assert isinstance(answer, Refusal)
    assert answer.bottleneck == Bottleneck(start=90, end=91, needed=2, capacity=1)


def test_an_overdue_loan_and_an_outage_on_one_unit_count_once():
    overdue, inspection = Fixed(FIRST, -20, 6), Fixed(FIRST, 4, 8)

    assert plan([FIRST, SECOND], [overdue, inspection], [Claim("north", 2, 7)], now=0).short == ()


def test_what_is_over_is_in_nobodys_way():
    """The negative control of clipping: planned as of day -9, the same facts refuse the school."""
    returned, not_picked_up = Fixed(FIRST, -9, -1), Claim("north", -4, 3)

    assert plan([FIRST], [returned], [not_picked_up], now=0).assignments == {"north": FIRST}
    assert plan([FIRST], [returned], [not_picked_up], now=-9).short == ("north",)


def test_a_claim_that_is_over_keeps_its_unit_and_is_not_healed_afterwards():
    over = [Claim("north", -9, -4, current=FIRST), Claim("south", -9, -4)]

    result = plan([FIRST], [Fixed(FIRST, -9, None)], over, now=0)

    assert (result.assignments, result.moves, result.short) == ({"north": FIRST}, {}, ("south",))


def test_when_a_case_breaks_the_youngest_loses():
    claims = [Claim("older", 5, 9, current=FIRST), Claim("younger", 5, 9, current=SECOND)]

    result = plan([FIRST, SECOND], [Fixed(FIRST, 0, None)], claims, now=0)

    assert result.assignments == {"older": SECOND}
    assert result.short == ("younger",)
    assert result.bottleneck == Bottleneck(start=5, end=9, needed=2, capacity=1)


def test_a_packed_case_stays_packed_even_for_an_older_claim():
    claims = [Claim("older", 5, 9), Claim("packed", 5, 9, current=FIRST, is_pinned=True)]

    assert plan([FIRST], [], claims, now=0).short == ("older",)


def test_a_pin_gives_way_when_its_own_case_breaks():
    packed = Claim("packed", 5, 9, current=FIRST, is_pinned=True)

    assert plan([FIRST, SECOND], [Fixed(FIRST, 0, None)], [packed], now=0).moves == {"packed": SECOND}


def test_a_pin_is_no_reason_to_let_somebody_else_extend():
    packed = Claim("packed", 5, 9, current=FIRST, is_pinned=True)

    answer = admit([FIRST, SECOND], [Fixed(FIRST, 0, 6)], [packed], [], now=0)

    assert isinstance(answer, Refusal)
    assert answer.harmed == ("packed",)


def test_a_loan_is_extended_if_the_next_school_can_have_another_case():
    waiting = Claim("south", 5, 9, current=FIRST)

    assert admit([FIRST, SECOND], [Fixed(FIRST, 0, 7)], [waiting], [], now=0).moves == {"south": SECOND}
    assert admit([FIRST], [Fixed(FIRST, 0, 7)], [waiting], [], now=0) == Refusal(
        admissible=(), harmed=("south",), bottleneck=Bottleneck(5, 7, needed=1, capacity=0), is_undecided=False
    )


def test_a_shortfall_heals_before_anybody_new_is_served():
    at_risk = Claim("at risk", 5, 9)

    answer = admit([FIRST], [], [at_risk], [Claim("new", 5, 9)], now=0)

    assert isinstance(answer, Refusal)
    assert answer.harmed == ()


def test_a_shortfall_that_cannot_heal_does_not_keep_others_from_what_is_free():
    older = [Claim("at risk", 0, 9), Claim("whole", 5, 9, current=FIRST)]

    answer = admit([FIRST], [], older, [Claim("new", 0, 5)], now=0)

    assert isinstance(answer, Plan)
    assert answer.short == ("at risk",)


def test_loans_of_items_that_are_no_longer_lendable_do_not_matter():
    assert plan([FIRST], [Fixed(99, 0, 9)], [Claim("north", 0, 9, current=99)], now=0).moves == {"north": FIRST}


@pytest.mark.parametrize("make", [Fixed, Claim])
def test_an_empty_range_is_a_mistake_of_the_caller(make):
    with pytest.raises(ValueError, match="empty range"):
        make(1, 5, 5)


def test_nobody_is_pinned_to_nothing():
    with pytest.raises(ValueError, match="pinned to no unit"):
        Claim("north", 1, 2, is_pinned=True)
