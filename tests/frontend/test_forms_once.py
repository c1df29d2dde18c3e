"""A double click on a real page: two requests with the token of that page, one after the other and at once."""

import copy
import re

import pytest
from django.test import Client

from inventory.models import Item
from people.models import OnceKey
from tests.races import together

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@pytest.fixture
def careful(manager) -> Client:
    """A browser of the manager, whose tokens are checked."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(manager, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def token_of(client: Client, address: str) -> str:
    tokens = set(TOKEN.findall(client.get(address).content.decode()))
    assert len(tokens) == 1, "one page, one token, in each of its forms"
    return tokens.pop()


@pytest.mark.django_db
def test_the_second_click_is_answered_as_the_first_and_is_told(careful, case):
    address = f"/bestand/artikel/{case.pk}/exemplare/"
    body = {"count": 3, "first_number": "MZ-0101", "csrfmiddlewaretoken": token_of(careful, address)}
    before = Item.objects.count()

    first, second = careful.post(address, body), careful.post(address, body)

    assert Item.objects.count() == before + 3
    assert first.status_code == second.status_code == 303
    assert second["Location"] == first["Location"]
    assert "Es ist nur einmal geschehen." in careful.get(second["Location"]).content.decode()


@pytest.mark.django_db
def test_the_page_loaded_anew_means_it_again(careful, case):
    """The negative control: each page that is rendered carries another token."""
    address, before = f"/bestand/artikel/{case.pk}/exemplare/", Item.objects.count()

    for _again in range(2):
        careful.post(address, {"count": 3, "csrfmiddlewaretoken": token_of(careful, address)})

    assert Item.objects.count() == before + 6


@pytest.mark.django_db
def test_what_was_refused_may_be_sent_again(careful, case):
    """Nothing is remembered of it: the world may have changed meanwhile."""
    address = f"/bestand/artikel/{case.pk}/exemplare/"
    body = {"count": 1, "first_number": "MZ-0001", "csrfmiddlewaretoken": token_of(careful, address)}

    refused = careful.post(address, body)
    Item.objects.filter(asset_number="MZ-0001").update(asset_number="MZ-0900")
    done = careful.post(address, body)

    assert (refused.status_code, done.status_code) == (409, 303)


@pytest.mark.django_db(transaction=True)
def test_of_eight_clicks_at_once_one_acts_and_all_lead_to_the_same_page(careful, case):
    address, before = f"/bestand/artikel/{case.pk}/exemplare/", Item.objects.count()
    body = {"count": 3, "first_number": "MZ-0101", "csrfmiddlewaretoken": token_of(careful, address)}

    answers = together(*[lambda: copy.copy(careful).post(address, body)] * 8)

    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(303, answers[0]["Location"])}
    assert Item.objects.count() == before + 3


@pytest.mark.django_db(transaction=True)
def test_a_look_is_not_remembered(careful, center):
    """While the desk types, the page looks again and again: each time at the world as it is."""
    body = {"act": "look", "who": "Nord", "csrfmiddlewaretoken": token_of(careful, "/anruf/")}

    assert careful.post("/anruf/", body).status_code == 200
    assert not OnceKey.objects.exists()
