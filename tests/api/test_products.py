"""The catalogue says how many there are and how many are free, for a period and over time."""

from datetime import timedelta

import pytest

from inventory.models import Category, Part, Product
from lending.calendars import rules_for
from lending.due_dates import pickup_moment, return_moment
from lending.reservations import Wish, place

PRODUCTS = "/api/v1/products/"


@pytest.fixture
def two_are_taken(cases, north, anna, week):
    """Two of five units are reserved from Monday to Wednesday."""
    rules = rules_for(cases, north)
    period = pickup_moment(week[0], rules), return_moment(week[2], rules)
    return place(north, wishes=[Wish(cases, 2)], starts_at=period[0], ends_at=period[1], by=anna, responsible=anna)


def rows(answer):
    assert answer.status_code == 200, answer.json()
    return {row["name"]: row for row in answer.json()["results"]}


def test_the_catalogue_shows_capacity_and_what_is_free_in_a_period(program, bert, cases, two_are_taken, week):
    client = program(bert)

    taken = rows(client.get(PRODUCTS, {"starts_at": week[1], "ends_at": week[3]}))[cases.name]
    later = rows(client.get(PRODUCTS, {"starts_at": week[2], "ends_at": week[3]}))[cases.name]

    assert (taken["capacity"], taken["available"]) == (5, 3)
    assert (later["capacity"], later["available"]) == (5, 5)


def test_the_catalogue_tells_a_product_as_its_own_address_does(program, bert, cases, two_are_taken, week):
    Product.objects.filter(pk=cases.pk).update(replacement_value="79.90", serves=6, description="Für alle")
    period = {"starts_at": week[1], "ends_at": week[3]}
    client = program(bert)

    listed = rows(client.get(PRODUCTS, period))[cases.name]
    alone = client.get(f"{PRODUCTS}{cases.pk}/", period).json()

    assert listed == {name: alone[name] for name in listed}
    assert listed["replacement_value"] == "79.90"
    assert listed["category_name"] == cases.category.name


def test_a_moment_counts_to_the_minute(program, bert, cases, two_are_taken):
    end = two_are_taken.ends_at
    client = program(bert)

    before = client.get(PRODUCTS, {"starts_at": (end - timedelta(minutes=1)).isoformat(), "ends_at": "2099-01-01"})
    after = client.get(
        PRODUCTS, {"starts_at": end.isoformat(), "ends_at": (end + timedelta(days=1)).isoformat(), "quantity": 5}
    )

    assert before.json()["errors"][0]["attr"] == "ends_at"
    assert rows(after)[cases.name]["available"] == 5


def test_only_products_of_which_enough_are_free(program, bert, case, cases, two_are_taken, week):
    period = {"starts_at": week[0], "ends_at": week[4]}
    client = program(bert)

    assert rows(client.get(PRODUCTS, {**period, "quantity": 1})).keys() == {case.name, cases.name}
    assert rows(client.get(PRODUCTS, {**period, "quantity": 3})).keys() == {cases.name}
    assert rows(client.get(PRODUCTS, {**period, "quantity": 4})) == {}


def test_without_a_period_it_is_about_now(program, bert, cases, two_are_taken):
    assert rows(program(bert).get(PRODUCTS))[cases.name]["available"] == 5


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"search": "bee bot"}, {"Bee-Bot Set"}),
        ({"search": "CALLIOPE"}, {"Calliope Klassensatz"}),
        ({"search": "nichts davon"}, set()),
        ({"kind": "device"}, {"Bee-Bot Set", "Calliope Klassensatz"}),
        ({"kind": "room"}, set()),
    ],
)
def test_products_are_found_by_words_and_kind(program, anna, case, cases, query, names):
    assert rows(program(anna).get(PRODUCTS, query)).keys() == names


def test_products_are_found_by_category(program, anna, center, case, foreign_case):
    empty = Category.objects.create(center=center, name="Audio")
    client = program(anna)

    assert rows(client.get(PRODUCTS, {"category": case.category_id})).keys() == {case.name}
    assert rows(client.get(PRODUCTS, {"category": empty.pk})) == {}
    assert client.get(PRODUCTS, {"category": foreign_case.category_id}).status_code == 400


def test_what_is_not_listed_or_not_ours_is_not_there(program, anna, case, cases, foreign_case):
    Product.objects.filter(pk=cases.pk).update(is_listed=False)
    client = program(anna)

    assert rows(client.get(PRODUCTS)).keys() == {case.name}
    assert {client.get(f"{PRODUCTS}{product.pk}/").status_code for product in (cases, foreign_case)} == {404}


def test_a_product_shows_its_packing_list(program, anna, case):
    Part.objects.create(center=case.center, product=case, name="Ladegerät", quantity=2, minimum=1)

    shown = program(anna).get(f"{PRODUCTS}{case.pk}/").json()

    assert [(part["name"], part["quantity"], part["minimum"]) for part in shown["parts"]] == [("Ladegerät", 2, 1)]


def test_availability_goes_in_steps(program, bert, cases, two_are_taken, week):
    answer = program(bert).get(f"{PRODUCTS}{cases.pk}/availability/", {"from": week[0], "to": week[4]})

    assert [step["available"] for step in answer.json()] == [5, 3, 5]
    assert answer.json()[1]["ends_at"] == answer.json()[2]["starts_at"]


def test_availability_begins_today_and_shows_four_weeks(program, bert, cases, db):
    assert [step["available"] for step in program(bert).get(f"{PRODUCTS}{cases.pk}/availability/").json()] == [5]


@pytest.mark.parametrize(
    "query",
    [
        {"starts_at": "2027-01-04"},
        {"ends_at": "2027-01-04"},
        {"starts_at": "2027-01-05", "ends_at": "2027-01-04"},
        {"starts_at": "2027-01-04", "ends_at": "2027-01-04T00:00:00Z"},
        {"starts_at": "tomorrow", "ends_at": "2027-01-04"},
        {"starts_at": "2027-02-30", "ends_at": "2027-03-04"},
        {"starts_at": "9999-12-31", "ends_at": "9999-12-31T23:59:59Z"},
        {"starts_at": "0001-01-01T00:00:00+14:00", "ends_at": "0001-01-02"},
        {"starts_at": "2027-01-04\0", "ends_at": "2027-01-05"},
        {"starts_at": "2027-01-04", "ends_at": "2029-01-04"},
        {"starts_at": "2027-01-04", "ends_at": "2027-01-05", "quantity": 0},
        {"starts_at": "2027-01-04", "ends_at": "2027-01-05", "quantity": "9" * 30},
    ],
)
def test_a_period_that_makes_no_sense_is_400(program, anna, case, query):
    answer = program(anna).get(PRODUCTS, query)

    assert answer.status_code == 400
    assert answer.json()["type"] == "validation_error"


@pytest.mark.parametrize("query", [{"from": "x"}, {"to": "2000-01-01"}, {"from": "2027-01-01", "to": "2037-01-01"}])
def test_a_window_that_makes_no_sense_is_400(program, anna, case, query):
    assert program(anna).get(f"{PRODUCTS}{case.pk}/availability/", query).status_code == 400


def test_somebody_who_waits_for_activation_may_look(program, north, newcomer, case):
    assert rows(program(newcomer).get(PRODUCTS)).keys() == {case.name}
