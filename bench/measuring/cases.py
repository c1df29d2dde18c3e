"""What is measured: each a number of tasks like those of a day, and what has to be put back afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Final, TypeAlias

from bench.measuring.client import Asked, Client
from bench.measuring.stage import Stage

Task: TypeAlias = list[Asked]
"""What is asked one after the other, and timed as one."""


class Case:
    """``goal``: how many times the bare view it may cost at most; None: it is only reported."""

    name: ClassVar[str]
    goal: ClassVar[float | None] = None

    def who(self, stage: Stage) -> Client:
        return stage.teacher

    def tasks(self, stage: Stage, wanted: int) -> list[Task]:
        raise NotImplementedError

    def put_back(self, stage: Stage) -> None:
        """As if the tasks had not been done."""


BARE: Final[Task] = [Asked("GET", "/bench/ten-rows/")]


class Bare(Case):
    name = "bare"

    def tasks(self, stage: Stage, wanted: int) -> list[Task]:
        return [BARE] * wanted


class Catalogue(Case):
    """Every product of the centre, with what is free in a week to come."""

    name: ClassVar[str] = "catalogue"
    goal: ClassVar[float | None] = 5.0
    path = "/api/v1/products/?starts_at={}&ends_at={}&limit=500"

    def tasks(self, stage: Stage, wanted: int) -> list[Task]:
        weeks = ((stage.coming_day(day), stage.coming_day(day + 5)) for day in _days(stage, wanted))
        return [[Asked("GET", self.path.format(*week))] for week in weeks]


class Page(Catalogue):
    """The catalogue as people see it: one page of it."""

    name, goal = "page", None
    path = "/katalog/?starts_on={}&ends_on={}"

    def who(self, stage: Stage) -> Client:
        return stage.browser


class Month(Case):
    """When one product is free within four weeks."""

    name, goal = "month", 3.0

    def tasks(self, stage: Stage, wanted: int) -> list[Task]:
        skip = next(stage.turn) * 11
        chosen = (stage.products[(skip + number) % len(stage.products)] for number in range(wanted))
        return [[Asked("GET", f"/api/v1/products/{product}/availability/")] for product in chosen]


class Decision(Case):
    """A teacher asks whether a medium may be shown, and where it is."""

    name, goal = "decision", 3.0

    def tasks(self, stage: Stage, wanted: int) -> list[Task]:
        skip = next(stage.turn) * 37
        media = [1 + (skip + number * 101) % stage.size.media for number in range(wanted)]
        return [[Asked("POST", f"/api/v1/media/{medium}/use/", {"action": "show"})] for medium in media]


class ItemReport(Case):
    """A harvester fetches a year's use of every medium by all schools of the centre."""

    name: ClassVar[str] = "item report"
    goal: ClassVar[float | None] = 50.0
    path = "/r51/reports/ir"

    def who(self, stage: Stage) -> Client:
        return stage.harvester

    def tasks(self, stage: Stage, wanted: int) -> list[Task]:
        return [[Asked("GET", f"{self.path}?{stage.year_of_use}")]] * wanted


class PlatformReport(ItemReport):
    """The same year in a few sums."""

    name = "platform report"
    path = "/r51/reports/pr"


class Reservations(Case):
    """The desk's list of fifty, with lines."""

    name, goal = "reservations", 5.0
    path = "/api/v1/reservations/?state=approved"

    def who(self, stage: Stage) -> Client:
        return stage.desk

    def tasks(self, stage: Stage, wanted: int) -> list[Task]:
        return [[Asked("GET", self.path)]] * wanted


class Loans(Reservations):
    """The desk's list of fifty things that are out."""

    name = "loans"
    path = "/api/v1/loans/?open=true"


class Create(Case):
    """A teacher reserves a product that is free in a week to come."""

    name, goal = "create", 6.0

    def tasks(self, stage: Stage, wanted: int) -> list[Task]:
        ahead = 5 + next(stage.turn) * 3 % 60
        starts, ends = str(stage.coming_day(ahead)), str(stage.coming_day(ahead + 4))
        products = stage.free_products(starts, ends, wanted)
        return [[Asked("POST", "/api/v1/reservations/", _wish(stage, product, starts, ends))] for product in products]

    def put_back(self, stage: Stage) -> None:
        _cancel_recent(stage)


@dataclass
class HandOver(Case):
    """The desk scans a thing and hands it over for a reservation: two calls."""

    name, goal = "scan + handover", 10.0
    codes: list[str] = field(default_factory=list)

    def who(self, stage: Stage) -> Client:
        return stage.desk

    def tasks(self, stage: Stage, wanted: int) -> list[Task]:
        now = datetime.now(UTC)
        starts, ends = now.isoformat(), (now + timedelta(days=2)).isoformat()
        products = stage.free_products(_query(starts), _query(ends), wanted)
        return [self._task(stage, _wish(stage, product, starts, ends)) for product in products]

    def _task(self, stage: Stage, wish: dict[str, Any]) -> Task:
        reservation = stage.desk.read(Asked("POST", "/api/v1/reservations/", wish))["id"]
        (code,) = stage.row(
            "SELECT label.number FROM lending_line AS line JOIN lending_allocation AS row ON row.line_id = line.id"
            " JOIN inventory_label AS label ON label.item_id = row.item_id WHERE line.reservation_id = %s",
            reservation,
        )
        self.codes.append(code)
        given = {"reservation": reservation, "items": [code]}
        return [Asked("GET", f"/api/v1/scan/{code}/"), Asked("POST", "/api/v1/handovers/", given)]

    def put_back(self, stage: Stage) -> None:
        for code in self.codes:
            if stage.row(
                "SELECT 1 FROM lending_loan JOIN inventory_label USING (item_id)"
                " WHERE number = %s AND returned_at IS NULL",
                code,
            ):
                stage.desk.ask(Asked("POST", "/api/v1/returns/", {"items": [{"code": code}]}))
        self.codes.clear()
        _cancel_recent(stage)


def all_cases() -> Sequence[Case]:
    reports = [ItemReport(), PlatformReport()]
    return [Bare(), Catalogue(), Month(), Decision(), *reports, Create(), HandOver(), Loans(), Reservations(), Page()]


def _wish(stage: Stage, product: int, starts: str, ends: str) -> dict[str, Any]:
    lines = [{"product": product, "quantity": 1}]
    return {"institution": stage.institution, "starts_at": starts, "ends_at": ends, "lines": lines}


def _cancel_recent(stage: Stage) -> None:
    """Whatever was reserved since the set was made, and is not out, is let go."""
    made = stage.raw.execute(
        "SELECT reservation.id FROM lending_reservation AS reservation WHERE channel = 'api' AND state = 'approved'"
        " AND NOT EXISTS (SELECT FROM lending_handover WHERE reservation_id = reservation.id)"
    ).fetchall()
    for (reservation,) in made:
        stage.desk.ask(Asked("POST", f"/api/v1/reservations/{reservation}/cancel/", {}))


def _days(stage: Stage, wanted: int) -> list[int]:
    turn = next(stage.turn)
    return [3 + (turn * 5 + number) % 60 for number in range(wanted)]


def _query(moment: str) -> str:
    return moment.replace("+", "%2B")
