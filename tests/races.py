"""Real threads on real connections, for what only happens when two people do it at once."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier, local
from typing import Any

from django.db import connection

from people.errors import TryAgain
from people.once import run

PATIENCE = 20  # seconds until a test gives up waiting for a thread


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Start all ``acts`` at the same moment; each one's outcome, or the exception it raised."""
    start = Barrier(len(acts), timeout=PATIENCE)

    def run(act: Callable[[], Any]) -> Any:
        try:
            with connection.cursor():  # the connection stands before the start
                start.wait()
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def patiently(act: Callable[[], Any]) -> Any:
    """As a client does: "try again" is not an answer yet. A slow machine lets locks time out."""
    for _ in range(20):
        try:
            return run(act)
        except TryAgain:
            continue
    raise AssertionError("nobody is told to try again for ever")


def outcomes(results: Iterable[object]) -> Counter[str]:
    return Counter(type(result).__name__ for result in results)


def meeting(people: int, act: Callable[..., Any]) -> Callable[..., Any]:
    """``act``, from which the first time nobody goes on before so many people have come: what they have seen by then
    knows nothing of what the others write."""
    barrier, came = Barrier(people, timeout=PATIENCE), local()

    def met(*args: Any, **more: Any) -> Any:
        found = act(*args, **more)
        if not hasattr(came, "already"):
            came.already = True
            barrier.wait()
        return found

    return met


@contextmanager
def without_wall(table: str, name: str) -> Iterator[None]:
    """Without that constraint; afterwards it stands as it did, so what broke it has to be gone by then."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", [name])
        (wall,) = cursor.fetchone()
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        try:
            yield
        finally:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {wall}")
