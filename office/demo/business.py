"""What happened at the desk in the last weeks, day by day, and what is out, broken and promised now: by the verbs."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeAlias

from inventory.models import Item, Product
from lending import upkeep
from lending.handovers import hand_over_together
from lending.models import Allocation, BookingChannel, Loan, Reservation
from lending.outages import take_out_of_service
from lending.overdue import keep_blocking, late_products
from lending.reservations import Wish, make_ready, place
from lending.returns import check, drop_off, take_back
from office.demo import schedule
from office.demo.cast import Cast
from office.demo.days import Days
from people.models import Institution, User

Deed: TypeAlias = Callable[[], Any]


class Business:
    """The desk's diary of the invented centre."""

    def __init__(self, cast: Cast, products: dict[str, Product], days: Days) -> None:
        self.cast, self.products, self.days = cast, products, days
        self.taken: dict[tuple[int, str, str], list[Item]] = {}

    def past(self) -> list[tuple[int, Deed]]:
        """What was done on which day, the oldest first; on one day things come back before others go out."""
        deeds: list[tuple[int, int, Deed]] = []
        for day, kept, who, what, count in schedule.CAME_BACK:
            deeds.append((day, 1, partial(self.hand_over, day, day + kept, who, what, count)))
            deeds.append((day + kept, 0, partial(self.take_back, day, day + kept, who, what)))
        for day, due, who, what, count in schedule.IS_OUT:
            deeds.append((day, 1, partial(self.hand_over, day, due, who, what, count)))
        deeds.append((-5, 2, self.send_to_repair))
        deeds.append((-1, 2, self.find_in_return_box))
        deeds.sort(key=lambda deed: deed[:2])
        return [(day, deed) for day, _, deed in deeds]

    def hand_over(self, day: int, due: int, who: str, what: str, count: int) -> None:
        """People with accounts had reserved it, the others came by."""
        product = self.products[what]
        opening: dict[str, Any] = self._named(who) | {"due_at": self.days.back(due, product)}
        if who in self.cast.people:
            reservation = self.reserve(day, due, who, what, count, booked=day - 3)
            rows = Allocation.objects.filter(line__reservation=reservation).select_related("item")
            items = [row.item for row in rows.order_by("item")]
            opening["reservation"] = reservation
        else:
            busy = Allocation.objects.holding().values("item")
            items = list(Item.objects.lendable().filter(product=product).exclude(pk__in=busy)[:count])
            opening["extras"] = [("Verlängerungskabel", 1)] if who == "Timo Ritter" else []
        hand_over_together(
            self._institution(who), items=items, by=self.cast.desk, now=self.days.desk(day, 10, 30), **opening
        )
        self.taken[day, who, what] = items

    def take_back(self, handed_over: int, day: int, who: str, what: str) -> None:
        now = self.days.desk(day, 9, 30)
        for item in self.taken[handed_over, who, what]:
            missing = {item.product.parts.get(name="VR-Brille"): 1} if what == "VR-Koffer" else {}
            loan = take_back(item, by=self.cast.desk, missing=missing, now=now)
            if day < -5:
                check(loan, by=self.cast.desk, now=self.days.desk(day, 11))

    def send_to_repair(self) -> None:
        take_out_of_service(
            Item.objects.filter(product=self.products["3D-Drucker"]).latest("pk"),
            reason="repair",
            note="Düse verstopft, beim Hersteller",
            expected_end_at=self.days.desk(9),
            by=self.cast.desk,
            now=self.days.desk(-5, 12),
        )

    def find_in_return_box(self) -> None:
        loan = Loan.objects.open().get(item__product=self.products["Calliope mini Klassensatz"])
        drop_off(loan, by=self.cast.desk, now=self.days.desk(-1, 12))

    def to_come(self) -> list[Deed]:
        """What is promised for the next weeks; what starts first is packed already."""
        return [
            *(partial(self.promise, *booked) for booked in schedule.IS_TO_COME),
            *(partial(self.promise_room, *booked) for booked in schedule.ROOMS),
        ]

    def waiting(self) -> list[Deed]:
        """One request that somebody has to approve, and one of somebody who is not activated yet."""
        return [
            partial(self.reserve, day, day + 1, who, what, 1, booked=-1, by=self.cast.people[who])
            for who, what, day in (("lehrkraft", "VR-Koffer", 10), ("vogt", "Ozobot Set", 11))
        ]

    def promise(self, day: int, until: int, who: str, what: str, count: int, channel: str) -> None:
        reservation = self.reserve(day, until, who, what, count, booked=-2, channel=channel)
        if day == 0:
            make_ready(reservation, by=self.cast.desk, now=self.days.desk(-1, 12))

    def promise_room(self, day: int, begins: int, ends: int, who: str, what: str) -> None:
        place(
            self._institution(who),
            wishes=[Wish(self.products[what], 1)],
            starts_at=self.days.desk(day, begins),
            ends_at=self.days.desk(day, ends),
            by=None,
            now=self.days.desk(-2, 9),
            **self._named(who),
        )

    def upkeep(self) -> None:
        """What the timetable would have done meanwhile."""
        now = self.days.now
        upkeep.let_go(now=now)
        for product in late_products(now):
            keep_blocking(product, now=now)

    def reserve(
        self,
        day: int,
        until: int,
        who: str,
        what: str,
        count: int,
        *,
        booked: int,
        channel: str = BookingChannel.WEB,
        by: User | None = None,
    ) -> Reservation:
        product = self.products[what]
        return place(
            self._institution(who),
            wishes=[Wish(product, count)],
            starts_at=self.days.pickup(day, product),
            ends_at=self.days.back(until, product),
            channel=channel,
            by=by or (self.cast.desk if channel != BookingChannel.WEB else None),
            now=self.days.desk(booked, 9),
            **self._named(who),
        )

    def _named(self, who: str) -> dict[str, Any]:
        if who in self.cast.people:
            return {"responsible": self.cast.people[who]}
        return {"contact": self.cast.contacts[who]}

    def _institution(self, who: str) -> Institution:
        if who in self.cast.contacts:
            return self.cast.contacts[who].institution
        membership = self.cast.people[who].memberships.select_related("institution__center").get()
        if membership.institution is None:
            raise LookupError(f"{who} acts for no school")
        return membership.institution
