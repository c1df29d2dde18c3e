"""Any sequence of placing, changing, splitting, canceling, handing over and taking back: the invariants of DESIGN 3.3.

On the real database, with its walls; every example is undone. Time passes, and with it the hourly sweeps of beat.
``LENDING_EXAMPLES=500`` for a night.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inventory.models import Item
from leihwerk.errors import DomainError
from lending import overdue, upkeep
from lending.checks import CHECKS
from lending.handovers import hand_over_together
from lending.models import Line, Loan, Outage, Reservation
from lending.models.reservation import OPEN
from lending.outages import return_to_service, take_out_of_service
from lending.reservations import LineChange, Wish, cancel, change, make_ready, place, split
from lending.returns import take_back
from tests.lending.shorthand import NOW, at

pytestmark = pytest.mark.django_db

bounded = settings(
    max_examples=int(os.environ.get("LENDING_EXAMPLES", "12")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
OWN = {"place", "change", "split", "cancel", "hand_over", "make_ready", "take_back"}


class Play:
    """What somebody might do next, drawn from what is there."""

    def __init__(self, data: st.DataObject, products: list[Any], schools: list[Any], desk: Any) -> None:
        self.draw, self.products, self.schools, self.desk = data.draw, products, schools, desk
        self.now = NOW

    def act(self) -> tuple[str, Callable[[], object], int | None]:
        """A verb's name, the verb, and the reservation it is about."""
        reservations = list(Reservation.objects.filter(state__in=OPEN).order_by("pk"))
        loans = list(Loan.objects.open().select_related("item").order_by("pk"))
        names = ["place", "outage"] + ["change", "split", "cancel", "hand_over", "make_ready"] * bool(reservations)
        name = self.draw(st.sampled_from([*names, *["take_back"] * bool(loans)]))
        if name in {"place", "outage"}:
            return name, getattr(self, name), None
        if name == "take_back":
            loan = self.draw(st.sampled_from(loans))
            return name, lambda: take_back(loan.item, by=self.desk, now=self.now), None
        reservation = self.draw(st.sampled_from(reservations))
        return name, lambda: getattr(self, name)(reservation), reservation.pk

    def period(self) -> tuple[datetime, datetime]:
        start, length = self.draw(st.integers(4, 12)), self.draw(st.integers(1, 6))
        return at(start), at(start) + timedelta(days=length)

    def wish(self) -> Wish:
        return Wish(self.draw(st.sampled_from(self.products)), self.draw(st.integers(1, 3)), *self.period())

    def place(self) -> object:
        wishes = self.draw(st.lists(st.builds(self.wish), min_size=1, max_size=2))
        return place(self.draw(st.sampled_from(self.schools)), wishes=wishes, starts_at=at(4), ends_at=at(5),
                     by=self.desk, now=self.now)  # fmt: skip

    def change(self, reservation: Reservation) -> object:
        whole = self.period() if self.draw(st.booleans()) else (None, None)
        lines = {
            pk: LineChange(
                self.draw(st.none() | st.integers(0, 4)), *(self.period() if self.draw(st.booleans()) else ())
            )
            for pk in reservation.lines.values_list("pk", flat=True)
            if self.draw(st.booleans())
        }
        add = [self.wish()] if self.draw(st.integers(0, 3)) == 0 else []
        return change(
            reservation, starts_at=whole[0], ends_at=whole[1], lines=lines, add=add, by=self.desk, now=self.now
        )

    def line_change(self) -> LineChange:
        period = self.period() if self.draw(st.booleans()) else (None, None)
        return LineChange(self.draw(st.none() | st.integers(0, 4)), *period)

    def split(self, reservation: Reservation) -> object:
        units = {line.pk: self.draw(st.integers(0, line.quantity)) for line in reservation.lines.all()}
        return split(reservation, units=units, by=self.desk, now=self.now)

    def cancel(self, reservation: Reservation) -> object:
        return cancel(reservation, by=self.desk, now=self.now)

    def make_ready(self, reservation: Reservation) -> object:
        return make_ready(reservation, by=self.desk, now=self.now)

    def hand_over(self, reservation: Reservation) -> object:
        items = list(Item.objects.filter(product__in=reservation.lines.values("product")).order_by("pk"))
        return hand_over_together(reservation.institution, items=[self.draw(st.sampled_from(items))],
                                  reservation=reservation, by=self.desk, now=self.now)  # fmt: skip

    def outage(self) -> object:
        """The world may make somebody short, and heal him."""
        item = self.draw(st.sampled_from(list(Item.objects.order_by("pk"))))
        if outage := Outage.objects.open().filter(item=item).first():
            return return_to_service(outage, by=self.desk, now=self.now)
        return take_out_of_service(item, reason="repair", by=self.desk, now=self.now)

    def wait(self, hours: int) -> None:
        """Time passes, and what beat would have done by then is done."""
        self.now += timedelta(hours=hours)
        for product in overdue.late_products(self.now):
            overdue.keep_blocking(product, now=self.now)
        for product in upkeep.products_to_replan(now=self.now):
            upkeep.replan(product, now=self.now)
        upkeep.let_go(now=self.now)


def shortfalls() -> dict[int, int]:
    """By reservation: what a split moves out of one is missing in the other."""
    found: dict[int, int] = {}
    for line in Line.objects.all():
        found[line.reservation_id] = found.get(line.reservation_id, 0) + line.shortfall
    return found


@contextmanager
def undone() -> Iterator[None]:
    """As if nothing had happened. A bare savepoint, so that each verb is still seen as the outermost one."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)


@bounded
@given(data=st.data())
def test_nobody_is_harmed_by_what_another_asks_for(center, case, cases, north, south, desk, data):
    with undone():
        play = Play(data, [case, cases], [north, south], desk)
        for _ in range(data.draw(st.integers(1, 10), label="steps")):
            before = shortfalls()
            name, act, subject = play.act()
            try:
                with transaction.atomic():
                    act()
                    connection.check_constraints()
            except DomainError:
                assert shortfalls() == before, "a refusal changes nothing"
            if name in OWN:
                harmed = [pk for pk, short in shortfalls().items() if pk in before and short > before[pk]]
                assert harmed == [], f"{name} of {subject} harmed {harmed}"
            assert [check.name for check in CHECKS if check.broken(now=play.now)] == []
            play.wait(data.draw(st.integers(0, 30), label="hours"))
