"""KERN's Fira Sans as TrueType, for the printed page: typst reads no woff2."""

from pathlib import Path

from fontTools.ttLib import TTFont

from leihwerk.embedded.places import PROJECT

SOURCE = PROJECT / "node_modules" / "@kern-ux" / "native" / "dist" / "fonts" / "fira-sans"
FACES = ["Regular", "Italic", "Medium", "SemiBold", "Bold"]


def directory() -> Path:
    """The folder to give to typst as ``font_paths``; the family is called "Fira Sans"."""
    return PROJECT / "frontend" / "fonts"


def convert() -> None:
    """Write each face that is not there yet."""
    directory().mkdir(parents=True, exist_ok=True)
    for face in FACES:
        target = directory() / f"FiraSans-{face}.ttf"
        if not target.exists():
            with TTFont(SOURCE / f"FiraSans-{face}.woff2") as font:
                font.flavor = None
                font.save(target)
