"""Builds what the browser gets: ``python -m leihwerk.embedded.bundle``.

Names carry no hashes: Django's manifest storage adds them. Every entry stands alone, so that no built file needs to
know another one's address; pages name addresses by ``{% static %}``.
"""

import hashlib
import shutil
import subprocess
from pathlib import Path

from leihwerk.embedded import fonts, node
from leihwerk.embedded.places import PROJECT

ASSETS = PROJECT / "frontend" / "assets"
TARGET = PROJECT / "frontend" / "static" / "bundle"
MODULES = PROJECT / "node_modules"


def build() -> bool:
    """Build if a source changed since the last time. Says whether there was anything to build."""
    stamp, wanted = TARGET / ".built-from", _digest([*ASSETS.rglob("*"), PROJECT / "package-lock.json", Path(__file__)])
    if stamp.exists() and stamp.read_text() == wanted:
        return False
    _install()
    shutil.rmtree(TARGET, ignore_errors=True)
    _run(
        "node",
        str(MODULES / "esbuild" / "bin" / "esbuild"),
        *(str(entry) for entry in sorted([*ASSETS.glob("*.js"), *ASSETS.glob("*.css")])),
        f"--outdir={TARGET}",
        "--bundle",
        "--minify",
        "--format=esm",
        "--target=es2022",
        "--legal-comments=linked",
        "--asset-names=[ext]/[name]",
        "--loader:.woff2=file",
        "--log-level=warning",
    )
    shutil.copy(_wasm(), TARGET)
    fonts.convert()
    stamp.write_text(wanted)
    return True


def _install() -> None:
    """Bring node_modules in step with the lock file; offline when it already is."""
    stamp, wanted = MODULES / ".installed-from", _digest([PROJECT / "package-lock.json"])
    if not (stamp.exists() and stamp.read_text() == wanted):
        _run("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")
        stamp.write_text(wanted)


def _wasm() -> Path:
    """The binary that barcode-detector itself resolves: any other version of zxing-wasm crashes in it."""
    nested = MODULES / "barcode-detector" / "node_modules" / "zxing-wasm"
    package = nested if nested.exists() else MODULES / "zxing-wasm"
    return package / "dist" / "reader" / "zxing_reader.wasm"


def _digest(paths: list[Path]) -> str:
    summary = hashlib.sha256()
    for path in sorted(paths):
        if path.is_file():
            summary.update(str(path.relative_to(PROJECT)).encode() + b"\0" + path.read_bytes())
    return summary.hexdigest()


def _run(program: str, *arguments: str) -> None:
    command = [*node.command(program), *arguments]
    try:
        subprocess.run(command, cwd=PROJECT, env=node.environment(), check=True)  # noqa: S603 - our own arguments
    except subprocess.CalledProcessError as error:
        raise SystemExit(f"Das Bündel ließ sich nicht bauen: {program} endete mit {error.returncode}.") from None


if __name__ == "__main__":
    build()
