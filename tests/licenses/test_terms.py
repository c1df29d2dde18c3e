"""The decision in examples: one for each reason, and what it rests on when several allow."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from licenses.rights import BEFORE_PUPILS, USUAL, Action, Preset
from licenses.terms import PUPIL, Area, Asker, Grant, No, Place, Title, may_use
from people.roles import Role

TODAY = date(2026, 11, 23)
TEACHER = Asker()
GYMNASIUM = Place(id=1, kind="school", school_form="20", territories=frozenset({"05316000"}), oldest=18)
PRIMARY = Place(id=2, kind="school", school_form="02", territories=frozenset({"05316000"}), oldest=10)
KITA = Place(id=3, kind="kita", territories=frozenset({"05316000"}), oldest=6)
ELSEWHERE = replace(GYMNASIUM, id=4, territories=frozenset({"05334002"}))
FILM = Title(id=1)
LEVERKUSEN = Area(territory=frozenset({"05316000"}))
GRANT = Grant(
    id=1,
    starts_on=date(2022, 2, 1),
    ends_on=date(2027, 1, 31),
    permitted=frozenset({Action.SHOW, Action.STREAM, Action.PUPIL_STREAM}),
    areas=(LEVERKUSEN,),
)


def reason(asker=TEACHER, place=GYMNASIUM, title=FILM, action=Action.SHOW, on=TODAY, grants=(GRANT,)):
    return may_use(asker, place, title, action, on, grants).reason


def test_it_rests_on_the_entitlement():
    assert may_use(TEACHER, GYMNASIUM, FILM, Action.SHOW, TODAY, [GRANT]).grant == GRANT


@pytest.mark.parametrize(
    ("asked", "why_not"),
    [
        ({"title": None}, No.UNKNOWN_TITLE),
        ({"asker": Asker(is_authenticated=False)}, No.NOT_AUTHENTICATED),
        ({"asker": Asker(is_activated=False)}, No.ACCOUNT_NOT_ACTIVATED),
        ({"asker": Asker(role=Role.AUDITOR)}, No.ROLE_NOT_ALLOWED),
        ({"asker": Asker(role=None)}, No.ROLE_NOT_ALLOWED),
        ({"asker": Asker(role=PUPIL)}, No.ROLE_NOT_ALLOWED),
        ({"grants": ()}, No.NO_LICENSE),
        ({"on": date(2022, 1, 31)}, No.NOT_STARTED),
        ({"on": date(2027, 2, 1)}, No.EXPIRED),
        ({"place": ELSEWHERE}, No.TERRITORY),
        ({"grants": (replace(GRANT, areas=(Area(school_forms=frozenset({"02"})),)),)}, No.SCHOOL_TYPE),
        ({"grants": (replace(GRANT, areas=(Area(institution_kinds=frozenset({"kita"})),)),)}, No.INSTITUTION_TYPE),
        ({"grants": (replace(GRANT, areas=()),)}, No.TERRITORY),
        ({"action": Action.DOWNLOAD}, No.ACTION_NOT_LICENSED),
        ({"title": replace(FILM, age_rating=12), "place": PRIMARY}, No.AGE_RATING),
        ({"asker": Asker(role=PUPIL), "action": Action.PUPIL_STREAM}, No.LIST_REQUIRED),
        ({"grants": (replace(GRANT, needs_slot=True, free=3),)}, No.LIST_REQUIRED),
        ({"grants": (replace(GRANT, free=0),)}, No.LIMIT_EXCEEDED),
    ],
)
def test_each_reason_has_its_case(asked, why_not):
    assert reason(**asked) == why_not


def test_it_holds_on_its_first_and_on_its_last_day():
    assert reason(on=GRANT.starts_on) is None
    assert reason(on=GRANT.ends_on) is None


def test_without_an_end_it_holds_for_ever():
    assert reason(on=TODAY + timedelta(days=36_500), grants=[replace(GRANT, ends_on=None)]) is None


def test_the_beginning_of_a_key_is_the_whole_land():
    assert reason(place=ELSEWHERE, grants=[replace(GRANT, areas=(Area(territory=frozenset({"05"})),))]) is None


def test_a_scope_that_names_schools_is_for_no_other():
    named = replace(GRANT, areas=(Area(institutions=frozenset({GYMNASIUM.id})),))

    assert reason(grants=[named]) is None
    assert reason(place=PRIMARY, grants=[named]) == No.TERRITORY


def test_school_forms_without_kinds_are_for_schools():
    """ "GY; GE" is no licence for a Kita; "GS; FöS; Kita" is."""
    forms = Area(school_forms=frozenset({"02", "08"}))
    and_kitas = replace(forms, institution_kinds=frozenset({"school", "kita"}))

    assert reason(place=KITA, grants=[replace(GRANT, areas=(forms,))]) == No.INSTITUTION_TYPE
    assert reason(place=KITA, grants=[replace(GRANT, areas=(and_kitas,))]) is None
    assert reason(place=GYMNASIUM, grants=[replace(GRANT, areas=(and_kitas,))]) == No.SCHOOL_TYPE


def test_a_school_is_inside_one_scope_and_not_across_two():
    """The town of one and the form of the other do not add up."""
    town_of_primaries = Area(territory=frozenset({"05316000"}), school_forms=frozenset({"02"}))
    other_town = Area(territory=frozenset({"05334002"}), school_forms=frozenset({"20"}))

    assert reason(grants=[replace(GRANT, areas=(town_of_primaries, other_town))]) == No.SCHOOL_TYPE


def test_grown_ups_may_see_everything():
    assert reason(title=replace(FILM, age_rating=18), place=replace(GYMNASIUM, oldest=None)) is None


def test_the_age_rating_is_asked_where_pupils_look():
    adult = replace(FILM, age_rating=18)

    assert reason(title=adult, place=PRIMARY, action=Action.STREAM) is None
    assert set(BEFORE_PUPILS) == {Action.SHOW, Action.PUPIL_STREAM, Action.PUPIL_DOWNLOAD}


def test_a_code_opens_what_is_on_its_list():
    pupil = Asker(role=PUPIL)

    assert reason(asker=pupil, action=Action.PUPIL_STREAM, title=replace(FILM, is_on_list=True)) is None


def test_who_has_a_slot_keeps_it_when_all_are_taken():
    assert reason(grants=[replace(GRANT, free=0, has_slot=True)]) is None


def test_the_reason_is_that_of_the_entitlement_that_came_furthest():
    """An expired one and one for another school form: it is the school form that stands in the way."""
    expired = replace(GRANT, id=2, ends_on=date(2024, 7, 31))
    for_others = replace(GRANT, id=3, areas=(Area(school_forms=frozenset({"02"})),))

    decision = may_use(TEACHER, GYMNASIUM, FILM, Action.SHOW, TODAY, [expired, for_others])

    assert decision.reason == No.SCHOOL_TYPE
    assert decision.close == (for_others,)


@pytest.mark.parametrize(
    "better",
    [
        {"areas": (Area(),)},
        {"areas": (Area(territory=frozenset({"05"})),)},
        {"ends_on": None},
        {"ends_on": date(2027, 2, 1)},
    ],
)
def test_it_rests_on_the_widest_and_longest(better):
    best = replace(GRANT, id=2, **better)

    for grants in ([GRANT, best], [best, GRANT]):
        assert may_use(TEACHER, GYMNASIUM, FILM, Action.SHOW, TODAY, grants).grant == best


def test_it_rests_on_the_unlimited_one_and_spares_the_slots():
    counted = replace(GRANT, id=2, free=5)

    assert may_use(TEACHER, GYMNASIUM, FILM, Action.SHOW, TODAY, [counted, GRANT]).grant == GRANT


def test_of_two_alike_it_is_always_the_same():
    twin = replace(GRANT, id=2)

    assert may_use(TEACHER, GYMNASIUM, FILM, Action.SHOW, TODAY, [twin, GRANT]).grant == GRANT


@pytest.mark.parametrize("preset", Preset)
def test_a_preset_says_yes_and_no_to_different_things(preset):
    usual = USUAL[preset]

    assert usual.permitted
    assert not usual.permitted & usual.prohibited


def test_only_show_and_lend_and_show():
    assert USUAL[Preset.OE].permitted == {Action.SHOW}
    assert Action.LEND in USUAL[Preset.OE].prohibited
    assert USUAL[Preset.VOE].permitted == {Action.SHOW, Action.LEND}
    assert USUAL[Preset.VOE].ends_with_copy
