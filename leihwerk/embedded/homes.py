"""The folder an embedded PostgreSQL owns, made once for each data directory.

An ordinary user's lies in the data directory. Root's cannot: the account that runs the server may not enter root's
home. It lies under /var/lib/leihwerk, and a link in the data directory leads to it. So who removes the data directory
starts afresh, who moves it keeps the database, and who copies it gets an empty one instead of meeting the original's.
"""

import os
import secrets
from pathlib import Path

from leihwerk.embedded.account import STATE, Account
from leihwerk.embedded.places import data_directory, socket_directory


def prepare(account: Account) -> Path:
    """Make or find the home of this data directory's server."""
    data_directory().mkdir(parents=True, exist_ok=True)
    link = data_directory() / "postgres"
    if account.is_us():
        link.mkdir(exist_ok=True)
        account.give(link)
        return link
    if not link.is_symlink() or _is_anothers(link):
        link.unlink(missing_ok=True)
        home = STATE / secrets.token_hex(6)
        STATE.mkdir(parents=True, exist_ok=True)
        STATE.chmod(0o755)
        home.mkdir()
        link.symlink_to(home)
    home = link.resolve()
    account.give(home)
    (home / "belongs-to").write_text(str(data_directory()))
    return home


def prepare_sockets(account: Account) -> Path:
    """A folder that only the server's account may enter; one that somebody else laid out is refused."""
    folder = socket_directory()
    folder.mkdir(mode=0o700, exist_ok=True)
    owner = folder.lstat().st_uid
    if folder.is_symlink() or owner not in {account.uid, os.geteuid()}:
        raise SystemExit(f"{folder} gehört einem anderen Benutzer; bitte entfernen lassen.")
    account.give(folder)
    return folder


def _is_anothers(link: Path) -> bool:
    """Does the link lead to nothing, or to what still belongs to the directory this one was copied from?"""
    record = link / "belongs-to"
    if not record.exists():
        return True
    owner = Path(record.read_text())
    return owner != data_directory() and (owner / "postgres").resolve() == link.resolve()
