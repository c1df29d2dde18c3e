"""Letters under fire, in small: nothing is lost whatever dies; where they are marked first, the bench notices."""

import os
import subprocess
import sys

import pytest

from leihwerk.embedded import bundle
from leihwerk.embedded.places import PROJECT

SMALL = ("--letters", "40", "--kills", "2", "--pause", "0.02")


@pytest.fixture(scope="module", autouse=True)
def built() -> None:
    bundle.build()


def burn(tmp_path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "bench.letters", *SMALL, *arguments]
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    return subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)


def test_every_letter_arrives_whatever_is_killed(tmp_path):
    burnt = burn(tmp_path)

    assert (burnt.returncode, "Every letter arrived." in burnt.stdout) == (0, True), burnt.stdout + burnt.stderr
    assert list(tmp_path.iterdir()) == [], "what was burnt is taken away"


def test_letters_that_are_marked_first_are_lost(tmp_path):
    burnt = burn(tmp_path, "--only", "worker", "--sabotage", "mark-first")

    assert burnt.returncode == 1, burnt.stdout + burnt.stderr
    assert "letters were lost" in burnt.stdout
