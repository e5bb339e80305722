"""Letters by a real mail server: they arrive, wait when it is down, are never sent twice nor to the erased."""

import email
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage, Message
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from msgspec.structs import replace
from sqlalchemy import select

from api.speech.letters import Postman
from governance import commands as g
from governance.application import Governance
from people.person import change_person
from sending import mail
from sending.outbox import RETRY_AFTER, Letter, is_waiting, kept_letters, outbox, send_letters, write_letter
from tests.kit.village import COOP, Village, person_id_of

HOST = "127.0.0.1"


class Sink:
    """A mail server's end: keeps what arrives, or says `answer` to it."""

    def __init__(self) -> None:
        self.arrived: list[Message] = []
        self.recipients: list[str] = []
        self.encrypted: list[bool] = []
        self.answer = "250 OK"

    async def handle_DATA(self, _server: object, session: Any, envelope: Any) -> str:  # noqa: N802 - the library's name
        if self.answer.startswith("250"):
            self.arrived.append(email.message_from_bytes(envelope.content, policy=default))
            self.recipients.extend(envelope.rcpt_tos)
            self.encrypted.append(session.ssl is not None)
        return self.answer


class Post:
    """A village's post office: a mail server that can be up or down, and the hour of the post."""

    def __init__(self, village: Village, port: int) -> None:
        self.village = village
        self.sink = Sink()
        self.url = f"smtp://{HOST}:{port}"
        self.port = port

    @contextmanager
    def up(self, **how: Any) -> Iterator[None]:
        """Let the mail server listen meanwhile."""
        controller = Controller(self.sink, hostname=HOST, port=self.port, **how)
        controller.start()
        try:
            yield
        finally:
            controller.stop()

    def leaves(self, **minutes: float) -> int:
        """Let some time pass, then send what waits; return how many letters left."""
        site = self.village.site
        self.village.clock.now += timedelta(**minutes)
        settings = replace(site.settings, smtp_url=self.url, mail_from="Les voisins <nous@example.org>")
        postman = Postman(settings, site.engine, self.village.clock)
        return send_letters(site.engine, postman.send, self.village.now)

    def waits(self) -> list[tuple[int, Any]]:
        """Return, of each letter in the outbox, how often it was tried and when it will be again."""
        with self.village.site.reading() as connection:
            return [(row.attempts, row.next_at) for row in connection.execute(select(outbox))]


@pytest.fixture
def post(village: Village) -> Post:
    """A post office with one letter waiting: Jean is asked for his Clio."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    village.booked("Nadia", "Clio", village.now + timedelta(days=1, hours=9))
    return Post(village, port)


def test_a_letter_arrives_as_it_was_worded(post: Post) -> None:
    with post.village.site.writing() as connection:
        change_person(connection, person_id_of("Jean"), language="fr")
    with post.up():
        assert post.leaves() == 1
    [letter] = post.sink.arrived
    assert isinstance(letter, EmailMessage)
    assert post.sink.recipients == ["jean@example.org"]
    assert (letter["To"], letter["From"]) == ("jean@example.org", "Les voisins <nous@example.org>")
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Subject"].startswith("Nadia voudrait")
    body = letter.get_content()
    assert "Bonjour Jean," in body
    assert f"http://localhost:8000/coops/{COOP}/bookings/" in body
    with post.village.site.reading() as connection:
        assert kept_letters(connection) == []  # the local mailbox is for machines without a mail server


def test_it_is_never_sent_again_after_it_left(post: Post) -> None:
    with post.up():
        assert [post.leaves(), post.leaves(), post.leaves(days=2)] == [1, 0, 0]
    assert len(post.sink.arrived) == 1
    assert post.waits() == []


def test_it_waits_for_a_server_that_is_down_and_arrives_once(post: Post) -> None:
    assert post.leaves() == 0
    assert post.waits() == [(1, post.village.now + RETRY_AFTER[0])]
    with post.up():
        assert post.leaves() == 0  # not at once: its next hour has not come
        assert post.leaves(seconds=5) == 1
        assert post.leaves(days=1) == 0
    assert len(post.sink.arrived) == 1


@pytest.mark.parametrize("answer", ["451 try again", "554 no"])
def test_it_waits_for_a_server_that_says_no(post: Post, answer: str) -> None:
    with post.up():
        post.sink.answer = answer
        assert post.leaves() == 0
        post.sink.answer = "250 OK"
        assert post.leaves(seconds=5) == 1
    assert len(post.sink.arrived) == 1


def test_after_the_last_attempt_it_stays_to_be_seen(post: Post) -> None:
    for length in (timedelta(), *RETRY_AFTER):
        assert post.leaves(seconds=length.total_seconds()) == 0
    assert post.waits() == [(len(RETRY_AFTER) + 1, None)]
    with post.village.site.reading() as connection:
        assert not is_waiting(connection, post.village.now + timedelta(days=365))


@pytest.mark.parametrize("address", ["jean\nbcc: all@example.org", "a@[.b"])
def test_one_that_cannot_leave_does_not_keep_the_others(post: Post, address: str) -> None:
    with post.village.site.writing() as connection:
        change_person(connection, person_id_of("Jean"), email=address)
    post.village.approved("Jean", post.village.booked("Luc", "Clio", post.village.now + timedelta(days=4)))
    with post.up():
        post.leaves()
    assert post.sink.recipients == ["luc@example.org"]
    assert post.waits() == [(1, post.village.now + RETRY_AFTER[0])] * 2  # both of Jean's


def test_whatever_sending_raises_it_is_tried_again_and_the_next_one_leaves(post: Post) -> None:
    site, sent = post.village.site, []
    with site.writing() as connection:
        for number in (1, 2):
            letter = Letter(letter_id=UUID(int=number), coop_id=None, template="invitation", address="a@b.c", facts={})
            write_letter(connection, letter, post.village.now - timedelta(minutes=number))

    def send(letter: Letter) -> None:
        if letter.letter_id == UUID(int=2):
            raise RuntimeError("nobody foresaw this")
        sent.append(letter.letter_id)

    assert send_letters(site.engine, send, post.village.now) == 2
    assert sent[0] == UUID(int=1)
    assert post.waits() == [(1, post.village.now + RETRY_AFTER[0])]


def test_who_was_erased_gets_nothing(post: Post) -> None:
    governance, village = Governance(post.village.site.history), post.village
    village.approved("Jean", village.booked("Nadia", "Clio", village.now + timedelta(days=4)))
    governance.leave_coop(g.LeaveCoop(coop_id=COOP, member_id=village.member("Nadia")), village.asked("Nadia"))
    erase = g.EraseMember(coop_id=COOP, member_id=village.member("Nadia"))
    governance.erase_member(erase, village.asked("Nadia"))
    with post.up():
        post.leaves()
    assert set(post.sink.recipients) == {"jean@example.org"}
    assert post.waits() == []


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
