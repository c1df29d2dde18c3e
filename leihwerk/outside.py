"""Asking servers of others. An address that somebody typed never leads into our own network, and nowhere else than it
says: it is the address we connect to that is judged, and what leads on is not followed."""

import contextlib
import ipaddress
import os
import socket
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException
from threading import Event, Timer
from typing import Final, NamedTuple
from urllib.parse import SplitResult, urlsplit

from django.utils.translation import gettext_lazy as _

from leihwerk.errors import DomainError

PATIENCE: Final = 20.0  # seconds for one step
LONGEST_WAIT: Final = 120.0  # seconds for all of it
MOST_BYTES: Final = 20_000_000
_CHUNK: Final = 1 << 16
_GIVEN_OUT: Final = ipaddress.IPv6Network("2000::/3")


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
    except (OSError, HTTPException, ValueError) as trouble:
        raise NoAnswer(host=host, what=type(trouble).__name__) from None  # its words may hold the address and its key


def _ask(place: SplitResult, host: str, port: int) -> Answer:
    connection = HTTPConnection(host, port, timeout=PATIENCE)
    with closing(_connected(host, port)) as connected, _cut_off(connected) as is_over:
        try:
            connection.sock = _spoken(connected, host, is_tls=place.scheme == "https")
            with connection.sock:
                answer = _read(connection, place, host)
        except (OSError, HTTPException):
            if is_over.is_set():
                raise NoAnswer(host=host, what=_("zu langsam")) from None
            raise
        if is_over.is_set():  # what had no length looks whole when it is cut off
            raise NoAnswer(host=host, what=_("zu langsam"))
        return answer


def _read(connection: HTTPConnection, place: SplitResult, host: str) -> Answer:
    connection.request("GET", f"{place.path or '/'}?{place.query}", headers={"Accept": "application/json"})
    answer = connection.getresponse()
    if 300 <= answer.status < 400:
        raise NoAnswer(host=host, what=str(answer.status))
    body = bytearray()
    while chunk := answer.read(_CHUNK):
        body += chunk
        if len(body) > MOST_BYTES:
            raise NoAnswer(host=host, what=_("zu viel"))
    return Answer(answer.status, bytes(body))


@contextmanager
def _cut_off(connected: socket.socket) -> Iterator[Event]:
    """Ends the connection when LONGEST_WAIT is over: who sends a byte now and then never exceeds the PATIENCE of a
    step, be it in the greeting, in the headers, or within one chunk."""
    is_over, other_end = Event(), connected.dup()  # TLS takes the socket itself over

    def cut() -> None:
        is_over.set()
        with contextlib.suppress(OSError):  # closed already
            other_end.shutdown(socket.SHUT_RDWR)

    clock = Timer(LONGEST_WAIT, cut)
    clock.daemon = True
    clock.start()
    try:
        yield is_over
    finally:
        clock.cancel()
        clock.join()
        other_end.close()


def _connected(host: str, port: int) -> socket.socket:
    """To an address that was judged, not to a name that may mean another one a moment later."""
    found = [str(it[4][0]) for it in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if host not in _inside() and not all(map(_is_outside, found)):
        raise NotOutside(host=host)
    return socket.create_connection((found[0], port), timeout=PATIENCE)


def _spoken(connected: socket.socket, host: str, *, is_tls: bool) -> socket.socket:
    return ssl.create_default_context().wrap_socket(connected, server_hostname=host) if is_tls else connected


def _is_outside(address: str) -> bool:
    """In the public part of the net. Of IPv6 that is what is given out at all (RFC 4291, 2.4), and nothing that holds
    an address of IPv4 to be led on to: 6to4, and what a gateway would translate (64:ff9b::/96 lies before 2000::)."""
    known = ipaddress.ip_address(address.partition("%")[0])
    known = getattr(known, "ipv4_mapped", None) or known
    if isinstance(known, ipaddress.IPv6Address) and (known not in _GIVEN_OUT or known.sixtofour or known.teredo):
        return False
    return known.is_global and not known.is_multicast


def _inside() -> set[str]:
    """Hosts of the own network that may be asked all the same."""
    return set(filter(None, os.environ.get("INTERNAL_HOSTS", "").split(",")))
