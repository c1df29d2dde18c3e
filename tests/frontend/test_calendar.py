"""Öffnungszeiten und Ferien: what the head of a centre keeps, and what is shown before it is kept."""

import json
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from people.models import SchoolHoliday

pytestmark = pytest.mark.django_db

ICS = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//Land//Ferien//DE\r
BEGIN:VEVENT\r
UID:1\r
DTSTART;VALUE=DATE:20290716\r
DTEND;VALUE=DATE:20290829\r
SUMMARY:Sommerferien Nordrhein-Westfalen\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:2\r
DTSTART;VALUE=DATE:20291015\r
DTEND;VALUE=DATE:20291028\r
SUMMARY:Herbstferien\r
END:VEVENT\r
END:VCALENDAR\r
"""
CSV = "Ferien;von;bis\nSommerferien;16.07.2029;28.08.2029\nHerbstferien;15.10.2029;27.10.2029\n".encode("cp1252")


@pytest.fixture
def head(client, manager):
    client.force_login(manager)
    return client


def upload(head, content: bytes, name: str = "ferien.ics"):
    return head.post(reverse("holidays_read"), {"file": SimpleUploadedFile(name, content)})


def take_over(head, page) -> None:
    rows = json.dumps(page.context["form"].initial["holidays"])
    assert head.post(reverse("holidays_keep"), {"holidays": rows}).status_code == 303


def known() -> list[tuple[str, date, date, bool]]:
    return list(SchoolHoliday.objects.values_list("name", "starts_on", "ends_on", "is_summer"))


@pytest.mark.parametrize("content", [ICS, CSV], ids=["iCal", "CSV"])
def test_holidays_come_from_a_file_after_a_look(head, center, content):
    page = upload(head, content)
    assert "Herbstferien" in page.text
    assert known() == []

    take_over(head, page)

    assert [(it[1], it[2], it[3]) for it in known()] == [
        (date(2029, 7, 16), date(2029, 8, 28), True),
        (date(2029, 10, 15), date(2029, 10, 27), False),
    ]


def test_a_second_file_replaces_the_same_days_only(head, center):
    SchoolHoliday.objects.create(center=center, name="Alt", starts_on=date(2029, 7, 20), ends_on=date(2029, 8, 1))
    SchoolHoliday.objects.create(center=center, name="Ostern", starts_on=date(2029, 3, 26), ends_on=date(2029, 4, 7))

    page = upload(head, CSV, "ferien.csv")
    assert "Das ersetzt:" in page.text
    take_over(head, page)

    assert [it[0] for it in known()] == ["Ostern", "Sommerferien", "Herbstferien"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", "stehen keine Ferien"),
        (
            b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:morgen\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
            "lässt sich nicht lesen",
        ),
        (b"BEGIN:VCALENDAR\r\nnonsense", "lässt sich nicht lesen"),
        (b"Ferien;von;bis\nOstern;7.4.2029;26.3.2029\n", "kann nicht stimmen"),
        (b"Ferien;von;bis\nOstern;bald;26.3.2029\n", "ist kein Datum"),
        (b"%PDF-1.7", "PDF"),
        (b"", "leer"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(head, center, content, sentence):
    answer = upload(head, content)

    assert answer.status_code in {409, 422}
    assert sentence in answer.text


@pytest.mark.parametrize(
    "rows", ["[]", "[[1,2]]", '{"a": 1}', '"x"', "nonsense", '[["2029-01-01", "2028-01-01", "x", 0]]']
)
def test_tampered_holidays_are_no_fault(head, center, rows):
    assert head.post(reverse("holidays_keep"), {"holidays": rows}).status_code in {303, 400}
    assert known() == []


def test_one_is_entered_and_removed(head, center):
    fields = {"holiday-name": "Pfingstferien", "holiday-starts_on": "2029-05-22", "holiday-ends_on": "2029-05-22"}
    head.post(reverse("holiday_add"), fields)
    assert len(known()) == 1

    head.post(reverse("holiday_remove", args=[SchoolHoliday.objects.get().pk]))

    assert known() == []


def test_hours_are_kept(head, center):
    form = {f"opens_{day}_0": "10:00" for day in range(4)} | {f"closes_{day}_0": "16:00" for day in range(4)}

    answer = head.post(reverse("opening_hours"), {**form, "opens_3_1": "17:00", "closes_3_1": "18:00"}, follow=True)

    assert "Mo–Mi 10–16 Uhr, Do 10–16 und 17–18 Uhr" in answer.text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "An mindestens einem Tag"),
        ({"opens_0_0": "10:00"}, "Es fehlt eine der beiden Zeiten"),
        ({"opens_0_0": "16:00", "closes_0_0": "10:00"}, "Das Ende liegt vor dem Anfang"),
        ({"opens_0_0": "8:00", "closes_0_0": "12:00", "opens_0_1": "11:00", "closes_0_1": "13:00"}, "überschneiden"),
        ({"opens_0_0": "25:99", "closes_0_0": "12:00"}, "Bitte prüfen"),
    ],
)
def test_hours_that_cannot_be_are_answered(head, center, fields, sentence):
    answer = head.post(reverse("opening_hours"), {**fields, "confirmed": "1"})

    assert answer.status_code in {400, 422}
    assert sentence in answer.text


def test_public_holidays_are_there_by_themselves(head, center):
    page = head.get(reverse("calendar")).text

    assert "1. Weihnachtstag" in page or "Erster Weihnachtstag" in page


def test_a_closure_is_looked_at_while_one_types(head, center):
    day = timezone.localdate() + timedelta(days=30)

    part = head.post(reverse("closing"), {"starts_on": day, "ends_on": day}, headers={"HX-Request": "true"})

    assert "Nichts, was schon vereinbart" in part.text
    assert "<html" not in part.text
