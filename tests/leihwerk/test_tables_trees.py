"""JSON is a table, too: each record a row, nested names its headings."""

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leihwerk.tables import FileRefused, match, open_table, read
from leihwerk.tables.cells import text
from leihwerk.tables.columns import Field
from leihwerk.tables.refusals import FileIsEmpty, FileIsNoTable, FileIsTooLarge

FIELDS = (Field("title", "Titel", ("Titel", "title", "general.title"), text(200), is_required=True),)


def rows(found) -> list[tuple]:
    (grid,) = open_table(json.dumps(found).encode()).grids
    return [row.cells for row in grid.rows]


def test_records_become_rows_and_nested_names_headings():
    found = [{"title": "A", "media": {"url": "x", "size": 3}}, {"title": "B", "cost": None}]

    assert rows(found) == [("title", "media.url", "media.size", "cost"), ("A", "x", 3), ("B",)]


def test_lists_become_words_with_semicolons_between_them():
    found = [{"title": "A", "keywords": ["x", "y", "x"], "subject": [{"name": "Bio"}, {"name": "Geo"}]}]

    assert rows(found)[1] == ("A", "x; y", "Bio; Geo")


@pytest.mark.parametrize(
    "title",
    [
        "Wölfe", {"string": "Wölfe", "language": "de"}, {"de": "Wölfe", "en": "Wolves"},
        {"source": "LOM", "value": "Wölfe"},
        [{"language": "en", "string": "Wolves"}, {"language": "de", "string": "Wölfe"}],
    ],
)  # fmt: skip
def test_of_several_languages_the_german_is_taken(title):
    assert rows([{"title": title}])[1] == ("Wölfe",)


@pytest.mark.parametrize(
    "found",
    [
        {"title": "A"},
        [{"title": "A"}],
        [{"lom": {"title": "A"}}],
        {"data": {"findAll": [{"title": "A"}]}},
        {"title": "Ausgabe vom Montag", "records": [{"title": "A"}]},
        {"total": 1, "nodes": [{"title": "A"}], "facets": [{"name": "x"}]},
    ],
)
def test_records_are_found_wherever_they_lie(found):
    assert rows(found) == [("title",), ("A",)]


def test_a_line_is_the_number_of_the_entry():
    opened = open_table(json.dumps([{"title": "A"}, {"url": "x"}]).encode())

    remarks = [remark for record in read(match(opened, FIELDS), FIELDS) for remark in record.remarks]
    assert [(remark.line, remark.reason) for remark in remarks] == [(2, "fehlt")]
    assert "Einträge" in opened.notes[0]


def test_a_list_that_only_begins_like_json_is_still_a_list():
    assert [row.cells for row in open_table(b"[Titel];Jahr\nA;2020\n").grids[0].rows][1] == ("A", "2020")


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b'{"title": "A"', FileIsNoTable),
        (b'[{"title": "\xff"}]', FileIsNoTable),
        (b"[" * 100_000 + b"]" * 100_000, FileIsNoTable),
        (b'{"a": ' * 5_000 + b"{}" + b"}" * 5_000, FileIsNoTable),
        (b'["a", "b"]', FileIsEmpty),
        (b"{}", FileIsEmpty),
        (json.dumps([{f"n{n}": 1 for n in range(300)} | {"title": "A"}]).encode(), FileIsTooLarge),
    ],
    ids=["cut off", "no UTF-8", "deep lists", "deep objects", "no records", "nothing", "too wide"],
)
def test_what_is_no_table_is_refused(data, refusal):
    with pytest.raises(refusal):
        open_table(data)


NAMES = st.sampled_from(["title", "general", "lom", "de", "string", "language", "value", "records", "x"])
TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(NAMES, inner),
    max_leaves=12,
)  # fmt: skip


@given(TREES)
@settings(max_examples=200, deadline=None)
def test_any_tree(found):
    with suppress(FileRefused):
        matched = match(open_table(json.dumps(found).encode()), FIELDS)
        assert all(record.line >= 1 for record in read(matched, FIELDS))
