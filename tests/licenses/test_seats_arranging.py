"""Slots over time: whatever fits is seated, and nothing meets in one slot."""

from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from licenses.seats.arranging import Span, arrange, most_at_once

NOW = datetime(2026, 11, 23, 9, tzinfo=timezone(timedelta(hours=1)))
CAPACITY = 4


def later(hours: int) -> datetime:
    return NOW + timedelta(hours=hours)


begun = st.lists(st.none() | st.integers(1, 30), max_size=CAPACITY)
coming = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), max_size=14)


@given(begun, coming, st.randoms())
def test_who_fits_is_seated_and_nobody_else(begun, coming, random):
    slots = random.sample(range(1, CAPACITY + 1), len(begun))
    spans = [Span(("begun", slot), later(-1), end and later(end), slot) for slot, end in zip(slots, begun, strict=True)]
    spans += [Span(number, later(start), later(start + hours)) for number, (start, hours) in enumerate(coming)]

    found = arrange(spans, CAPACITY)

    assert (found is None) == (most_at_once(spans) > CAPACITY)
    if found is not None:
        assert all(found[it.key] == it.slot for it in spans if it.slot)
        assert set(found) == {it.key for it in spans}
        assert not any(meet(one, other) and found[one.key] == found[other.key] for one in spans for other in spans)


def meet(one: Span, other: Span) -> bool:
    far = later(10_000)
    return one != other and one.start < (other.end or far) and other.start < (one.end or far)


def test_what_is_kept_for_later_moves_aside():
    """Each has slot 1 and 2 for part of the time; the one between them fits only if somebody moves."""
    spans = [Span("a", later(1), later(3)), Span("b", later(5), later(7)), Span("between", later(2), later(6))]

    assert arrange(spans, 2) == {"a": 1, "between": 2, "b": 1}


def test_who_has_begun_beyond_what_is_left_moves_into_a_gap():
    spans = [Span("one", later(-1), None, 1), Span("five", later(-2), None, 5)]

    assert arrange(spans, 2) == {"one": 1, "five": 2}
    assert arrange(spans, 1) is None
