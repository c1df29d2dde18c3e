"""The demo can be set up on any day of the year, and everybody can sign in."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from inventory.models import Item, Label, Product
from lending.models import Loan, Reservation, State
from office import demo
from people.models import Center, Institution, User
from people.roles import Role

pytestmark = pytest.mark.django_db

LOGINS = ("lehrkraft", "koordination", "theke", "leitung", "revision", "betrieb", "nachbar")
#: Easter Sunday, and the last open day before Christmas.
DAYS = [(2027, 3, 28, 12), (2026, 12, 23, 15)]


@pytest.mark.parametrize("day", DAYS, ids=str)
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


def test_it_is_a_believable_centre(rf):
    center = demo.set_up()

    assert Product.objects.filter(center=center).count() >= 35
    assert Item.objects.filter(center=center).count() >= 120
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
