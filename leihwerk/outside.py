"""Asking servers of others. An address that somebody typed never leads into our own network, and nowhere else than it
says: it is the address we connect to that is judged, and what leads on is not followed."""

import ipaddress
import os
import socket
import ssl
import time
from http.client import HTTPConnection, HTTPException
from typing import Final, NamedTuple
from urllib.parse import SplitResult, urlsplit

from django.utils.translation import gettext_lazy as _

from leihwerk.errors import DomainError

PATIENCE: Final = 20.0  # seconds for one step
LONGEST_WAIT: Final = 120.0  # seconds for all of it
MOST_BYTES: Final = 20_000_000
_CHUNK: Final = 1 << 16


class NotOutside(DomainError):
    code, status = "address_is_not_outside", 400
    sentence = _("Die Adresse {host} liegt nicht im Internet, oder sie beginnt nicht mit https. Wir fragen dort nicht.")


class NoAnswer(DomainError):
    code, status = "no_answer_from_outside", 409
    sentence = _("{host} hat nicht geantwortet ({what}).")


class Answer(NamedTuple):
    status: int
    body: bytes


def get(address: str) -> Answer:
    """Whatever the server says, errors included. Raises NotOutside, NoAnswer."""
    try:
        place = urlsplit(address)
        host, port = place.hostname or "", place.port
    except ValueError:
        raise NotOutside(host="?") from None
    if not host or (place.scheme != "https" and (place.scheme != "http" or host not in _inside())):
        raise NotOutside(host=host or "?")
    try:
        return _ask(place, host, port or (443 if place.scheme == "https" else 80))
    except (OSError, HTTPException, UnicodeError) as trouble:
        raise NoAnswer(host=host, what=type(trouble).__name__) from None  # its words may hold the address and its key


def _ask(place: SplitResult, host: str, port: int) -> Answer:
    until = time.monotonic() + LONGEST_WAIT
    connection = HTTPConnection(host, port, timeout=PATIENCE)
    with _connected(host, port, is_tls=place.scheme == "https") as connection.sock:
        connection.request("GET", f"{place.path or '/'}?{place.query}", headers={"Accept": "application/json"})
        answer = connection.getresponse()
        if 300 <= answer.status < 400:
            raise NoAnswer(host=host, what=str(answer.status))
        body = bytearray()
        while chunk := answer.read(_CHUNK):
            body += chunk
            if len(body) > MOST_BYTES or time.monotonic() > until:
                raise NoAnswer(host=host, what=_("zu viel"))
        return Answer(answer.status, bytes(body))


def _connected(host: str, port: int, *, is_tls: bool) -> socket.socket:
    """To an address that was judged, not to a name that may mean another one a moment later."""
    found = [str(it[4][0]) for it in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if host not in _inside() and not all(map(_is_outside, found)):
        raise NotOutside(host=host)
    connected = socket.create_connection((found[0], port), timeout=PATIENCE)
    return ssl.create_default_context().wrap_socket(connected, server_hostname=host) if is_tls else connected


def _is_outside(address: str) -> bool:
    known = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(known, "ipv4_mapped", None)
    return (mapped or known).is_global and not known.is_multicast


def _inside() -> set[str]:
    """Hosts of the own network that may be asked all the same."""
    return set(filter(None, os.environ.get("INTERNAL_HOSTS", "").split(",")))
