"""Somebody who asks for a report again and again while others count."""

import time
from datetime import date
from threading import Event, Thread
from typing import Final

from django.db import connection
from django.utils import timezone

from licenses.counter import months
from licenses.counter.kinds import PR
from licenses.usage import reports
from licenses.usage.customers import Whose

PAUSE: Final = 0.02  # seconds between two questions


class Reader(Thread):
    """``seconds`` each answer took. What went wrong in the thread is raised when it is joined."""

    def __init__(self, whose: Whose, before: date) -> None:
        super().__init__()
        self.whose, self.last = whose, months.previous(before)
        self.seconds: list[float] = []
        self._over = Event()
        self._error: Exception | None = None

    def run(self) -> None:
        try:
            self._ask()
            self.seconds.clear()  # the first one connects
            self._ask()
            while not self._over.wait(PAUSE):
                self._ask()
        except Exception as error:
            self._error = error
        finally:
            connection.close()

    def stop(self) -> None:
        self._over.set()
        self.join()
        if self._error is not None:
            raise self._error

    def _ask(self) -> None:
        asked = {
            "customer_id": self.whose.customer_id,
            "begin_date": months.key(months.previous(self.last)),
            "end_date": months.key(self.last),
        }
        begun = time.perf_counter()
        told = reports.answered(PR, asked, self.whose, now=timezone.now())
        self.seconds.append(time.perf_counter() - begun)
        if not told.rows:
            raise LookupError("a report that says nothing is no measure")
