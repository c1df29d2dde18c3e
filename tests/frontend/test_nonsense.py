"""What no field can mean gets a sentence, and is no error of ours."""

import pytest
from django.conf import settings as configured
from django.db import DataError
from django.urls import reverse

SENTENCE = "Diese Anfrage konnten wir nicht lesen."
ENDLESS = "9" * 5000  # more digits than Python turns into a number

pytestmark = pytest.mark.django_db


@pytest.fixture
def counter(client, manager):
    client.force_login(manager, "allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.parametrize("address", ["/ausleihen/?search=a%00b", "/bestand/?search=%00", "/e/%00/"])
def test_a_nul_byte_in_an_address_is_turned_away(counter, address):
    answer = counter.get(address)

    assert answer.status_code == 400
    assert SENTENCE in answer.text


@pytest.mark.parametrize(("address", "field"), [("/anruf/", "who"), ("/theke/scan/", "code")])
def test_a_nul_byte_in_a_field_is_turned_away(counter, address, field):
    answer = counter.post(address, {field: "a\0b"})

    assert answer.status_code == 400
    assert SENTENCE in answer.text


def test_without_the_guard_the_database_would_refuse_it(counter, settings):
    """The negative control."""
    settings.MIDDLEWARE = [name for name in configured.MIDDLEWARE if name != "frontend.reading.NoNulByte"]

    with pytest.raises(DataError, match="NUL"):
        counter.get("/ausleihen/?search=a%00b")


@pytest.mark.parametrize("number", [ENDLESS, "²", "٣", "-1", "NaN", str(2**63)])
def test_what_is_no_id_names_nothing(counter, number):
    assert counter.get(reverse("handover_new"), {"institution": number[:3000]}).status_code == 404
    assert counter.post(reverse("handover_new"), {"institution": number}).status_code == 404
    assert counter.post(reverse("act_in_center"), {"center": number}).status_code == 303
    assert counter.post(reverse("letters_posted"), {"letters": [number]}).status_code == 303
    assert counter.get(reverse("items_move"), {"item": number}).status_code == 303


@pytest.mark.parametrize("address", ["heute", "\ud800", "//boese.example/", "https://boese.example/", "/\r\nBcc: alle"])
def test_the_way_back_stays_here(counter, address):
    sent = {"theme": "dark", "next": [address.encode("utf-8", "surrogatepass")]}

    answer = counter.post(reverse("appearance"), sent)

    assert answer.status_code == 303
    assert answer["Location"] in {"/", "/%0D%0ABcc:%20alle"}


@pytest.mark.parametrize("found", [ENDLESS, "[" * 100_000, "[1]", "{}", '[["2027-02-31", "0000-01-01", [], {}]]'])
def test_what_are_no_holidays_are_not_kept(counter, found):
    answer = counter.post(reverse("holidays_keep"), {"holidays": found}, follow=True)

    assert "Das konnten wir nicht lesen." in answer.text


def test_an_empty_form_is_told_what_it_lacks(counter):
    answer = counter.post(reverse("bundles"))

    assert answer.status_code == 422
    assert "Bitte füllen Sie dieses Feld aus." in answer.text
