"""Mein Konto: saying who one is, being told what is known, and going."""

import json

import pytest
from django.urls import reverse

from inventory.models import Item
from lending.handovers import hand_over_together
from people.models import User

pytestmark = pytest.mark.django_db


def test_one_says_who_one_is(client, anna):
    client.force_login(anna)
    form = {"salutation": "Frau", "name": "Anna Adler", "phone": "0214 7", "language": "en"}

    answer = client.post(reverse("my_account"), form)

    assert answer.status_code == 303
    anna.refresh_from_db()
    assert (anna.name, anna.salutation, anna.language) == ("Anna Adler", "Frau", "en")
    assert 'lang="en"' in client.get(reverse("my_account")).content.decode()


def test_a_name_is_needed(client, anna):
    client.force_login(anna)

    assert client.post(reverse("my_account"), {"name": "", "language": "de"}).status_code == 422
    assert User.objects.get(pk=anna.pk).name == "Anna Amsel"


def test_one_is_told_everything_as_a_file(client, anna, bert):
    client.force_login(anna)

    answer = client.get(reverse("my_disclosure"))

    assert answer["Content-Disposition"].startswith("attachment")
    assert "Anna Amsel" in answer.content.decode()
    assert "Bert" not in answer.content.decode()
    assert json.loads(answer.content)


def test_one_closes_ones_account_and_is_signed_out(client, anna, desk, north, case):
    hand_over_together(north, items=[Item.objects.get(product=case)], by=desk, responsible=anna)
    client.force_login(anna)
    assert "Bee-Bot" in client.get(reverse("close_account")).content.decode()

    client.post(reverse("close_account"))

    assert not User.objects.get(pk=anna.pk).is_active
    assert client.get(reverse("my_account")).status_code == 302


def test_the_last_manager_stays(client, manager):
    client.force_login(manager)

    assert client.post(reverse("close_account")).status_code == 409
    assert User.objects.get(pk=manager.pk).is_active


@pytest.mark.parametrize("name", ["my_account", "my_disclosure", "close_account", "join", "members_waiting", "team"])
def test_nobody_gets_there_without_signing_in(client, db, name):
    answer = client.get(reverse(name))

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))
