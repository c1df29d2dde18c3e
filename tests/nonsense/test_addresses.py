"""Whatever follows an address, or stands in it, is read, passed over or not found, and never breaks a page."""

from typing import Any

import pytest

from tests.authorization.policy import PAGES
from tests.authorization.stage import Stage
from tests.authorization.undoing import undone
from tests.nonsense.values import MARKUP, Missing, as_sent
from tests.nonsense.walk import PART, ROUTES, Address, tried

pytestmark = pytest.mark.django_db

READ = sorted(key for key in PAGES if key.startswith("GET "))
WITH_PARTS = sorted(key for key in PAGES if PART.search(ROUTES[key.split(" ", 1)[1]].pattern))
PARTS = ["9" * 30, "a\0b", "\ud800", "x" * 3000, f"{MARKUP}%s{{0}}", "…/../‮"]
#: Names that nobody asks for.
FOREIGN: dict[str, Any] = {"fremd": ["1", MARKUP], "__proto__": "\ud800", "a" * 3000: ""}
PICKED = 12


@pytest.mark.parametrize("key", READ)
def test_what_follows_an_address_breaks_no_page(stage: Stage, key: str):
    page = Address(stage, key)
    with undone():
        picked = [{name: value} for name, value in page.picked(PICKED) if not isinstance(value, Missing)]
        wrong = [it for nonsense in (FOREIGN, *picked) for it in tried(page.ask, nonsense)]

    assert not wrong, "\n".join(wrong)


def test_what_stands_in_an_address_breaks_no_page(stage: Stage):
    with undone():
        addresses = [Address(stage, key) for key in WITH_PARTS]
        asked = [(it, PARTS[(number + step) % len(PARTS)]) for number, it in enumerate(addresses) for step in range(2)]
        wrong = [f"{it.key}, {said}" for it, part in asked for said in tried(it.ask_at, part)]

    assert not wrong, "\n".join(wrong)
    assert len(WITH_PARTS) > 50


def test_a_lone_surrogate_goes_out_as_bytes_that_are_no_text():
    """The negative control: as Python's own text it would never leave the test."""
    ((_, sent),) = as_sent({"search": "\ud800"})

    assert sent == [b"\xed\xa0\x80"]
