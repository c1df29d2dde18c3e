"""Which packing list a product has, and where the cells of single items deviate from it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from inventory.importing.packing import Packed
from inventory.models import Item, ItemPart, Part, Product
from people.models import Center

Contents = tuple[Packed, ...]


@dataclass
class PackingLists:
    """The parts of all products. A product's list is what it has, or else what most of its rows in the file say."""

    center: Center
    new: list[Part] = field(default_factory=list)
    counts: list[ItemPart] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._parts: dict[Product, list[Part]] = defaultdict(list)
        for part in Part.objects.filter(center=self.center).select_related("product"):
            self._parts[part.product].append(part)
        counted = ItemPart.objects.filter(item__center=self.center).values_list("item_id", "part_id", "working")
        self._working = {(item, part): working for item, part, working in counted}

    def settle(self, product: Product, contents: Iterable[Contents]) -> None:
        """Give a product without parts the list that most of ``contents`` agree on; the first of equals."""
        said = Counter(content for content in contents if content)
        if said and not self._parts[product]:
            (usual, _count), *_rest = said.most_common()
            self._parts[product] = [
                Part(center=self.center, product=product, name=name, quantity=quantity, position=position)
                for position, (name, quantity) in enumerate(usual, start=1)
            ]
            self.new += self._parts[product]

    def deviations(self, item: Item, contents: Contents) -> list[str]:
        """Count what an item lacks ("7 von 8"), and say in words where its cell deviates."""
        said = {packed.name.casefold(): packed for packed in contents}
        deviating = []
        for part in self._parts[item.product]:
            packed = said.pop(part.name.casefold(), None)
            found = packed.quantity if packed else 0
            if found < part.quantity:
                deviating.append(_("{found} von {quantity} {name}").format(found=found, quantity=part.quantity, name=part.name))
                self._count(item, part, found)
            elif found > part.quantity:
                deviating.append(_("{found} statt {quantity} {name}").format(found=found, quantity=part.quantity, name=part.name))
        deviating += [_("zusätzlich {quantity} × {name}").format(quantity=more.quantity, name=more.name) for more in said.values()]
        return deviating

    def differ(self, item: Item, contents: Contents) -> bool:
        """True if the cell counts less than we know of the item."""
        said = {packed.name.casefold(): packed.quantity for packed in contents}
        return any(
            said.get(part.name.casefold(), 0) < self._working.get((item.pk, part.pk), part.quantity)
            for part in self._parts[item.product]
        )

    def _count(self, item: Item, part: Part, working: int) -> None:
        known = self._working.get((item.pk, part.pk)) if item.pk and part.pk else None
        if known is None or working < known:
            self.counts.append(ItemPart(item=item, part=part, working=working))
