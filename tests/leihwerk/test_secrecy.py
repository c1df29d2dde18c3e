"""What is sealed opens in its own place with the server's own key, and nowhere else."""

import base64
import os
import stat

import pytest
from django.core.checks import run_checks
from hypothesis import given
from hypothesis import strategies as st

from leihwerk import secrecy
from leihwerk.embedded import places
from leihwerk.secrecy import DoesNotOpen, Sealed, SealingKeysAreUnfit, Secret, seal, unseal

OLD, NEW = (f"{name}:{base64.b64encode(name.encode() * 8).decode()}" for name in ("k-77", "k-78"))
WORDS = Secret("Wolke-17-Anker")


@pytest.fixture(autouse=True)
def old_key(monkeypatch) -> None:
    monkeypatch.setenv("LEIHWERK_KEYS", OLD)


@given(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8")))
def test_what_was_sealed_opens_and_is_not_to_be_read(said, row):
    sealed = seal(Secret(said), bound_to=row)

    assert unseal(sealed, bound_to=row).words == said
    assert len(said) < 6 or said.encode() not in sealed.ciphertext


def test_a_secret_is_not_said_by_accident():
    assert "Wolke" not in f"{WORDS} {WORDS!r} {[WORDS]} {seal(WORDS, bound_to='a')}"
    assert Secret("a") == Secret("a") != Secret("b")


def test_the_same_words_are_sealed_differently_each_time():
    first, second = seal(WORDS, bound_to="a"), seal(WORDS, bound_to="a")

    assert first.nonce != second.nonce
    assert first.ciphertext != second.ciphertext


def test_it_does_not_open_in_another_row():
    with pytest.raises(DoesNotOpen):
        unseal(seal(WORDS, bound_to="licenses_key:1:1"), bound_to="licenses_key:1:2")


@pytest.mark.parametrize("position", range(len(WORDS.words) + 16))
def test_a_single_changed_bit_is_noticed(position):
    sealed = seal(WORDS, bound_to="a")
    forged = bytearray(sealed.ciphertext)
    forged[position] ^= 1

    with pytest.raises(DoesNotOpen):
        unseal(sealed._replace(ciphertext=bytes(forged)), bound_to="a")


@pytest.mark.parametrize("sealed", [Sealed("k-77", b"", b""), Sealed("k-77", b"short", b"x"), Sealed("gone", b"", b"")])
def test_what_was_never_sealed_does_not_open(sealed):
    with pytest.raises(DoesNotOpen):
        unseal(sealed, bound_to="a")


def test_the_first_key_seals_and_all_open(monkeypatch):
    before = seal(WORDS, bound_to="a")
    monkeypatch.setenv("LEIHWERK_KEYS", f"{NEW}, {OLD}")
    after = seal(WORDS, bound_to="a")

    assert (before.sealed_with, after.sealed_with) == ("k-77", "k-78")
    assert unseal(before, bound_to="a") == unseal(after, bound_to="a") == WORDS
    monkeypatch.setenv("LEIHWERK_KEYS", NEW)
    assert unseal(after, bound_to="a") == WORDS
    with pytest.raises(DoesNotOpen) as refusal:
        unseal(before, bound_to="a")
    assert "k-77" in str(refusal.value)


@pytest.mark.parametrize(
    "told", ["x", "a:", ":abc", "a:abc", "a:AAAA", f"{OLD},{OLD}", f"{OLD},", "ä:" + "A" * 43 + "=", "a:ä\udcff"]
)
def test_unfit_keys_are_told_before_anybody_needs_them_without_saying_them(monkeypatch, told):
    monkeypatch.setenv("LEIHWERK_KEYS", told)

    with pytest.raises(SealingKeysAreUnfit) as refusal:
        seal(WORDS, bound_to="a")
    (error,) = [it for it in run_checks() if it.id == "leihwerk.E001"]

    assert "LEIHWERK_KEYS" in str(refusal.value)
    for secret in (told.partition(":")[2], OLD.partition(":")[2]):
        assert not secret or secret not in f"{refusal.value} {error}"


def test_fit_keys_are_no_trouble():
    assert [it for it in run_checks() if it.id == "leihwerk.E001"] == []


def test_without_the_variable_one_is_made_and_only_its_owner_reads_it(monkeypatch, tmp_path):
    monkeypatch.delenv("LEIHWERK_KEYS")
    monkeypatch.setenv("LEIHWERK_DATA", str(tmp_path))

    sealed = seal(WORDS, bound_to="a")

    assert unseal(sealed, bound_to="a") == WORDS
    (file,) = tmp_path.iterdir()
    assert file.name == "sealing-keys"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert places.sealing_keys(secrecy.new_key).startswith(f"{sealed.sealed_with}:")


def test_a_data_directory_that_cannot_be_written_is_told(monkeypatch, tmp_path):
    monkeypatch.delenv("LEIHWERK_KEYS")
    in_the_way = tmp_path / "data"
    in_the_way.write_text("a file")
    monkeypatch.setenv("LEIHWERK_DATA", str(in_the_way))

    with pytest.raises(SealingKeysAreUnfit, match="sealing-keys"):
        seal(WORDS, bound_to="a")


def test_a_new_key_is_one_that_is_taken(monkeypatch):
    first, second = secrecy.new_key(), secrecy.new_key()
    monkeypatch.setenv("LEIHWERK_KEYS", f"{first},{second}")

    assert first != second
    assert secrecy.current() == first.partition(":")[0]
    assert os.environ["LEIHWERK_KEYS"].count(":") == 2
