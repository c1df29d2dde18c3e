"""What is wrong is told to a program in the language it asks for; the German is ours, and polite."""

import re
from pathlib import Path

import django_filters
import pytest
import rest_framework
from django.core.cache import cache
from django.utils.translation import gettext, ngettext, override

from leihwerk.embedded import messages
from tests.frontend.test_account_words import bad_words

LIBRARY = Path(rest_framework.__file__).parent
SPEAKING = [
    *(LIBRARY / f"{module}.py" for module in ("exceptions", "fields", "relations", "serializers", "validators")),
    Path(django_filters.__file__).parent / "fields.py",
]
#: Nothing of ours has such a field.
SILENT = re.compile(r"slug|URL|IPv|hyperlink|file|image|must be unique for|unique set|lookup|items\.\.\.|days must")
FAMILIAR = re.compile(r"\b(stelle sicher|gib|nutze|benutze|prüfe|erwarte\w*)\b|\bpk\b|dictionary|string", re.IGNORECASE)


def said() -> list[str | tuple[str, str]]:
    found = {message for path in SPEAKING for message, _ in messages.in_python(path)}
    return sorted((message for message in found if not SILENT.search(str(message))), key=str)


def in_german(message: str | tuple[str, str]) -> str:
    with override("de"):
        return gettext(message) if isinstance(message, str) else ngettext(*message, 2)


def unkind(words: str) -> list[str]:
    return [*bad_words(words), *(found.group() for found in FAMILIAR.finditer(words))]


def test_whatever_the_framework_says_is_polite_german():
    spoken = {message: in_german(message) for message in said()}

    assert {message: unkind(words) for message, words in spoken.items() if unkind(words)} == {}
    assert [message for message, words in spoken.items() if words == message] == []
    assert len(spoken) > 40


@pytest.mark.parametrize("words", ["Stelle sicher, dass", "Nutze eines", "Ungültiger pk", "Not a valid string."])
def test_such_words_would_be_noticed(words):
    assert unkind(words)


@pytest.fixture
def refusals(client, anna, cases):
    """What is told to Anna's program in a language, in the order in which it asked."""

    def told(language: str) -> list[str]:
        client.force_login(anna, "allauth.account.auth_backends.AuthenticationBackend")
        heads = {"HTTP_ACCEPT_LANGUAGE": language}
        send = {"content_type": "application/json", **heads}
        lines = {"institution": "x", "starts_at": "2027-02-31", "purpose": "x" * 300, "lines": [{"quantity": 0}]}
        answers = [
            client.post("/api/v1/reservations/", {}, **send),
            client.post("/api/v1/reservations/", lines, **send),
            client.post("/api/v1/reservations/", "{", **send),
            client.post("/api/v1/reservations/", "a=b", content_type="text/plain", **heads),
            client.get("/api/v1/reservations/999999/", **heads),
            client.delete("/api/v1/reservations/", **heads),
            client.get("/api/v1/items/?product=viel&life=gestern", **heads),
            client.post("/api/v1/handovers/", {"institution": anna.memberships.get().institution_id}, **send),
            client.get("/api/v1/reservations/", headers={"Accept": "text/csv", "Accept-Language": language}),
        ]
        client.logout()
        answers += [client.get("/api/v1/reservations/", **heads), *_too_often(client, send)]
        assert {it.status_code for it in answers} >= {400, 401, 403, 404, 405, 406, 415, 429}
        return [error["detail"] for answer in answers for error in answer.json()["errors"]]

    yield told
    cache.clear()


def _too_often(client, send):
    cache.clear()
    tries = ({"email": "anna@nord.example", "password": f"falsch-{number}"} for number in range(40))
    answers = (client.post("/api/v1/auth/token/", body, **send) for body in tries)
    return [next(answer for answer in answers if answer.status_code == 429)]


def test_refusals_come_in_the_language_that_is_asked_for(refusals):
    german, english = refusals("de"), refusals("en")

    assert len(german) == len(english)
    assert {words: unkind(words) for words in german if unkind(words)} == {}
    assert [words for words in german if words in english] == []
