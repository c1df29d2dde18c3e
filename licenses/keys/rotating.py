"""A new key of the server seals anew what older ones had sealed: a few rows at a time, and readers go on reading."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from django.db.models import Count, QuerySet

from leihwerk import secrecy
from leihwerk.secrecy import DoesNotOpen
from licenses.keys import sealing
from licenses.models import Key
from people import journal, once

BATCH: Final = 100


def rotate(*, batch: int = BATCH) -> Iterator[int]:
    """Seal with the current key whatever is not; yields how many, transaction by transaction.

    It can be stopped and begun again at any moment. What does not open is left as it is; the doctor names it.
    """
    current, last = secrecy.current(), 0
    while ahead := list(_waiting(current, last)[:batch]):
        last = ahead[-1]
        yield once.run(partial(_reseal, ahead, current))


def sealed_with() -> dict[str, int]:
    """How many keys each of the server's keys had sealed."""
    counted = Key.objects.order_by().values_list("sealed_with").annotate(count=Count("pk"))
    return dict(counted.order_by("sealed_with"))


def _waiting(current: str, last: int) -> "QuerySet[Key, int]":
    rows = Key.objects.exclude(sealed_with=current).filter(pk__gt=last)
    return rows.order_by("pk").values_list("pk", flat=True)


def _reseal(ids: list[int], current: str) -> int:
    done = []
    for key in Key.objects.lock().filter(pk__in=ids).exclude(sealed_with=current):
        try:
            sealing.put_into(key, sealing.said_by(key))
        except DoesNotOpen:
            continue
        done.append(key)
    Key.objects.bulk_update(done, ["ciphertext", "nonce", "sealed_with"])
    journal.record_all("key.resealed", [(key, {"sealed_with": current}) for key in done], by=None)
    return len(done)
