"""Which account of this machine runs the embedded PostgreSQL, which refuses to be run by root."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

STATE = Path("/var/lib/leihwerk")


class Account(NamedTuple):
    name: str
    uid: int
    gid: int

    def is_us(self) -> bool:
        return self.uid == os.geteuid()

    def run_as(self, home: Path) -> dict[str, Any]:
        """Keywords for ``subprocess``: this account, a folder it may enter, and an environment without surprises."""
        identity = {} if self.is_us() else {"user": self.uid, "group": self.gid, "extra_groups": []}
        environment = {"PATH": os.defpath, "HOME": str(home), "LC_ALL": "C", "TZ": "UTC"}
        return identity | {"cwd": home, "env": environment}

    def give(self, path: Path) -> None:
        """Make ``path`` this account's own and nobody else's."""
        os.chown(path, self.uid, self.gid)
        path.chmod(0o700)


def for_server() -> Account:
    """Ourselves, or for root the system account ``leihwerk``, made when it is missing."""
    if os.geteuid() != 0:
        return ours()
    try:
        entry = pwd.getpwnam("leihwerk")
    except KeyError:
        useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
        if useradd is None:
            raise SystemExit(
                "PostgreSQL läuft nicht als root, und useradd fehlt: bitte ein Konto »leihwerk« anlegen "
                "oder Leihwerk als gewöhnlicher Benutzer starten."
            ) from None
        options = ["--system", "--user-group", "--no-create-home", "--home-dir", str(STATE)]
        subprocess.run([useradd, *options, "--shell", "/usr/sbin/nologin", "leihwerk"], check=True)  # noqa: S603  a fixed command
        entry = pwd.getpwnam("leihwerk")
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def ours() -> Account:
    """The account this process runs as."""
    try:
        entry = pwd.getpwuid(os.geteuid())
    except KeyError:
        raise SystemExit(
            f"Das Benutzerkonto {os.geteuid()} hat keinen Namen: PostgreSQL braucht einen Eintrag in /etc/passwd."
        ) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
