"""The figures as a table for people and as JSON for programs."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.measuring.cases import Case
from bench.measuring.figures import Figure
from leihwerk.embedded.places import data_directory

HEAD = (
    f"{'':16} {'p50':>8} {'spread':>15} {'p95/p50':>8} {'SQL':>8} {'queries':>8} {'× bare':>7} {'spread':>11} "
    f"{'goal':>5} {'1/s at 1':>9} {'at 8':>7}"
)


def table(name: str, figures: Mapping[str, Figure], cases: Mapping[str, Case], share: float) -> str:
    lines = [f"{name} (ms; our clients used {share:.0%} of one processor)", HEAD]
    for case, it in figures.items():
        goal = cases[case].goal
        lines.append(
            f"{case:16} {it.p50:8.1f} {it.lowest:7.1f}–{it.highest:<7.1f} {it.tail:8.2f} {it.raw:8.1f} "
            f"{it.statements:8} {it.times_bare:7.2f} {it.times_bare_spread[0]:5.2f}–{it.times_bare_spread[1]:<5.2f} "
            f"{'≤ ' + format(goal, '.0f') if goal else '':>5} {it.rate_at_one:9.1f} {it.rate_at_eight:7.1f}"
        )
    return "\n".join(lines)


def write(found: Mapping[str, Any]) -> Path:
    folder = data_directory() / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{datetime.now(UTC):%Y-%m-%d-%H%M%S}.json"
    path.write_text(json.dumps(found, indent=1, default=asdict))
    return path
