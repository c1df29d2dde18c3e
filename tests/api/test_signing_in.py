"""A program signs in with its person's password, and learns nothing from being refused."""

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.utils import timezone
from rest_framework.test import APIClient

from people import access_tokens
from people.models import AccessToken, JournalEntry

TOKEN = "/api/v1/auth/token/"
PASSWORD = "geheim-genug"


def sign_in(email, password=PASSWORD, **more):
    return APIClient().post(TOKEN, {"email": email, "password": password, **more})


def test_the_right_password_gives_a_token_that_opens_the_api(desk):
    token = sign_in(desk.email).json()["token"]

    answer = APIClient().get("/api/v1/institutions/", headers={"Authorization": f"Token {token}"})

    assert answer.status_code == 200


def test_capital_letters_in_the_address_are_forgiven(desk):
    assert sign_in(desk.email.upper()).status_code == 200


def test_only_a_digest_of_the_token_is_kept(desk):
    token = sign_in(desk.email).json()["token"]

    assert token not in str(AccessToken.objects.values_list())
    assert JournalEntry.objects.about(desk).filter(verb="access_token.issued").count() == 1


def test_wrong_password_unknown_person_and_closed_account_are_told_alike(desk, anna):
    anna.is_active = False
    anna.save(update_fields=["is_active"])

    answers = [sign_in(desk.email, "falsch"), sign_in("niemand@nirgends.example"), sign_in(anna.email)]

    assert {answer.status_code for answer in answers} == {400}
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].json()["errors"][0]["code"] == "bad_credentials"


def test_the_sixth_wrong_password_has_to_wait(desk):
    for _ in range(5):
        sign_in(desk.email, "falsch")

    answer = sign_in(desk.email)

    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0


def test_right_passwords_do_not_use_up_attempts(desk):
    assert {sign_in(desk.email).status_code for _ in range(12)} == {200}


@pytest.mark.parametrize(
    "body",
    [{}, [], "x", None, {"email": "a@b.example"}, {"email": ["x"], "password": {}}, {"email": "\0", "password": "\0"}],
)
def test_a_body_that_is_no_sign_in_is_told_so(db, body):
    answer = APIClient().post(TOKEN, body)

    assert answer.status_code == 400
    assert answer.json()["type"] == "validation_error"


def test_a_second_factor_is_asked_here_too(desk):
    secret = generate_totp_secret()
    TOTP.activate(desk, secret)

    refused = sign_in(desk.email)
    accepted = sign_in(desk.email, code=format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time()))))

    assert refused.json()["errors"][0] == {
        "code": "second_factor_required",
        "detail": "Dieses Konto verlangt den Code aus der Authenticator-App.",
        "attr": "code",
    }
    assert accepted.status_code == 200


@pytest.mark.parametrize("header", ["Token", "Token x y", "Token \xff", "Token nonsense", "Bearer x", "Token \0"])
def test_a_wrong_token_is_401_and_says_how_to_sign_in(db, header):
    answer = APIClient().get("/api/v1/institutions/", headers={"Authorization": header})

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Token"


def test_a_token_ends_after_a_year_and_when_the_account_closes(desk):
    token = access_tokens.issue(desk)
    assert access_tokens.holder(token) == desk

    assert access_tokens.holder(token, now=timezone.now() + timedelta(days=366)) is None

    desk.is_active = False
    desk.save(update_fields=["is_active"])
    assert access_tokens.holder(token) is None


def test_revoked_tokens_open_nothing(desk):
    token = access_tokens.issue(desk)

    assert access_tokens.revoke_all(desk, by=desk) == 1

    assert access_tokens.holder(token) is None
