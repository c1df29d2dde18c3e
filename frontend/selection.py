"""What somebody has picked on the way to a reservation. It lives in the address: one can share it and go back to it."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import reduce
from itertools import islice
from typing import Final
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from lending.due_dates import at

CHOICE: Final = re.compile(
    r"(\d{1,18})x(\d{1,3})(?:@(\d{4}-\d\d-\d\d)T(\d\d:\d\d)-(\d\d:\d\d))?(?:~(\d{1,18}))?", re.ASCII
)
DRAFT: Final = re.compile(r"[a-z0-9]{8}", re.ASCII)
MOST_LINES: Final = 30
MOST: Final = 999


@dataclass(frozen=True)
class Hours:
    """When a room is wanted: on one day, from a time to a time."""

    on: date
    opens: time
    closes: time

    @property
    def period(self) -> tuple[datetime, datetime] | None:
        """As moments; None where the end is not after the beginning."""
        return (at(self.on, self.opens), at(self.on, self.closes)) if self.opens < self.closes else None


@dataclass(frozen=True)
class Choice:
    """``quantity`` units of a product; with hours if it is booked by the hour. ``bundle`` is the one it came with,
    where that says that a licence comes along."""

    product: int
    quantity: int
    hours: Hours | None = None
    bundle: int | None = None

    def __str__(self) -> str:
        when = f"@{self.hours.on}T{self.hours.opens:%H:%M}-{self.hours.closes:%H:%M}" if self.hours else ""
        return f"{self.product}x{self.quantity}{when}{f'~{self.bundle}' if self.bundle else ''}"

    def and_also(self, other: "Choice") -> "Choice | None":
        """Both in one: units add up, and the same hours are there once. None if each stands for itself."""
        if (self.product, self.hours, self.bundle) != (other.product, other.hours, other.bundle):
            return None
        together = max(self.quantity, other.quantity) if self.hours else self.quantity + other.quantity
        return replace(self, quantity=min(together, MOST))


@dataclass(frozen=True)
class Selection:
    """Days and products; a product stands there once, and a room once for each of its hours. Nonsense in an address is
    left out, never an error."""

    starts_on: date | None = None
    ends_on: date | None = None
    choices: tuple[Choice, ...] = ()
    draft: str = ""
    """By which it finds again what was filled in beside it (``reserving.keeping``)."""

    @classmethod
    def of(cls, query: QueryDict) -> "Selection":
        typed = islice(filter(None, map(_choice, query.getlist("item"))), MOST_LINES)
        days = as_day(query.get("starts_on")), as_day(query.get("ends_on"))
        draft = query.get("draft", "")
        return cls(*days, draft=draft if DRAFT.fullmatch(draft) else "").with_choices(typed)

    @property
    def has_days(self) -> bool:
        return self.starts_on is not None and self.ends_on is not None and self.starts_on <= self.ends_on

    def covers(self, day: date) -> bool:
        return self.starts_on is not None and self.ends_on is not None and self.starts_on <= day <= self.ends_on

    @property
    def products(self) -> list[int]:
        return [choice.product for choice in self.choices]

    @property
    def keyed(self) -> dict[str, Choice]:
        """Each line by the name of its fields: the id of its product; for further hours of a room "7-2", "7-3" …"""
        found: dict[str, Choice] = {}
        number = Counter[int]()
        for choice in self.choices:
            number[choice.product] += 1
            several = f"-{number[choice.product]}" if number[choice.product] > 1 else ""
            found[f"{choice.product}{several}"] = choice
        return found

    def with_choice(self, choice: Choice) -> "Selection":
        """What is there already grows."""
        for place, there in enumerate(self.choices):
            if both := there.and_also(choice):
                return replace(self, choices=(*self.choices[:place], both, *self.choices[place + 1 :]))
        return replace(self, choices=(*self.choices, choice))

    def with_choices(self, choices: Iterable[Choice]) -> "Selection":
        return reduce(Selection.with_choice, choices, self)

    def without(self, product: int) -> "Selection":
        return replace(self, choices=tuple(other for other in self.choices if other.product != product))

    def instead_of(self, product: int, other: int) -> "Selection":
        """``other``, as often and at the same hours."""
        choices = (replace(it, product=other) if it.product == product else it for it in self.choices)
        return replace(self, choices=()).with_choices(choices)

    def on_days(self, starts_on: date | None, ends_on: date | None) -> "Selection":
        return replace(self, starts_on=starts_on, ends_on=ends_on)

    def put_off(self, days: int) -> "Selection":
        """All of it so many days later."""
        moved = (
            replace(it, hours=replace(it.hours, on=_later(it.hours.on, days))) if it.hours else it
            for it in self.choices
        )
        starts_on, ends_on = (day and _later(day, days) for day in (self.starts_on, self.ends_on))
        return replace(self, starts_on=starts_on, ends_on=ends_on, choices=tuple(moved))

    def query(self, **more: str) -> str:
        return urlencode([*self.pairs(), *more.items()])

    def pairs(self) -> Iterable[tuple[str, str]]:
        """As hidden fields of a form, or as parameters."""
        if self.starts_on:
            yield "starts_on", self.starts_on.isoformat()
        if self.ends_on:
            yield "ends_on", self.ends_on.isoformat()
        if self.draft:
            yield "draft", self.draft
        for choice in self.choices:
            yield "item", str(choice)

    def fields(self) -> Iterable[tuple[str, str]]:
        """As the form says it in which every line can be changed (``frontend/reserving/line.html``)."""
        yield from self.pairs()
        for key, choice in self.keyed.items():
            yield f"quantity-{key}", str(choice.quantity)
            if choice.hours:
                yield f"on-{key}", choice.hours.on.isoformat()
                yield f"opens-{key}", f"{choice.hours.opens:%H:%M}"
                yield f"closes-{key}", f"{choice.hours.closes:%H:%M}"

    def grouped(self) -> dict[str, list[str]]:
        """The same, several values of one name together."""
        found = defaultdict[str, list[str]](list)
        for name, value in self.fields():
            found[name].append(value)
        return found

    def address(self, name: str, **kwargs: object) -> str:
        query = self.query()
        return reverse(name, kwargs=kwargs) + (f"?{query}" if query else "")


def as_day(typed: str | None) -> date | None:
    try:
        return date.fromisoformat(typed or "")
    except ValueError:
        return None


def _later(day: date, days: int) -> date:
    """Or that day, where days end."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def _choice(typed: str) -> Choice | None:
    if not (match := CHOICE.fullmatch(typed)) or not (quantity := int(match[2])):
        return None
    hours = None
    if match[3]:
        try:
            hours = Hours(date.fromisoformat(match[3]), time.fromisoformat(match[4]), time.fromisoformat(match[5]))
        except ValueError:
            return None
    return Choice(int(match[1]), quantity, hours, int(match[6]) if match[6] else None)
