"""What a refusal offers instead."""

from datetime import UTC

import pytest

from lending.refusals import NotAvailable, PartlyAvailable
from lending.reservations import Wish, cancel, change, place
from tests.lending.shorthand import NEXT_WEEK, NOW, WEEK_AFTER, at, reserve

pytestmark = pytest.mark.django_db


def test_a_later_period_keeps_its_times_over_the_change_of_clocks(case, north, south, anna, bert):
    """The clocks change on Sunday, 31 October; Friday to Tuesday is the first period that is free."""
    week = at(25, month=10).astimezone(UTC), at(29, month=10).astimezone(UTC)
    reserve(case, 1, week, north, anna)

    with pytest.raises(NotAvailable) as refusal:
        reserve(case, 1, week, south, bert)

    later = {"starts_at": at(29, month=10), "ends_at": at(2, month=11)}
    assert refusal.value.alternatives[0] == {
        "kind": "later",
        **later,
        "lines": [{"product": case.pk, "quantity": 1, **later}],
    }


def test_of_two_lines_of_one_product_it_speaks_of_the_one_that_cannot_be_served(cases, north, south, anna, bert):
    reserve(cases, 4, WEEK_AFTER, north, anna)

    with pytest.raises(PartlyAvailable) as refusal:
        place_both(cases, south, bert, Wish(cases, 3, *NEXT_WEEK), Wish(cases, 2, *WEEK_AFTER))

    said = refusal.value.facts
    assert (said["starts_at"], said["quantity"], said["available"]) == (WEEK_AFTER[0], 2, 1)
    assert [line["quantity"] for line in partly(refusal.value)] == [3, 1]
    assert "1 von 2 ×" in str(refusal.value)


def test_two_lines_that_fit_only_one_by_one_leave_the_rest_to_the_second(cases, south, bert):
    with pytest.raises(PartlyAvailable) as refusal:
        place_both(cases, south, bert, Wish(cases, 3, *NEXT_WEEK), Wish(cases, 3, *NEXT_WEEK))

    assert (refusal.value.facts["available"], refusal.value.facts["quantity"]) == (2, 3)
    assert [line["quantity"] for line in partly(refusal.value)] == [3, 2]


def test_no_date_is_named_on_which_it_would_not_all_be_free(cases, south, bert):
    """Six of five are never free, however far it is put off."""
    with pytest.raises(PartlyAvailable) as refusal:
        place_both(cases, south, bert, Wish(cases, 3, *NEXT_WEEK), Wish(cases, 3, *NEXT_WEEK))

    assert refusal.value.facts["next_free"] is None
    assert "later" not in {way["kind"] for way in refusal.value.alternatives}


def test_one_refusal_tells_of_every_product(case, cases, north, south, anna, bert):
    """Two of four sets are free and the case is not; all of it is from the 18th on (the 17th would end on a Sunday)."""
    reserve(cases, 3, (at(8), at(17)), north, anna)
    reserve(case, 1, (at(8), at(15)), north, anna)

    with pytest.raises(PartlyAvailable) as refusal:
        place_both(cases, south, bert, Wish(cases, 4), Wish(case, 1, at(8), at(9)))

    said = refusal.value
    assert "2 von 4 × Calliope Klassensatz, Bee-Bot Set nein" in str(said)
    assert "Alles zusammen ist ab Do, 18.3. frei." in str(said)
    assert [(it.name, it.available, it.quantity) for it in said.facts["lines"]] == [
        ("Calliope Klassensatz", 2, 4),
        ("Bee-Bot Set", 0, 1),
    ]
    assert [str(reason) for reason in said.facts["lines"][1].reasons] == ["1 reserviert"]


def test_what_is_offered_instead_can_be_had(case, cases, north, south, anna, bert):
    """Every way out that names lines is taken, one after the other, and succeeds."""
    reserve(cases, 3, NEXT_WEEK, north, anna)
    with pytest.raises(PartlyAvailable) as refusal:
        place_both(cases, south, bert, Wish(cases, 4), Wish(case, 1, at(9), at(10)))

    ways = [way for way in refusal.value.alternatives if way["kind"] in {"later", "partly"}]
    assert [way["kind"] for way in ways] == ["later", "partly"]
    for way in ways:
        wishes = [Wish(products(case, cases)[it["product"]], it["quantity"], it["starts_at"], it["ends_at"])
                  for it in way["lines"]]  # fmt: skip
        taken = place_both(cases, south, bert, *wishes)
        assert taken.state == "approved"
        cancel(taken, by=bert, now=NOW)


def products(*them):
    return {product.pk: product for product in them}


def partly(refusal):
    (lines,) = (way["lines"] for way in refusal.alternatives if way["kind"] == "partly")
    return lines


def test_an_extension_speaks_of_the_line_that_stands_in_the_way(case, cases, north, south, anna, bert):
    reservation = place_both(cases, south, bert, Wish(cases, 2), Wish(cases, 2, at(9), at(12)))
    reserve(cases, 2, (at(12), at(15)), north, anna)

    with pytest.raises(NotAvailable) as refusal:
        change(reservation, ends_at=at(15), by=bert, now=NOW)

    assert refusal.value.facts["starts_at"] == at(9)


def place_both(product, school, teacher, *wishes):
    return place(school, wishes=wishes, starts_at=NEXT_WEEK[0], ends_at=NEXT_WEEK[1], by=teacher, now=NOW)
