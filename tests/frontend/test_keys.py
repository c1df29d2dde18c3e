"""The pages of keys: entered once, shown for a reason, and nowhere else to be read."""

import pytest
from django.urls import reverse

from frontend.repeating import TOKEN
from leihwerk.secrecy import Secret
from licenses.keys import keeping, sealing
from licenses.keys.revealing import MOST
from licenses.models import Key, KeyKind
from people.models import JournalEntry, OnceKey
from tests.canary import traces_in_database, traces_in_logs

SECRET = "Wolke-17-Anker"
FIELDS = {"kind": "sign_in", "of": "provider", "name": "Verwaltung", "sign_in_name": "mz", "secret": SECRET}
pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, manager):
    client.force_login(manager)
    return client


@pytest.fixture
def kept(contract, manager) -> Key:
    return keeping.keep(contract, kind=KeyKind.LICENSE, name="Volumen", secret=Secret(SECRET), by=manager)


def test_a_key_is_entered_and_stands_at_its_contract_without_what_it_says(page, contract, caplog):
    answer = page.post(reverse("key_new", args=[contract.pk]), {**FIELDS, TOKEN: "a page's"}, follow=True)

    key = Key.objects.get()
    text = answer.content.decode()
    assert (key.provider, key.contract) == (contract.provider, None)
    assert "Verwaltung" in text
    assert "für alles von Lehrfilm" in text
    assert SECRET not in text
    assert traces_in_database(SECRET) == []
    assert traces_in_logs(caplog.records, SECRET) == []
    assert sealing.said_by(key) == Secret(SECRET)


def test_a_form_with_a_mistake_does_not_say_it_again(page, contract):
    answer = page.post(reverse("key_new", args=[contract.pk]), FIELDS | {"name": ""})

    assert answer.status_code == 422
    assert SECRET not in answer.content.decode()


def test_the_memory_of_forms_cannot_be_asked_which_password_it_was(page, contract, settings):
    """Whoever has the database could try all short ones, if the print were made of the fields alone."""
    address = reverse("key_new", args=[contract.pk])
    page.post(address, {**FIELDS, TOKEN: "a page's"})
    known = OnceKey.objects.get()
    settings.SECRET_KEY = "another server's, of at least fifty characters, as it should be"
    page.force_login(JournalEntry.objects.get(verb="key.kept").by)
    page.post(address, {**FIELDS, TOKEN: "a page's"})

    assert OnceKey.objects.exclude(pk=known.pk).get().fingerprint != known.fingerprint


def test_it_is_shown_for_a_reason_and_kept_by_nobody(page, kept):
    address = reverse("key", args=[kept.pk])
    assert SECRET not in page.get(address).content.decode()
    assert page.post(address, {"reason": "weil ich will"}).status_code == 422

    for _ in range(2):
        answer = page.post(address, {"reason": "hand_on", TOKEN: "a page's"})
        assert f"<code>{SECRET}</code>" in answer.content.decode()
        assert answer["Cache-Control"] == "no-store"

    assert traces_in_database(SECRET) == []
    entries = JournalEntry.objects.filter(verb="key.revealed")
    assert [entry.facts for entry in entries] == [{"reason": "hand_on"}] * 2
    assert "an eine Einrichtung weitergeben" in page.get(address).content.decode()


def test_an_answer_that_is_not_secret_is_kept(page, kept, monkeypatch):
    """The negative control: the memory of forms would hold what the key says."""
    monkeypatch.setattr("frontend.repeating.is_secret", lambda answer: False)

    page.post(reverse("key", args=[kept.pk]), {"reason": "hand_on", TOKEN: "a page's"})

    assert traces_in_database(SECRET) == ["people_oncekey.body"]


@pytest.mark.parametrize("who", ["desk", "auditor"])
def test_who_may_not_see_it_sees_that_it_is_there(client, request, kept, who):
    client.force_login(request.getfixturevalue(who))
    address = reverse("key", args=[kept.pk])

    assert "Wozu brauchen Sie ihn?" not in client.get(address).content.decode()
    assert client.post(address, {"reason": "check"}).status_code == 403
    assert not JournalEntry.objects.filter(verb="key.revealed").exists()


def test_the_eleventh_within_an_hour_is_refused_in_words(page, kept):
    address = reverse("key", args=[kept.pk])
    for _ in range(MOST):
        page.post(address, {"reason": "check"})

    answer = page.post(address, {"reason": "check"})

    assert answer.status_code == 429
    assert "Sie haben in der letzten Stunde 10 Schlüssel angesehen" in answer.content.decode()
    assert SECRET not in answer.content.decode()


def test_what_the_server_cannot_open_is_a_sentence(page, kept, monkeypatch):
    address = reverse("key", args=[kept.pk])
    monkeypatch.setenv("LEIHWERK_KEYS", "broken")
    unfit = page.post(address, {"reason": "check"})
    entered = page.post(reverse("key_new", args=[kept.contract_id]), FIELDS)
    monkeypatch.delenv("LEIHWERK_KEYS")
    Key.objects.update(ciphertext=b"forged")
    shut = page.post(address, {"reason": "check"})

    assert (unfit.status_code, entered.status_code, shut.status_code) == (503, 503, 409)
    for answer in (unfit, entered, shut):
        assert "geben Sie dem Betrieb Bescheid" in answer.content.decode()
    assert Key.objects.count() == 1


def test_it_is_changed_and_forgotten(page, kept):
    page.post(reverse("key_edit", args=[kept.pk]), {"name": "Volumen 2", "secret": ""})
    kept.refresh_from_db()
    assert (kept.name, sealing.said_by(kept)) == ("Volumen 2", Secret(SECRET))

    page.post(reverse("key_edit", args=[kept.pk]), {"name": "Volumen 2", "secret": " neu "})
    kept.refresh_from_db()
    assert sealing.said_by(kept) == Secret("neu")

    assert page.post(reverse("key_forget", args=[kept.pk]), follow=True).status_code == 200
    assert not Key.objects.exists()
