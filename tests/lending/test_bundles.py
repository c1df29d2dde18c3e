"""Bundles: a named list of products, as free as the scarcest of them."""

import pytest
from django.db import IntegrityError, transaction

from lending.bundles import BundleNameIsTaken, compose, dissolve, offered
from lending.models import Bundle, BundleLine
from lending.refusals import ForeignThing, NothingWanted
from people.models import JournalEntry
from tests.lending.shorthand import NEXT_WEEK, reserve

pytestmark = pytest.mark.django_db


@pytest.fixture
def robotics(center, case, cases, manager) -> Bundle:
    return compose(center, name="Robotik-Paket", lines={cases: 2, case: 1}, by=manager)


def test_a_bundle_is_as_free_as_the_scarcest_of_its_products(robotics, case, cases, north, anna):
    assert offered([robotics], *NEXT_WEEK) == {robotics.pk: 1}

    reserve(cases, 4, NEXT_WEEK, north, anna)

    assert offered([robotics], *NEXT_WEEK) == {robotics.pk: 0}


def test_its_contents_change_and_it_is_dissolved(robotics, center, cases, manager):
    compose(center, name="Robotik", lines={cases: 3}, by=manager, bundle=robotics)

    assert [(it.product, it.quantity) for it in Bundle.objects.get().lines.all()] == [(cases, 3)]
    dissolve(robotics, by=manager)
    assert not BundleLine.objects.exists()
    verbs = JournalEntry.objects.filter(verb__startswith="bundle.").values_list("verb", flat=True)
    assert sorted(verbs) == ["bundle.composed", "bundle.composed", "bundle.dissolved"]


def test_what_makes_no_bundle(robotics, center, neighbor, cases, foreign_case, manager):
    with pytest.raises(NothingWanted):
        compose(center, name="Leer", lines={}, by=manager)
    with pytest.raises(ForeignThing):
        compose(center, name="Fremd", lines={foreign_case: 1}, by=manager)
    with pytest.raises(ForeignThing):
        compose(neighbor, name="Fremd", lines={foreign_case: 1}, by=manager, bundle=robotics)
    with pytest.raises(BundleNameIsTaken):
        compose(center, name="robotik-paket", lines={cases: 1}, by=manager)


@pytest.mark.parametrize(("broken", "wall"), [
    ({"quantity": 0}, "bundle_line_wants_at_least_one"),
    ({"twice": True}, "bundle_names_a_product_once"),
    ({"foreign": True}, "bundle_product_is_of_its_center"),
])  # fmt: skip
def test_past_the_verbs_the_walls_hold(robotics, case, foreign_case, broken, wall):
    product = foreign_case if "foreign" in broken else case
    if "twice" not in broken:
        robotics.lines.filter(product=case).delete()

    with pytest.raises(IntegrityError, match=wall), transaction.atomic():
        BundleLine.objects.create(
            center=robotics.center, bundle=robotics, product=product, quantity=broken.get("quantity", 1)
        )
