"""The lock files: renewed over the network, compared with their sources without it."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from leihwerk.embedded import node
from leihwerk.embedded.places import PROJECT

REQUIREMENTS = PROJECT / "requirements"
NAMES = ("runtime", "develop")
PINNED = re.compile(r"^(?P<name>[a-z0-9.-]+)==(?P<version>\S+).*?(?=^\S|\Z)", re.MULTILINE | re.DOTALL)
COMPILE = "--universal --generate-hashes --no-emit-index-url --no-emit-find-links --python-version 3.11 --quiet"


def lock(*packages: str) -> None:
    """Renew every lock file; with names, only these packages in them."""
    which = [f"--upgrade-package={name}" for name in packages] or ["--upgrade"]
    for name in NAMES:
        command = [
            sys.executable,
            "-m",
            "uv",
            "pip",
            "compile",
            *COMPILE.split(),
            *which,
            f"{name}.in",
            "-o",
            f"{name}.txt",
        ]
        subprocess.run(command, cwd=REQUIREMENTS, check=True)  # noqa: S603 - our own arguments
    command = [*node.command("npm"), "install", "--package-lock-only"]
    subprocess.run(command, cwd=PROJECT, env=node.environment(), check=True)  # noqa: S603 - our own arguments


def differences() -> Iterator[str]:
    """What does not fit: between each lock file and its source, and between the two lock files."""
    for name in NAMES:
        yield from _python(REQUIREMENTS / f"{name}.in", REQUIREMENTS / f"{name}.txt")
    runtime, develop = (_pins((REQUIREMENTS / f"{name}.txt").read_text()) for name in NAMES)
    for package in runtime:
        if runtime[package] != develop.get(package):
            yield f"{package}: {runtime[package]} in runtime.txt, {develop.get(package)} in develop.txt"
    yield from _javascript(
        json.loads((PROJECT / "package.json").read_text()), (PROJECT / "package-lock.json").read_text()
    )


def _python(source: Path, locked: Path) -> Iterator[str]:
    text = locked.read_text()
    pins = _pins(text)
    wanted = [Requirement(line) for line in _lines(source) if not line.startswith("-r")]
    for requirement in wanted:
        pin = pins.get(canonicalize_name(requirement.name))
        if pin is None or not requirement.specifier.contains(pin, prereleases=True):
            yield f"{source.name} verlangt {requirement}, {locked.name} hat {pin}"
    names = {canonicalize_name(requirement.name) for requirement in wanted}
    for match in PINNED.finditer(text):
        if re.search(rf"-r {re.escape(source.name)}$", match[0], re.MULTILINE) and match["name"] not in names:
            yield f"{match['name']} steht noch in {locked.name}, aber nicht mehr in {source.name}"
        if "--hash=sha256:" not in match[0]:
            yield f"{match['name']} hat in {locked.name} keine Prüfsumme"
    if "://" in text:
        yield f"{locked.name} nennt eine Adresse"


def _javascript(source: dict[str, dict[str, str]], text: str) -> Iterator[str]:
    root = json.loads(text)["packages"][""]
    for kind in ("dependencies", "devDependencies"):
        if source.get(kind, {}) != root.get(kind, {}):
            yield f"package-lock.json passt bei {kind} nicht zu package.json"
    if '"resolved"' in text:
        yield "package-lock.json nennt Adressen"


def _pins(text: str) -> dict[str, str]:
    return {match["name"]: match["version"] for match in PINNED.finditer(text)}


def _lines(path: Path) -> list[str]:
    return [line for raw in path.read_text().splitlines() if (line := raw.partition("#")[0].strip())]
