"""An import that fails at its very end, or meets somebody quicker, leaves nothing behind."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from inventory.errors import AssetNumberIsTaken
from inventory.importing import run
from inventory.models import Item, Label, Location, Product
from people.models import Institution, User
from people.schools_import import run as run_schools
from tests.inventory.test_importing import ROWS, row, table
from tests.people.test_schools_import import ROWS as SCHOOLS
from tests.people.test_schools_import import table as school_table

pytestmark = pytest.mark.django_db(transaction=True)
NOBODY = User(pk=10**9)  # the journal's foreign key refuses them, in the last moment


def test_no_half_inventory(center):
    with pytest.raises(IntegrityError):
        run(table(*ROWS), center=center, by=NOBODY)

    for model in (Item, Product, Location, Label):
        assert not model.objects.exists()


def test_no_half_list_of_schools(center):
    with pytest.raises(IntegrityError):
        run_schools(school_table(*SCHOOLS), center=center, by=NOBODY)

    assert not Institution.objects.exists()


def test_somebody_quicker_is_a_refusal(center, case):
    has_created, may_commit = threading.Event(), threading.Event()

    def quicker():
        with transaction.atomic():
            Item.objects.create(center=center, product=case, asset_number="A-2")
            has_created.set()
            may_commit.wait(0.5)
        connection.close()

    thread = threading.Thread(target=quicker)
    thread.start()
    has_created.wait(5)
    with pytest.raises(AssetNumberIsTaken):
        run(table(row("A-1"), row("A-2")), center=center, by=None)
    thread.join()

    assert {item.asset_number for item in Item.objects.all()} == {"MZ-0001", "A-2"}
    assert not Location.objects.exists()
