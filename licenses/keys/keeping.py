"""Keys are written down, changed and forgotten. The journal tells of each, and never what a key says."""

from typing import Final

from django.db import transaction
from django.utils import timezone

from leihwerk.secrecy import Secret
from licenses.errors import KeyIsInUse
from licenses.keys import sealing
from licenses.models import Contract, Key, KeyKind, Provider
from people import journal
from people.models import User

DESCRIBED: Final = ("name", "sign_in_name")


@transaction.atomic
def keep(
    owner: Contract | Provider, *, kind: KeyKind, name: str, secret: Secret, sign_in_name: str = "", by: User
) -> Key:
    """A further key of a contract, or of a provider and so of all its contracts. Raises SealingKeysAreUnfit."""
    key = Key(pk=sealing.next_id(), center_id=owner.center_id, kind=kind, name=name, sign_in_name=sign_in_name)
    if isinstance(owner, Contract):
        key.contract = owner
    else:
        key.provider = owner
    sealing.put_into(key, secret)
    key.changed_at = timezone.now()
    key.save(force_insert=True)
    journal.record("key.kept", key, by=by, kind=str(kind), contract=key.contract_id, provider=key.provider_id)
    return key


@transaction.atomic
def change(key: Key, *, name: str, sign_in_name: str, secret: Secret | None = None, by: User) -> Key:
    """Describe ``key`` anew; with ``secret`` it says something else from now on. Raises SealingKeysAreUnfit."""
    key = Key.objects.lock().get(pk=key.pk)
    told = {"name": name, "sign_in_name": sign_in_name}
    changed = [field for field in DESCRIBED if getattr(key, field) != told[field]]
    for field in changed:
        setattr(key, field, told[field])
    if secret:
        sealing.put_into(key, secret)
        changed.append("secret")
    if changed:
        key.changed_at = timezone.now()
        key.save()
        journal.record("key.changed", key, by=by, fields=changed)
    return key


@transaction.atomic
def forget(key: Key, *, by: User) -> None:
    """Nobody needs it any more: the row goes, its history stays. Raises KeyIsInUse."""
    key = Key.objects.lock().get(pk=key.pk)
    if source := key.sources.first():
        raise KeyIsInUse(source=source.name)
    journal.record("key.forgotten", key, by=by, kind=key.kind, contract=key.contract_id, provider=key.provider_id)
    key.delete()
