"""What has ended for a place, on plain data; held against the decision itself, day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licenses.deleting.ending import ended
from licenses.deleting.ends import known_end
from licenses.models import Contract, Period, Renewal
from licenses.periods import A_DAY
from licenses.rights import LEAVES_A_COPY
from licenses.terms import Asker, Grant, Place, Title, may_use

PLACE, TITLE = Place(id=1, kind="school"), Title(id=1)
TODAY, UNTIL = date(2028, 7, 5), date(2028, 7, 31)
days = st.integers(-40, 40).map(lambda ahead: TODAY + timedelta(days=ahead))
permitted = st.sampled_from([frozenset({"show"}), frozenset({"show", "download"}), frozenset({"intranet"})])


@st.composite
def grants(draw):
    starts_on = draw(days)
    ends_on = draw(st.none() | days.filter(lambda day: day >= starts_on))
    return Grant(draw(st.integers(1, 9)), starts_on, ends_on, permitted=draw(permitted))


def copies_on(day, known):
    return any(may_use(Asker(), PLACE, TITLE, action, day, known).is_allowed for action in LEAVES_A_COPY)


@given(st.lists(grants(), max_size=4))
def test_it_ends_on_a_day_on_which_a_copy_was_allowed_and_is_not_after_it(known):
    found = ended(PLACE, TITLE, known, today=TODAY, until=UNTIL)

    if found is None:
        began = [it for it in known if it.starts_on <= TODAY and it.ends_on and it.ends_on <= UNTIL]
        last = max((it.ends_on for it in began if it.permitted & LEAVES_A_COPY), default=None)
        assert last is None or copies_on(max(last + A_DAY, TODAY), known)
    else:
        assert copies_on(found.on, known)
        assert not copies_on(max(found.on + A_DAY, TODAY), known)
        assert found.on <= UNTIL


@pytest.mark.parametrize(("starts_on", "asked"), [(TODAY, True), (TODAY + A_DAY, False)])
def test_nobody_has_a_copy_before_it_begins(starts_on, asked):
    grant = Grant(1, starts_on, date(2028, 7, 20), permitted=frozenset({"download"}))

    assert (ended(PLACE, TITLE, [grant], today=TODAY, until=UNTIL) is not None) == asked


@pytest.mark.parametrize("renewal", list(Renewal))
@pytest.mark.parametrize("renews_itself", [True, False])
def test_the_end_of_a_period_is_certain_unless_it_goes_on_by_itself(renews_itself, renewal):
    """That somebody said it would be renewed while it renewed itself counts no more when it does not."""
    period = Period(ends_on=TODAY, renewal=renewal, contract=Contract(renews_itself=renews_itself))
    goes_on = renews_itself and renewal != Renewal.END

    assert known_end(period, TODAY + A_DAY, is_followed=False) == (None if goes_on else TODAY)
    assert known_end(period, TODAY, is_followed=False) == (TODAY if renewal == Renewal.END else None)
    assert known_end(period, TODAY, is_followed=True) == TODAY
