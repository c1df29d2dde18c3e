"""The generated world is true by every wall and every check, and the walls stand as before."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from bench.generator.sizes import LAND, SMALL, TINY
from bench.generator.walls import Walls, WallsHaveChanged, aside
from bench.generator.world import generate
from inventory.models import Item, Label, Product
from lending.models import Allocation, Loan
from office.doctor import examine
from people.models import Center

pytestmark = pytest.mark.django_db
TABLES = ["lending_allocation", "lending_line", "lending_loan"]


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def world(now) -> None:
    generate(TINY, now=now)


def test_the_doctor_finds_nothing_in_it(world):
    assert examine() == []


def test_it_is_as_large_as_asked_for(world):
    sizes = Center.objects.count(), Product.objects.count(), Item.objects.count()

    assert sizes == (TINY.centers, TINY.centers * TINY.products, TINY.items)
    assert Allocation.objects.exclude(kind="outage").count() == TINY.rows


def test_it_has_a_past_a_present_and_a_future(world, now):
    assert Loan.objects.filter(returned_at__isnull=False).count() > TINY.rows / 2
    assert Loan.objects.open().exists()
    assert Loan.objects.overdue(now).exists()
    assert Allocation.objects.filter(kind="plan", blocked__startswith__gt=now + timedelta(days=30)).exists()


def test_its_walls_stand_as_before(now):
    before = Walls.of(TABLES)
    generate(TINY, now=now)

    assert Walls.of(TABLES) == before
    assert before.constraints
    assert before.indexes
    assert before.triggers


def test_the_same_seed_makes_the_same_world(now):
    worlds = []
    for _ in range(2):
        with transaction.atomic():
            generate(TINY, now=now, seed=7)
            worlds.append([*Label.objects.values_list("pk", "token"), *Allocation.objects.values_list("pk", "blocked")])
            transaction.set_rollback(True)

    assert worlds[0] == worlds[1]


def test_the_next_row_gets_the_next_id(world):
    last = Product.objects.latest("pk")
    product = Product.objects.create(center=last.center, category=last.category, name="Neu")

    assert product.pk == last.pk + 1


@pytest.mark.parametrize(
    "lie",
    [
        "UPDATE lending_allocation SET blocked = tstzrange('2020-01-01', NULL) WHERE holds",
        "UPDATE lending_loan SET returned_at = NULL, checked_at = NULL",
        "UPDATE lending_line SET center_id = 1 + center_id % 2",
    ],
)
def test_what_is_not_true_does_not_get_past_the_walls(world, lie):
    with pytest.raises(IntegrityError), transaction.atomic(), aside(TABLES), connection.cursor() as cursor:
        cursor.execute(lie)


def test_other_walls_than_before_are_noticed(world):
    with pytest.raises(WallsHaveChanged), transaction.atomic(), aside(TABLES), connection.cursor() as cursor:
        cursor.execute("CREATE INDEX one_more ON lending_loan (due_at)")


@pytest.mark.parametrize("size", [SMALL, LAND])
def test_the_shares_of_the_centers_are_the_whole(size):
    shares = [size.share(number) for number in range(size.centers)]

    assert sum(share.items for share in shares) == size.items
    assert sum(share.rows for share in shares) == size.rows
