"""What somebody reads when something does not go."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory
from django_htmx.middleware import HtmxMiddleware

from frontend.errors import Refusals, broken
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
