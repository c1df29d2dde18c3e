"""Keys are kept sealed, shown for a reason and so many times an hour, and told of in the journal."""

import io
import logging
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django.views.debug import ExceptionReporter

from leihwerk.secrecy import DoesNotOpen, SealingKeysAreUnfit, Secret
from licenses.errors import TooManyKeysShown
from licenses.keys import keeping, revealing
from licenses.keys.revealing import MOST, Reason
from licenses.models import Contract, Key, KeyKind, Provider
from office.doctor import examine
from people.models import JournalEntry
from tests.canary import traces_in_database, traces_in_logs
from tests.races import outcomes, together

SECRET = "Wolke-17-Anker"
SAID = Secret(SECRET)
pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(center, provider) -> Contract:
    return Contract.objects.create(center=center, provider=provider, number="SW-1", title="Software")


@pytest.fixture
def kept(contract, manager) -> Key:
    return keeping.keep(contract, kind=KeyKind.SIGN_IN, name="Verwaltung", sign_in_name="mz", secret=SAID, by=manager)


def reveal(key, manager, **more) -> str:
    return revealing.reveal(key, reason=Reason.SET_UP, by=manager, **more).words


def journal() -> list[tuple[str, dict]]:
    return list(JournalEntry.objects.filter(verb__startswith="key.").order_by("pk").values_list("verb", "facts"))


def test_what_a_key_says_stands_nowhere_and_is_shown_to_who_gives_a_reason(kept, manager):
    assert traces_in_database(SECRET) == []
    assert reveal(kept, manager) == SECRET
    assert traces_in_database(SECRET) == []
    assert [verb for verb, _ in journal()] == ["key.kept", "key.revealed"]
    assert journal()[1][1] == {"reason": "set_up"}


def test_a_ciphertext_copied_into_another_row_does_not_open(kept, contract, manager):
    """By hand, past every verb: whoever may see one key must not read another through it."""
    other = keeping.keep(contract, kind=KeyKind.LICENSE, name="Rechner", secret=Secret("ABCD-1234"), by=manager)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE licenses_key SET (ciphertext, nonce, sealed_with) ="
            " (SELECT ciphertext, nonce, sealed_with FROM licenses_key WHERE id = %s) WHERE id = %s",
            [kept.pk, other.pk],
        )
    other.refresh_from_db()

    assert bytes(other.ciphertext) == bytes(kept.ciphertext)
    with pytest.raises(DoesNotOpen):
        reveal(other, manager)
    assert [verb for verb, _ in journal()] == ["key.kept", "key.kept"]
    (trouble,) = examine()
    assert (trouble.check.name, trouble.rows) == ("keys_open", [f"key {other.pk}, sealed_with {kept.sealed_with}"])


def test_moved_to_another_centre_it_does_not_open(kept, manager, neighbor):
    """The row itself, with walls down: as if a row of the neighbour's had the same number."""
    Key.objects.filter(pk=kept.pk).update(contract=None, provider=Provider.objects.create(center=neighbor, name="N"),
                                          center=neighbor)  # fmt: skip
    kept.refresh_from_db()

    with pytest.raises(DoesNotOpen):
        reveal(kept, manager)


def test_a_key_is_changed_with_or_without_what_it_says(kept, manager):
    keeping.change(kept, name="Verwaltung neu", sign_in_name="mz", by=manager)
    kept.refresh_from_db()
    assert reveal(kept, manager) == SECRET

    keeping.change(kept, name="Verwaltung neu", sign_in_name="mz", secret=Secret("Neu-4711-Kai"), by=manager)
    kept.refresh_from_db()
    assert reveal(kept, manager) == "Neu-4711-Kai"
    keeping.change(kept, name="Verwaltung neu", sign_in_name="mz", by=manager)

    facts = [facts for verb, facts in journal() if verb == "key.changed"]
    assert facts == [{"fields": ["name"]}, {"fields": ["secret"]}]


def test_a_forgotten_key_is_gone_and_its_history_stays(kept, manager):
    keeping.forget(kept, by=manager)

    assert not Key.objects.exists()
    assert [verb for verb, _ in journal()] == ["key.kept", "key.forgotten"]


def test_more_than_so_many_an_hour_are_not_shown(kept, manager, desk):
    for _ in range(MOST):
        reveal(kept, manager)

    with pytest.raises(TooManyKeysShown) as refusal:
        reveal(kept, manager)

    assert refusal.value.facts["at"] > timezone.now() + timedelta(minutes=55)
    assert reveal(kept, desk) == SECRET, "each person is counted alone"
    assert reveal(kept, manager, now=timezone.now() + timedelta(minutes=61)) == SECRET


@pytest.mark.django_db(transaction=True)
def test_of_thirty_two_at_once_ten_are_shown(kept, manager):
    seen = outcomes(together(*[lambda: reveal(kept, manager)] * 32))

    assert seen == {"str": MOST, "TooManyKeysShown": 32 - MOST}


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_they_would_pass_one_another(monkeypatch, kept, manager):
    """The negative control."""
    monkeypatch.setattr("licenses.keys.revealing.User.objects.select_for_update", lambda **_: type(manager).objects)

    seen = outcomes(together(*[lambda: reveal(kept, manager)] * 32))

    assert seen["str"] > MOST


def test_without_fit_keys_of_the_server_nothing_is_written(contract, manager, monkeypatch):
    monkeypatch.setenv("LEIHWERK_KEYS", "broken")

    with pytest.raises(SealingKeysAreUnfit):
        keeping.keep(contract, kind=KeyKind.LICENSE, name="Rechner", secret=SAID, by=manager)

    assert not Key.objects.exists()
    assert journal() == []


@pytest.mark.parametrize("act", ["keep", "change"])
def test_no_report_of_an_error_tells_what_a_key_says(kept, contract, manager, monkeypatch, caplog, rf, act):
    monkeypatch.setenv("LEIHWERK_KEYS", "broken")
    caplog.set_level(logging.DEBUG)
    request = rf.get("/")
    try:
        if act == "keep":
            keeping.keep(contract, kind=KeyKind.LICENSE, name="Rechner", secret=SAID, by=manager)
        else:
            keeping.change(kept, name="Rechner", sign_in_name="", secret=SAID, by=manager)
    except SealingKeysAreUnfit as error:
        told = _reported(request, error)
        logging.getLogger("licenses").exception("unfit")

    assert "licenses/keys/keeping.py" in told
    assert SECRET not in told
    assert traces_in_logs(caplog.records, SECRET) == []
    assert SECRET not in repr(kept)


def test_a_report_tells_what_nobody_marked_as_secret(rf):
    """The negative control."""

    def careless(secret: str) -> None:
        raise ValueError(len(secret))

    with pytest.raises(ValueError, match="14") as error:
        careless(SECRET)

    assert SECRET in _reported(rf.get("/"), error.value)


def _reported(request, error) -> str:
    """What Django would mail to the operator; the frames of this test, which know the secret, left out."""
    behind = error.__traceback__.tb_next
    out = io.StringIO()
    out.write(ExceptionReporter(request, type(error), error, behind).get_traceback_html())
    return out.getvalue()
