"""Who closes the account is signed out everywhere, in browsers and programs."""

from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people import access_tokens, sessions
from people.memberships.leaving import leave_everywhere
from people.models import User


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_closing_an_account_ends_every_session_and_token_of_it(anna, bert):
    here, there, other = signed_in(anna), signed_in(anna), signed_in(bert)
    token = access_tokens.issue(anna)
    assert here.get(reverse("my_account")).status_code == 200

    leave_everywhere(anna, by=anna)

    assert Session.objects.count() == 1
    assert access_tokens.holder(token) is None
    assert not anna.access_tokens.exists()
    assert [client.get(reverse("my_account")).status_code for client in (here, there, other)] == [302, 302, 200]


def test_a_session_does_not_come_back_with_the_account(anna):
    """What ends it is not only that the account is closed for now."""
    client = signed_in(anna)
    password = anna.password

    leave_everywhere(anna, by=anna)
    User.objects.filter(pk=anna.pk).update(is_active=True, password=password)

    assert client.get(reverse("my_account")).status_code == 302


def test_nobody_else_is_signed_out(anna, bert):
    signed_in(bert)

    assert sessions.end_all(anna, now=timezone.now()) == 0
