"""A body that is no JSON, or more than the API asks for, is told so."""

import pytest
from rest_framework.test import APIClient

TOKEN = "/api/v1/auth/token/"


def send(body: bytes, content_type: str = "application/json"):
    return APIClient().post(TOKEN, body, content_type=content_type)


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff\xfe",
        b'{"email": NaN}',
        b'{"email": Infinity}',
        b"9" * 5000,
        b"[" * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 200 + b"1" + b"}" * 200,
        b'{"email": "\\ud800"}',
        b"",
        b"\0",
    ],
    ids=lambda body: repr(body[:12]),
)
def test_what_is_no_reasonable_json_is_400(db, body):
    assert send(body).status_code == 400


@pytest.mark.parametrize("charset", ["utf-16", "rot13", "bz2", "nonsense"])
def test_json_is_utf_8_whatever_the_header_says(db, charset):
    assert send(b"{}", f"application/json; charset={charset}").status_code == 400


def test_a_form_is_not_json(db):
    assert send(b"email=a@b.example", "application/x-www-form-urlencoded").status_code == 415


def test_a_body_beyond_all_reason_is_413(db):
    assert send(b" " * 3_000_000).status_code == 413
