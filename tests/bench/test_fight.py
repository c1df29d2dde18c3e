"""The fight in small: every promise holds under fire, and where a guard is taken away, the fight notices."""

import os
import shutil
import subprocess
import sys

import pytest

from leihwerk.embedded import bundle
from leihwerk.embedded.places import PROJECT

SHORT = (*("--writers", "8", "--seconds", "10", "--kills", "0"), *("--acts", "60", "--products", "2", "--days", "4"))


@pytest.fixture(scope="module", autouse=True)
def built() -> None:
    bundle.build()


@pytest.fixture
def fight(tmp_path):
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "bench.fight", "--seed", "1", *arguments]
        environment = os.environ | {"TMPDIR": str(tmp_path)}
        return subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)

    yield run
    for home in tmp_path.glob("*/data/postgres"):
        shutil.rmtree(home.resolve(), ignore_errors=True)


def test_no_promise_is_broken_while_everything_is_killed(fight, tmp_path):
    fought = fight("--writers", "8", "--seconds", "35", "--kills", "2", "--acts", "60")

    assert (fought.returncode, "breaches        none" in fought.stdout) == (0, True), said(fought)
    assert fought.stdout.count("kills           2 (") == 3, said(fought)
    assert list(tmp_path.iterdir()) == [], "what was fought in is taken away"


def test_without_lock_and_walls_items_are_promised_twice(fight):
    fought = fight("--sabotage", "no-lock", "--sabotage", "no-constraints", *SHORT)

    assert (fought.returncode, "\n  overlap: " in fought.stdout) == (1, True), said(fought)


def test_without_keys_a_repeated_question_is_answered_anew(fight):
    fought = fight("--sabotage", "no-key", *SHORT)

    assert (fought.returncode, "\n  answer changed: " in fought.stdout) == (1, True), said(fought)


def said(fought: subprocess.CompletedProcess[str]) -> str:
    return fought.stdout + fought.stderr
