"""Composite foreign keys keep the rows of two centres apart, whoever writes them (DESIGN 3.2)."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import CheckConstraint

from leihwerk.constraints import CompositeForeignKey
from lending.models import Allocation
from licenses.models import Entitlement, Seat
from people.models import User
from tests.rows import FIRST_MOMENT, Rows, own_models

WALLS = [
    (model, constraint)
    for model in own_models()
    for constraint in model._meta.constraints
    if isinstance(constraint, CompositeForeignKey)
]
IN_TWO_CENTERS = [
    pytest.param(model, field, id=f"{model._meta.label}.{field.name}")
    for model in own_models()
    if any(field.name == "center" for field in model._meta.concrete_fields)
    for field in model._meta.concrete_fields
    if field.is_relation and any(other.name == "center" for other in field.related_model._meta.concrete_fields)
]


@pytest.fixture
def ours(center, north, desk) -> Rows:
    return Rows(center, north, desk)


@pytest.fixture
def theirs(neighbor, foreign_school, foreign_teacher) -> Rows:
    return Rows(neighbor, foreign_school, foreign_teacher)


@pytest.mark.parametrize(("model", "wall"), WALLS, ids=[wall.name for _, wall in WALLS])
def test_a_foreign_row_is_refused_by_this_wall_alone(ours, theirs, model, wall):
    """All other walls of the table are down; so is this one, in the end, and then nothing refuses."""
    relation = model._meta.get_field(wall.fields[wall.to_fields.index("id")])
    lead_to_foreign = f"UPDATE {model._meta.db_table} SET {relation.column} = %s WHERE id = %s"  # noqa: S608  ours
    with taken_back(), connection.cursor() as cursor:
        rest_sums(cursor)
        row, foreign = row_behind(wall, model, ours), theirs.the(apps.get_model(wall.to))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        drop(cursor, model, [other for other in model._meta.constraints if other != wall and is_in_the_way(other)])
        with pytest.raises(IntegrityError, match=wall.name), transaction.atomic():
            cursor.execute(lead_to_foreign, [foreign.pk, row.pk])

        drop(cursor, model, [wall])
        cursor.execute(lead_to_foreign, [foreign.pk, row.pk])
        assert cursor.rowcount == 1


@pytest.mark.parametrize(("model", "field"), IN_TWO_CENTERS)
def test_every_relation_between_rows_of_centers_has_its_wall(model, field):
    """Directly, or by way of a third row that has it: an outage is of its item, and the item of its centre."""
    walls = [set(wall.fields) for walled, wall in WALLS if walled is model]
    of_its_center = {name for wall in walls if "center" in wall for name in wall}

    assert any(field.name in wall and wall - {field.name} & of_its_center for wall in walls)


def row_behind(wall: CompositeForeignKey, model, rows: Rows):
    """A row that the wall looks at: without an empty column among those it names."""
    linked = tuple(name for name in wall.fields if model._meta.get_field(name).is_relation)
    if model is Allocation:
        return a_plan(rows) if "outage" not in wall.fields else rows.make(model, kind="outage", linked=linked)
    if model is Seat:
        return a_held_seat(rows, linked)
    return rows.make(model, linked=linked)


def a_plan(rows: Rows):
    return rows.make(Allocation, kind="plan", linked=("line",))


def a_held_seat(rows: Rows, linked: tuple[str, ...]):
    """Of a person; a thing or a place that it names besides is no matter here. A lease is within another seat."""
    held = {"user": rows.the(User), "released_at": None, "capacity": 1}
    if "within" not in linked:
        entitlement = rows.make(Entitlement, capacity_kind="named", capacity=1)
        return rows.make(Seat, linked=linked, entitlement=entitlement, **held)
    of = {"entitlement": rows.make(Entitlement, capacity_kind="concurrent", capacity=1), "kind": "concurrent"}
    return rows.make(Seat, **of, within=rows.make(Seat, **of), expires_at=FIRST_MOMENT + timedelta(hours=1), **held)


def is_in_the_way(constraint) -> bool:
    return isinstance(constraint, CheckConstraint | CompositeForeignKey)


def rest_sums(cursor) -> None:
    """The deferred sum of a line is not asked here: these rows are made past all verbs."""
    for table in ("lending_line", "lending_allocation", "lending_loan", "people_journalentry"):
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")


@contextmanager
def taken_back():
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


def drop(cursor, model, constraints) -> None:
    for constraint in constraints:
        cursor.execute(f"ALTER TABLE {model._meta.db_table} DROP CONSTRAINT {constraint.name}")
