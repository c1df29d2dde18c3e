"""Does the exact planner ever give up? Asked of every product of a generated centre; it must not."""

import json
import subprocess
import sys
from dataclasses import dataclass

from bench.surroundings import surroundings
from leihwerk.embedded.places import PROJECT


@dataclass(frozen=True)
class Admissions:
    """What 2,000 wishes were answered."""

    granted: int
    refused: int
    undecided: int

    def __str__(self) -> str:
        return f"{self.granted} granted, {self.refused} refused, {self.undecided} undecided"


def count(url: str) -> Admissions:
    done = subprocess.run(
        [sys.executable, "-m", "bench.undecided"],
        env=surroundings(url), cwd=PROJECT, stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    return Admissions(**json.loads(done.stdout))
