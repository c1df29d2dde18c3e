"""What commands and upload pages need to know about an importer."""

from collections.abc import Callable
from typing import NamedTuple

from leihwerk.tables.columns import Field
from leihwerk.tables.reports import Report


class Importer(NamedTuple):
    """One kind of table: its fields, ``check`` to say what would happen, ``run`` to do it in one transaction.

    Both take a Matched, and ``center``, ``today`` and ``progress`` by name; ``run`` takes ``by``, too.
    """

    fields: tuple[Field, ...]
    check: Callable[..., Report]
    run: Callable[..., Report]


def unwatched(_done: int, _total: int) -> None:
    """Progress that nobody looks at."""
