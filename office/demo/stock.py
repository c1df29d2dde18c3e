"""What the invented centre owns, and the rules by which it lends it."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from inventory import items, labels, locations, products
from inventory.models import Item, Product
from inventory.products import PackingLine
from lending.models import Policy
from office.demo.cast import Cast
from people.models import Center, User

CATALOGUE: Final = Path(__file__).with_name("catalogue.toml")
FUNDING: Final = ("DigitalPakt Schule", "Schulträger", "Schulträger", "Förderverein")
NEXT_DOOR: Final = ("Bee-Bot Set", "iPad-Koffer", "Camcorder-Set")


def stock(cast: Cast) -> dict[str, Product]:
    """Everything in the catalogue for our centre, and a few things of the neighbour; our products by name."""
    rows: list[dict[str, Any]] = tomllib.loads(CATALOGUE.read_text())["product"]
    ours = _stock(cast.center, rows, by=cast.manager)
    _stock(cast.neighbor, [row for row in rows if row["name"] in NEXT_DOOR], by=cast.people["nachbar"], most=2)
    _state_rules(cast.center, ours)
    labels.print_out(Item.objects.filter(center=cast.center), by=cast.desk)
    return ours


def _stock(center: Center, rows: list[dict[str, Any]], *, by: User, most: int = 99) -> dict[str, Product]:
    categories = {
        name: products.add_category(center, name=name, by=by) for name in dict.fromkeys(r["category"] for r in rows)
    }
    places = {
        name: locations.add(center, name=name, by=by)
        for name in dict.fromkeys(r["place"] for r in rows if "place" in r)
    }
    stocked, number = {}, 1
    for row in rows:
        units = min(row["units"], most)
        product = _describe(center, row, categories[row["category"]], by=by)
        is_room = row.get("kind") == "room"
        items.add(
            product,
            count=units,
            first_number="" if is_room else f"MZ-{number:04d}",
            location=places.get(row.get("place", "")),
            price=_euros(row.get("value")),
            owner=center.city if is_room else f"Stadt {center.city}",
            by=by,
            **_bought(number),
        )
        stocked[product.name] = product
        number += 0 if is_room else units
    return stocked


def _describe(center: Center, row: dict[str, Any], category: Any, *, by: User) -> Product:
    same = {"kind", "name", "maker", "serves", "levels", "age_from", "is_only_complete", "size", "needs_own_car"}
    facts = {name: row[name] for name in same | {"stores_data"} if name in row}
    parts = [PackingLine(name, quantity, *minimum) for quantity, name, *minimum in row.get("parts", ())]
    return products.add(
        center,
        category=category,
        description=row["description"].strip(),
        quick_guide=row.get("quick_guide", "").strip(),
        weight_kg=_euros(row.get("weight_kg")),
        replacement_value=_euros(row.get("value")),
        packing_list=parts,
        by=by,
        **facts,
    )


def _euros(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))


def _bought(number: int) -> dict[str, Any]:
    """When and from whose money: invented, but always the same."""
    funding = FUNDING[number % len(FUNDING)]
    bound = date(2029, 12, 31) if funding.startswith("DigitalPakt") else None
    return {"funding": funding, "bound_until": bound, "acquired_on": date(2020 + number % 6, 1 + number % 12, 15)}


def _state_rules(center: Center, ours: dict[str, Product]) -> None:
    Policy.objects.create(center=center, loan_days=14, lead_days=1, max_renewals=1, no_show_days=2)
    Policy.objects.create(
        center=center, product=ours["VR-Koffer"], needs_approval=True, needs_briefing=True, turnaround_days=1
    )
    Policy.objects.create(center=center, product=ours["iPad-Koffer"], turnaround_days=1, loan_days=7)
    Policy.objects.create(center=center, category=ours["Medienstudio"].category, loan_days=1, lead_days=2)
