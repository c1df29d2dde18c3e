"""A report of any length takes the memory of one entry."""

import io
import json
import tracemalloc
from collections.abc import Callable, Iterator

import pytest

from licenses.counter.reading import open_report
from tests.licenses.counter.test_reading_json import HEADER, OLD_HEADER, entry, old_entry
from tests.licenses.counter.test_reading_tables import HEADINGS, ROW, separated

LITTLE = 2 * 1024 * 1024


class Repeated(io.RawIOBase):
    """A file that says the same again and again, and is nowhere in memory."""

    def __init__(self, head: bytes, middle: bytes, tail: bytes, times: int) -> None:
        self.parts = lambda: iter([head, *[middle] * times, tail])
        self.size = len(head) + len(middle) * times + len(tail)
        self.seek(0)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, position: int, whence: int = 0) -> int:
        if whence == io.SEEK_END:
            return self.size
        self.left: Iterator[bytes] = self.parts()
        self.rest = b""
        self.position = 0
        while self.position < position:
            self.read(min(1 << 16, position - self.position))
        return self.position

    def readinto(self, buffer) -> int:
        while not self.rest:
            try:
                self.rest = next(self.left)
            except StopIteration:
                return 0
        count = min(len(buffer), len(self.rest))
        buffer[:count], self.rest = self.rest[:count], self.rest[count:]
        self.position += count
        return count


def old(times: int) -> Repeated:
    head = b'{"Report_Header": ' + json.dumps(OLD_HEADER).encode() + b', "Report_Items": ['
    each = json.dumps(old_entry()).encode()
    return Repeated(head + each, b"," + each, b"]}", times - 1)


def new(times: int) -> Repeated:
    """All items in one wrapping, as reports of items without parents have them."""
    head = b'{"Report_Header": ' + json.dumps(HEADER).encode() + b', "Report_Items": [{"Items": ['
    each = json.dumps(entry({"No_License": {"2026-01": 1}}, Item="x" * 400)).encode()
    return Repeated(head + each, b"," + each, b"]}]}", times - 1)


def table(times: int) -> Repeated:
    return Repeated(separated(HEADINGS) + b"\r\n", "\t".join(ROW).encode() + b"\r\n", b"", times)


def peak(file: Repeated) -> tuple[int, int]:
    """How many figures there are, and the most memory that reading them took."""
    tracemalloc.start()
    try:
        count = sum(1 for _ in open_report(io.BufferedReader(file)))
        return count, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(("report", "figures"), [(old, 1), (new, 1), (table, 2)])
def test_a_long_report_takes_little_memory(report: Callable[[int], Repeated], figures: int):
    count, memory = peak(report(6_000))

    assert count == 6_000 * figures
    assert memory < LITTLE


def test_reading_all_of_it_at_once_would_be_noticed():
    tracemalloc.start()
    json.loads(io.BufferedReader(old(6_000)).read())
    memory = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert memory > LITTLE
