"""What must always be true, as questions to a live database: each answers with the rows that break it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils.functional import Promise


@dataclass(frozen=True)
class Check:
    """One truth (``sentence``) and the query that finds whatever breaks it.

    The query is one statement, so it sees one moment of the database however long the others take; ``%(now)s`` is
    the time of the examination. It selects whatever names the row.
    """

    name: str
    sentence: str | Promise
    query: str

    def broken(self, *, now: datetime) -> list[str]:
        """The rows that break it, as "column value, column value"."""
        with connection.cursor() as cursor:
            cursor.execute(self.query, {"now": now})
            names = [column.name for column in cursor.description]
            return [
                ", ".join(f"{name} {value}" for name, value in zip(names, row, strict=True))
                for row in cursor.fetchall()
            ]
