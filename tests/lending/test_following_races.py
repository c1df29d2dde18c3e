"""An edit of the calendar beside bookings: whatever is booked, it ends up planned by the new rules. Real threads."""

import pytest

from lending import rules
from lending.gate import gate
from lending.models import Line
from lending.refusals import ClosedDay
from lending.reservations import holding
from people.once import run
from tests.lending.shorthand import NOW, at, reserve
from tests.races import patiently, together

pytestmark = pytest.mark.django_db(transaction=True)

BOOKINGS = 12


def race(cases, north, anna, manager) -> list[object]:
    """Twelve people book for the day that the head closes at the same moment; then everything follows, once."""
    day = at(9).date()

    def close() -> None:
        edit = {"starts_on": day, "ends_on": day, "reason": "Sturm", "by": manager, "today": day}
        patiently(lambda: rules.close(north.center, **edit))
        rules.follow(north.center, now=NOW)

    def book() -> object:
        return patiently(lambda: reserve(cases, 1, (at(9), at(10)), north, manager))

    return together(close, *[book] * BOOKINGS)


def test_who_books_beside_the_edit_is_moved_or_knew_of_it(cases, north, anna, manager):
    """A line by the old rules has moved; one by the new rules was placed on the closed day by staff who knew."""
    outcomes = race(cases, north, anna, manager)

    assert not [it for it in outcomes if isinstance(it, Exception) and not hasattr(it, "code")]
    assert set(Line.objects.values_list("calendar_version", flat=True)) == {2}
    assert Line.objects.filter(shortfall__gt=0).count() == 0


def test_without_the_fence_a_line_by_the_old_rules_stays_behind(monkeypatch, cases, north, anna, manager):
    """The negative control: nobody looks at the version behind the gate."""
    monkeypatch.setattr(holding, "expect_version", lambda center, version: None)

    def gate_after_the_edit(products):
        """The booking has read the old rules, and waits while the edit and all that follows it happen."""
        day = at(9).date()
        together(
            lambda: (
                run(
                    lambda: rules.close(north.center, starts_on=day, ends_on=day, reason="Sturm", by=manager, today=day)
                ),
                rules.follow(north.center, now=NOW),
            )
        )
        return gate(products)

    monkeypatch.setattr(holding, "gate", gate_after_the_edit)
    reserve(cases, 1, (at(9), at(10)), north, anna)

    assert Line.objects.get().calendar_version == 1


def test_the_version_is_asked_behind_the_gate(monkeypatch, cases, north, anna, manager):
    """The same moment, with the guard: the booking starts again and is refused the closed day."""
    edits: list[int] = []
    day = at(9).date()

    def edit_once(products):
        if not edits:
            edits.append(1)
            together(
                lambda: run(
                    lambda: rules.close(north.center, starts_on=day, ends_on=day, reason="Sturm", by=manager, today=day)
                )
            )
        return gate(products)

    monkeypatch.setattr(holding, "gate", edit_once)

    with pytest.raises(ClosedDay):
        run(lambda: reserve(cases, 1, (at(9), at(10)), north, anna))
