"""A Maildir folder in which a mail server leaves what comes to us."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

READ_OR_GONE: Final = frozenset("ST")  # flags: seen, trashed


class Maildir:
    """``folder`` has ``new`` and ``cur``. Raises OSError when it is not there."""

    def __init__(self, folder: str, *, largest: int) -> None:
        self.folder, self.largest = Path(folder), largest

    def __enter__(self) -> "Maildir":
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is held open."""

    def unread(self, since: datetime) -> Iterator[tuple[Path, bytes]]:
        """What nobody has read yet and is not older than ``since``; looking leaves it as it is."""
        for path in sorted(path for name in ("new", "cur") for path in (self.folder / name).iterdir()):
            try:
                if _flags(path) & READ_OR_GONE or path.stat().st_mtime < since.timestamp():
                    continue
                with path.open("rb") as mail:
                    yield path, mail.read(self.largest)
            except FileNotFoundError:  # somebody else has moved it
                continue

    def mark_read(self, path: Path) -> None:
        flags = "".join(sorted({*_flags(path), "S"}))
        path.rename(self.folder / "cur" / f"{path.name.partition(':')[0]}:2,{flags}")


def _flags(path: Path) -> set[str]:
    return set(path.name.partition(":2,")[2])
