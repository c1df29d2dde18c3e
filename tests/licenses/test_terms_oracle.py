"""Any question about any entitlements, against a second reading of DESIGN section 4 that is written differently."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from licenses.rights import Action
from licenses.terms import PUPIL, Area, Asker, Grant, No, Place, Title, may_use
from people.roles import Role

DAY = date(2026, 6, 1)
ORDER = list(No)

days = st.integers(-3, 3).map(lambda days: DAY + timedelta(days=days))
keys = st.sampled_from(["05", "05316", "05316000", "05334002", "06"])
forms = st.sampled_from(["02", "20", "08"])
kinds = st.sampled_from(["school", "kita", "city"])
actions = st.sampled_from(Action.values)
areas = st.builds(
    Area,
    territory=st.frozensets(keys, max_size=2),
    school_forms=st.frozensets(forms, max_size=2),
    institution_kinds=st.frozensets(kinds, max_size=2),
    institutions=st.frozensets(st.integers(1, 3), max_size=2),
)
places = st.builds(
    Place,
    id=st.integers(1, 3),
    kind=kinds,
    school_form=forms | st.just(""),
    territories=st.frozensets(st.sampled_from(["05316000", "05334002", "06411000"]), max_size=2),
    oldest=st.sampled_from([None, 6, 10, 18]),
)
askers = st.builds(
    Asker,
    is_authenticated=st.booleans() | st.just(True),
    is_activated=st.booleans() | st.just(True),
    role=st.sampled_from([Role.TEACHER, Role.TEACHER, Role.MANAGER, Role.AUDITOR, PUPIL, None]),
)
titles = st.none() | st.builds(
    Title, id=st.just(1), age_rating=st.sampled_from([0, 0, 12, 18]), is_on_list=st.booleans()
)


@st.composite
def some_grants(draw):
    return [
        Grant(
            id=number,
            starts_on=draw(days),
            ends_on=draw(st.none() | days),
            permitted=draw(st.frozensets(actions, min_size=4)),
            areas=tuple(draw(st.lists(areas, max_size=2))) or draw(st.sampled_from([(), (Area(),)])),
            free=draw(st.sampled_from([None, None, 0, 2])),
            needs_slot=draw(st.booleans()),
            has_slot=draw(st.booleans()),
        )
        for number in range(draw(st.integers(0, 4)))
    ]


def how_far(grant, asker, place, title, action, on) -> int:
    """The number of the first question this one entitlement fails; one more than the last if it fails none."""
    inside = [area for area in grant.areas if not area.institutions or place.id in area.institutions]
    inside = [
        a for a in inside if not a.territory or any(t.startswith(k) for t in place.territories for k in a.territory)
    ]
    right_form = [
        a for a in inside if not (a.school_forms and place.school_form) or place.school_form in a.school_forms
    ]
    right_kind = [
        a
        for a in right_form
        if (place.kind in a.institution_kinds if a.institution_kinds else place.school_form or not a.school_forms)
    ]
    shown = action in {"show", "pupil_stream", "pupil_download"}
    failed = {
        No.NOT_STARTED: on < grant.starts_on,
        No.EXPIRED: grant.ends_on is not None and on > grant.ends_on,
        No.TERRITORY: not inside,
        No.SCHOOL_TYPE: not right_form,
        No.INSTITUTION_TYPE: not right_kind,
        No.ACTION_NOT_LICENSED: action not in grant.permitted,
        No.AGE_RATING: shown and place.oldest is not None and place.oldest < title.age_rating,
        No.LIST_REQUIRED: (asker.role == PUPIL and not title.is_on_list) or (grant.needs_slot and not grant.has_slot),
        No.LIMIT_EXCEEDED: grant.free == 0 and not grant.has_slot,
    }
    return next((ORDER.index(reason) for reason in ORDER if failed.get(reason)), len(ORDER))


def expected(asker, place, title, action, on, grants):
    before = {
        No.UNKNOWN_TITLE: title is None,
        No.NOT_AUTHENTICATED: not asker.is_authenticated,
        No.ACCOUNT_NOT_ACTIVATED: not asker.is_activated,
        No.ROLE_NOT_ALLOWED: (action not in {"pupil_stream", "pupil_download"})
        if asker.role == PUPIL
        else asker.role in {None, Role.AUDITOR},
        No.NO_LICENSE: not grants,
    }
    for reason in ORDER:
        if before.get(reason):
            return reason
    furthest = max(how_far(grant, asker, place, title, action, on) for grant in grants)
    return None if furthest == len(ORDER) else ORDER[furthest]


@settings(max_examples=1_000, deadline=None)
@given(askers, places, titles, actions, days, some_grants())
def test_the_reason_is_the_one_of_whichever_came_furthest(asker, place, title, action, on, grants):
    assert may_use(asker, place, title, action, on, grants).reason == expected(asker, place, title, action, on, grants)


@settings(max_examples=500, deadline=None)
@given(askers, places, titles, actions, days, some_grants())
def test_it_rests_on_one_that_allows_by_itself_and_none_is_better(asker, place, title, action, on, grants):
    decision = may_use(asker, place, title, action, on, grants)

    if decision.grant:
        alone = [grant for grant in grants if may_use(asker, place, title, action, on, [grant]).is_allowed]
        assert decision.grant in alone
        assert decision.grant.worth == max(grant.worth for grant in alone)


@settings(max_examples=500, deadline=None)
@given(askers, places, titles, actions, days, some_grants(), st.randoms())
def test_the_order_of_entitlements_does_not_matter(asker, place, title, action, on, grants, random):
    shuffled = random.sample(grants, len(grants))

    decision = may_use(asker, place, title, action, on, grants)

    assert may_use(asker, place, title, action, on, shuffled) == decision


@settings(max_examples=500, deadline=None)
@given(askers, places, titles, actions, days, some_grants(), some_grants())
def test_a_further_entitlement_never_takes_anything_away(asker, place, title, action, on, grants, further):
    if may_use(asker, place, title, action, on, grants).is_allowed:
        assert may_use(asker, place, title, action, on, [*grants, *further]).is_allowed
