"""What the house rules read: our files, and the syntax trees of our modules."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ("leihwerk", "people", "inventory", "licenses", "lending", "office", "api", "frontend")
DOORS = ("api", "frontend")
NOT_OURS = {"migrations", "node_modules", "__pycache__", "static", "var"}


def files(suffix: str, *roots: str) -> Iterator[Path]:
    """Our files under ``roots``, relative to the repository."""
    for root in roots:
        for path in sorted((ROOT / root).rglob(f"*{suffix}")):
            relative = path.relative_to(ROOT)
            if not NOT_OURS & set(relative.parts):
                yield relative


def modules(*roots: str) -> list[Path]:
    return list(files(".py", *roots))


def text(path: Path) -> str:
    return (ROOT / path).read_text()


def lines(path: Path) -> int:
    return len(text(path).splitlines())


def tree(path: Path) -> ast.Module:
    return ast.parse(text(path), str(path))


def words(name: str) -> list[str]:
    """The words of a name: snake_case and CamelCase alike."""
    return re.findall(r"[a-z0-9]+|[A-Z][a-z0-9]*|[A-Z]+", name.replace("_", " "))


def definitions(module: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node


def calls(module: ast.AST, names: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Line and name of every call of a method in ``names``."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names:
            yield node.lineno, node.func.attr
