"""Columns by month, side by side for each source, as numbers that a template draws. A table tells the same."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from licenses.usage.overview import Line
from licenses.usage.sums import Teller

WIDTH: Final = 720
HEIGHT: Final = 200
GAP: Final = 0.25  # of a month's width
COLORS: Final = 4


@dataclass(frozen=True)
class Column:
    """``color`` is the source's number, from 1; the last one is for all further sources."""

    x: float
    y: float
    width: float
    height: float
    color: int
    number: int


@dataclass(frozen=True)
class Month:
    month: date
    x: float
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Chart:
    """``most`` is the highest number, at the upper edge."""

    months: tuple[Month, ...]
    sources: tuple[tuple[int, str], ...]
    most: int
    width: int = WIDTH
    height: int = HEIGHT


def chart(lines: Iterable[Line], months: Sequence[date], names: Callable[[Teller], str]) -> Chart | None:
    """Uses by month and source; None where there are none."""
    numbers = {(line.key, line.teller): line.uses for line in lines if line.uses}
    sources = sorted({teller for _month, teller in numbers}, key=lambda it: (it[0] or 0, it[1]))
    most = max(numbers.values(), default=0)
    if not most:
        return None
    each = WIDTH / len(months)
    wide = each * (1 - GAP) / len(sources)
    drawn = []
    for place, month in enumerate(months):
        left = place * each + each * GAP / 2
        columns = tuple(
            Column(
                x=round(left + index * wide, 1),
                y=round(HEIGHT - HEIGHT * number / most, 1),
                width=round(wide, 1),
                height=round(HEIGHT * number / most, 1),
                color=min(index + 1, COLORS),
                number=number,
            )
            for index, source in enumerate(sources)
            if (number := numbers.get((month, source), 0))
        )
        drawn.append(Month(month, round((place + 0.5) * each, 1), columns))
    legend = tuple((min(index + 1, COLORS), names(source)) for index, source in enumerate(sources))
    return Chart(tuple(drawn), legend, most)
