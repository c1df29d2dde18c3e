"""The operator's handbook names every variable that counts, and none that does not."""

import re

from leihwerk.embedded.places import PROJECT

READ = re.compile(r"""(?:env(?:\.\w+)?\(\s*|environ(?:ment)?(?:\.get)?[(\[]\s*)"([A-Z][A-Z_]+)\"""")
OTHERS = {"PATH", "HOME"}


def variables_read():
    sources = [PROJECT / "lw", *(PROJECT / "leihwerk").rglob("*.py")]
    return {name for source in sources for name in READ.findall(source.read_text())} - OTHERS


def variables_named():
    handbook = (PROJECT / "docs" / "operator.md").read_text()
    table = handbook.partition("## Variables")[2].partition("\n## ")[0]
    first_cells = re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE)
    return {name for cell in first_cells for name in re.findall(r"`([A-Z_]+)`", cell)}


def test_every_variable_is_explained():
    assert variables_read() - variables_named() == {"PIP_INDEX_URL"}  # pip's own


def test_no_variable_is_explained_that_nobody_reads():
    assert variables_named() - variables_read() == set()


def test_the_compose_file_sets_only_variables_that_count():
    compose = (PROJECT / "docker" / "compose.yml").read_text().partition("services:")[0]
    assert set(re.findall(r"^    ([A-Z_]+):", compose, re.MULTILINE)) <= variables_named()
    example = (PROJECT / "docker" / "example.env").read_text()
    asked = set(re.findall(r"\$\{([A-Z_]+)", (PROJECT / "docker" / "compose.yml").read_text()))
    assert asked == set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))
