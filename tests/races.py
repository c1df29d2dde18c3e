"""Real threads on real connections, for what only happens when two people do it at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

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
