"""The negative control of those who fight: each sabotage takes one guard away, and the fight has to notice.

They act inside the private installation only, by patching it when it starts or by changing its database; the product
has no switch for any of it.
"""

import os
import random
import signal
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

import psycopg
from django.apps import AppConfig

MOMENT: Final = 2.0  # seconds, long enough for everybody to come
HESITATION: Final = 0.2  # seconds, most of the time a letter takes
TORN: Final = 0.03  # of all entries in the journal


def no_lock() -> None:
    """The gate lets everybody through, and whoever came within the same moment at the same moment."""
    from inventory.models.product import ProductQuerySet

    def together(products: ProductQuerySet) -> ProductQuerySet:
        time.sleep(-time.time() % MOMENT)
        return products.order_by("pk")

    ProductQuerySet.lock = together  # type: ignore[assignment, method-assign]  # that is the sabotage


def no_key() -> None:
    """The door does not look at the idempotency key."""
    from api.door import resource

    def none(request: Any) -> None:
        """Nobody sent a key."""

    resource.key_of = none


def half_write() -> None:
    """Now and then an act commits what it has written so far, and its process dies."""
    from django.db import connection

    from people import journal

    record: Callable[..., Any] = journal.record

    @wraps(record)
    def torn(verb: str, *arguments: Any, **facts: Any) -> Any:
        entry = record(verb, *arguments, **facts)
        if verb.startswith(("reservation.", "loan.")) and random.random() < TORN and connection.connection:
            connection.connection.commit()
            os.kill(os.getpid(), signal.SIGKILL)
        return entry

    journal.record = torn


def mark_first() -> None:
    """A letter counts as sent some time before it is sent."""
    from people.letters import claiming, mailing, sending

    def mark_then_send(server: Any, letter: Any, *, now: Any) -> bool:
        claiming.note_sent(letter, now=now)
        time.sleep(HESITATION)
        server.send_messages([mailing.mail_of(letter)])
        return True

    sending.hand_to = mark_then_send


PATCHES: Final[dict[str, Callable[[], None]]] = {
    "no-lock": no_lock,
    "no-key": no_key,
    "half-write": half_write,
    "mark-first": mark_first,
}

STATEMENTS: Final[dict[str, list[str]]] = {
    # The walls against two promises of one item fall.
    "no-constraints": [
        "ALTER TABLE lending_allocation DROP CONSTRAINT item_is_promised_once, DROP CONSTRAINT plan_avoids_outages",
        "DROP INDEX loan_item_is_out_only_once",
    ],
    # A commit counts before it is on disk.
    "lose-ack": [
        "ALTER SYSTEM SET synchronous_commit = off",
        "ALTER SYSTEM SET wal_writer_delay = '10s'",
        "ALTER SYSTEM SET wal_writer_flush_after = '1GB'",
        "SELECT pg_reload_conf()",
    ],
}

NAMES: Final = (*PATCHES, *STATEMENTS)


def weaken(database: psycopg.Connection, names: list[str]) -> None:
    """What of ``names`` is done to the database, by its superuser."""
    for name in names:
        for statement in STATEMENTS.get(name, []):
            database.execute(statement)


class Sabotage(AppConfig):
    """Patches every process of the private installation that has ``HOUSE_SABOTAGE`` in its environment."""

    name = "bench.house"

    def ready(self) -> None:
        for name in os.environ.get("HOUSE_SABOTAGE", "").split(","):
            PATCHES.get(name, lambda: None)()
