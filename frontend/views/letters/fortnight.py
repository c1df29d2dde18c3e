"""The next two weeks as a calendar: on which day how many letters of which kind will go out."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from lending.reminders import Coming

DAYS: Final = 14


@dataclass(frozen=True)
class Day:
    on: date
    kinds: list[tuple[str, int]]

    @property
    def count(self) -> int:
        return sum(count for _, count in self.kinds)

    @property
    def anchor(self) -> str:
        """Where the page lists what goes out on that day."""
        return f"am-{self.on:%Y-%m-%d}"


def fortnight(coming: Iterable[Coming], *, today: date) -> list[Day]:
    """The days after ``today``, with and without letters."""
    titles: dict[date, Counter[str]] = {today + timedelta(days=n): Counter() for n in range(1, DAYS + 1)}
    for it in coming:
        titles[it.on][it.title] += 1
    return [Day(on, sorted(kinds.items())) for on, kinds in titles.items()]
