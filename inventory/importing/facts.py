"""What one row of an inventory list says about an item and its product."""

import re
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import Field as Column

from inventory.importing.states import State
from inventory.models import Category, Item, Location, Product
from inventory.models.item import Fitness, Life
from inventory.models.product import ProductKind
from leihwerk.tables.cells import as_text
from people.models import Center

COPIED: Final = (
    "serial_number", "owner", "cost_center", "invoice", "funding", "bound_until", "acquired_on", "price", "note",
)  # fmt: skip
_CASES: Final = re.compile(r"koffer|klassensatz|kiste|kasten|box\b|set\b", re.IGNORECASE)
_SERVES: Final = re.compile(r"\((\d{1,3})(?: (?:Personen|Kinder|Schüler|Stück|Stk\.?|er))?\)")


def described(values: dict[str, Any], location: Location | None) -> dict[str, Any]:
    """The columns of an item the row speaks of. A blank says nothing, so it overwrites nothing."""
    spoken = {name: values[name] for name in COPIED if values.get(name) is not None}
    state: State = values.get("state") or State()
    return spoken | ({"location": location} if location else {}) | ({"wear": state.wear} if state.wear else {})


def new_product(values: dict[str, Any], *, center: Center, category: Category) -> Product:
    """The product of a row that names it first. What it serves stands in many names: "Bee-Bot Set (6)"."""
    name = values["product"]
    counted = _SERVES.search(name)
    price = values.get("replacement_value") or values.get("price")
    return Product(
        center=center,
        category=category,
        name=name,
        kind=values.get("kind") or (ProductKind.KIT if counted or _CASES.search(name) else ProductKind.DEVICE),
        maker=values.get("maker") or "",
        description=values.get("description") or "",
        serves=values.get("serves") or (int(counted[1]) or None if counted else None),
        replacement_value=price,
    )


def new_item(values: dict[str, Any], *, center: Center, product: Product, location: Location | None) -> Item:
    """The item of a row, in the state the row tells."""
    state: State = values.get("state") or State()
    return Item(
        center=center,
        product=product,
        asset_number=values["asset_number"],
        life=state.life,
        fitness=state.fitness,
        retired_on=values.get("retired_on"),
        **described(values, location),
    )


def summary(item: Item) -> str:
    """What one wants to see of a new item before it is taken over."""
    state = item.get_life_display() if item.life != Life.ACTIVE else item.wear or item.get_fitness_display()
    price = f"{shown(item.price)} €" if item.price is not None else ""
    return " · ".join(filter(None, [str(item.location or ""), state, shown(item.acquired_on), price, item.funding]))


def label(name: str) -> str:
    """What a column of an item is called on screen."""
    column = Item._meta.get_field(name)
    return str(column.verbose_name) if isinstance(column, Column) else name


def shown(value: Any) -> str:
    """A fact as the report shows it."""
    match value:
        case Fitness():
            return str(value.label)
        case Decimal():
            return f"{value:.2f}".replace(".", ",")
        case None | str() | date():
            return as_text(value)
    return str(value)
