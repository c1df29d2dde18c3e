"""What a refusal offers instead."""

from datetime import UTC

import pytest

from lending.refusals import NotAvailable
from tests.lending.shorthand import at, reserve

pytestmark = pytest.mark.django_db


def test_a_later_period_keeps_its_times_over_the_change_of_clocks(case, north, south, anna, bert):
    """The clocks change on Sunday, 31 October; Friday to Tuesday is the first period that is free."""
    week = at(25, month=10).astimezone(UTC), at(29, month=10).astimezone(UTC)
    reserve(case, 1, week, north, anna)

    with pytest.raises(NotAvailable) as refusal:
        reserve(case, 1, week, south, bert)

    assert refusal.value.alternatives[0] == {
        "kind": "later",
        "product": case.pk,
        "starts_at": at(29, month=10),
        "ends_at": at(2, month=11),
    }
