"""The English catalogue: brought in step with the sources, and compiled. A fresh machine has no gettext programs."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from leihwerk.embedded.messages import extracted
from leihwerk.embedded.places import PROJECT

ENGLISH: Final = PROJECT / "leihwerk" / "locale" / "en" / "LC_MESSAGES" / "django.po"


def compile_all() -> None:
    """Write each catalogue whose source is newer than its compiled form."""
    for source in PROJECT.glob("*/locale/*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        draft = target.with_suffix(".new")
        with draft.open("wb") as compiled:
            write_mo(compiled, read(source))
        draft.rename(target)


def read(source: Path) -> Catalog:
    with source.open("rb") as lines:
        return read_po(lines, locale=source.parent.parent.name, abort_invalid=True)


def update() -> list[str]:
    """Bring the English catalogue in step with the sources; answers with the German that still needs English.

    A translation stays as long as its German does. A changed sentence is a new one: nothing is guessed.
    """
    header, known, catalog = ENGLISH.read_text().partition("\n\n")[0], read(ENGLISH), extracted()
    for message in catalog:
        before = known.get(message.id, message.context)
        if message.id and before is not None:
            message.string = before.string
    with ENGLISH.open("wb") as lines:
        lines.write(f"{header}\n\n".encode())
        write_po(lines, catalog, width=120, omit_header=True, include_lineno=False)
    return [str(message.id) for message in untranslated(catalog)]


def untranslated(catalog: Catalog) -> list[Message]:
    """The messages without words, or without words for one of the numbers."""
    return [message for message in catalog if message.id and not _has_words(message.string)]


def _has_words(string: str | Sequence[str] | None) -> bool:
    return bool(string) and all(string or [])
