"""Notes hang on media and contracts; a person who was named in one can be taken out of it."""

from typing import Final

from licenses.models import Amendment, Contract, Medium
from people.privacy import Person, forget_names_in

NOTES: Final = ((Medium, "description"), (Contract, "note"), (Amendment, "note"))


def forget_names(person: Person) -> None:
    for model, column in NOTES:
        forget_names_in(model, column, person)
