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
    counted: list[ItemPart] = field(default_factory=list)

    def __post_init__(self) -> None:
        # By identity: products that are not written yet have no id, and each product is one object here.
        self._of_new: dict[int, list[Part]] = {}
        self._of_known: dict[int, list[Part]] = defaultdict(list)
        for part in Part.objects.filter(center=self.center).order_by("position", "pk"):
            self._of_known[part.product_id].append(part)
        rows = ItemPart.objects.filter(item__center=self.center).values_list("item_id", "part_id", "working")
        self._working = {(item, part): working for item, part, working in rows}

    def of(self, product: Product) -> list[Part]:
        return self._of_new.get(id(product), []) or (self._of_known.get(product.pk, []) if product.pk else [])

    def settle(self, said: Iterable[tuple[Product, Contents]]) -> None:
        """Give each product without parts the list that most of its cells agree on; the first of equals."""
        counters: dict[int, Counter[Contents]] = defaultdict(Counter)
        products = {}
        for product, contents in said:
            products[id(product)] = product
            counters[id(product)][contents] += 1
        for identity, product in products.items():
            if not self.of(product):
                ((usual, _count),) = counters[identity].most_common(1)
                self._of_new[identity] = [
                    Part(center=self.center, product=product, name=name, quantity=quantity, position=position)
                    for position, (name, quantity) in enumerate(usual)
                ]
                self.new += self._of_new[identity]

    def compare(self, item: Item, contents: Contents) -> tuple[list[str], list[str]]:
        """Say where a cell deviates from the packing list, and which of it is news: fewer than we know of.

        What is news is also noted as counts to write ("7 von 8").
        """
        said = {packed.name.casefold(): packed for packed in contents}
        deviations, news = [], []
        for part in self.of(item.product):
            packed = said.pop(part.name.casefold(), None)
            found = packed.quantity if packed else 0
            if found == part.quantity:
                continue
            deviations.append(_("{found} von {part}").format(found=found, part=part))
            if found < self._known(item, part):
                news.append(deviations[-1])
                self.counted.append(ItemPart(item=item, part=part, working=found))
        deviations += [_("zusätzlich {quantity} × {name}").format(quantity=n, name=name) for name, n in said.values()]
        return deviations, news

    def _known(self, item: Item, part: Part) -> int:
        return self._working.get((item.pk, part.pk), part.quantity) if item.pk and part.pk else part.quantity
