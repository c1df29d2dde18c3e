from collections.abc import Iterator
from typing import Any

import pytest

from tests.authorization.stage import Stage, build
from tests.authorization.undoing import undone


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    """Built once; what a request does to it is undone behind the request."""
    with django_db_blocker.unblock(), undone():
        yield build()
