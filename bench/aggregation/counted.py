"""``python -m bench.aggregation.counted EVENTS``: fill the database of ``DATABASE_URL``, count, compare, print."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

import psutil
from django.db import connection
from django.utils import timezone

from bench.aggregation.filling import fill, latest_month
from bench.aggregation.reader import Reader
from bench.generator.sizes import COUNTED
from licenses.models import UseDay
from licenses.usage.counting import USES, count_days, facts_of
from licenses.usage.customers import Whose
from people.models import Institution

SHARE: Final = 0.2  # of the bare statement's rate
WAITED: Final = 0.05  # of the time that counting takes: who is blocked by it waits for its end
SCRATCH: Final = """
CREATE TABLE bench_scratch (institution_id bigint, medium_id bigint, number bigint);
CREATE TABLE bench_use (center_id bigint, institution_id bigint, medium_id bigint, is_by_pupils boolean, month date,
                        clicks bigint, looks bigint, requests bigint, used bigint, refused bigint, full_up bigint)
"""
GROUPED: Final = (
    "INSERT INTO bench_scratch SELECT institution_id, medium_id, count(*) FROM licenses_useevent GROUP BY 1, 2"
)
BARE: Final = f"INSERT INTO bench_use {USES}"
SPILT: Final = "SELECT temp_bytes FROM pg_stat_database WHERE datname = current_database()"


@dataclass(frozen=True)
class Found:
    """Events a second; megabytes; seconds of the reader's answers."""

    events: int
    ours: float
    bare: float
    grouped: float
    memory: tuple[float, float]
    spilt: float
    reader: list[float]

    def __str__(self) -> str:
        before, after = self.memory
        return (
            f"{self.events} events  counted {self.ours:.0f} a second, bare statement {self.bare:.0f}:"
            f" {self.ours / self.bare:.2f} of it; merely grouped {self.grouped:.0f}: {self.ours / self.grouped:.3f}\n"
            f"memory         before {before:.1f} MB, after {after:.1f} MB; PostgreSQL spilt {self.spilt:.1f} MB\n"
            f"reader         {len(self.reader)} reports, median {1000 * median(self.reader):.1f} ms,"
            f" slowest {1000 * max(self.reader):.1f} ms: {max(self.reader) / median(self.reader):.1f} times"
        )

    @property
    def missed(self) -> Iterator[str]:
        if self.ours < SHARE * self.bare:
            yield f"at least {SHARE} of the bare statement"
        if max(self.reader) > WAITED * self.events / self.ours:
            yield f"the reader's slowest answer at most {WAITED:.0%} of the time that counting takes"


def main(events: int) -> int:
    month = latest_month(timezone.localdate())
    school = Institution.objects.filter(kind="school").select_related("center").order_by("pk")[0]
    filled = fill(month, center=school.center_id, events=events, used=COUNTED.used)
    _row(SCRATCH)
    _row(GROUPED)  # everybody finds the events in memory
    before, spilt, reader = _memory(), _spilt(), Reader(Whose(school.center, school), before=month)
    reader.start()
    ours = filled / _seconds(lambda: count_days(timezone.now()))
    reader.stop()
    memory, spilt = (before, _memory()), _spilt() - spilt
    days = list(UseDay.objects.order_by("day").values_list("day", flat=True))
    bare = filled / _seconds(lambda: _row(BARE, facts_of(days[0], days[-1])))
    grouped = filled / _seconds(lambda: _row(GROUPED))
    found = Found(filled, ours, bare, grouped, memory, spilt, reader.seconds)
    if UseDay.objects.filter(counted_at__isnull=True).exists():
        raise SystemExit("Some days were not counted.")
    missed = list(found.missed)
    print(found)
    print("\n".join(missed) or "Every goal is reached.", flush=True)
    return int(bool(missed))


def _seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _memory() -> float:
    return float(psutil.Process().memory_info().rss) / 2**20


def _spilt() -> float:
    time.sleep(1.5)  # a connection tells its statistics once a second
    return float(_row(SPILT)[0]) / 2**20


def _row(statement: str, facts: dict[str, Any] | None = None) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, facts)
        return cursor.fetchone() if cursor.description else None


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
