"""The channel called mail: SMTP, encrypted wherever the server can be, and always where letters leave this machine."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from ipaddress import ip_address
from urllib.parse import SplitResult, unquote, urlsplit
from uuid import UUID

import msgspec

PORTS = {"smtp": 25, "smtps": 465, "smtp+local": 25}
ANSWER_SECONDS = 20  # to wait for each answer of a mail server
SUBJECT_LENGTH = 200
IN_CLEAR = (
    "it offers no encryption (STARTTLS), and what leaves this machine in clear is read by others: turn it on there, "
    "use smtps://, or smtp+local:// for a server on this very machine"
)
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


class MailServerAwayError(OSError):
    """The mail server does not answer, or takes no letters from here: it is no letter's fault."""


class AddressRefusedError(OSError):
    """The mail server does not know this address, or does not want letters for it."""


class Mail(msgspec.Struct, frozen=True):
    """A message as it leaves at an instant: plain text. Of one letter it is the same mail, however often it leaves."""

    letter_id: UUID
    at: datetime
    sender: str
    receiver: str
    subject: str
    body: str

    @property
    def message_id(self) -> str:
        """What mail programs know it again by: it names whom letters come from, and no machine."""
        return f"<{self.letter_id}@{name_and_address(self.sender)[1].rpartition('@')[2]}>"


def send_mail(server_url: str, mail: Mail) -> None:
    """Send a mail by `smtp://user:password@host:587`, `smtps://…`, or `smtp+local://…` to a server on this machine.

    `MailServerAwayError` when that server takes no letters, `AddressRefusedError` when it takes none for this address.
    """
    message = message_of(mail)
    with _opened(urlsplit(server_url)) as smtp:
        try:
            smtp.send_message(message, name_and_address(mail.sender)[1], [mail.receiver])
        except smtplib.SMTPRecipientsRefused as error:
            raise AddressRefusedError(_said(error)) from error
        except (smtplib.SMTPServerDisconnected, smtplib.SMTPSenderRefused, TimeoutError) as error:
            raise MailServerAwayError(_said(error)) from error


def message_of(mail: Mail) -> EmailMessage:
    """Return a mail as it is written; whatever the library raises at an address or a subject it cannot write."""
    message = EmailMessage(policy=SMTP)
    name, address = name_and_address(mail.sender)
    message["From"], message["To"] = Address(name, addr_spec=address), Address(addr_spec=mail.receiver)
    message["Subject"] = mail.subject
    message["Date"], message["Message-ID"] = mail.at, mail.message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body)
    return message


def name_and_address(sender: str) -> tuple[str, str]:
    """Return whom letters come from, said as `Les voisins <nous@example.org>` or by the address alone."""
    name, _, address = sender.rpartition("<")
    return name.strip(), address.removesuffix(">")


def on_one_line(subject: str) -> str:
    """Return a subject as any letter can bear it: on one line, of at most `SUBJECT_LENGTH` characters."""
    line = _BREAKS.sub(" ", subject).strip()
    return line if len(line) <= SUBJECT_LENGTH else f"{line[: SUBJECT_LENGTH - 1]}…"


def is_loopback(host: str) -> bool:
    """Tell whether the name or address of a host is this machine's own."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:  # another name, or none at all
        return False


@contextmanager
def _opened(server: SplitResult) -> Iterator[smtplib.SMTP]:
    """Give a mail server that takes letters; `MailServerAwayError` when it does not.

    Whatever leaves this machine, and any password, is encrypted for a server that somebody known vouches for.
    """
    host, port = server.hostname or "localhost", server.port or PORTS[server.scheme]
    demanding = bool(server.username) or not (server.scheme == "smtp+local" or is_loopback(host))
    trusted = _trusting(demanding=demanding)
    with ExitStack() as at_the_end:
        try:
            if server.scheme == "smtps":
                smtp: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=ANSWER_SECONDS, context=trusted)
            else:
                smtp = smtplib.SMTP(host, port, timeout=ANSWER_SECONDS)
            at_the_end.callback(_say_goodbye, smtp)
            if server.scheme != "smtps":
                _encrypt(smtp, trusted, demanding=demanding)
            if server.username:
                smtp.login(unquote(server.username), unquote(server.password or ""))
        except OSError as error:
            raise MailServerAwayError(_said(error)) from error
        yield smtp


def _encrypt(smtp: smtplib.SMTP, trusted: ssl.SSLContext, *, demanding: bool) -> None:
    smtp.ehlo_or_helo_if_needed()
    if smtp.has_extn("starttls"):
        smtp.starttls(context=trusted)
    elif demanding:
        raise MailServerAwayError(IN_CLEAR)


def _say_goodbye(smtp: smtplib.SMTP) -> None:
    with suppress(OSError):  # it has the letter, or has not: how it answers to this changes nothing
        smtp.quit()
    smtp.close()


def _trusting(*, demanding: bool) -> ssl.SSLContext:
    """Return whom to believe to be the server asked for: who shows a certificate; on this machine, anyone there."""
    trusted = ssl.create_default_context()
    if not demanding:
        trusted.check_hostname = False
        trusted.verify_mode = ssl.CERT_NONE
    return trusted


def _said(error: OSError) -> str:
    return f"{type(error).__name__}: {error}"
