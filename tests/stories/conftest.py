from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections


@pytest.fixture(scope="session")
def static_root(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("static")


@pytest.fixture(autouse=True)
def collected(settings, plain_static_files, static_root) -> None:
    """A live server of a test gives out what was collected; once is enough."""
    settings.STATIC_ROOT = static_root
    if not any(static_root.iterdir()):
        call_command("collectstatic", "--noinput", verbosity=0)


@pytest.fixture(autouse=True)
def short_connections() -> None:
    """The server's threads give their connections back, so that the test database can be dropped."""
    connections["default"].settings_dict["CONN_MAX_AGE"] = 0
