"""Somebody who borrows, and will be forgotten."""

import pytest

from people.models import Contact, User
from people.roles import Role
from tests.conftest import member

NAME, EMAIL, PHONE = "Klara Kanarienvogel", "klara@kanari.example", "0214 998877"
WORDS = ("Kanarienvogel", "kanari.example", "998877")


@pytest.fixture
def klara(north) -> Contact:
    """A contact of the north school, without an account."""
    return Contact.objects.create(
        center=north.center, institution=north, name=NAME, email=EMAIL, phone=PHONE, channel="mail"
    )


@pytest.fixture
def klaus(north) -> User:
    """A teacher of the north school, with an account."""
    user = member(EMAIL, NAME, Role.TEACHER, north)
    user.phone = PHONE
    user.save()
    return user


@pytest.fixture
def addressed(north):
    """The north school with everything that a letter needs."""
    north.street, north.postal_code, north.city, north.phone = "Am Park 1", "51000", "Musterstadt", "0214 55"
    north.save()
    return north
