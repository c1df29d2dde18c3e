"""The cast: one centre with a desk and a manager, two schools with a teacher each, and a foreign centre next door."""

import os
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connection
from django.test import override_settings
from django.utils import timezone, translation

from inventory.models import Category, Item, Product
from leihwerk.celery import app
from licenses.models import Contract, Entitlement, EntitlementScope, Medium, Period, Provider, Scope
from licenses.rights import Action
from people.accounts import open_account
from people.models import Center, Institution, Membership, OpeningHours, User
from people.roles import Role
from tests.lock_order import LockOrder
from tests.order import long_files_first

#: A submission is judged by the same examples each time; whoever runs the tests at home looks for new ones.
hypothesis.settings.register_profile("ci", derandomize=True, print_blob=True)
if os.environ.get("CI"):
    hypothesis.settings.load_profile("ci")

# Crowds of thirty-two knock at a live server at once; a real one has room for more than Django's ten, too.
ThreadedWSGIServer.request_queue_size = 128

SHARED_DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """For workers that share the suite; alone, pytest's own order is as good as any."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        place = {file: number for number, file in enumerate(long_files_first(item.nodeid for item in items))}
        items.sort(key=lambda item: place[item.nodeid.partition("::")[0]])


@pytest.fixture(autouse=True, scope="session")
def silent_bell() -> None:
    """What commits in a test rings in its own memory; tests with real workers ring for them."""
    app.conf.update(broker_url="memory://", broker_transport_options={})


@pytest.fixture(autouse=True)
def in_german() -> None:
    """A page that was read in English leaves its language behind in the thread."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def plain_static_files(settings) -> None:
    """Pages name static files as they are: nobody has collected them for a test."""
    settings.WHITENOISE_AUTOREFRESH = True
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True, scope="session")
def own_files(tmp_path_factory) -> Iterator[None]:
    """What tests upload stays among them."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files")):
        yield


@pytest.fixture(autouse=True)
def order_of_locks() -> Iterator[LockOrder]:
    """In whatever a test calls, the gate comes first; tests/lending/test_lock_order.py shows that this sees."""
    order = LockOrder()
    with connection.execute_wrapper(order):
        yield order
    assert order.offences == [], "DESIGN 3.6: products first, once, complete"


@pytest.fixture
def shared_data() -> Path:
    """Real input of a centre and its Land; it is read, never copied into the project."""
    if not SHARED_DATA.is_dir():
        pytest.skip("no real input beside the project: ../shared/data is missing")
    return SHARED_DATA


@pytest.fixture(autouse=True)
def quick_passwords(settings) -> None:
    """Argon2 is slow on purpose, and the cast signs up for every test; tests/people/test_passwords.py proves it."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]


@pytest.fixture
def center(db) -> Center:
    center = Center.objects.create(
        slug="musterstadt", name="Medienzentrum Musterstadt", phone="0214 123", city="Musterstadt"
    )
    open_on_working_days(center)
    return center


@pytest.fixture
def neighbor(db) -> Center:
    """The other centre, of which ours must never see a row."""
    center = Center.objects.create(slug="nachbarstadt", name="Medienzentrum Nachbarstadt")
    open_on_working_days(center)
    return center


@pytest.fixture
def north(center) -> Institution:
    return school(center, "Grundschule Nord", "100001")


@pytest.fixture
def south(center) -> Institution:
    return school(center, "Gymnasium Süd", "100002")


@pytest.fixture
def foreign_school(neighbor) -> Institution:
    return school(neighbor, "Realschule Nebenan", "100003")


@pytest.fixture
def anna(north) -> User:
    """A teacher of the north school."""
    return member("anna@nord.example", "Anna Amsel", Role.TEACHER, north)


@pytest.fixture
def carla(north) -> User:
    """The coordinator of the north school."""
    return member("carla@nord.example", "Carla Clever", Role.COORDINATOR, north)


@pytest.fixture
def bert(south) -> User:
    """A teacher of the south school."""
    return member("bert@sued.example", "Bert Buche", Role.TEACHER, south)


@pytest.fixture
def newcomer(north) -> User:
    """A teacher of the north school whom nobody has activated yet."""
    user = member("nora@nord.example", "Nora Neu", Role.TEACHER, north)
    Membership.objects.filter(user=user).update(activated_at=None)
    return user


