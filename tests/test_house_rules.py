"""The rules that keep the house beautiful: sizes, names, and doors that never write (STYLE, DESIGN section 1)."""

import ast
import re

import pytest

from tests.house import DOORS, FLOORS, calls, definitions, files, lines, modules, text, tree, words

MODULE, TEST_MODULE, TEMPLATE, FRAGMENT = 250, 300, 80, 30
BUCKETS = {"services", "utils", "helpers", "core", "signals", "registries", "misc", "common"}
EMPTY_WORDS = {"process", "handle", "manage", "do", "perform", "data", "info", "utils", "util", "helper"}
WRITES = frozenset(
    {"save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
    | {"acreate", "aupdate", "adelete", "asave", "set_password", "raw", "execute"}
)

# What a door may write all the same, or what only looks like writing: path and the line's code.
EXEMPT = {
    ("frontend/first_password.py", "super().save()"): "a form of allauth, which sets the password",
}

# Names that Django gives, and the data directory, which is what a database calls it.
GIVEN = {
    "handle",
    "handle_exception",
    "process_exception",
    "process_view",
    "manage",
    "data",
    "data_directory",
    "newest_data",
}


def over(limit: int, paths) -> list[str]:
    return [f"{path}: {lines(path)} lines" for path in paths if lines(path) > limit]


def test_a_module_is_short():
    assert over(MODULE, [*modules(*FLOORS, "bench"), *files("lw", ".")]) == []


def test_a_test_module_is_short():
    assert over(TEST_MODULE, modules("tests")) == []


def test_a_template_is_short_and_a_fragment_shorter():
    templates = list(files(".html", *FLOORS))
    fragments = [path for path in templates if path.name.startswith("_")]

    assert over(TEMPLATE, templates) == []
    assert over(FRAGMENT, fragments) == []


def test_no_module_is_a_bucket():
    names = [path for path in modules(*FLOORS) if BUCKETS & {path.stem, *path.parts}]

    assert names == []


def test_every_name_says_what_is_meant():
    empty = [
        f"{path}:{node.lineno} {node.name}"
        for path in modules(*FLOORS)
        for node in definitions(tree(path))
        if node.name not in GIVEN and EMPTY_WORDS & {word.lower() for word in words(node.name)}
    ]

    assert empty == []


def written(source: str) -> list[str]:
    return [name for _, name in calls(ast.parse(source), WRITES)]


def test_doors_never_write():
    found = {}
    for path in modules(*DOORS):
        source = text(path).splitlines()
        for number, name in calls(tree(path), WRITES):
            found[str(path), source[number - 1].strip()] = name

    assert found.keys() - EXEMPT.keys() == set(), "call a verb, or say in EXEMPT why not"
    assert EXEMPT.keys() - found.keys() == set(), "these exemptions are not needed any more"


@pytest.mark.parametrize(
    "source", ["loan.save()", "Loan.objects.create(a=1)", "rows.filter(a=1).update(b=2)", "(await x).delete()"]
)
def test_a_door_that_writes_would_be_found(source):
    assert written(source)


def test_asking_is_not_writing():
    assert written("rows.filter(a=1).first(); def_create(); created(); renew(loan, by=user)") == []


def test_an_exception_to_the_tools_gives_its_reason():
    bare = re.compile(r"#\s*(?:type:\s*ignore(?:\[[\w, -]+\])?|noqa(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?)\s*$")
    found = [
        f"{path}:{number}"
        for path in modules(*FLOORS, "tests")
        for number, line in enumerate(text(path).splitlines(), 1)
        if bare.search(line)
    ]

    assert found == []


def test_pages_carry_no_inline_code():
    inline = re.compile(
        r"<style|<script(?![^>]*\bsrc=)(?![^>]*application/json)|\sstyle=\"|\son[a-z]+=\"|javascript:", re.I
    )
    found = [f"{path}: {hit.group()}" for path in files(".html", *DOORS) for hit in [inline.search(text(path))] if hit]

    assert found == []


def test_nothing_is_left_for_later():
    left = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")

    assert [str(path) for path in modules(*FLOORS) if left.search(text(path))] == []
