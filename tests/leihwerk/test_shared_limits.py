"""Attempts to sign in are counted once for the whole installation, however many processes answer."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.cache import cache, caches
from django.db import connection

from leihwerk.env import cache as cache_from
from tests.workers import database_url

ASKS = """
import django
django.setup()
from django.test import Client
client = Client(headers={{"host": "localhost"}})
for _ in range({times}):
    wrong = {{"email": "anna@nord.example", "password": "falsch"}}
    answer = client.post("/api/v1/auth/token/", wrong, content_type="application/json")
print(answer.json()["errors"][0]["code"])
"""


def try_in_another_process(times: int, **environment: str) -> str:
    """What the last of ``times`` wrong passwords is answered, by a process of its own."""
    told = {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "leihwerk.settings", "BROKER_URL": ""}
    asking = subprocess.run(
        [sys.executable, "-c", ASKS.format(times=times)],
        env={**os.environ, **told, "SECRET_KEY": settings.SECRET_KEY, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return asking.stdout.strip()


@pytest.fixture(autouse=True)
def nobody_has_tried_before(transactional_db):
    cache.clear()
    yield
    cache.clear()


def test_two_processes_share_a_limit(anna):
    assert try_in_another_process(5) == "bad_credentials"
    assert try_in_another_process(1) == "throttled"


def test_with_a_memory_for_each_they_would_not(anna):
    each_alone = {"CACHE_URL": "locmemcache://"}

    assert try_in_another_process(5, **each_alone) == "bad_credentials"
    assert try_in_another_process(1, **each_alone) == "bad_credentials"
    assert try_in_another_process(6, **each_alone) == "throttled"


def test_the_memory_is_a_table_unless_there_is_a_redis():
    table, broker = cache_from("", broker="amqp://guest@rabbit/"), cache_from("", broker="redis://one/0")

    assert table["BACKEND"].endswith("DatabaseCache")
    assert table["LOCATION"] in connection.introspection.table_names()
    assert (broker["BACKEND"].rpartition(".")[2], broker["LOCATION"]) == ("RedisCache", "redis://one/0")
    assert cache_from("redis://two/0", broker="redis://one/0")["LOCATION"] == "redis://two/0"


def test_what_is_remembered_ends_by_itself():
    caches["default"].set("short", 1, timeout=-1)

    assert caches["default"].get("short") is None
