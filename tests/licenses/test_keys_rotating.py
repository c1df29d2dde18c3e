"""A new key of the server takes over while people read; it can be stopped anywhere and begun again."""

from threading import Event

import pytest
from django.core.management import CommandError, call_command

from leihwerk import secrecy
from leihwerk.secrecy import Secret
from licenses.keys import keeping, rotating, sealing
from licenses.models import Key, KeyKind
from office.doctor import examine
from people.models import JournalEntry
from tests.races import together

pytestmark = pytest.mark.django_db(transaction=True)
OLD, NEW = secrecy.new_key(), secrecy.new_key()
COUNT = 12


@pytest.fixture
def keys(monkeypatch, provider, manager) -> list[Key]:
    monkeypatch.setenv("LEIHWERK_KEYS", OLD)
    return [
        keeping.keep(provider, kind=KeyKind.LICENSE, name=f"Nr. {number}", secret=Secret(f"Wort-{number}"), by=manager)
        for number in range(COUNT)
    ]


@pytest.fixture
def renewed(monkeypatch, keys) -> None:
    monkeypatch.setenv("LEIHWERK_KEYS", f"{NEW},{OLD}")


def read() -> list[str]:
    return [sealing.said_by(key).words for key in Key.objects.order_by("pk")]


ALL = [f"Wort-{number}" for number in range(COUNT)]


def test_afterwards_the_old_key_may_go(renewed, monkeypatch, capsys):
    call_command("rotate_keys")

    assert capsys.readouterr().out == f"Neu verschlüsselt: {COUNT}.\n"
    monkeypatch.setenv("LEIHWERK_KEYS", NEW)
    assert read() == ALL
    assert JournalEntry.objects.filter(verb="key.resealed", by=None).count() == COUNT


def test_before_that_the_old_key_is_missed(keys, monkeypatch):
    """The negative control."""
    monkeypatch.setenv("LEIHWERK_KEYS", NEW)

    (trouble,) = examine()

    assert (trouble.check.name, len(trouble.rows)) == ("keys_open", COUNT)
    with pytest.raises(CommandError, match=f": {COUNT}"):
        call_command("rotate_keys")


def test_stopped_in_the_middle_it_goes_on_where_it_was(renewed):
    assert next(rotating.rotate(batch=5)) == 5
    assert sorted(rotating.sealed_with().values()) == [5, COUNT - 5]
    assert read() == ALL

    assert list(rotating.rotate(batch=5)) == [5, 2]
    assert read() == ALL
    assert list(rotating.rotate()) == []


def test_what_dies_within_a_batch_has_changed_nothing(renewed, monkeypatch):
    def dying(*_args, **_more):
        raise SystemExit

    with monkeypatch.context() as dead:
        dead.setattr("people.journal.record_all", dying)
        with pytest.raises(SystemExit):
            next(rotating.rotate(batch=5))

    assert list(rotating.sealed_with().values()) == [COUNT]
    assert list(rotating.rotate()) == [COUNT]


def test_who_reads_meanwhile_reads_on(renewed):
    is_over = Event()

    def reader() -> int:
        rounds = 0
        while not is_over.is_set() or rounds == 0:
            assert read() == ALL
            rounds += 1
        return rounds

    def rotate() -> int:
        try:
            return sum(rotating.rotate(batch=1))
        finally:
            is_over.set()

    done, *readers = together(rotate, reader, reader)

    assert done == COUNT
    assert all(isinstance(rounds, int) and rounds for rounds in readers), readers


def test_two_at_once_seal_each_once(renewed):
    done = together(lambda: sum(rotating.rotate(batch=2)), lambda: sum(rotating.rotate(batch=3)))

    assert sum(done) == COUNT
    assert JournalEntry.objects.filter(verb="key.resealed").count() == COUNT


def test_what_does_not_open_is_left_and_named(renewed, keys, capsys):
    Key.objects.filter(pk=keys[3].pk).update(nonce=b"forged")

    with pytest.raises(CommandError, match="doctor"):
        call_command("rotate_keys")

    assert capsys.readouterr().out == f"Neu verschlüsselt: {COUNT - 1}.\n"


def test_a_new_key_is_printed(db, capsys):
    call_command("rotate_keys", "--new")

    name, _, key = capsys.readouterr().out.strip().partition(":")
    assert (len(name), len(key)) == (9, 44)
