"""Letters by a real mail server are encrypted wherever it can, and leave this machine no other way."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from sending import mail
from sending.outbox import RETRY_AFTER
from tests.hosting.post import HOST, Post


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of this machine, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    since = datetime.now(UTC) - timedelta(days=1)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), since, since + timedelta(9))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = tmp_path / "server.pem"
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + plain)
    return path


def showing(certificate: Path) -> ssl.SSLContext:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    return tls


def signs_in(post: Post, certificate: Path) -> dict[str, Any]:
    """Return how a server listens that takes letters only from who signs in, over TLS; the post knows the password."""
    post.url = f"smtp://nous%40example.org:p%3Aw@{HOST}:{post.port}"

    def known(_server: object, _session: object, _envelope: object, _way: str, said: Any) -> AuthResult:
        return AuthResult(success=(said.login, said.password) == (b"nous@example.org", b"p:w"))

    tls = showing(certificate)
    return {"tls_context": tls, "require_starttls": True, "auth_required": True, "authenticator": known}


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take this machine's mail server for one on another machine."""
    monkeypatch.setattr(mail, "is_loopback", lambda _: False)


def test_on_this_machine_it_is_encrypted_wherever_the_server_can(post: Post, certificate: Path) -> None:
    with post.up(tls_context=showing(certificate)):
        assert post.leaves() == 1
    assert post.sink.encrypted == [True]


def test_on_this_machine_it_leaves_in_clear_where_the_server_cannot(post: Post) -> None:
    with post.up():
        assert post.leaves() == 1
    assert post.sink.encrypted == [False]


@pytest.mark.usefixtures("elsewhere")
def test_nothing_leaves_the_machine_in_clear(post: Post) -> None:
    with post.up():
        assert post.leaves() == 0
    assert post.sink.arrived == []
    assert len(post.waits()) == 1


@pytest.mark.usefixtures("elsewhere")
def test_nothing_leaves_the_machine_for_a_server_nobody_vouches_for(post: Post, certificate: Path) -> None:
    with post.up(tls_context=showing(certificate)):
        assert post.leaves() == 0
    assert post.sink.arrived == []


@pytest.mark.usefixtures("elsewhere")
def test_it_leaves_the_machine_encrypted_for_a_server_that_is_vouched_for(
    post: Post, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with post.up(tls_context=showing(certificate)):
        assert post.leaves() == 1
    assert post.sink.encrypted == [True]


@pytest.mark.usefixtures("elsewhere")
def test_a_relay_said_to_be_on_this_machine_is_believed_to_be(post: Post) -> None:
    post.url = post.url.replace("smtp://", "smtp+local://")
    with post.up():
        assert post.leaves() == 1


def test_a_server_that_gives_no_certificate_of_its_own_gets_no_password_in_clear(post: Post) -> None:
    post.url = f"smtp://nous:pw@{HOST}:{post.port}"
    with post.up(auth_require_tls=False, authenticator=lambda *_: AuthResult(success=True)):
        assert post.leaves() == 0


def test_it_signs_in_over_tls_when_there_is_a_password(
    post: Post, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with post.up(**signs_in(post, certificate)):
        assert post.leaves() == 1
    assert len(post.sink.arrived) == 1


def test_a_password_is_not_told_to_a_server_nobody_vouches_for(post: Post, certificate: Path) -> None:
    with post.up(**signs_in(post, certificate)):
        assert post.leaves() == 0
    assert post.sink.arrived == []
    assert post.waits() == [(1, post.village.now + RETRY_AFTER[0])]
