"""The channel called mail: SMTP, encrypted wherever the server asks for a name and a password."""

import smtplib
import ssl
from email.message import EmailMessage
from functools import partial
from urllib.parse import unquote, urlsplit

import msgspec

SECONDS = 20  # to wait for a mail server
PORTS = {"smtp": 25, "smtps": 465}


class Mail(msgspec.Struct, frozen=True):
    """A message as it leaves: plain text."""

    sender: str
    receiver: str
    subject: str
    body: str


def send_mail(server_url: str, mail: Mail) -> None:
    """Send a mail by `smtp://user:password@host:587` or `smtps://…`; `OSError` when the server fails."""
    server, trusted = urlsplit(server_url), ssl.create_default_context()
    wrapped = server.scheme == "smtps"
    opened = partial(smtplib.SMTP_SSL, context=trusted) if wrapped else smtplib.SMTP
    try:
        with opened(server.hostname or "localhost", server.port or PORTS[server.scheme], timeout=SECONDS) as smtp:
            if server.username:
                smtp.starttls(context=trusted) if not wrapped else None
                smtp.login(unquote(server.username), unquote(server.password or ""))
            smtp.send_message(_message(mail))
    except smtplib.SMTPException as error:
        raise OSError(str(error)) from error


def _message(mail: Mail) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = mail.sender, mail.receiver, mail.subject
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body)
    return message
