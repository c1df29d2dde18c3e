"""Whatever a list says: the good rows come in, the others are remarks, and the second time nothing changes."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inventory.importing import INVENTORY
from leihwerk.tables import csv_bytes, match, open_table
from licenses.importing import MEDIA
from people.schools_import import SCHOOLS

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NASTY = st.sampled_from([
    "", "A-1", "a-1", "ß", "SS", "=1+1", "0x Akku; 99999x Kabel", "3x A; 2 a", "2x A", "x" * 200, "1.2.2024",
    "31.2.2024", "1e9", "99999999,99", "100000000", "-5", "5", "defekt", "ausgesondert", "100012", "null",
    "#REF!", "\x00", "'=x", "İ", "ﬁ", "PT1H", "1:32", "alle; Kita", "24 GS", "V+Ö", "12/2027",
    "www.a.example", ";", "ab 10",
])  # fmt: skip
NUMBERS = st.sampled_from(["A-1", "a-1", "A-2", "100012", "100013", "DE-NW-100012"])


def rows_of(fields):
    others = st.lists(st.just("") | NASTY | WORDS, min_size=len(fields) - 2, max_size=len(fields) - 2)
    line = st.tuples(NUMBERS | NASTY, NASTY | WORDS, others).map(lambda cells: [cells[0], cells[1], *cells[2]])
    return st.lists(line, max_size=6)


@pytest.mark.django_db
@pytest.mark.parametrize("importer", [INVENTORY, SCHOOLS, MEDIA], ids=["inventory", "schools", "media"])
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.data())
def test_any_list(center, importer, drawn):
    header = [field.synonyms[0] for field in importer.fields]
    data = csv_bytes([header, ["", *header[1:]], *drawn.draw(rows_of(importer.fields))])

    with transaction.atomic():
        first, again = (
            importer.run(match(open_table(data), importer.fields), center=center, by=None) for _time in range(2)
        )
        transaction.set_rollback(True)

    assert (len(again.new), len(again.changed)) == (0, 0)
    assert again.unchanged == len(first.new) + len(first.changed) + first.unchanged
