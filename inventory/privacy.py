"""Notes hang on things; a person who was named in one can be taken out of it."""

from typing import Final

from inventory.models import Item, Product
from people.privacy import Person, forget_names_in

NOTES: Final = (
    (Item, "note"),
    (Item, "wear"),
    (Item, "owner"),
    (Product, "description"),
    (Product, "quick_guide"),
)


def forget_names(person: Person) -> None:
    for model, column in NOTES:
        forget_names_in(model, column, person)
