"""The demo can be set up on any day of the year, and everybody can sign in."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from inventory.models import Item, Label, Product
from lending.models import Loan, Reservation, State
from licenses.models import Medium
from office import demo
from people.models import Center, Institution, User
from people.roles import Role

pytestmark = pytest.mark.django_db

LOGINS = ("lehrkraft", "koordination", "theke", "leitung", "revision", "betrieb", "nachbar")
#: Easter Sunday, and the last open day before Christmas.
DAYS = [(2027, 3, 28, 12), (2026, 12, 23, 15)]


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.django_db(transaction=True)
def test_it_is_set_up_on_any_day(day):
    now = datetime(*day, tzinfo=ZoneInfo("Europe/Berlin"))

    center = demo.set_up(now=now)

    loans = Loan.objects.filter(center=center)
    assert loans.open().count() >= 15
    assert loans.overdue(now).count() >= 3
    assert loans.filter(returned_at__isnull=False).count() >= 30
    states = set(Reservation.objects.values_list("state", flat=True))
    assert {State.SUBMITTED, State.REQUESTED, State.APPROVED, State.READY} <= states
    assert not Reservation.objects.filter(lines__shortfall__gt=0).exists()


@pytest.mark.django_db(transaction=True)
def test_it_is_a_believable_centre(rf):
    center = demo.set_up()

    assert Product.objects.filter(center=center).count() >= 35
    assert Item.objects.filter(center=center).count() >= 120
    assert Medium.objects.filter(center=center).values("kind").distinct().count() >= 8
    assert Label.objects.filter(center=center).count() == Item.objects.filter(center=center).count()
    assert Institution.objects.filter(center=center).values("kind").distinct().count() == 7
    assert Center.objects.count() == 2
    for login in LOGINS:
        assert authenticate(rf.get("/"), email=f"{login}@demo.example", password="demo"), login
    roles = User.objects.get(email="leitung@demo.example").active_memberships
    assert [membership.role for membership in roles] == [Role.MANAGER]


def test_it_never_mixes_with_a_real_centre(center):
    with pytest.raises(CommandError, match="leere Datenbank"):
        call_command("demo")

    assert Center.objects.get() == center


@pytest.mark.django_db(transaction=True)
def test_it_begins_again(settings):
    settings.DEMO = True
    call_command("demo")
    Center.objects.filter(slug="musterstadt").update(name="Verändert")
    User.objects.create_user("neu@schule.example", name="Nadja Neu")

    call_command("demo", "--again")

    assert Center.objects.get(slug="musterstadt").name == "Medienzentrum Musterstadt"
    assert not User.objects.filter(email="neu@schule.example").exists()
    assert Loan.objects.open().count() >= 15


def test_outside_of_a_demo_nothing_is_wiped(center, settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="keine Vorführung"):
        call_command("demo", "--again")
    assert Center.objects.get() == center


def test_a_real_centre_is_not_wiped_even_in_a_demo(neighbor, settings):
    settings.DEMO = True
    Center.objects.create(slug="echt", name="Medienzentrum Echt")

    with pytest.raises(CommandError, match="nicht zur Vorführung"):
        call_command("demo", "--again")
    assert Center.objects.count() == 2
