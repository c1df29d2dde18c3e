"""Institutions and contacts: everybody sees those they may act for, the desk its centre's."""

import pytest

from people.models import Contact

INSTITUTIONS, CONTACTS = "/api/v1/institutions/", "/api/v1/contacts/"


@pytest.fixture
def meier(north) -> Contact:
    return Contact.objects.create(center=north.center, institution=north, name="Frau Meier", phone="0214 1")


def names(answer):
    return [row["name"] for row in answer.json()["results"]]


def test_a_teacher_sees_her_school_and_the_desk_all_of_its_centre(program, anna, desk, north, south, foreign_school):
    assert names(program(anna).get(INSTITUTIONS)) == [north.name]
    assert names(program(desk).get(INSTITUTIONS)) == [north.name, south.name]


def test_a_closed_school_is_not_listed(program, desk, north, south):
    south.closed_on = "2026-07-31"
    south.save(update_fields=["closed_on"])

    assert names(program(desk).get(INSTITUTIONS)) == [north.name]


@pytest.mark.parametrize("words", ["SUD gymnasium", "Süd", "100002"])
def test_a_school_is_found_by_its_words(program, desk, north, south, words):
    assert names(program(desk).get(INSTITUTIONS, {"search": words})) == [south.name]


def test_a_foreign_school_is_as_unknown_as_none(program, desk, foreign_school):
    client = program(desk)

    foreign, unknown = client.get(f"{INSTITUTIONS}{foreign_school.pk}/"), client.get(f"{INSTITUTIONS}{10**30}/")

    assert foreign.status_code == unknown.status_code == 404
    assert foreign.content == unknown.content


def test_a_teacher_sees_the_contacts_of_her_school_only(program, anna, bert, meier):
    assert names(program(anna).get(CONTACTS)) == ["Frau Meier"]
    assert names(program(bert).get(CONTACTS)) == []


def test_contacts_are_asked_for_by_institution(program, desk, meier, north, south, foreign_school):
    client = program(desk)

    assert names(client.get(CONTACTS, {"institution": north.pk})) == ["Frau Meier"]
    assert names(client.get(CONTACTS, {"institution": south.pk})) == []
    assert client.get(CONTACTS, {"institution": foreign_school.pk}).status_code == 400


def test_who_has_left_is_not_listed(program, desk, meier):
    meier.left_on = "2026-01-31"
    meier.save(update_fields=["left_on"])

    assert names(program(desk).get(CONTACTS)) == []
