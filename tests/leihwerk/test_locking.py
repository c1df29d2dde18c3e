"""The lock files are what is installed: in step with their sources, with a checksum each, without addresses."""

import json
import re
import shutil

import pytest

from leihwerk.embedded import locking
from leihwerk.embedded.places import PROJECT


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """The lock files and their sources, to be tampered with."""
    shutil.copytree(PROJECT / "requirements", tmp_path / "requirements")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(PROJECT / name, tmp_path)
    monkeypatch.setattr(locking, "PROJECT", tmp_path)
    monkeypatch.setattr(locking, "REQUIREMENTS", tmp_path / "requirements")
    return tmp_path


def change(path, old, new):
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))


def test_ours_are_in_step():
    assert list(locking.differences()) == []


def test_a_requirement_that_nobody_locked_is_noticed(copy):
    change(copy / "requirements" / "runtime.in", "typst\n", "typst\nleftpad\n")
    assert "runtime.in verlangt leftpad, runtime.txt hat None" in list(locking.differences())


def test_a_locked_version_that_does_not_fit_is_noticed(copy):
    change(copy / "requirements" / "runtime.in", "Django>=5.2,<5.3", "Django>=6")
    assert any(line.startswith("runtime.in verlangt Django>=6") for line in locking.differences())


def test_a_requirement_that_went_away_is_noticed(copy):
    change(copy / "requirements" / "runtime.in", "typst\n", "")
    assert "typst steht noch in runtime.txt, aber nicht mehr in runtime.in" in list(locking.differences())


def test_two_locks_that_disagree_are_noticed(copy):
    lock = copy / "requirements" / "develop.txt"
    change(lock, "celery==", "celery==0.")
    assert any(line.startswith("celery: ") for line in locking.differences())


def test_a_missing_checksum_is_noticed(copy):
    lock = copy / "requirements" / "runtime.txt"
    lock.write_text(re.sub(r"(?m)^(typst==\S+) \\\n(    --hash.*\n)+", r"\1\n", lock.read_text()))
    assert "typst hat in runtime.txt keine Prüfsumme" in list(locking.differences())


def test_an_address_is_noticed(copy):
    change(copy / "requirements" / "runtime.txt", "#", "--index-url https://packages.example/simple\n#")
    lock = json.loads((copy / "package-lock.json").read_text())
    lock["packages"]["node_modules/esbuild"]["resolved"] = "https://packages.example/esbuild.tgz"
    (copy / "package-lock.json").write_text(json.dumps(lock))
    assert set(locking.differences()) == {"runtime.txt nennt eine Adresse", "package-lock.json nennt Adressen"}


def test_another_package_json_is_noticed(copy):
    change(copy / "package.json", '"htmx.org": "2', '"htmx.org": "4')
    assert list(locking.differences()) == ["package-lock.json passt bei dependencies nicht zu package.json"]
