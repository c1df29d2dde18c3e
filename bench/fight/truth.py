"""What the database holds, read by plain SQL in one snapshot: no model, no query set, no verb of ours."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, TypeVar

import psycopg
from psycopg.rows import class_row

Row = TypeVar("Row")


@dataclass(frozen=True)
class Reservation:
    id: int
    state: str
    ends_at: datetime
    purpose: str


@dataclass(frozen=True)
class Line:
    id: int
    reservation_id: int
    product_id: int
    quantity: int
    claimed: int
    given_up: int
    shortfall: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Allocation:
    id: int
    item_id: int
    product_id: int
    line_id: int | None
    kind: str
    holds: bool
    begins: datetime
    ends: datetime | None


@dataclass(frozen=True)
class Loan:
    id: int
    allocation_id: int
    item_id: int
    handover_id: int
    due_at: datetime
    renewals: int
    returned_at: datetime | None


@dataclass(frozen=True)
class Handover:
    id: int
    collected_by: str
    finished_at: datetime | None


@dataclass(frozen=True)
class Remembered:
    key: str
    status: int
    body: bytes


QUERIES: dict[type, str] = {
    Reservation: "SELECT id, state, ends_at, purpose FROM lending_reservation",
    Line: "SELECT {} FROM lending_line",
    Allocation: """
        SELECT id, item_id, product_id, line_id, kind, holds, lower(blocked) AS begins, upper(blocked) AS ends
        FROM lending_allocation
    """,
    Loan: "SELECT {} FROM lending_loan",
    Handover: "SELECT {} FROM lending_handover",
    Remembered: "SELECT {} FROM people_oncekey",
}


@dataclass(frozen=True)
class Truth:
    reservations: list[Reservation]
    lines: list[Line]
    allocations: list[Allocation]
    loans: list[Loan]
    handovers: list[Handover]
    remembered: list[Remembered]
    item_of: dict[str, int]
    journal: dict[tuple[str, int], int]

    def lines_of(self) -> dict[int, list[Line]]:
        return grouped(self.lines, "reservation_id")

    def loan_of(self) -> dict[int, Loan]:
        """By allocation."""
        return {loan.allocation_id: loan for loan in self.loans}


def units(database: psycopg.Connection) -> tuple[list[Allocation], list[Loan]]:
    """Which item is kept or out for whom, as of one moment."""
    with _moment(database):
        return _rows(database, Allocation), _rows(database, Loan)


def read(database: psycopg.Connection) -> Truth:
    """Everything as of one moment."""
    with _moment(database):
        return Truth(
            reservations=_rows(database, Reservation),
            lines=_rows(database, Line),
            allocations=_rows(database, Allocation),
            loans=_rows(database, Loan),
            handovers=_rows(database, Handover),
            remembered=_rows(database, Remembered),
            item_of=dict(
                database.execute(
                    "SELECT number, item_id FROM inventory_label WHERE number IS NOT NULL AND item_id IS NOT NULL"
                ).fetchall()
            ),
            journal={
                (verb, subject): count
                for verb, subject, count in database.execute(
                    "SELECT verb, subject_id, count(*) FROM people_journalentry GROUP BY verb, subject_id"
                )
            },
        )


def grouped(rows: Iterable[Row], column: str) -> dict[Any, list[Row]]:
    groups: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, column)].append(row)
    return groups


@contextmanager
def _moment(database: psycopg.Connection) -> Iterator[None]:
    with database.transaction():
        database.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _rows(database: psycopg.Connection, shape: type[Row]) -> list[Row]:
    columns = ", ".join(field.name for field in fields(shape))  # type: ignore[arg-type]  # each of ours is a dataclass
    with database.cursor(row_factory=class_row(shape)) as cursor:
        return cursor.execute(QUERIES[shape].format(columns)).fetchall()
