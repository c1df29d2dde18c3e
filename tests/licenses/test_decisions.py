"""Rows are read for the decision, and a refusal says why in a sentence."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser

from inventory.models import Category, Item, Product
from licenses import seats
from licenses.decisions import decide, decide_all
from licenses.models import Medium, Package, PackageTitle, Scope, ScopeInstitution, Seat
from licenses.rights import Action

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Berlin"))


def ask(user, institution, medium, action=Action.SHOW, at=NOW):
    return decide(user, institution, medium, action, at=at)


def test_it_says_until_when_and_what_it_rests_on(entitled, film, anna, north):
    entitlement = entitled()

    answer = ask(anna, north, film)

    assert (answer.is_allowed, answer.until, answer.sentence) == (True, date(2028, 7, 31), "")
    assert answer.decision.grant.id == entitlement.pk


def test_staff_ask_for_a_school(entitled, film, desk, north):
    entitled()

    assert ask(desk, north, film).is_allowed


@pytest.mark.parametrize(
    ("who", "reason", "sentence"),
    [
        ("bert", "ROLE_NOT_ALLOWED", "Das ist Lehrkräften von Grundschule Nord vorbehalten."),
        ("auditor", "ROLE_NOT_ALLOWED", "Das ist Lehrkräften von Grundschule Nord vorbehalten."),
        ("foreign_desk", "ROLE_NOT_ALLOWED", "Das ist Lehrkräften von Grundschule Nord vorbehalten."),
        ("newcomer", "ACCOUNT_NOT_ACTIVATED", "Ihr Konto ist noch nicht freigeschaltet."),
    ],
)
def test_who_may_not(request, entitled, film, north, who, reason, sentence):
    entitled()

    answer = ask(request.getfixturevalue(who), north, film)

    assert (answer.reason, answer.sentence) == (reason, sentence)


def test_nobody_knows_who_asks(entitled, film, north):
    entitled()

    assert ask(AnonymousUser(), north, film).reason == "NOT_AUTHENTICATED"
    assert ask(AnonymousUser(), north, None).reason == "UNKNOWN_TITLE"


def test_why_not_today(entitled, film, anna, north):
    entitled()

    assert ask(anna, north, film, at=NOW.replace(year=2023, month=7)).sentence == "Die Lizenz gilt erst ab 1.8.2023."
    assert ask(anna, north, film, at=NOW.replace(year=2028)).sentence == (
        "Die Lizenz ist am 31.7.2028 abgelaufen. Bitte nicht mehr zeigen und Kopien löschen."
    )


def test_the_last_day_ends_at_midnight_in_berlin(entitled, film, anna, north):
    entitled()
    last_minute = datetime(2028, 7, 31, 21, 59, tzinfo=ZoneInfo("UTC"))

    assert ask(anna, north, film, at=last_minute).is_allowed
    assert ask(anna, north, film, at=last_minute + timedelta(minutes=1)).reason == "EXPIRED"


def test_why_not_here(center, entitled, film, anna, north, bert, south):
    named = Scope.objects.create(center=center, name="Gymnasium Süd")
    ScopeInstitution.objects.create(center=center, scope=named, institution=south)
    entitled(scopes=(named,))

    assert ask(anna, north, film).sentence == "Die Lizenz gilt nur für: Gymnasium Süd."
    assert ask(bert, south, film).is_allowed


def test_why_not_for_this_form(center, entitled, film, anna, north):
    north.school_form = "02"
    secondary = Scope.objects.create(center=center, name="Sek I und II", school_forms=["20", "15"])
    entitled(scopes=(secondary,))

    assert ask(anna, north, film).sentence == "Die Lizenz gilt für Gesamtschulen und Gymnasien, nicht für Grundschulen."


def test_a_school_that_says_where_it_lies_is_not_where_its_centre_is(entitled, film, anna, north):
    entitled()
    north.municipality = "05334002"

    assert ask(anna, north, film).sentence == "Die Lizenz gilt nur für: Musterstadt."


def test_what_is_allowed_is_said_with_what_is_not(entitled, film, anna, north):
    entitled(permitted=[Action.SHOW])

    assert ask(anna, north, film, Action.DOWNLOAD).sentence == "Zeigen im Unterricht: ja. Herunterladen: nein."


def test_a_primary_school_does_not_see_what_is_from_16(entitled, film, anna, north):
    entitled()
    north.school_form, film.age_rating = "02", 16

    assert ask(anna, north, film).sentence == "Das Medium ist ab 16 Jahren freigegeben."


def test_a_title_is_licensed_while_it_is_in_the_package(center, provider, entitled, film, anna, north):
    package = Package.objects.create(center=center, provider=provider, name="Wissensfilme")
    entitled(medium=None, package=package)
    PackageTitle.objects.create(
        center=center, package=package, medium=film, starts_on=date(2024, 1, 1), ends_on=date(2025, 12, 31)
    )
    assert ask(anna, north, film, at=NOW.replace(year=2025)).until == date(2025, 12, 31)
    assert ask(anna, north, film).reason == "EXPIRED"

    PackageTitle.objects.create(center=center, package=package, medium=film, starts_on=date(2026, 9, 1))
    assert ask(anna, north, film).until == date(2028, 7, 31)


def test_a_printlife_right_ends_with_the_last_disc(center, provider, entitled, anna, north):
    discs = Product.objects.create(
        center=center, category=Category.objects.create(center=center, name="Filme"), name="Nordlicht (DVD)"
    )
    items = [Item.objects.create(center=center, product=discs) for _ in range(2)]
    film = Medium.objects.create(center=center, provider=provider, title="Nordlicht", kind="dvd", product=discs)
    entitled(medium=film, ends_with_copy=True)
    assert ask(anna, north, film).is_allowed

    Item.objects.filter(pk=items[0].pk).update(life="retired", retired_on=date(2026, 1, 31))
    assert ask(anna, north, film).is_allowed, "one is left"

    Item.objects.filter(pk=items[1].pk).update(life="retired", retired_on=date(2026, 6, 30))
    assert ask(anna, north, film).sentence.startswith("Die Lizenz ist am 30.6.2026 abgelaufen.")

    Item.objects.filter(product=discs).update(life="lost", retired_on=None)
    assert ask(anna, north, film).reason == "EXPIRED"


def test_a_named_licence_is_for_whom_it_names(entitled, film, anna, carla, north, manager):
    entitlement = entitled(capacity_kind="named", capacity=2, permitted=["run"])
    seats.assign(entitlement, to=anna, by=manager)

    assert ask(anna, north, film, Action.RUN).is_allowed
    assert ask(carla, north, film, Action.RUN).reason == "LIST_REQUIRED"


def test_when_all_are_taken_it_says_when_the_next_is_free(entitled, film, anna, carla, north):
    entitlement = entitled(capacity_kind="concurrent", capacity=1, permitted=["run"])
    seats.lease(entitlement, user=anna, now=NOW)

    assert ask(anna, north, film, Action.RUN).is_allowed
    assert ask(carla, north, film, Action.RUN).sentence == (
        "Der einzige Platz ist belegt. Der nächste wird voraussichtlich um 10:00 Uhr frei."
    )
    assert ask(carla, north, film, Action.RUN, at=NOW + timedelta(minutes=60)).is_allowed


def test_what_is_free_on_another_day_is_not_told_as_a_time_of_today(entitled, film, anna, north, south):
    its = entitled(capacity_kind="concurrent", capacity=1, permitted=["run"])
    facts = {"kind": "concurrent", "slot": 1, "capacity": 1, "institution": south, "kept_for": 1}
    days = {"held_at": NOW, "expires_at": NOW + timedelta(days=4)}
    Seat.objects.create(center=its.center, entitlement=its, **facts, **days)

    assert ask(anna, north, film, Action.RUN).sentence == (
        "Der einzige Platz ist belegt. Der nächste wird voraussichtlich am Fr, 27.11. frei."
    )


def test_fifty_media_ask_as_often_as_one(django_assert_max_num_queries, entitled, film, provider, center, anna, north):
    entitled()
    for number in range(49):
        entitled(medium=Medium.objects.create(center=center, provider=provider, title=f"Film {number}", kind="dvd"))
    media = list(Medium.objects.all())
    assert anna.memberships_in_force

    with django_assert_max_num_queries(3):
        answers = decide_all(anna, north, media, at=NOW)

    assert len(answers) == 50
    assert all(actions[Action.SHOW].is_allowed for actions in answers.values())
