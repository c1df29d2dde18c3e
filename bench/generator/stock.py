"""What the centres own: products of one to ten units, each unit with its label."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import cycle, islice
from random import Random
from typing import Final

from bench.generator.cast import token
from bench.generator.sheets import Sheet
from bench.generator.sizes import Size
from inventory.models import Category, Item, Label, Location, Part, Product
from leihwerk.tokens import with_check_digit

UNITS: Final = (1, 2, 2, 3, 4, 4, 6, 10)
CATEGORIES: Final = (
    "Robotik und Coding", "Tablets und Notebooks", "Virtuelle Realität", "Kamera und Foto", "Ton und Podcast",
    "Licht", "Präsentation", "Drucken und Schneiden", "Messen und Forschen", "Spiele", "Bühne", "Zubehör",
)  # fmt: skip
THINGS: Final = ("Roboter-Set", "iPad-Koffer", "VR-Koffer", "Camcorder-Set", "Mikrofon-Set", "Beamer", "Calliope-Set")
PARTS: Final = (("Ladegerät", 1), ("Kabel", 8), ("Karte", 30), ("Anleitung", 1))
PLACES: Final = 20


@dataclass(frozen=True)
class Goods:
    """A product and its units."""

    product: int
    items: list[int]


class Stock:
    def __init__(self, now: datetime, random: Random) -> None:
        self.random = random
        self.categories = Sheet(Category, "center", "name", now=now)
        self.locations = Sheet(Location, "center", "name", now=now)
        self.products = Sheet(
            Product, "center", "category", "name", "maker", "description", "levels", "serves", "replacement_value",
            now=now,
        )  # fmt: skip
        self.parts = Sheet(Part, "center", "product", "name", "quantity", "position", now=now)
        self.items = Sheet(Item, "center", "product", "asset_number", "location", "owner", "acquired_on", now=now)
        self.labels = Sheet(Label, "center", "item", "token", "number", "printed_at", now=now)
        self.sheets = [self.categories, self.locations, self.products, self.parts, self.items, self.labels]
        self.now = now

    def equip(self, center: int, size: Size) -> list[Goods]:
        """Everything one centre owns."""
        categories = [self.categories.add(center, name) for name in CATEGORIES]
        places = [self.locations.add(center, f"Regal {place + 1}") for place in range(PLACES)]
        counts = units(size)
        shelf = iter(range(1, size.items + 1))
        return [
            self._goods(center, number, categories[number % len(categories)], places, list(islice(shelf, count)))
            for number, count in enumerate(counts)
        ]

    def _goods(self, center: int, number: int, category: int, places: list[int], serials: list[int]) -> Goods:
        thing = THINGS[number % len(THINGS)]
        product = self.products.add(
            center, category, f"{thing} {number + 1}", "Beispiel GmbH",
            f"{thing} für den Unterricht, mit Anleitung und Ladegerät. Passt in einen Kofferraum.",
            "Grundschule, Sekundarstufe I", self.random.choice((6, 15, 30)), self.random.randrange(80, 4000),
        )  # fmt: skip
        if number % 3 == 0:
            for position, (name, quantity) in enumerate(PARTS):
                self.parts.add(center, product, name, quantity, position)
        return Goods(product, [self._unit(center, product, serial, places) for serial in serials])

    def _unit(self, center: int, product: int, serial: int, places: list[int]) -> int:
        bought_on = date(2020 + serial % 6, 1 + serial % 12, 15)
        item = self.items.add(center, product, f"MZ-{serial:05d}", places[serial % PLACES], "Stadt", bought_on)
        number = with_check_digit(self.labels.last + 1)
        self.labels.add(center, item, token(self.random), number, self.now)
        return item


def units(size: Size) -> list[int]:
    """How many units each product has: as unequal as in life, together ``size.items``."""
    counts = list(islice(cycle(UNITS), size.products))
    for number in _round_about(size.products):
        rest = size.items - sum(counts)
        if rest == 0:
            return counts
        counts[number] = max(1, counts[number] + (1 if rest > 0 else -1))
    raise AssertionError("unreachable")


def _round_about(products: int) -> Iterator[int]:
    return cycle(range(products))
