"""Compiles the translations: a fresh machine has no msgfmt."""

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from leihwerk.embedded.places import PROJECT


def compile_all() -> None:
    """Write each catalogue whose source is newer than its compiled form."""
    for source in PROJECT.glob("*/locale/*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        draft = target.with_suffix(".new")
        with source.open("rb") as lines, draft.open("wb") as compiled:
            write_mo(compiled, read_po(lines, locale=source.parent.parent.name))
        draft.rename(target)
