"""From registering to borrowing: through the pages and the mails that are sent."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from people.memberships import invite, is_waiting_at
from people.models import Institution, User
from people.roles import Role

pytestmark = pytest.mark.django_db

PASSWORD = "sieben-Zwerge-im-Wald"
ASKED = {
    "name": "Mia Meise",
    "email": "Mia@Nord.example",
    "school": "Schule Nord",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


@pytest.fixture(autouse=True)
def nobody_has_tried_before():
    """Attempts are counted in the cache, which outlives a test."""
    cache.clear()


def test_a_teacher_signs_up_confirms_the_address_and_waits_for_the_school(client, north, south):
    answer = client.post(reverse("account_signup"), ASKED, follow=True)

    assert answer.status_code == 200
    mia = User.objects.get(email="mia@nord.example")
    assert mia.name == "Mia Meise"
    assert is_waiting_at(north, mia)
    assert "_auth_user_id" not in client.session, "nobody is signed in before the address is confirmed"

    confirm = link_in(mail.outbox[-1])
    assert client.post(confirm).status_code == 302
    sign_in(client, "mia@nord.example")

    home = client.get(reverse("home")).content.decode()
    assert "noch nicht freigeschaltet" in home


def test_who_has_not_confirmed_the_address_does_not_get_in(client, north):
    client.post(reverse("account_signup"), ASKED)
    client.cookies.clear()

    sign_in(client, "mia@nord.example")

    assert "_auth_user_id" not in client.session


def test_several_schools_of_that_name_are_offered_to_pick_from(client, north, center):
    other = Institution.objects.create(center=center, kind="school", name="Grundschule Nordend", school_number="100009")

    answer = client.post(reverse("account_signup"), ASKED | {"school": "grundschule nord"})
    page = answer.content.decode()
    assert "Grundschule Nordend" in page
    assert "Grundschule Nord" in page
    assert not User.objects.exists()

    client.post(reverse("account_signup"), ASKED | {"school": "grundschule nord", "institution": other.pk})
    assert is_waiting_at(other, User.objects.get())


@pytest.mark.parametrize("school", ["", "x", "Gibt Es Nicht", "100003"])
def test_without_one_clear_school_nobody_signs_up(client, north, foreign_school, school):
    foreign_school.closed_on = "2026-01-01"
    foreign_school.save()

    answer = client.post(reverse("account_signup"), ASKED | {"school": school})

    assert answer.status_code == 200
    assert "school" in answer.context["form"].errors
    assert not User.objects.exists()


def test_a_school_that_was_not_offered_cannot_be_smuggled_in(client, north, south, center):
    Institution.objects.create(center=center, kind="school", name="Grundschule Nordend", school_number="100009")

    client.post(reverse("account_signup"), ASKED | {"school": "grundschule nord", "institution": south.pk})

    assert not User.objects.exists()


def test_an_address_that_is_known_gets_a_mail_and_tells_strangers_nothing(client, anna, north):
    answer = client.post(reverse("account_signup"), ASKED | {"email": anna.email}, follow=True)

    assert answer.status_code == 200
    assert User.objects.get(email=anna.email).name == "Anna Amsel"
    assert mail.outbox[-1].to == [anna.email]
    assert User.objects.count() == 1


def test_an_invited_person_sets_a_password_and_is_in(client, north, carla):
    invite("max@nord.example", name="Max Meier", role=Role.TEACHER, to=north, by=carla)
    client.post(reverse("account_reset_password"), {"email": "max@nord.example"})

    form = client.get(link_in(mail.outbox[-1]), follow=True)
    client.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD}, follow=True)

    assert EmailAddress.objects.get(user__email="max@nord.example").verified
    assert client.get(reverse("my_account")).status_code == 200


def test_a_forgotten_password_is_set_anew(client, anna):
    client.post(reverse("account_reset_password"), {"email": anna.email})
    form = client.get(link_in(mail.outbox[-1]), follow=True)
    client.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    client.logout()

    sign_in(client, anna.email)

    assert client.session["_auth_user_id"] == str(anna.pk)


def test_the_second_factors_secret_is_not_readable_in_the_database(client, anna):
    secret = generate_totp_secret()
    totp = TOTP.activate(anna, secret)

    assert secret not in str(Authenticator.objects.get().data)
    assert totp.instance.wrap().validate_code("000000") is False
    sign_in(client, anna.email, "geheim-genug")
    assert "_auth_user_id" not in client.session, "the code is still to come"


def test_who_has_left_does_not_get_in(client, anna):
    anna.is_active = False
    anna.save()

    sign_in(client, anna.email, "geheim-genug")

    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
def test_the_doors_of_the_house_are_pages(client, db, name):
    assert client.get(reverse(name)).status_code == 200


def test_mails_about_the_account_are_german_and_polite(client, anna, north):
    client.post(reverse("account_signup"), ASKED)
    client.cookies.clear()
    client.post(reverse("account_reset_password"), {"email": anna.email})
    client.cookies.clear()
    client.post(reverse("account_signup"), ASKED | {"email": anna.email})

    assert len(mail.outbox) == 3
    for message in mail.outbox:
        assert message.body.startswith("Guten Tag")
        assert not re.search(r"\b(du|dein|deine|dir|dich|Hallo|example\.com|user)\b", message.body), message.body


def sign_in(client, email: str, password: str = PASSWORD) -> None:
    client.post(reverse("account_login"), {"login": email, "password": password})


def link_in(message) -> str:
    found = re.search(r"https?://[^/]+(/\S+)", message.body)
    assert found, message.body
    return found.group(1)
