"""A key and what it says. What is sealed belongs to its row: copied into another one it does not open."""

from django.db import connection

from leihwerk import secrecy
from leihwerk.secrecy import Secret
from licenses.models import Key


def next_id() -> int:
    """The id of a key that is not there yet: what it says is sealed for that row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [Key._meta.db_table])
        return int(cursor.fetchone()[0])


def put_into(key: Key, secret: Secret) -> None:
    """Raises SealingKeysAreUnfit."""
    key.sealed = secrecy.seal(secret, bound_to=_row(key))


def said_by(key: Key) -> Secret:
    """What ``key`` says. Raises DoesNotOpen, SealingKeysAreUnfit."""
    return secrecy.unseal(key.sealed, bound_to=_row(key))


def _row(key: Key) -> str:
    return f"{Key._meta.db_table}:{key.center_id}:{key.pk}"
