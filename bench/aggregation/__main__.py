"""A month of events becomes figures: ``python -m bench.aggregation`` or ``./lw bench aggregation [--events 5000000]``.

Fills a database of its own, which is dropped afterwards, and counts all days of the month as a night does that finds
them uncounted. Beside it, in the same run, the bare INSERT … SELECT of the same figures into a table without walls, and
the one that merely groups the events. Meanwhile somebody asks for a report again and again. Prints the rates, memory
and the reader's slowest answer, and ends with 1 if a goal is missed.
"""

import subprocess
import sys
from argparse import ArgumentParser
from typing import Final

from bench.generator.sizes import COUNTED
from bench.measuring.sets import kept
from bench.surroundings import surroundings
from leihwerk.embedded.places import PROJECT

PATIENCE: Final = 3_600.0  # seconds until it is given up


def main() -> int:
    parser = ArgumentParser(prog="aggregation", description=__doc__)
    parser.add_argument("--events", type=int, default=5_000_000)
    events = parser.parse_args().events
    with kept(COUNTED, is_kept=False) as url:
        command = [sys.executable, "-m", "bench.aggregation.counted", f"{events}"]
        done = subprocess.run(command, env=surroundings(url), cwd=PROJECT, check=False, timeout=PATIENCE)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
