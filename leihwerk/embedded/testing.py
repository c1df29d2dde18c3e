"""``test`` and ``bench``: as in real life, but on a data directory of their own."""

import os
import sys
from pathlib import Path

from leihwerk.embedded import bundle, holding, places, running, translations

WHOLE_SUITE = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", "--durations=30", "--durations-min=8")
"""A file's costly fixtures are made once; ``tests/order.py`` says which begins; what takes long is told."""


def test(*arguments: str) -> int:
    """pytest with these arguments; without any, the whole suite on two processors."""
    return _beside("test", [sys.executable, "-m", "pytest", *(arguments or WHOLE_SUITE)], is_durable=False)


def bench(*arguments: str) -> int:
    """``bench``, or the part of it that the first argument names, on a database that keeps its promises."""
    is_named = arguments[:1] != () and not arguments[0].startswith("-")
    module = [f"bench.{arguments[0]}", *arguments[1:]] if is_named else ["bench", *arguments]
    return _beside("bench", [sys.executable, "-m", *module], is_durable=True)


def _beside(name: str, command: list[str], *, is_durable: bool) -> int:
    """Run ``command`` as the owner of a database in ``<data>/<name>``, which no ``run`` uses."""
    os.environ["LEIHWERK_DATA"] = str(Path(places.data_directory()) / name)
    bundle.build()
    translations.compile_all()
    with running.stoppable(), holding.hold(), running.served_database(is_durable=is_durable) as (_, environment):
        environment["DATABASE_URL"] = environment.get("MIGRATE_DATABASE_URL") or environment["DATABASE_URL"]
        return running.follow(command, environment)
