"""Nothing acknowledged is lost, nothing is done twice (DESIGN 3.7).

``run`` is the only retry in Leihwerk; it stands around the outermost transaction of doors, tasks and commands.
``answered`` adds the memory of an idempotency key: the very bytes of the first final answer are given again.
A page's whole view may be that answer: then every ``run`` in it is ``joined`` to the one transaction.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import Error, connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from people.errors import KeyInProgress, KeyReused, TryAgain
from people.models import OnceKey

Outcome = TypeVar("Outcome")

ATTEMPTS: Final = 3
KEPT: Final = timedelta(days=7)
RETRIED: Final = frozenset({"40001", "40P01"})  # serialization failure, deadlock
LOCK_TIMEOUT: Final = "55P03"
EXCLUDED: Final = "23P01"
FORGOTTEN_STATUSES: Final = frozenset({400, 401, 403, 404, 429})

_is_joined: ContextVar[bool] = ContextVar("is_joined", default=False)


class PlanMoved(Exception):
    """What the verb had read changed while it waited for its lock: start the transaction again."""


@dataclass(frozen=True)
class Answer:
    """A rendered answer of a door, as it goes over the wire. What was done stays, even if it is not memorable."""

    status: int
    body: bytes
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    is_transient: bool = False
    is_memorable: bool = True

    @property
    def is_final(self) -> bool:
        return not self.is_transient and self.status < 500 and self.status not in FORGOTTEN_STATUSES


class _NotFinal(Exception):
    """Carries an answer out of the transaction that its being not final undoes."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer


@dataclass(frozen=True)
class Key:
    """An idempotency key, bound to its caller, with the fingerprint of what was asked."""

    caller: str
    value: str
    fingerprint: str


def fingerprint(method: str, path: str, fields: Mapping[str, Any]) -> str:
    """The same for the same question. ``fields`` are the parsed fields, without the CSRF token.

    Among them may be a password: without the server's own key nobody can try out which one gives this print.
    """
    asked = json.dumps([method, path, fields], sort_keys=True, cls=DjangoJSONEncoder, default=str)
    return salted_hmac("people.once", asked, algorithm="sha256").hexdigest()


def run(act: Callable[[], Outcome]) -> Outcome:
    """``act`` in one transaction, with its deferred walls asked before it counts as done.

    Serialization failures, deadlocks and PlanMoved start it again, at most three times, so ``act`` reads what it needs
    itself. Raises TryAgain when that did not help, when a lock was not to be had within ``lock_timeout``, or when an
    exclusion constraint had to refuse; RuntimeError inside another transaction, which could not be started again,
    unless it is ``joined``: then a savepoint is started again, which gives its locks back as a transaction does.
    """
    is_outermost = not _is_joined.get()
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with transaction.atomic(durable=is_outermost):
                outcome = act()
                _ask_deferred_walls()
                return outcome
        except PlanMoved:
            if attempt == ATTEMPTS:
                raise TryAgain from None
        except Error as error:
            state = sqlstate(error)
            if state in RETRIED and attempt < ATTEMPTS:
                continue
            if state in RETRIED or state in {LOCK_TIMEOUT, EXCLUDED}:
                raise TryAgain from error
            raise
    raise AssertionError("unreachable")


def _ask_deferred_walls() -> None:
    """Now, where a refusal can still be told; one round trip, in which they are deferred again."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def joined() -> Iterator[None]:
    """Inside of ``answered``: every ``run`` is a part of its transaction."""
    token = _is_joined.set(True)
    try:
        yield
    finally:
        _is_joined.reset(token)


def has_written() -> bool:
    """Whether the transaction that is open has changed or locked any row so far."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id_if_assigned() IS NOT NULL")
        return bool(cursor.fetchone()[0])


def sqlstate(error: BaseException) -> str | None:
    """PostgreSQL's code of a database error that Django wrapped."""
    return getattr(error.__cause__, "sqlstate", None)


def answered(key: Key, answer: Callable[[], Answer], *, waits: bool = False) -> Answer:
    """The answer stored under ``key``, or ``answer()``, stored in the transaction of its act if it is final.

    ``answer`` renders refusals instead of raising them, and lets the database's errors pass, which ``run`` knows. An
    answer that is not final leaves nothing behind. Raises KeyInProgress while another request holds the key, TryAgain
    if it ``waits`` for that one in vain, KeyReused when the key was used for another question.
    """

    def once() -> Answer:
        _hold(key, waits=waits)
        known = OnceKey.objects.filter(caller=key.caller, key=key.value).first()
        if known is not None:
            return _replay(known, key)
        given = answer()
        if not given.is_final:
            raise _NotFinal(given)
        if given.is_memorable:
            _remember(key, given)
        return given

    try:
        return run(once)
    except _NotFinal as undone:
        return undone.answer


def forget_old(*, now: datetime | None = None) -> int:
    """Delete the answers older than seven days; how many."""
    return OnceKey.objects.filter(answered_at__lt=(now or timezone.now()) - KEPT).delete()[0]


def _hold(key: Key, *, waits: bool) -> None:
    digest = hashlib.sha256(f"{key.caller}\n{key.value}".encode()).digest()
    lock = "pg_advisory_xact_lock" if waits else "pg_try_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(%s)", [int.from_bytes(digest[:8], signed=True)])
        if not waits and not cursor.fetchone()[0]:
            raise KeyInProgress


def _remember(key: Key, given: Answer) -> None:
    OnceKey.objects.create(
        caller=key.caller,
        key=key.value,
        fingerprint=key.fingerprint,
        status=given.status,
        content_type=given.content_type,
        headers=dict(given.headers),
        body=given.body,
    )


def _replay(known: OnceKey, key: Key) -> Answer:
    if known.fingerprint != key.fingerprint:
        raise KeyReused
    return Answer(known.status, bytes(known.body), known.content_type, known.headers)
