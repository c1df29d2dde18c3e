"""Do the walls stand? A rule is worth no more than the constraint that PostgreSQL really has."""

from collections.abc import Iterator

import pgtrigger.registry
from django.apps import apps
from django.db import connection
from django.db.models import Model

from leihwerk.constraints import CompositeForeignKey


def missing_walls() -> Iterator[tuple[str, str]]:
    """Table and name of every constraint and trigger that a model states and the database lacks or has switched off."""
    constraints, triggers = _standing()
    for model in _ours():
        table = model._meta.db_table
        for constraint in model._meta.constraints:
            if (table, constraint.name) not in constraints:
                yield table, constraint.name
    for owner, trigger in pgtrigger.registry.registered():
        if (owner._meta.db_table, trigger.get_pgid(owner)) not in triggers:
            yield owner._meta.db_table, str(trigger.name)


def strangers() -> Iterator[tuple[str, int]]:
    """Name and id of every row whose composite foreign key leads nowhere: two centres have met."""
    for model in _ours():
        for constraint in model._meta.constraints:
            if isinstance(constraint, CompositeForeignKey):
                with connection.cursor() as cursor:
                    cursor.execute(_leads_nowhere(model, constraint))
                    yield from ((constraint.name, pk) for (pk,) in cursor.fetchall())


def _standing() -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE convalidated")
        constraints = set(cursor.fetchall())
        cursor.execute("SELECT tablename, indexname FROM pg_indexes WHERE schemaname = current_schema()")
        constraints |= set(cursor.fetchall())
        cursor.execute("SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')")
        return constraints, set(cursor.fetchall())


def _ours() -> list[type[Model]]:
    return [model for model in apps.get_models() if model._meta.constraints and not model._meta.proxy]


def _leads_nowhere(model: type[Model], key: CompositeForeignKey) -> str:
    target = apps.get_model(key.to)
    pairs = [
        (model._meta.get_field(here).column, target._meta.get_field(there).column)  # type: ignore[union-attr]
        for here, there in zip(key.fields, key.to_fields, strict=True)
    ]
    given = " AND ".join(f'row."{here}" IS NOT NULL' for here, _ in pairs)
    found = " AND ".join(f'target."{there}" = row."{here}"' for here, there in pairs)
    return (
        f'SELECT row.id FROM "{model._meta.db_table}" row WHERE {given} '  # noqa: S608 - our own models' names
        f'AND NOT EXISTS (SELECT FROM "{target._meta.db_table}" target WHERE {found})'
    )
