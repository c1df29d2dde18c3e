"""Labels on paper: every code of a rendered sheet is decoded and says what it should."""

import pytest
from PIL import ImageDraw

from inventory import items, label_sheets, labels
from inventory.models import Product
from leihwerk.tokens import spoken
from tests import pages

LONG = "Interaktives Whiteboard mit Kurzdistanzprojektor und höhenverstellbarem Pylonensystem für Klassenräume"


@pytest.fixture
def printed(case, manager):
    """Twenty-six labels of things with short, long and unbreakable names, and of a room."""
    for position, name in enumerate(["Dash", LONG, "X" * 160, "Donaudampfschifffahrtskapitänsmützenkoffer"]):
        product = Product.objects.create(center=case.center, category=case.category, name=name)
        items.add(product, count=6, first_number=f"A-{position}00", by=manager)
    room = Product.objects.create(center=case.center, category=case.category, kind="room", name="Medienstudio")
    [studio] = items.add(room, by=manager)
    things = [item for product in Product.objects.exclude(kind="room") for item in product.items.all()]
    return labels.print_out([*things, studio], by=manager)


def test_every_code_on_every_sheet_says_its_address(printed):
    sheets = [pages.codes(picture) for picture in pages.pictures(label_sheets.pdf(printed))]

    assert [len(sheet) for sheet in sheets] == [24, 2]
    assert [code.says for sheet in sheets for code in sheet] == [labels.address(label) for label in printed]


def test_people_can_read_number_name_and_centre(printed):
    words = pages.texts(label_sheets.pdf(printed))

    for label, text in [*((label, words[0]) for label in printed[:24]), *((label, words[1]) for label in printed[24:])]:
        assert spoken(str(label.number)) in text
        assert (label.item.asset_number or "") in text
    assert "Medienstudio" in words[1]
    assert words[1].count("Medienzentrum Musterstadt") == words[1].count("0214 123") == 2


@pytest.mark.parametrize("start", [1, 2, 5, 24])
def test_a_sheet_begins_where_it_was_left_off(printed, start):
    first = pages.codes(pages.pictures(label_sheets.pdf(printed[:1], start=start))[0])[0]

    row, column = divmod(start - 1, 3)
    assert column * 70 < first.x < column * 70 + 35
    assert row * 37 < first.y < row * 37 + 37


def test_a_sheet_has_no_place_25(printed):
    for start in (0, 25):
        with pytest.raises(ValueError, match="no place"):
            label_sheets.pdf(printed, start=start)


def test_a_scratched_label_is_still_read(printed):
    picture = pages.pictures(label_sheets.pdf(printed[:3]))[0]
    middle = [
        pages.Code(code.says, code.x / 25.4 * pages.DPI, code.y / 25.4 * pages.DPI) for code in pages.codes(picture)
    ]
    side = 27 / 25.4 * pages.DPI * 0.05**0.5 / 2  # five per cent of the area
    for code in middle:
        ImageDraw.Draw(picture).rectangle((code.x - side, code.y - side, code.x + side, code.y + side), fill="white")

    assert [code.says for code in pages.codes(picture)] == [code.says for code in middle]


def test_printing_is_noted_and_issues_what_is_missing(case, manager):
    [label] = labels.print_out([case.items.get()], by=manager)

    assert label.number
    assert label.printed_at
