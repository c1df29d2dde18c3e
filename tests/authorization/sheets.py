"""Rows of many tables, written table by table: as many statements for a thousand as for one."""

from collections import defaultdict
from typing import Any, TypeVar

from django.db.models import Model

from inventory.models import Category, Item, Label, Location, Part, Product
from lending.models import Allocation, Bundle, BundleLine, Extra, Finding, Handover, Line, Loan, Outage, Reservation
from licenses.models import Deletion, DeletionTitle, Medium, Provider
from people.models import Center, Contact, Institution, Intent, Letter, Membership, User

#: What points to something comes behind it.
TABLES: tuple[type[Model], ...] = (
    Center, User, Institution, Membership, Contact, Category, Location, Product, Part, Bundle, BundleLine, Item, Label,
    Provider, Medium, Reservation, Line, Handover, Extra, Outage, Allocation, Loan, Finding, Letter, Intent,
    Deletion, DeletionTitle,
)  # fmt: skip
Row = TypeVar("Row", bound=Model)


class Sheets:
    """Rows of one centre that are still to be written."""

    def __init__(self, center: Center) -> None:
        self.center = center
        self.rows: dict[type[Model], list[Any]] = defaultdict(list)

    def note(self, table: type[Row], **facts: Any) -> Row:
        """A row of the centre, if the table knows centres."""
        if any(field.name == "center" for field in table._meta.fields):
            facts["center"] = self.center
        row = table(**facts)
        self.rows[table].append(row)
        return row

    def write(self) -> None:
        for table in TABLES:
            table._default_manager.bulk_create(self.rows.pop(table, []))
        assert not self.rows, "a table is missing above"
