"""What an inventory list would change, before anything is changed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from inventory.importing import facts
from inventory.importing.names import Named, sort_keys
from inventory.importing.packing_lists import PackingLists
from inventory.importing.states import State
from inventory.models import Category, Item, Location, Product
from inventory.models.item import Fitness, Life
from leihwerk.tables import Change, Record, Remark, Report, Severity
from people.models import Center


@dataclass
class Plan:
    """A comparison of a file with what a centre owns: the report, and the rows to write."""

    center: Center
    today: date
    records: list[Record]
    report: Report = field(default_factory=Report)
    new: list[Item] = field(default_factory=list)
    changed: list[tuple[Item, tuple[str, ...]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.no_category = _("Ohne Kategorie")
        named = ("product", "category", "location")
        said = {record.values[name] for record in self.records for name in named if record.values.get(name)}
        keys = sort_keys({*said, self.no_category})
        self.categories = Named(Category.objects.filter(center=self.center), keys)
        self.locations = Named(Location.objects.filter(center=self.center), keys)
        products = {product.pk: product for product in Product.objects.filter(center=self.center)}
        self.products = Named(products.values(), keys)
        self.lists = PackingLists(self.center)
        owned = Item.objects.filter(center=self.center, asset_number__isnull=False)
        self._items = {_key(item.asset_number): item for item in owned.select_related("location")}
        for item in self._items.values():
            item.product = products[item.product_id]  # one object for each product, known or new

    def draw(self) -> "Plan":
        """Go through all rows: first what they name, then what each item is."""
        lines: dict[str, int] = {}
        good = [record for record in self.records if self._is_good(record, lines)]
        products = [self._product(record) for record in good]
        rows = list(zip(good, products, strict=True))
        self.lists.settle(
            (product, record.values["contents"]) for record, product in rows if record.values.get("contents")
        )
        for record, product in rows:
            self._take(record, product)
        self.report.remarks.sort(key=lambda remark: remark.line)
        self.report.figures = {
            "products": len(self.products.new),
            "categories": len(self.categories.new),
            "locations": len(self.locations.new),
        }
        if any(self.report.figures.values()):
            sentence = _("Dazu kommen neu: Artikel {products}, Kategorien {categories}, Standorte {locations}.")
            self.report.notes.append(sentence.format(**self.report.figures))
        return self

    def _is_good(self, record: Record, lines: dict[str, int]) -> bool:
        self.report.remarks += record.remarks
        if record.is_bad:
            return False
        number = record.values["asset_number"]
        first = lines.setdefault(_key(number), record.line)
        if first != record.line:
            reason = _("steht schon in Zeile {line}").format(line=first)
            self.report.remarks.append(Remark(record.line, _("Inventarnummer"), number, reason))
        return first == record.line

    def _product(self, record: Record) -> Product:
        """The product of the row; an item that is here already keeps its own."""
        name = record.values["product"]
        item = self._items.get(_key(record.values["asset_number"]))
        if item is not None:
            if self.products.get(name) != item.product:
                reason = _("ist hier {product}; ein anderer Artikel wird es nicht durch Einlesen")
                self._hint(record, _("Bezeichnung"), name, reason.format(product=item.product))
            return item.product
        return self.products.get_or_make(name, lambda: self._new_product(record.values))

    def _new_product(self, values: dict[str, Any]) -> Product:
        name = values.get("category") or self.no_category
        category = self.categories.get_or_make(name, lambda: Category(center=self.center, name=name))
        return facts.new_product(values, center=self.center, category=category)

    def _take(self, record: Record, product: Product) -> None:
        item = self._items.get(_key(record.values["asset_number"]))
        location = self._location(record.values.get("location"))
        bought: date | None = record.values.get("acquired_on")
        if bought and bought > self.today:
            self._hint(record, _("Anschaffung"), facts.shown(bought), _("liegt in der Zukunft"))
        if item is None:
            item = facts.new_item(record.values, center=self.center, product=product, location=location)
            self.new.append(item)
            self.report.new.append(Change(record.line, f"{item.asset_number} · {product}", details=facts.summary(item)))
            self._count_parts(record, item)
            return
        differences = self._differences(record, item, location)
        differences += [(_("Packliste"), "", lack) for lack in self._count_parts(record, item)]
        if differences:
            self.report.changed.append(Change(record.line, f"{item.asset_number} · {product}", tuple(differences)))
        else:
            self.report.unchanged += 1

    def _differences(self, record: Record, item: Item, location: Location | None) -> list[tuple[str, str, str]]:
        wanted = facts.described(record.values, location) | self._worse_fitness(record, item)
        different = {name: value for name, value in wanted.items() if getattr(item, name) != value}
        differences = []
        for name, value in different.items():
            before = item.get_fitness_display() if name == "fitness" else facts.shown(getattr(item, name))
            differences.append((facts.label(name), before, facts.shown(value)))
            setattr(item, name, value)
        if different:
            self.changed.append((item, tuple(sorted(different))))
        return differences

    def _worse_fitness(self, record: Record, item: Item) -> dict[str, Any]:
        """A file may say that a thing broke. That it works again, is retired or was found is said at the desk."""
        state: State | None = record.values.get("state")
        if state is None:
            return {}
        if state.life != item.life:
            reason = _("ist hier „{life}“; das ändert sich nicht durch Einlesen")
            self._hint(record, _("Zustand"), str(state.life.label), reason.format(life=item.get_life_display()))
        elif state.life == Life.ACTIVE and state.fitness != item.fitness:
            if item.fitness == Fitness.OK:
                return {"fitness": state.fitness}
            reason = _("ist hier „{fitness}“; das ändert sich nicht durch Einlesen")
            self._hint(
                record, _("Zustand"), str(state.fitness.label), reason.format(fitness=item.get_fitness_display())
            )
        return {}

    def _count_parts(self, record: Record, item: Item) -> Iterable[str]:
        if not record.values.get("contents"):
            return []
        deviations, lacks = self.lists.compare(item, record.values["contents"])
        if deviations:
            reason = _("weicht von der Packliste ab: {deviations}").format(deviations=", ".join(deviations))
            self._hint(record, _("Packliste"), str(item.asset_number), reason)
        return lacks

    def _location(self, name: str | None) -> Location | None:
        if not name:
            return None
        return self.locations.get_or_make(name, lambda: Location(center=self.center, name=name))

    def _hint(self, record: Record, column: str, value: str, reason: str) -> None:
        self.report.remarks.append(Remark(record.line, column, value, reason, Severity.WARNING))


def _key(asset_number: str | None) -> str:
    """Numbers that differ in case only are one number: scanners do not tell them apart."""
    return (asset_number or "").casefold()
