"""Database constraints that Django cannot state by itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import IntegrityError, transaction
from django.db.backends.ddl_references import Statement, Table
from django.db.models import BaseConstraint, Model


class CompositeForeignKey(BaseConstraint):
    """Several columns that must be found together in one row of another table.

    ``fields`` are field names of this model; ``to`` is ``"app.Model"``; ``to_fields`` the names there, in the same
    order, which must carry an unconditional unique constraint. A row with a NULL among ``fields`` is not checked
    (MATCH SIMPLE). Not deferrable: the statement that breaks it fails. ``is_followed``: when the columns there change,
    those here change with them (ON UPDATE CASCADE).
    """

    def __init__(
        self, *, name: str, fields: list[str], to: str, to_fields: list[str], is_followed: bool = False
    ) -> None:
        if len(fields) != len(to_fields):
            raise ValueError(f"{name}: as many fields here as there")
        super().__init__(name=name)
        self.fields, self.to, self.to_fields, self.is_followed = list(fields), to, list(to_fields), is_followed

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        path, _, kwargs = super().deconstruct()
        kwargs |= {"fields": self.fields, "to": self.to, "to_fields": self.to_fields}
        if self.is_followed:
            kwargs["is_followed"] = True
        return path, (), kwargs

    def __eq__(self, other: object) -> bool:
        if isinstance(other, CompositeForeignKey):
            return self.deconstruct() == other.deconstruct()
        return NotImplemented

    __hash__ = BaseConstraint.__hash__

    # Any: Django's stubs make both arguments optional and the answer a string; neither is so.

    def constraint_sql(self, model: Any, schema_editor: Any) -> str:
        """Nothing inside CREATE TABLE; see create_sql."""
        self.create_sql(model, schema_editor)
        return ""

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        """At the end of the migration, when the unique constraint it refers to surely stands; nothing now."""
        target = model._meta.apps.get_model(self.to)
        quote = schema_editor.quote_name
        columns = ", ".join(quote(model._meta.get_field(name).column) for name in self.fields)
        to_columns = ", ".join(quote(target._meta.get_field(name).column) for name in self.to_fields)
        statement = Statement(
            "ALTER TABLE %(table)s ADD CONSTRAINT %(name)s "
            "FOREIGN KEY (%(columns)s) REFERENCES %(to)s (%(to_columns)s)%(following)s",
            table=Table(model._meta.db_table, quote),
            name=quote(self.name),
            columns=columns,
            to=quote(target._meta.db_table),
            to_columns=to_columns,
            following=" ON UPDATE CASCADE" if self.is_followed else "",
        )
        schema_editor.deferred_sql.append(statement)
        return ""  # Django may put the answer among the deferred statements, where None would be said aloud

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        return Statement(
            "ALTER TABLE %(table)s DROP CONSTRAINT %(name)s",
            table=Table(model._meta.db_table, schema_editor.quote_name),
            name=schema_editor.quote_name(self.name),
        )

    def validate(self, model: type[Model], instance: Model, exclude: Any = None, using: str = "default") -> None:
        """The database is asked when the row is written."""


@contextmanager
def refusing(constraint: str, refusal: Exception) -> Iterator[None]:
    """Let a constraint speak as the refusal it stands for: the last wall, when somebody else was quicker."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        cause = error.__cause__
        if isinstance(cause, psycopg.Error) and cause.diag.constraint_name == constraint:
            raise refusal from error
        raise
