from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def nested() -> Iterator[None]:
    """A transaction inside of which ``once.run`` may open its own."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]  # as Django's own TestCase does
    with block:
        yield


@contextmanager
def undone() -> Iterator[None]:
    """A transaction that ends as if nothing had happened."""
    with nested():
        yield
        transaction.set_rollback(True)
