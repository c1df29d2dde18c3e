"""The films, portals and programs of the invented centre."""

import tomllib
from pathlib import Path
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile

from licenses import files, media, own_files, providers
from office.demo.cast import Cast
from people.models import Center, User

TITLES: Final = Path(__file__).with_name("media.toml")
NEXT_DOOR: Final = 2


def collect(cast: Cast) -> None:
    """All of them for our centre, and the first few for the neighbour."""
    rows: list[dict[str, Any]] = tomllib.loads(TITLES.read_text())["medium"]
    _collect(cast.center, rows, by=cast.manager)
    _collect(cast.neighbor, rows[:NEXT_DOOR], by=cast.people["nachbar"])
    own_files.give_out(cast.center, by=cast.manager)


def _collect(center: Center, rows: list[dict[str, Any]], *, by: User) -> None:
    sellers = {name: providers.add(center, name=name, by=by) for name in dict.fromkeys(row["provider"] for row in rows)}
    for row in rows:
        facts = row | {"provider": sellers[row["provider"]]}
        if "file" in row:
            facts["file"] = files.accepted(_file(row["file"]))
        media.add(center, by=by, **facts)


def _file(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, TITLES.with_name(name).read_bytes())
