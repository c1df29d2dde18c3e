"""Whatever comes in a form of a page is taken as a whole or refused with a word, and never breaks anything."""

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from office.doctor import examine
from tests.authorization.policy import PAGES
from tests.authorization.stage import Stage
from tests.authorization.test_forms_once import snapshot
from tests.authorization.undoing import undone
from tests.lock_order import LockOrder
from tests.nonsense.values import DRAWN, NO_FORMS
from tests.nonsense.walk import Address, tried

pytestmark = pytest.mark.django_db

FORMS = sorted(key for key in PAGES if key.startswith("POST "))
PICKED, DRAWN_EACH, LEFT = 12, 2, 2


@pytest.mark.parametrize("key", FORMS)
def test_a_form_takes_nonsense_as_a_whole_or_not_at_all(stage: Stage, key: str):
    form = Address(stage, key)
    with undone():
        form.place()  # what the address names may have to be made
        before = snapshot()
        wrong = [it for name, value in form.picked(PICKED) for it in tried(form.ask, {name: value})]
        wrong += [it for bare in NO_FORMS[len(key) % 3 :: 3] for it in tried(form.ask_bare, *bare)]
        several_at_once(form)
        left = {table for table, rows in snapshot().items() if rows != before[table]}

    assert not wrong, "\n".join(wrong)
    assert left == set(), "something was refused, and is half written"


def several_at_once(form: Address) -> None:
    """What hypothesis thinks of."""
    names = st.sampled_from(list(form.fields()))

    @settings(
        max_examples=DRAWN_EACH,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(nonsense=st.dictionaries(names, DRAWN, min_size=1, max_size=4))
    def is_understood(nonsense: dict[str, Any]) -> None:
        assert not [*tried(form.ask, nonsense)]

    is_understood()


def test_the_doctor_finds_nothing_after_all_of_it(stage: Stage, order_of_locks: LockOrder):
    """This time what was taken stays."""
    with undone():
        order_of_locks.look_from_here()
        for key in FORMS:
            form = Address(stage, key)
            for name, value in form.picked(LEFT):
                form.ask({name: value})
        found = examine()

    assert found == []
