from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Size:
    """``rows`` allocations of ``items`` units in ``centers`` centres, each with ``products`` products, ``media`` media
    and ``entitlements`` entitlements. ``used`` of the media are used at all, by each school up to ``looks`` a month."""

    name: str
    centers: int
    products: int
    items: int
    rows: int
    media: int
    entitlements: int
    used: int
    looks: int

    def share(self, number: int) -> "Size":
        """What falls to the n-th centre (from 0); all shares together are the whole."""
        return Size(
            self.name,
            1,
            self.products,
            _part(self.items, self.centers, number),
            self._rows(number),
            self.media,
            self.entitlements,
            self.used,
            self.looks,
        )

    def _rows(self, number: int) -> int:
        return _part(self.rows, self.centers, number)


def _part(whole: int, parts: int, number: int) -> int:
    return whole // parts + (number < whole % parts)


TINY: Final = Size("tiny", centers=2, products=12, items=100, rows=2_000, media=40, entitlements=30, used=20, looks=3)
SMALL: Final = Size(
    "small", centers=1, products=500, items=2_000, rows=200_000, media=20_000, entitlements=500, used=2_000, looks=62
)
LAND: Final = Size(
    "land", centers=53, products=500, items=100_000, rows=3_000_000, media=4_000, entitlements=100, used=500, looks=8
)
COUNTED: Final = Size(
    "counted", centers=1, products=12, items=100, rows=2_000, media=2_000, entitlements=30, used=2_000, looks=10
)
SIZES: Final = {size.name: size for size in (TINY, SMALL, LAND, COUNTED)}
