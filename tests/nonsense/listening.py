"""Which fields a view asks for: heard, not listed, so that no form is forgotten."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.forms import FileInput
from django.http import QueryDict

READS = ("__getitem__", "_getlist", "__contains__")


@contextmanager
def listening() -> Iterator[set[str]]:
    """The names that are looked up in what was sent, while it lasts."""
    heard: set[str] = set()

    def overheard(read: Any) -> Any:
        def reads(sent: Any, name: str, *rest: Any, **more: Any) -> Any:
            heard.add(name)
            return read(sent, name, *rest, **more)

        return reads

    def asks_for_file(widget: FileInput, data: Any, files: Any, name: str) -> Any:
        heard.add(name)
        return files.get(name)

    with pytest.MonkeyPatch.context() as patch:
        for read in READS:
            patch.setattr(QueryDict, read, overheard(getattr(QueryDict, read)), raising=False)
        patch.setattr(FileInput, "value_from_datadict", asks_for_file)
        yield heard
