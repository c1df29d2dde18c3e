"""Programs that act for the cast."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from inventory import labels
from people import access_tokens
from people.models import Contact, User

Program = Callable[[User], APIClient]


@pytest.fixture(autouse=True)
def no_attempts_yet():
    """Failed sign-ins are counted in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def program() -> Program:
    """A client that acts for somebody with a real token."""

    def acting_for(user: User) -> APIClient:
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Token {access_tokens.issue(user)}")
        return client

    return acting_for


@pytest.fixture
def full_house(desk, north, south, case, cases) -> None:
    """More than one row of whatever the API lists."""
    for institution in (north, south):
        Contact.objects.create(center=institution.center, institution=institution, name=f"Kontakt {institution}")
    labels.issue_all(cases.items.all(), by=desk)
