"""What the catalogue shows: products with their facts, pictures and packing lists, in categories."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from django.db import transaction
from django.db.models import F

from inventory.errors import CategoryNameIsTaken, PartIsListedTwice, ProductNameIsTaken
from inventory.models import Category, ItemPart, Part, Product
from leihwerk.constraints import refusing
from people import journal
from people.models import Center, User

DESCRIBED: Final = frozenset(
    {"category", "kind", "name", "maker", "description", "serves", "levels", "age_from", "is_only_complete"}
    | {"weight_kg", "size", "needs_own_car", "stores_data", "quick_guide", "picture", "packed_picture"}
    | {"replacement_value", "is_listed"}
)


PICTURES: Final = frozenset({"picture", "packed_picture"})


@dataclass(frozen=True)
class PackingLine:
    """One line of a packing list as somebody wrote it; ``part`` is the one it was before, if it is not new."""

    name: str
    quantity: int = 1
    minimum: int = 0
    part: Part | None = None


@transaction.atomic
def add(center: Center, *, by: User, packing_list: Sequence[PackingLine] = (), **facts: Any) -> Product:
    """A product of ``center``, so far without units. Raises ProductNameIsTaken, PartIsListedTwice."""
    _ask_known(facts)
    product = Product(center=center, **facts)
    with refusing("product_name_is_used_once", ProductNameIsTaken(name=product.name)):
        product.save()
    journal.record("product.created", product, by=by)
    set_packing_list(product, packing_list, by=by)
    return product


@transaction.atomic
def edit(product: Product, *, by: User, packing_list: Sequence[PackingLine] | None = None, **facts: Any) -> Product:
    """Describe ``product`` anew; None leaves the packing list alone. Raises ProductNameIsTaken, PartIsListedTwice."""
    _ask_known(facts)
    product = Product.objects.lock().get(pk=product.pk)
    changed = sorted(name for name, value in facts.items() if getattr(product, name) != value)
    for name in changed:
        if name in PICTURES and (former := getattr(product, name)):
            transaction.on_commit(partial(former.storage.delete, former.name))
        setattr(product, name, facts[name])
    if changed:
        with refusing("product_name_is_used_once", ProductNameIsTaken(name=product.name)):
            product.save(update_fields=changed)
        journal.record("product.changed", product, by=by, fields=changed)
    if packing_list is not None:
        set_packing_list(product, packing_list, by=by)
    return product


@transaction.atomic
def set_packing_list(product: Product, lines: Sequence[PackingLine], *, by: User) -> list[Part]:
    """``lines``, in their order, are what belongs in. A part that is named again keeps what was counted of it.

    Raises PartIsListedTwice.
    """
    names = [line.name for line in lines]
    for name in names:
        if names.count(name) > 1:
            raise PartIsListedTwice(name=name)
    known = {part.pk: part for part in product.parts.select_for_update(no_key=True)}
    before = [(part.name, part.quantity, part.minimum) for part in known.values()]
    if before == [(line.name, line.quantity, line.minimum) for line in lines]:
        return list(known.values())
    kept = [known.get(line.part.pk) if line.part else None for line in lines]
    product.parts.exclude(pk__in=[part.pk for part in kept if part]).delete()
    product.parts.update(name=F("pk"))  # so that two lines can exchange their names
    parts = []
    for position, (line, former) in enumerate(zip(lines, kept, strict=True)):
        part = former or Part(center_id=product.center_id, product=product)
        part.name, part.quantity, part.minimum, part.position = line.name, line.quantity, line.minimum, position
        part.save()
        parts.append(part)
    ItemPart.objects.filter(part__product=product, working__gte=F("part__quantity")).delete()  # all there: no row
    journal.record("product.packing_list_set", product, by=by, parts=[part.pk for part in parts])
    return parts


@transaction.atomic
def add_category(center: Center, *, name: str, by: User) -> Category:
    """A further shelf of the catalogue. Raises CategoryNameIsTaken."""
    category = Category(center=center, name=name)
    with refusing("category_name_is_used_once", CategoryNameIsTaken(name=name)):
        category.save()
    journal.record("category.created", category, by=by)
    return category


def _ask_known(facts: Mapping[str, Any]) -> None:
    unknown = facts.keys() - DESCRIBED
    if unknown:
        raise TypeError(f"not a fact that describes a product: {', '.join(sorted(unknown))}")
