"""The doctor is silent on a healthy house, and names the row when somebody breaks a rule past every wall."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from inventory.models import Item
from lending.handovers import hand_over_together
from lending.outages import take_out_of_service
from lending.reservations import cancel
from office.doctor import examine
from tests.lending.shorthand import NEXT_WEEK, NOW, at, reserve

pytestmark = pytest.mark.django_db


TWO_PAIRS_OF_HANDS = """
    DROP INDEX loan_item_is_out_only_once;
    INSERT INTO lending_loan
        (center_id, allocation_id, item_id, institution_id, handover_id, handed_over_at, due_at, renewals)
    SELECT center_id, (SELECT min(id) FROM lending_allocation), item_id, institution_id, handover_id, handed_over_at,
        due_at, 0 FROM lending_loan
"""

WALLS = """
    SELECT format('ALTER TABLE %s DROP CONSTRAINT IF EXISTS %I CASCADE', conrelid::regclass, conname)
    FROM pg_constraint WHERE contype IN ('c', 'x', 'f') AND conrelid::regclass::text ~ '^(lending_|inventory_item$)'
    UNION ALL
    SELECT DISTINCT format('ALTER TABLE %s DISABLE TRIGGER USER', tgrelid::regclass) FROM pg_trigger
    WHERE NOT tgisinternal AND tgrelid::regclass::text ~ '^lending_'
"""


def break_past_the_walls(statement: str) -> None:
    """Pull the walls down first, as only the owner of the tables could."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(WALLS)
        for (pull_down,) in cursor.fetchall():
            cursor.execute(pull_down)
        cursor.execute(statement)


def rules() -> set[str]:
    return {complaint.rule for complaint in examine()}


@pytest.fixture
def busy_house(case, cases, north, south, anna, bert, desk) -> None:
    """A plan, a loan, an outage, and something that was canceled."""
    reserve(cases, 2, NEXT_WEEK, north, anna)
    cancel(reserve(cases, 1, NEXT_WEEK, south, bert), by=bert, now=NOW)
    units = list(Item.objects.filter(product=cases).order_by("pk"))
    hand_over_together(south, items=[units[4]], by=desk, due_at=at(20), now=NOW)
    take_out_of_service(units[3], reason="repair", by=desk, now=NOW)


@pytest.mark.usefixtures("busy_house")
def test_a_healthy_house_is_silent(capsys):
    call_command("doctor")

    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("busy_house")
@pytest.mark.parametrize(
    ("rule", "statement"),
    [
        (
            "an item is promised once",
            "UPDATE lending_allocation SET item_id = (SELECT min(item_id) FROM lending_allocation) WHERE kind = 'plan'",
        ),
        (
            "a plan avoids outages",
            "UPDATE lending_allocation SET item_id = (SELECT item_id FROM lending_outage) WHERE kind = 'plan'",
        ),
        ("a line adds up", "DELETE FROM lending_allocation WHERE kind = 'plan'"),
        ("what holds nothing claims nothing", "UPDATE lending_line SET claimed = 0 WHERE claimed = 2"),
        ("what has ended keeps no unit", "UPDATE lending_reservation SET state = 'canceled'"),
        (
            "a planned item is lendable and of its product",
            "UPDATE inventory_item SET life = 'retired' WHERE id = (SELECT min(item_id) FROM lending_allocation)",
        ),
        (
            "a loan has a row of its kind, and an open one holds its item",
            "UPDATE lending_allocation SET holds = false WHERE kind = 'loan'",
        ),
        ("a row of a loan has its loan, an open outage its row", "DELETE FROM lending_loan"),
        (
            "what is late goes on blocking (the timetable runs)",
            "UPDATE lending_allocation SET blocked = '[2020-01-01, 2020-01-02)' WHERE kind = 'loan'",
        ),
        (
            "what is over lets go (the timetable runs)",
            "UPDATE lending_allocation SET blocked = '[2020-01-01, 2020-01-02)' WHERE kind = 'outage'",
        ),
        ("every wall stands", "SELECT 'they are down'"),
        ("two centres never meet", "UPDATE lending_reservation SET center_id = center_id + 1"),
        ("an item is in one pair of hands", TWO_PAIRS_OF_HANDS),
        ("a range is never empty", "UPDATE lending_allocation SET blocked = 'empty' WHERE kind = 'outage'"),
    ],
)
def test_a_broken_rule_is_named(rule, statement):
    break_past_the_walls(statement)

    assert rule in rules()
    with pytest.raises(CommandError):
        call_command("doctor")
