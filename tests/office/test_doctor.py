"""The doctor is silent about what the verbs leave behind, and finds whatever is broken past them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from inventory.fitness import count_parts
from inventory.models import Item, Part
from leihwerk.secrecy import Secret
from lending.handovers import hand_over_together
from lending.outages import take_out_of_service
from lending.reservations import Wish, cancel, place
from lending.returns import take_back
from licenses import contracts, deleting
from licenses.keys import keeping
from licenses.models import KeyKind, Provider
from licenses.rights import Action
from office.doctor import checks, examine
from people import once
from people.memberships import ask_to_join, leave
from people.models import User
from tests.lending.shorthand import NEXT_WEEK, NOW, WEEK_AFTER, at, reserve
from tests.office.breaks import BREAKS
from tests.rows import own_models

pytestmark = pytest.mark.django_db
LATER = at(8, 12)


@pytest.fixture
def busy(case, cases, film, entitled, foreign_case, north, south, anna, bert, carla, desk, manager, foreign_teacher):
    """A bit of everything, made by the verbs: plans, loans out and back, a repair, a defect, one gone, one waiting."""
    reserve(cases, 2, WEEK_AFTER, north, anna)
    cancel(reserve(cases, 1, WEEK_AFTER, south, bert), by=bert, now=NOW)
    waiting = User.objects.create_user("mia@nord.example", name="Mia Meise")
    ask_to_join(north, by=waiting)
    reserve(case, 1, WEEK_AFTER, north, waiting)
    entitled(capacity_kind="concurrent", capacity=1, permitted=[Action.RUN])
    wish, (starts_at, ends_at) = Wish(cases, 1, medium=film), WEEK_AFTER
    place(north, wishes=[wish], starts_at=starts_at, ends_at=ends_at, by=anna, responsible=anna, now=NOW)
    first, second, third, fourth, fifth = Item.objects.filter(product=cases).order_by("pk")
    part = Part.objects.create(center=cases.center, product=cases, name="Kabel", quantity=8)
    coming = reserve(cases, 1, NEXT_WEEK, north, anna)
    hand_over_together(north, items=[first], by=desk, reservation=coming, add=True, now=at(8), extras=[("Tasche", 1)])
    hand_over_together(south, items=[second], by=desk, due_at=at(12), responsible=bert, now=at(8))
    hand_over_together(south, items=[third], by=desk, due_at=at(12), now=at(8))
    take_back(third, by=desk, missing={part: 1}, now=at(8, 12))
    take_out_of_service(fourth, reason="repair", by=desk, now=at(8))
    count_parts(fifth, {part: 7}, by=desk)
    leave(carla.memberships.get(), by=desk, now=at(8))
    provider = Provider.objects.create(center=cases.center, name="Codeinsel")
    keeping.keep(provider, kind=KeyKind.SIGN_IN, name="Verwaltung", secret=Secret("Wolke-17"), by=manager)
    ended = contracts.sign(case.center, number="V-2020", provider=film.provider, by=manager)
    over = contracts.begin(ended, starts_on=date(2026, 1, 1), ends_on=LATER.date() - timedelta(days=10), by=manager)
    entitled(period=over, permitted=[Action.DOWNLOAD])
    for batch in deleting.batches(case.center):
        deleting.ask(case.center, batch, now=LATER)
    for deletion in deleting.due(LATER.date()):
        deleting.tell(deletion, now=LATER)
    once.answered(once.Key("user:1", "a-key", "asked"), lambda: once.Answer(200, b"{}"))


def test_the_doctor_is_silent_after_ordinary_business(busy, capsys):
    assert examine() == []

    call_command("doctor")
    assert capsys.readouterr() == ("", "")


def test_every_check_has_its_break():
    general = {check.name.partition(":")[0] for check in checks()}

    assert general == set(BREAKS)


@pytest.mark.parametrize("name", BREAKS)
def test_what_is_broken_past_the_verbs_is_found(busy, name):
    with walls_down(keep=name == "walls_stand"), connection.cursor() as cursor:
        if BREAKS[name][0].startswith("CREATE ROLE"):
            skip_without_right_to_create_roles(cursor)
        for statement in BREAKS[name]:
            cursor.execute(statement)
            assert cursor.rowcount, f"this breaks nothing: {statement}"
        found = {trouble.check.name.partition(":")[0]: trouble for trouble in examine(now=LATER)}

    assert name in found
    assert found[name].rows


def test_the_command_names_the_rows_and_fails(busy, capsys):
    with walls_down(), connection.cursor() as cursor:
        cursor.execute("UPDATE lending_line SET shortfall = shortfall + 1, shortfall_reason = 'x'")
        with pytest.raises(CommandError):
            call_command("doctor")

    told = capsys.readouterr().err
    assert "lines_add_up" in told
    assert "shortfall 1" in told


def test_the_journal_of_the_apps_own_role_is_looked_after(busy):
    """Where tables belong to another role, the app may not empty the journal."""
    with walls_down(), connection.cursor() as cursor:
        skip_without_right_to_create_roles(cursor)
        cursor.execute("CREATE ROLE leihwerk_test_app")
        cursor.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO leihwerk_test_app")
        cursor.execute("SET LOCAL ROLE leihwerk_test_app")
        assert "journal_cannot_be_emptied" not in {trouble.check.name for trouble in examine(now=LATER)}


def skip_without_right_to_create_roles(cursor) -> None:
    """The embedded database's owner may not; a server's superuser may."""
    cursor.execute("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user")
    if not cursor.fetchone()[0]:
        pytest.skip("this database lets the tests create no role")


@contextmanager
def walls_down(*, keep: bool = False) -> Iterator[None]:
    """Every constraint and trigger of our tables is gone inside, and back afterwards."""
    with transaction.atomic():
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                for model in [] if keep else own_models():
                    tear_down(cursor, model._meta.db_table)
            yield
        finally:
            transaction.set_rollback(True)


def tear_down(cursor, table: str) -> None:
    cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    for kinds in ("f", "cxu"):  # foreign keys first: they lean on the others
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype::text = ANY (%s)",
            [table, list(kinds)],
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}" CASCADE')
    cursor.execute(
        "SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
        " WHERE i.indrelid = %s::regclass AND i.indisunique AND NOT i.indisprimary",
        [table],
    )
    for (name,) in cursor.fetchall():
        cursor.execute(f'DROP INDEX "{name}"')
