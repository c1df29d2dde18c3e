"""Labels: our own are never alike, foreign codes are adopted, old ones stay valid until they are retired."""

import pytest
from django.db import IntegrityError, transaction

from inventory import labels
from inventory.errors import AmbiguousCode, CodeIsTaken, CodeTooLong, EmptyCode, LabelIsRetired, UnknownCode
from inventory.models import Item, Label, Product
from leihwerk import tokens
from people import once
from people.models import JournalEntry
from tests.conftest import product
from tests.races import together


@pytest.fixture
def item(case: Product) -> Item:
    return case.items.get()


def test_a_new_label_has_a_short_number_with_its_check_digit(item, desk):
    label = labels.issue(item, by=desk)

    assert tokens.is_right(str(label.number))
    assert label.number == tokens.with_check_digit(label.pk)
    assert JournalEntry.objects.about(item).get().verb == "label.issued"


def test_a_label_is_issued_once(item, desk):
    assert labels.issue(item, by=desk) == labels.issue(item, by=desk)
    assert item.labels.count() == 1


def test_a_hundred_labels_take_a_handful_of_queries(center, robots, desk, django_assert_max_num_queries):
    items = list(product(center, robots, "Dash Roboter", units=100, first=500).items.all())

    with django_assert_max_num_queries(110):  # one journal row each
        issued = labels.issue_all(items, by=desk)

    assert [label.item for label in issued] == items
    assert len({label.number for label in issued}) == len({label.token for label in issued}) == 100


def test_a_reprint_is_a_further_label_and_the_old_one_stays_valid(item, desk, center):
    old = labels.issue(item, by=desk)
    new = labels.reprint(item, by=desk)

    assert labels.item_for(str(old), center) == labels.item_for(str(new), center) == item
    assert labels.issue(item, by=desk) == new


def test_a_retired_label_stands_for_nothing(item, desk, center):
    label = labels.issue(item, by=desk)
    labels.retire(label, by=desk)

    with pytest.raises(UnknownCode):
        labels.item_for(label.token, center)
    with pytest.raises(LabelIsRetired):
        labels.retire(label, by=desk)


@pytest.mark.parametrize("code", ["4006381333931", "INV/2019/0815", "https://alt.example/g?id=Zyklop-7", "Gerät ß 1"])
def test_an_adopted_code_is_found_as_the_scanner_types_it(item, desk, center, code):
    labels.adopt(item, code, by=desk)

    for typed in (code, code.lower(), f"  {code}\r\n"):
        assert labels.item_for(typed, center) == item


def test_a_code_adopted_with_the_wrong_layout_is_found_with_the_right_one(item, desk, center):
    labels.adopt(item, "YXß17", by=desk)

    assert labels.item_for("ZX-17", center) == item


def test_a_code_means_one_item_of_a_centre(item, cases, desk, foreign_case, foreign_desk):
    labels.adopt(item, "EAN 4711", by=desk)

    with pytest.raises(CodeIsTaken, match="MZ-0001"):
        labels.adopt(cases.items.first(), "ean 4711", by=desk)
    assert labels.adopt(foreign_case.items.get(), "EAN 4711", by=foreign_desk).pk


def test_the_label_or_the_inventory_number_of_another_item_is_not_adopted(item, cases, desk):
    label = labels.issue(item, by=desk)

    for code in (labels.address(label), str(label), "mz-0001"):
        with pytest.raises(CodeIsTaken):
            labels.adopt(cases.items.first(), code, by=desk)


def test_nothing_is_no_code(item, desk):
    for nothing in ("", "  ", "\x00\r\n"):
        with pytest.raises(EmptyCode):
            labels.adopt(item, nothing, by=desk)
    with pytest.raises(CodeTooLong):
        labels.adopt(item, "x" * 201, by=desk)


def test_a_number_that_means_two_items_is_not_guessed(item, cases, desk, center):
    other = cases.items.first()
    number = str(labels.issue(item, by=desk))
    Item.objects.filter(pk=other.pk).update(asset_number=number)

    with pytest.raises(AmbiguousCode):
        labels.item_for(number, center)


def test_the_walls_hold_without_the_verbs(item, cases, desk, center):
    number = labels.issue(item, by=desk).number
    labels.adopt(item, "EAN 4711", by=desk)
    other = cases.items.first()

    for fields in ({"number": number}, {"foreign_code": "EAN 4711"}, {}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Label.objects.create(center=center, item=other, **fields)


def test_the_address_is_in_capitals_unless_it_has_a_path(item, desk, settings):
    label = labels.issue(item, by=desk)

    settings.BASE_URL = "https://leihwerk.example"
    assert labels.address(label) == f"HTTPS://LEIHWERK.EXAMPLE/E/{label.token}"
    settings.BASE_URL = "https://stadt.example/leihwerk"
    assert labels.address(label) == f"https://stadt.example/leihwerk/e/{label.token}"


@pytest.mark.django_db(transaction=True)
def test_eight_printers_at_once_issue_one_label_an_item(item, desk):
    outcomes = together(*[lambda: once.run(lambda: labels.issue(item, by=desk))] * 8)

    assert [type(outcome) for outcome in outcomes] == [Label] * 8
    assert len({label.number for label in outcomes}) == 1
