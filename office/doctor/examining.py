"""All questions, one after the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

from office.doctor.questions import LENDING, Question
from office.doctor.walls import missing_walls, strangers


@dataclass(frozen=True)
class Complaint:
    """One row that breaks a rule: ``row`` holds its ids and figures."""

    rule: str
    row: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.rule}: " + ", ".join(f"{name} {value}" for name, value in self.row.items())


def examine() -> Iterator[Complaint]:
    """Every row that breaks a rule; none on a healthy database. Reads only."""
    for question in LENDING:
        yield from _ask(question)
    for table, name in missing_walls():
        yield Complaint("every wall stands", {"table": table, "wall": name})
    for name, pk in strangers():
        yield Complaint("two centres never meet", {"wall": name, "id": pk})


def _ask(question: Question) -> Iterator[Complaint]:
    with connection.cursor() as cursor:
        cursor.execute(question.sql)
        names = [column.name for column in cursor.description or ()]
        for row in cursor.fetchall():
            yield Complaint(question.rule, dict(zip(names, row, strict=True)))
