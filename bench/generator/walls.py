"""Constraints, indexes and triggers stand aside for a COPY, and stand again afterwards: whatever the catalog names.

Checks stay: they cost a COPY next to nothing. What a partition has from its table goes and comes with that.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

CONSTRAINTS: Final = """
    SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid), contype = 'f'
    FROM pg_constraint
    WHERE contype = ANY ('{p,u,x,f}') AND conparentid = 0
      AND (conrelid = ANY (%(tables)s::regclass[]) OR contype = 'f' AND confrelid = ANY (%(tables)s::regclass[]))
    ORDER BY contype <> 'p', conname
"""
INDEXES: Final = """
    SELECT quote_ident(class.relname), pg_get_indexdef(class.oid)
    FROM pg_index JOIN pg_class AS class ON class.oid = indexrelid
    WHERE indrelid = ANY (%(tables)s::regclass[])
      AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = class.oid AND contype = ANY ('{p,u,x}'))
    ORDER BY class.relname
"""
TRIGGERS: Final = """
    SELECT tgrelid::regclass::text, quote_ident(tgname) FROM pg_trigger
    WHERE tgrelid = ANY (%(tables)s::regclass[]) AND NOT tgisinternal AND tgenabled = 'O' ORDER BY tgname
"""


class WallsHaveChanged(Exception):
    """What stands after the COPY is not what stood before."""


@dataclass(frozen=True)
class Walls:
    """What guards some tables: constraints as (table, name, definition, is a foreign key), and so on."""

    constraints: list[tuple[str, str, str, bool]]
    indexes: list[tuple[str, str]]
    triggers: list[tuple[str, str]]

    @classmethod
    def of(cls, tables: Sequence[str]) -> "Walls":
        return cls(*(_asked(question, list(tables)) for question in (CONSTRAINTS, INDEXES, TRIGGERS)))

    def take_down(self) -> Iterator[str]:
        """Foreign keys first: they lean on the others."""
        for table, name, _, _ in sorted(self.constraints, key=lambda it: not it[3]):
            yield f"ALTER TABLE {table} DROP CONSTRAINT {name}"
        for name, _ in self.indexes:
            yield f"DROP INDEX {name}"
        for table, name in self.triggers:
            yield f"ALTER TABLE {table} DISABLE TRIGGER {name}"

    def put_up(self) -> Iterator[str]:
        yield from (definition for _, definition in self.indexes)
        for table, name, definition, _ in sorted(self.constraints, key=lambda it: it[3]):
            yield f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}"
        for table, name in self.triggers:
            yield f"ALTER TABLE {table} ENABLE TRIGGER {name}"


@contextmanager
def aside(tables: Sequence[str]) -> Iterator[None]:
    """Inside, ``tables`` have no walls. Afterwards the database has proved every row against every one of them.

    Belongs into a transaction. Raises the database's error when rows break a wall, WallsHaveChanged when other walls
    stand afterwards.
    """
    walls = Walls.of(tables)
    _execute(walls.take_down())
    yield
    _execute(walls.put_up())
    if Walls.of(tables) != walls:
        raise WallsHaveChanged


def _asked(question: str, tables: list[str]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(question, {"tables": tables})
        return list(cursor.fetchall())


def _execute(statements: Iterator[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
