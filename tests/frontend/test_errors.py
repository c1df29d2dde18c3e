"""What somebody reads when something does not go."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError, connection
from django.test import RequestFactory
from django_htmx.middleware import HtmxMiddleware

from frontend.errors import Refusals, broken
from leihwerk.away import is_away
from people.errors import NotPermitted, TryAgain

pytestmark = pytest.mark.django_db


def test_a_missing_page_says_whom_to_ask(client, anna):
    client.force_login(anna)

    answer = client.get("/gibt/es/nicht/")

    assert answer.status_code == 404
    assert "Seite nicht gefunden oder nicht für Ihr Konto freigegeben." in answer.text
    assert "0214 123" in answer.text


def test_a_program_gets_its_error_as_json(client):
    answer = client.get("/api/v1/gibt/es/nicht/")

    assert answer.status_code == 404
    assert answer.json()["errors"][0]["code"] == "not_found"


def test_a_refusal_keeps_its_status_and_its_sentence(rf: RequestFactory):
    answer = refusing(NotPermitted())(signed_out(rf))

    assert answer.status_code == 403
    assert "Dafür ist Ihr Konto nicht freigegeben." in answer.text


def test_htmx_gets_a_refusal_among_the_notices(rf: RequestFactory):
    answer = refusing(TryAgain())(signed_out(rf, {"HX-Request": "true"}))

    assert answer.status_code == 409
    assert answer["HX-Retarget"] == "#notices"
    assert "<html" not in answer.text


def test_other_errors_are_left_alone(rf: RequestFactory):
    with pytest.raises(ValueError, match="ours"):
        refusing(ValueError("ours"))(signed_out(rf))


def test_the_page_for_our_own_mistakes_needs_nothing(rf: RequestFactory, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = broken(rf.get("/"))

    assert answer.status_code == 500
    assert "nichts Halbes gespeichert" in answer.text


def test_a_request_that_nobody_may_sign_in_with_gets_a_page(client):
    """A wrong host is refused before anybody is recognised."""
    answer = client.get("/", headers={"Host": "somewhere.invalid"})

    assert answer.status_code == 400
    assert "Diese Anfrage konnten wir nicht lesen." in answer.text


@pytest.mark.parametrize(("path", "words"), [("/", "Gleich wieder da"), ("/api/v1/products/", "unavailable")])
def test_while_the_database_is_away_one_is_asked_to_wait(rf: RequestFactory, path, words):
    nowhere = connection.copy()
    nowhere.settings_dict = {**connection.settings_dict, "HOST": "127.0.0.1", "PORT": "1"}
    try:
        nowhere.ensure_connection()
    except OperationalError:
        answer = broken(rf.get(path))

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert words in answer.text


def test_what_the_database_refuses_is_not_away(db):
    with pytest.raises(OperationalError) as lock_timeout, connection.cursor() as cursor:
        cursor.execute("DO $$ BEGIN RAISE EXCEPTION 'busy' USING ERRCODE = 'lock_not_available'; END $$")

    assert not is_away(lock_timeout.value)


def refusing(error: Exception):
    """A site whose only view says no, behind the middleware of the real one."""

    def view(request):
        middleware = Refusals(view)
        answer = middleware.process_exception(request, error)
        if answer is None:
            raise error
        return answer

    return HtmxMiddleware(view)


def signed_out(rf: RequestFactory, headers: dict[str, str] | None = None):
    request = rf.get("/", headers=headers)
    request.user = AnonymousUser()
    request.session = SessionStore()
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]  # what the middleware sets
    return request
