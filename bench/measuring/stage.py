"""A set with its web process, the people who ask, and what they ask about."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any, Final
from urllib.parse import urlencode

import holidays
import psycopg

from bench.generator.accounts import HARVESTER_KEY, PASSWORD, email, requestor
from bench.generator.sizes import Size
from bench.measuring.client import Asked, Client, at_the_page, signed_in
from bench.measuring.sets import kept
from bench.measuring.web import serving
from bench.replay.raw import Capturer, capturing
from leihwerk import env

CENTER: Final = 1
FRIDAY: Final = 4
PUBLIC_HOLIDAYS: Final = holidays.country_holidays("DE", subdiv="NW")


@dataclass
class Stage:
    """``raw`` is a connection past everything, ``capturer`` knows what a task would send over it; ``teacher`` and
    ``desk`` are programs, ``harvester`` says who it is in ``year_of_use``, ``browser`` is the teacher's."""

    size: Size
    url: str
    raw: psycopg.Connection
    capturer: Capturer
    teacher: Client
    desk: Client
    harvester: Client
    browser: Client
    institution: int
    products: list[int]
    year_of_use: str
    turn: Iterator[int]

    def row(self, query: str, *values: Any) -> Any:
        return self.raw.execute(query, values).fetchone()

    def coming_day(self, ahead: int) -> date:
        """A day on which the centre is open, at least so many days from now."""
        day = date.today() + timedelta(days=ahead)  # noqa: DTZ011  the machine's day will do
        while day.weekday() > FRIDAY or day in PUBLIC_HOLIDAYS:
            day += timedelta(days=1)
        return day

    def free_products(self, starts_at: str, ends_at: str, wanted: int) -> list[int]:
        """As many products as possible, of which one unit is free then; others each time."""
        path = f"/api/v1/products/?starts_at={starts_at}&ends_at={ends_at}&limit=500"
        free = [row["id"] for row in self.desk.read(Asked("GET", path))["results"] if row["available"] > 0]
        skip = next(self.turn) * 7 % len(free)
        return (free[skip:] + free[:skip])[:wanted]


@contextmanager
def staged(size: Size, *, is_kept: bool) -> Iterator[Stage]:
    with ExitStack() as stack:
        url = stack.enter_context(kept(size, is_kept=is_kept))
        port = stack.enter_context(serving(size.name, url))
        raw = stack.enter_context(env.connect(url))
        capturer = stack.enter_context(capturing(url))
        teacher, desk = (signed_in(port, email(role, CENTER), PASSWORD) for role in ("lehrkraft", "theke"))
        browser = at_the_page(port, email("lehrkraft", CENTER), PASSWORD)
        institution = teacher.read(Asked("GET", "/api/v1/institutions/"))["results"][0]["id"]
        products = [row["id"] for row in desk.read(Asked("GET", "/api/v1/products/?limit=500"))["results"]]
        harvester, year = Client(port, {}), _year_of_use(raw)
        people = teacher, desk, harvester, browser
        yield Stage(size, url, raw, capturer, *people, institution, products, year, count())


def _year_of_use(raw: psycopg.Connection) -> str:
    """What a harvester asks for: the centre, every month there are figures of, and who wants to know."""
    row = raw.execute(
        "SELECT slug, min(month), max(month) FROM licenses_monthlyuse JOIN people_center AS center"
        " ON center.id = center_id WHERE center_id = %s GROUP BY slug",
        [CENTER],
    ).fetchone()
    if row is None:
        raise SystemExit("A generated world has figures of use.")
    slug, begin, end = row
    asked = {"customer_id": slug, "begin_date": f"{begin:%Y-%m}", "end_date": f"{end:%Y-%m}"}
    return urlencode(asked | {"requestor_id": requestor(CENTER), "api_key": HARVESTER_KEY})
