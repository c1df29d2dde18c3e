"""What the sources say: every sentence marked for translation in Python modules and Django templates.

Found by Babel and Django's own template lexer, because a fresh machine has neither xgettext nor msgmerge.
"""

import ast
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from django.utils.translation.template import templatize

from leihwerk.embedded.places import PROJECT

APPS: Final = ("api", "frontend", "inventory", "leihwerk", "lending", "licenses", "office", "people")
TRANSLATION: Final = "django.utils.translation"
ONE, MANY, IN_CONTEXT, MANY_IN_CONTEXT = None, (1, 2), ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS: Final[dict[str, Any]] = {
    "gettext": ONE,
    "gettext_lazy": ONE,
    "ngettext": MANY,
    "ngettext_lazy": MANY,
    "pgettext": IN_CONTEXT,
    "pgettext_lazy": IN_CONTEXT,
    "npgettext": MANY_IN_CONTEXT,
    "npgettext_lazy": MANY_IN_CONTEXT,
}


def extracted(project: Path = PROJECT) -> Catalog:
    """All messages, in the order of files and lines; where each was found, without line numbers."""
    catalog = Catalog()
    for path in _sources(project):
        place = path.relative_to(project).as_posix()
        for message, context in in_python(path) if path.suffix == ".py" else in_template(path):
            catalog.add(message, context=context, locations=[(place, 0)])
    return catalog


def in_python(path: Path) -> Iterator[tuple[Any, str | None]]:
    """Each message and its context in a module, whatever it calls gettext."""
    source = path.read_bytes()
    return _found(source, _names(ast.parse(source)))


def in_template(path: Path) -> Iterator[tuple[Any, str | None]]:
    """Each message and its context in a template."""
    lines = templatize(path.read_text(), origin=str(path)).splitlines()
    return _found("\n".join(line.strip() for line in lines).encode(), KEYWORDS | {"_": ONE})


def _sources(project: Path) -> Iterator[Path]:
    for app in APPS:
        for path in sorted((project / app).rglob("*")):
            is_template = "templates" in path.parts and path.suffix in {".html", ".txt"}
            if is_template or (path.suffix == ".py" and "migrations" not in path.parts):
                yield path


def _found(source: bytes, keywords: dict[str, Any]) -> Iterator[tuple[Any, str | None]]:
    return ((message, context) for _, message, _, context in extract("python", BytesIO(source), keywords))


def _names(tree: ast.Module) -> dict[str, Any]:
    """What a module calls each of the functions: by ``import … as`` or by plain assignment."""
    names: dict[str, Any] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == TRANSLATION:
            names |= {
                alias.asname or alias.name: KEYWORDS[alias.name] for alias in node.names if alias.name in KEYWORDS
            }
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Name) and node.value.id in names:
            names |= {target.id: names[node.value.id] for target in node.targets if isinstance(target, ast.Name)}
    return names
