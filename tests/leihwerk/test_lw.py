"""`lw` itself needs nothing but a Python of the machine; what it cannot do it says in one sentence."""

import os
import subprocess
import sys

from leihwerk.embedded.places import PROJECT


def lw(*arguments, before="pass", path=os.defpath):
    """Run it in a fresh interpreter, after the statements ``before``."""
    program = (
        f"import runpy, sys; {before}; sys.argv = {['lw', *arguments]!r}; runpy.run_path('lw', run_name='__main__')"
    )
    command = [sys.executable, "-I", "-c", program]
    return subprocess.run(command, cwd=PROJECT, env={"PATH": path}, capture_output=True, text=True, check=False)


def test_an_old_python_is_told_in_one_sentence():
    done = lw(
        "run", before="sys.version_info = (3, 9, 2, 'final', 0); sys.version = '3.9.2 (default)'", path="/nowhere"
    )

    assert done.returncode == 1
    assert done.stderr == "Leihwerk braucht Python 3.11 oder neuer; hier läuft 3.9.2.\n"


def test_an_old_python_starts_a_newer_one_if_there_is_one(tmp_path):
    newer = tmp_path / "python3.12"
    newer.write_text('#!/bin/sh\necho "$@"\n')
    newer.chmod(0o755)

    done = lw("run", before="sys.version_info = (3, 9, 2, 'final', 0)", path=str(tmp_path))

    assert done.stdout.split()[-2:] == ["lw", "run"]


def test_who_asks_wrongly_gets_the_list_of_commands():
    for arguments, code in (((), 1), (("fly",), 1), (("--help",), 0)):
        done = lw(*arguments)
        assert (done.returncode, "./lw run" in done.stdout) == (code, True)


def test_it_imports_nothing_that_must_be_installed():
    done = lw("--help", before="sys.path = [part for part in sys.path if 'site-packages' not in part]")
    assert done.returncode == 0, done.stderr
