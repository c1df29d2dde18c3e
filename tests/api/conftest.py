"""Programs that act for the cast."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from rest_framework.test import APIClient

from inventory import labels
from lending.calendars import calendar_of
from lending.due_dates import is_open
from people import access_tokens
from people.models import Contact, User
from tests.licenses.counter.conftest import complaints  # noqa: F401  the official schema as a judge

Program = Callable[[User], APIClient]


@pytest.fixture(autouse=True)
def no_attempts_yet(db):
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


@pytest.fixture
def week(center) -> list[date]:
    """Monday to Friday of the first week, four weeks from now or later, in which no day is a holiday."""
    calendar, monday = calendar_of(center), timezone.localdate() + timedelta(days=28 - timezone.localdate().weekday())
    while True:
        days = [monday + timedelta(days=number) for number in range(5)]
        if all(is_open(day, calendar) for day in days):
            return days
        monday += timedelta(days=7)
