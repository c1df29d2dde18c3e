"""Secrets in the database, sealed with AES-256-GCM. Who reads the database alone reads none of them.

What seals them is no part of it: ``LEIHWERK_KEYS`` is ``"name:base64,name:base64"``, each of 32 random bytes. The first
one seals, all of them open, so that a new one can be put in front and an old one goes when nothing needs it any more.
Without the variable one is made and kept beside the data. A secret is bound to its row (associated data): copied into
another one it does not open.
"""

import base64
import os
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.checks import CheckMessage, Error, Tags, register
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from leihwerk.embedded import places
from leihwerk.errors import DomainError

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12  # random for each sealing; NIST SP 800-38D, 8.2.2
NAME: Final = re.compile(r"[A-Za-z0-9._-]{1,20}")


class SealingKeysAreUnfit(DomainError):
    """``trouble`` is for whoever runs the server; it never holds any part of a key."""

    code, status = "sealing_keys_are_unfit", 503
    sentence = _(
        "Geheime Angaben lassen sich gerade nicht ver- und entschlüsseln. Es wurde nichts gespeichert. "
        "Bitte geben Sie dem Betrieb Bescheid: {trouble}"
    )


class DoesNotOpen(DomainError):
    """The row was tampered with, or what sealed it is gone from LEIHWERK_KEYS; ``name`` is that key's."""

    code, status = "secret_does_not_open", 409
    sentence = _(
        "Diese Angabe lässt sich nicht entschlüsseln. Bitte geben Sie dem Betrieb Bescheid (LEIHWERK_KEYS, „{name}“)."
    )


@dataclass(frozen=True, repr=False)
class Secret:
    """Words that no log, no report of an error and no page shows by accident: only ``words`` says them."""

    words: str

    def __repr__(self) -> str:
        return "Secret(…)"


class Sealed(NamedTuple):
    """What stands in the row; ``sealed_with`` is the name of the key."""

    sealed_with: str
    nonce: bytes
    ciphertext: bytes


@sensitive_variables()
def seal(secret: Secret, *, bound_to: str) -> Sealed:
    """``secret`` under the first key. Raises SealingKeysAreUnfit."""
    name, key = next(iter(_keys().items()))
    nonce = secrets.token_bytes(NONCE_BYTES)
    return Sealed(name, nonce, AESGCM(key).encrypt(nonce, secret.words.encode(), bound_to.encode()))


@sensitive_variables()
def unseal(sealed: Sealed, *, bound_to: str) -> Secret:
    """What was sealed into this very row. Raises DoesNotOpen, SealingKeysAreUnfit."""
    key = _keys().get(sealed.sealed_with)
    if key is None:
        raise DoesNotOpen(name=sealed.sealed_with)
    try:
        return Secret(AESGCM(key).decrypt(sealed.nonce, sealed.ciphertext, bound_to.encode()).decode())
    except (InvalidTag, ValueError):  # ValueError: a nonce or a text of impossible length
        raise DoesNotOpen(name=sealed.sealed_with) from None


def current() -> str:
    """The name of the key that seals now. Raises SealingKeysAreUnfit."""
    return next(iter(_keys()))


def new_key() -> str:
    """A fresh one as LEIHWERK_KEYS takes it."""
    return f"k{secrets.token_hex(4)}:{base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()}"


@sensitive_variables()
def _keys() -> Mapping[str, bytes]:
    try:
        told = os.environ.get("LEIHWERK_KEYS") or places.sealing_keys(new_key)
    except OSError as error:
        raise SealingKeysAreUnfit(trouble=f"{error.strerror} (sealing-keys)") from None
    return _read(told)


@sensitive_variables()
def _read(told: str) -> Mapping[str, bytes]:
    keys: dict[str, bytes] = {}
    for number, pair in enumerate(told.split(","), 1):
        name, colon, encoded = pair.strip().partition(":")
        key = _decoded(encoded)
        if not colon or not NAME.fullmatch(name) or key is None or len(key) != KEY_BYTES or name in keys:
            raise SealingKeysAreUnfit(trouble=f"LEIHWERK_KEYS, {number}. = name:base64 (32 bytes)")
        keys[name] = key
    return keys


def _decoded(encoded: str) -> bytes | None:
    try:
        return base64.b64decode(encoded, validate=True)
    except ValueError:  # binascii.Error is one, and so is what is no ASCII
        return None


@register(Tags.security)
def told_keys_are_fit(app_configs: Sequence[Any] | None = None, **options: Any) -> list[CheckMessage]:
    """Django's check, before anybody needs them; without the variable one is made when first needed."""
    told = os.environ.get("LEIHWERK_KEYS")
    try:
        if told:
            _read(told)
    except SealingKeysAreUnfit as unfit:
        return [Error(str(unfit), hint="python manage.py rotate_keys --new", id="leihwerk.E001")]
    return []
