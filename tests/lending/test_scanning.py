"""Any code a scanner can send is resolved, for those who may see what it stands for."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inventory import labels
from inventory.models import Item
from leihwerk.tokens import spoken
from lending.models import Handover, Reservation
from lending.scanning import Kind, resolve
from tests.leihwerk.test_tokens import LAYOUTS, SHIFT_LOCK

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY, FRIDAY = datetime(2026, 11, 23, 10, tzinfo=BERLIN), datetime(2026, 11, 27, 10, tzinfo=BERLIN)
ON_GERMAN = LAYOUTS["US scanner, German computer"]


@pytest.fixture
def label(case, desk):
    return labels.issue(case.items.get(), by=desk)


@pytest.fixture
def foreign_label(foreign_case, foreign_desk):
    return labels.issue(foreign_case.items.get(), by=foreign_desk)


@pytest.fixture
def reservation(center, north, anna) -> Reservation:
    return Reservation.objects.create(
        center=center, institution=north, responsible=anna, starts_at=MONDAY, ends_at=FRIDAY
    )


@pytest.fixture
def slip(center, north) -> Handover:
    return Handover.objects.create(
        center=center, institution=north, due_at=FRIDAY, happened_at=MONDAY, entered_at=MONDAY
    )


def test_the_desk_finds_an_item_by_every_code_it_has(label, desk):
    labels.adopt(label.item, "INV/2019/0815", by=desk)

    for typed in (
        labels.address(label),
        f"http://localhost:8000/e/{label.token}/",
        label.token,
        label.token.lower().translate(SHIFT_LOCK),
        labels.address(label).translate(ON_GERMAN),
        label.number,
        spoken(label.number),
        label.number.translate(SHIFT_LOCK),
        "MZ-0001",
        " mz-0001\r",
        "MZ-0001".translate(ON_GERMAN),
        "INV/2019/0815",
        "inv/2019/0815".translate(ON_GERMAN),
    ):
        found = resolve(typed, user=desk)
        assert (found.kind, found.object) == (Kind.ITEM, label.item), typed


@pytest.mark.parametrize("spelled", ["R-{}", "r-{}", "R{}", "R {}", "Rß{}", "R–{}", "]Q1R-{}", "r-0{}"])
def test_a_reservation_is_found_by_its_number(reservation, desk, spelled):
    found = resolve(spelled.format(reservation.pk), user=desk)

    assert (found.kind, found.object) == (Kind.RESERVATION, reservation)


def test_a_slip_is_found_by_its_number_even_under_shift_lock(slip, desk):
    for typed in (f"L-{slip.pk}", f"l{slip.pk}", f"l-{slip.pk}".translate(ON_GERMAN).translate(SHIFT_LOCK)):
        found = resolve(typed, user=desk)
        assert (found.kind, found.object) == (Kind.SLIP, slip), typed


def test_institutions_and_persons_have_codes_of_their_own(north, anna, desk):
    assert resolve(north.token.lower(), user=desk).object == north
    assert resolve(f"HTTPS://X/E/{anna.token}", user=desk).object == anna


def test_the_desk_is_told_whose_a_foreign_code_is(foreign_label, foreign_school, neighbor, desk):
    for typed in (foreign_label.token, foreign_label.number, foreign_school.token):
        found = resolve(typed, user=desk)
        assert (found.kind, found.object) == (Kind.FOREIGN, neighbor)
        assert found.sentence == "Gehört Medienzentrum Nachbarstadt."


def test_nobody_is_told_about_persons_of_another_centre(foreign_teacher, desk):
    assert resolve(foreign_teacher.token, user=desk).kind == Kind.UNKNOWN


def test_inventory_numbers_and_adopted_codes_count_in_their_own_centre(foreign_case, foreign_desk, desk, case):
    labels.adopt(foreign_case.items.get(), "EAN 4711", by=foreign_desk)

    assert resolve("EAN 4711", user=desk).kind == Kind.UNKNOWN
    assert resolve("MZ-0001", user=desk).object == case.items.get()
    assert resolve("MZ-0001", user=foreign_desk).object == foreign_case.items.get()


def test_without_sign_in_and_for_schools_foreign_own_and_unknown_are_the_same(label, foreign_label, slip, anna):
    for user in (AnonymousUser(), anna):
        answers = {resolve(typed, user=user) for typed in (label.token, foreign_label.token, "A" * 27, "MZ-0001")}
        assert answers == {resolve("", user=user)}
        assert answers.pop().kind == Kind.UNKNOWN
    assert resolve(f"L-{slip.pk}", user=AnonymousUser()).kind == Kind.UNKNOWN


def test_a_teacher_finds_her_own_reservation_and_nobody_elses(reservation, anna, bert):
    assert resolve(reservation.number, user=anna).object == reservation
    assert resolve(reservation.number, user=bert).kind == Kind.UNKNOWN


def test_a_wrong_digit_gets_a_clear_answer(label, desk):
    wrong = label.number[:-1] + str((int(label.number[-1]) + 1) % 10)

    assert "stimmt nicht" in str(resolve(wrong, user=desk).sentence)
    assert "Unbekannter Code" in str(resolve("quatsch", user=desk).sentence)


def test_a_retired_label_says_so_to_its_own_desk(label, desk, foreign_desk):
    labels.retire(label, by=desk)

    assert "gilt nicht mehr" in str(resolve(label.token, user=desk).sentence)
    assert resolve(label.token, user=foreign_desk).kind == Kind.FOREIGN


def test_a_number_that_means_two_things_is_not_guessed(label, cases, desk):
    Item.objects.filter(pk=cases.items.first().pk).update(asset_number=label.number)

    found = resolve(label.number, user=desk)

    assert found.kind == Kind.UNKNOWN
    assert "mehreren" in str(found.sentence)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(typed=st.text(max_size=500))
def test_no_text_breaks_it(desk, case, typed):
    assert resolve(typed, user=desk).kind in Kind


def test_a_scan_takes_few_queries(label, desk, django_assert_max_num_queries):
    desk.active_memberships  # noqa: B018 - read once a request

    with django_assert_max_num_queries(2):
        resolve(label.token, user=desk)
