"""Rows on their way into their table by COPY."""

from datetime import datetime
from typing import Any, Final

from django.db import connection
from django.db.models import Model

NULL: Final = r"\N"


class Sheet:
    """Rows of one table. Fields that are not named get the default of their model, ``now`` where that is the time."""

    def __init__(self, model: type[Model], *names: str, now: datetime) -> None:
        fields = {field.name: field for field in model._meta.concrete_fields if not field.generated}
        others = [field for name, field in fields.items() if name not in {"id", *names}]
        self.table = model._meta.db_table
        self.columns = [str(field.column) for field in (fields["id"], *(fields[name] for name in names), *others)]
        self.end = "".join(f"\t{text(_default(field, now))}" for field in others) + "\n"
        self.rows: list[str] = []
        self.last = 0

    def add(self, *values: Any) -> int:
        """One more row; its id."""
        self.last += 1
        self.rows.append("\t".join(map(text, (self.last, *values))) + self.end)
        return self.last

    def copy(self) -> None:
        """Put what was added since the last time into the table."""
        columns = ", ".join(f'"{column}"' for column in self.columns)
        with connection.cursor() as cursor, cursor.copy(f'COPY "{self.table}" ({columns}) FROM STDIN') as stream:
            stream.write("".join(self.rows))
        self.rows.clear()

    def keep_counting(self) -> None:
        """The next row that somebody inserts gets the next id."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), greatest(%s, 1))", [self.table, self.last])


def text(value: Any) -> str:
    """As COPY reads it. The generator's words have neither tabs nor backslashes."""
    if value is None:
        return NULL
    return "{}" if value == [] else str(value)


def _default(field: Any, now: datetime) -> Any:
    return now if getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False) else field.get_default()
