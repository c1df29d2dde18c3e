"""Servers of others are asked over TLS, on the connection that was judged."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from leihwerk import outside
from leihwerk.outside import NoAnswer

SAID = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


@pytest.fixture
def certificate(tmp_path) -> Path:
    """Of a server that is called localhost, with its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    kept = tmp_path / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    kept.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return kept


@pytest.fixture
def port(certificate, monkeypatch) -> Iterator[int]:
    """A server of one answer."""
    monkeypatch.setenv("INTERNAL_HOSTS", "localhost,127.0.0.1")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    listening = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        with listening, suppress(OSError):
            connected, _from = listening.accept()
            with connected, context.wrap_socket(connected, server_side=True) as heard:
                heard.recv(1 << 16)
                heard.sendall(SAID)

    thread = Thread(target=answer, daemon=True)
    thread.start()
    yield listening.getsockname()[1]
    thread.join(10)


def test_a_server_that_proves_its_name_is_heard(port, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_its, **_more: [(2, 1, 6, "", ("127.0.0.1", port))])

    assert outside.get(f"https://localhost:{port}/") == (200, b"{}")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_one_that_nobody_vouches_for_or_that_is_called_otherwise_is_not(port, certificate, monkeypatch, host):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_its, **_more: [(2, 1, 6, "", ("127.0.0.1", port))])
    if host != "localhost":
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    with pytest.raises(NoAnswer, match="SSLCertVerificationError"):
        outside.get(f"https://{host}:{port}/")
