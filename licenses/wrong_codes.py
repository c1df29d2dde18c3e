"""Whoever guesses codes of pupils is stopped: so many wrong ones in an hour from one address, and so many from all.

Who types a code waits for the one before: two who look at the number at the same moment would both go on.
"""

import ipaddress
from datetime import datetime, timedelta
from typing import Final

from django.db import connection
from django.utils.crypto import salted_hmac

from licenses.models import WrongCode

HOUR: Final = timedelta(hours=1)
MOST_OF_ONE: Final = 60
"""A class behind one address of its school mistypes, too."""
MOST_IN_ALL: Final = 2_000
"""At this pace a guess at one of 100,000 codes takes some 300,000 years."""
_NETWORK_BITS: Final = 64
"""Whoever has an address of IPv6 has a network of them, of this length."""
_TURN: Final = 0x50757069  # any number that no other lock has


def in_turn() -> None:
    """Wait for whoever types a code at this moment, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])


def are_too_many(address: str, now: datetime) -> bool:
    lately = WrongCode.objects.filter(at__gt=now - HOUR)
    return lately.filter(sender__in=_senders(address, now)).count() >= MOST_OF_ONE or lately.count() >= MOST_IN_ALL


def note(address: str, now: datetime) -> None:
    """One more; what is older than an hour is forgotten."""
    WrongCode.objects.filter(at__lte=now - HOUR).delete()
    WrongCode.objects.create(sender=_senders(address, now)[0], at=now)


def _senders(address: str, now: datetime) -> list[str]:
    """The pseudonym of an address in this hour, and in the one before."""
    place = _place_of(address)
    return [
        salted_hmac("licenses.wrong_codes", f"{place}|{hour:%Y-%m-%dT%H}", algorithm="sha256").hexdigest()
        for hour in (now, now - HOUR)
    ]


def _place_of(address: str) -> str:
    """What one sender has: an address of IPv4, a network of IPv6."""
    try:
        known = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv6Address) and known.ipv4_mapped is None:
        return str(ipaddress.ip_network((known, _NETWORK_BITS), strict=False))
    return str(getattr(known, "ipv4_mapped", None) or known)
