"""A month of events is filled, counted and compared. How quickly is judged by the bench, never by a test."""

import os
import subprocess
import sys
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db.models import Count
from django.utils import timezone

from bench.aggregation.filling import DAYS, fill, latest_month
from bench.generator.sizes import TINY
from bench.generator.walls import Walls
from bench.generator.world import generate
from leihwerk.embedded.places import PROJECT
from licenses.models import MonthlyUse, UseDay, UseEvent
from licenses.usage.counting import count_days

MONTH = date(2026, 8, 1)
EVENTS = DAYS * 80


@pytest.mark.parametrize(
    ("today", "month"),
    [
        (date(2026, 11, 23), date(2026, 10, 1)),
        (date(2026, 10, 1), date(2026, 8, 1)),
        (date(2026, 1, 9), date(2025, 12, 1)),
    ],
)
def test_the_latest_month_of_31_days_is_counted(today, month):
    assert latest_month(today) == month


@pytest.mark.django_db
def test_a_month_is_filled_as_people_use_media_and_counted_by_day():
    generate(TINY, now=timezone.now())
    MonthlyUse.objects.all().delete()
    before = Walls.of(["licenses_useevent"])

    assert fill(MONTH, center=1, events=EVENTS, used=TINY.used) == EVENTS

    assert Walls.of(["licenses_useevent"]) == before
    assert set(UseEvent.objects.values_list("kind", flat=True)) == {
        "investigation", "request", "no_license", "limit_exceeded",
    }  # fmt: skip
    assert UseEvent.objects.values("session", "medium", "kind").annotate(n=Count("id")).filter(n__gt=1).exists()
    assert count_days(datetime(2026, 9, 2, 12, tzinfo=ZoneInfo("Europe/Berlin"))) == DAYS
    assert set(MonthlyUse.objects.values_list("month", flat=True)) == {MONTH}
    assert not UseDay.objects.filter(counted_at__isnull=True).exists()


def test_the_bench_goes_through_and_says_what_it_found():
    command = [sys.executable, "-m", "bench.aggregation", "--events", f"{EVENTS}"]
    environment = os.environ | {"DATABASE_URL": settings.DATABASE_URL}
    done = subprocess.run(command, env=environment, cwd=PROJECT, capture_output=True, text=True, check=False)

    assert f"{EVENTS} events  counted" in done.stdout, done.stderr
    assert "reader " in done.stdout
