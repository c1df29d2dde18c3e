"""The walls of DESIGN 3.1 to 3.3 hold against direct SQL: no verb is asked here."""

import pytest
from django.db import IntegrityError, connection, transaction

from inventory.models import Item
from lending.handovers import hand_over_together
from lending.models import Allocation, Loan
from lending.outages import take_out_of_service
from tests.conftest import product as make_product
from tests.lending.shorthand import NEXT_WEEK, NOW, at, reserve

pytestmark = pytest.mark.django_db

COPY = """
    INSERT INTO lending_allocation (center_id, product_id, item_id, kind, line_id, outage_id, blocked, holds, pinned)
    SELECT center_id, product_id, item_id, kind, line_id, outage_id, {blocked}, holds, pinned
    FROM lending_allocation WHERE id = %s
"""


def refused_by(wall: str, sql: str, *params: object) -> None:
    """The statement, or the end of its transaction, fails with the constraint of this name."""
    with pytest.raises(IntegrityError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a wall may be deferred
    assert error.value.__cause__.diag.constraint_name == wall


@pytest.fixture
def plan(cases, north, anna) -> Allocation:
    return Allocation.objects.get(line=reserve(cases, 1, NEXT_WEEK, north, anna).lines.get())


@pytest.fixture
def loan(case, north, desk) -> Loan:
    unit = Item.objects.get(product=case)
    return hand_over_together(north, items=[unit], by=desk, due_at=at(10), now=NOW).loans.get()


def test_an_item_is_promised_once(plan):
    refused_by("item_is_promised_once", COPY.format(blocked="blocked"), plan.pk)


def test_an_item_is_not_promised_while_it_is_out(loan):
    refused_by("item_is_promised_once", COPY.format(blocked="blocked"), loan.allocation_id)


def test_a_plan_avoids_outages(plan, desk):
    item = Item.objects.filter(product=plan.product).exclude(pk=plan.item_id).first()
    take_out_of_service(item, reason="repair", by=desk, now=NOW)

    refused_by("plan_avoids_outages", "UPDATE lending_allocation SET item_id = %s WHERE id = %s", item.pk, plan.pk)


def test_a_defect_may_be_entered_while_the_thing_is_out(loan, desk):
    outage = take_out_of_service(loan.item, reason="repair", by=desk, now=NOW)

    assert outage.allocation.blocked.lower == NOW


def test_a_range_is_never_empty(plan):
    refused_by("allocation_blocks_some_time", "UPDATE lending_allocation SET blocked = 'empty' WHERE id = %s", plan.pk)


def test_an_item_is_in_one_pair_of_hands(loan):
    Allocation.objects.filter(pk=loan.allocation_id).update(holds=False)
    copy = Allocation.objects.get(pk=loan.allocation_id)
    copy.pk = None
    copy.save(force_insert=True)

    refused_by(
        "loan_item_is_out_only_once",
        """
        INSERT INTO lending_loan
            (center_id, allocation_id, item_id, institution_id, handover_id, handed_over_at, due_at, renewals,
             quiet_reason)
        SELECT center_id, %s, item_id, institution_id, handover_id, handed_over_at, due_at, 0, ''
        FROM lending_loan WHERE id = %s
        """,
        copy.pk,
        loan.pk,
    )


def test_a_line_adds_up_when_a_row_disappears(plan):
    refused_by("line_adds_up", "DELETE FROM lending_allocation WHERE id = %s", plan.pk)


def test_a_line_adds_up_when_a_row_lets_go(plan):
    refused_by("line_adds_up", "UPDATE lending_allocation SET holds = false WHERE id = %s", plan.pk)


def test_a_line_adds_up_when_more_is_claimed(plan):
    refused_by("line_adds_up", "UPDATE lending_line SET given_up = 1 WHERE id = %s", plan.line_id)


def test_a_line_adds_up_when_a_row_changes_sides(plan, cases, south, bert):
    other = reserve(cases, 1, NEXT_WEEK, south, bert).lines.get()

    refused_by("line_adds_up", "UPDATE lending_allocation SET line_id = %s WHERE id = %s", other.pk, plan.pk)


def test_a_line_adds_up_when_a_loan_disappears(plan, north, anna, desk):
    reservation = plan.line.reservation
    loan = hand_over_together(north, items=[plan.item], by=desk, reservation=reservation, now=at(8)).loans.get()
    Allocation.objects.filter(pk=loan.allocation_id).update(holds=False)

    refused_by("line_adds_up", "DELETE FROM lending_loan WHERE id = %s", loan.pk)


@pytest.mark.parametrize(
    "change", ["life = 'retired'", "life = 'lost'", "kit_id = {other}"], ids=["retired", "lost", "put into a kit"]
)
def test_a_planned_item_stays_lendable(plan, change):
    other = Item.objects.filter(product=plan.product).exclude(pk=plan.item_id).first()

    refused_by(
        "planned_item_is_lendable",
        f"UPDATE inventory_item SET {change.format(other=other.pk)} WHERE id = %s",  # noqa: S608  # no foreign input
        plan.item_id,
    )


def test_a_retired_item_cannot_be_planned(plan):
    item = Item.objects.filter(product=plan.product).exclude(pk=plan.item_id).first()
    Item.objects.filter(pk=item.pk).update(life="retired")

    refused_by("planned_item_is_lendable", "UPDATE lending_allocation SET item_id = %s WHERE id = %s", item.pk, plan.pk)


def test_an_item_of_another_product_cannot_be_planned(plan, case):
    item = Item.objects.get(product=case)

    refused_by(
        "held_item_is_of_its_product", "UPDATE lending_allocation SET item_id = %s WHERE id = %s", item.pk, plan.pk
    )


def test_a_held_item_keeps_its_product(plan, case):
    refused_by(
        "held_item_is_of_its_product", "UPDATE inventory_item SET product_id = %s WHERE id = %s", case.pk, plan.item_id
    )


def test_an_item_that_nothing_holds_may_be_recatalogued(cases, case):
    item = Item.objects.filter(product=cases).first()

    Item.objects.filter(pk=item.pk).update(product=case)

    assert Item.objects.get(pk=item.pk).product == case


def test_a_foreign_item_cannot_be_planned(plan, foreign_case):
    item = Item.objects.get(product=foreign_case)

    refused_by(
        "allocation_item_is_of_its_center", "UPDATE lending_allocation SET item_id = %s WHERE id = %s", item.pk, plan.pk
    )


def test_a_row_of_another_product_cannot_serve_a_line(plan, center, robots):
    other = make_product(center, robots, "Ozobot", units=1, first=90)

    refused_by(
        "allocation_line_is_of_its_product",
        "UPDATE lending_allocation SET product_id = %s, item_id = %s WHERE id = %s",
        other.pk,
        other.items.get().pk,
        plan.pk,
    )