@pytest.fixture
def desk(center) -> User:
    return member("theke@mz.example", "Doris Desk", Role.DESK, center)


@pytest.fixture
def manager(center) -> User:
    return member("leitung@mz.example", "Martin Meister", Role.MANAGER, center)


@pytest.fixture
def auditor(center) -> User:
    return member("revision@mz.example", "Rita Revision", Role.AUDITOR, center)


@pytest.fixture
def operator(db) -> User:
    return User.objects.create_user("betrieb@example.org", name="Otto Operator", is_operator=True)


@pytest.fixture
def foreign_desk(neighbor) -> User:
    return member("theke@nachbar.example", "Fritz Fremd", Role.DESK, neighbor)


@pytest.fixture
def foreign_teacher(foreign_school) -> User:
    return member("eva@nebenan.example", "Eva Esche", Role.TEACHER, foreign_school)


@pytest.fixture
def robots(center) -> Category:
    return Category.objects.create(center=center, name="Robotik & Coding")


@pytest.fixture
def case(center, robots) -> Product:
    """A product of one single unit: MZ-0001."""
    return product(center, robots, "Bee-Bot Set", units=1)


@pytest.fixture
def cases(center, robots) -> Product:
    """A product of five units: MZ-0011 to MZ-0015."""
    return product(center, robots, "Calliope Klassensatz", units=5, first=11)


@pytest.fixture
def foreign_case(neighbor) -> Product:
    return product(neighbor, Category.objects.create(center=neighbor, name="Robotik"), "Dash Roboter", units=1)


def open_on_working_days(center: Center) -> None:
    """Monday to Friday, 8 to 16."""
    OpeningHours.objects.bulk_create(
        OpeningHours(center=center, weekday=weekday, opens=time(8), closes=time(16)) for weekday in range(5)
    )


def school(center: Center, name: str, number: str) -> Institution:
    return Institution.objects.create(
        center=center, kind="school", name=name, school_number=number, email=f"{number}@schule.example"
    )


def member(email: str, name: str, role: Role, of: Center | Institution) -> User:
    """A person with an active membership, who can sign in with the password "geheim-genug"."""
    user = open_account(email, name=name, password="geheim-genug")
    Membership.objects.create(
        user=user,
        center=of if isinstance(of, Center) else of.center,
        institution=of if isinstance(of, Institution) else None,
        role=role,
        activated_at=timezone.now(),
    )
    return user


def product(center: Center, category: Category, name: str, *, units: int, first: int = 1) -> Product:
    made = Product.objects.create(center=center, category=category, name=name)
    Item.objects.bulk_create(
        Item(center=center, product=made, asset_number=f"MZ-{number:04d}") for number in range(first, first + units)
    )
    return made


@pytest.fixture
def provider(center) -> Provider:
    return Provider.objects.create(center=center, name="Lehrfilm")


@pytest.fixture
def film(center, provider) -> Medium:
    return Medium.objects.create(
        center=center,
        provider=provider,
        number="5500001",
        title="Der Wasserkreislauf",
        kind="online_film",
        link="https://filme.example/wasser",
    )


@pytest.fixture
def contract(center, provider) -> Contract:
    return Contract.objects.create(center=center, provider=provider, number="2023-07", title="Kreis-Online Lehrfilm")


@pytest.fixture
def period(contract) -> Period:
    return Period.objects.create(
        center=contract.center, contract=contract, starts_on=date(2023, 8, 1), ends_on=date(2028, 7, 31)
    )


@pytest.fixture
def town(center) -> Scope:
    """All of the centre's schools: none of them says where it lies, so they are where their centre is."""
    center.territory = ["05316000"]
    center.save()
    return Scope.objects.create(center=center, name="Musterstadt", territory=["05316000"])


@pytest.fixture
def entitled(period, film, town):
    """Write down an entitlement: ``entitled(capacity_kind="named", capacity=3)``; to the film, in the town."""

    def write(*, scopes: tuple[Scope, ...] = (town,), **facts: Any) -> Entitlement:
        usual = {"period": period, "medium": film, "permitted": [Action.SHOW, Action.STREAM]}
        entitlement = Entitlement.objects.create(center=period.center, **usual | facts)
        for scope in scopes:
            EntitlementScope.objects.create(center=period.center, entitlement=entitlement, scope=scope)
        return entitlement

    return write
