"""The letters kept here because no mail server is set."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

import msgspec

from api.web.answers import Page, View
from api.web.routes import page
from api.web.visit import Visit
from kernel.refused import Unknown
from sending.outbox import kept_letters


class MailLine(msgspec.Struct, frozen=True):
    """A line of a letter; `href` is where it leads when it is one of our addresses."""

    text: str
    href: str | None


class KeptMail(msgspec.Struct, frozen=True, kw_only=True):
    """A letter that would have left."""

    at: datetime
    to: str
    subject: str
    lines: Sequence[MailLine]


class Mailbox(View, frozen=True, kw_only=True):
    """The letters, newest first."""

    template: ClassVar[str] = "installation/mailbox.html"

    mails: Sequence[KeptMail]


@page("/mailbox", who="everyone")
def local_mailbox(visit: Visit) -> Page:
    """Show the letters kept here; to this machine alone, and never on a public installation."""
    if not visit.shows_letters:
        raise Unknown
    base_url = visit.site.settings.base_url
    mails = [
        KeptMail(at=letter.at, to=letter.address, subject=letter.subject, lines=_lines(letter.body, base_url))
        for letter in kept_letters(visit.actor.connection)
    ]
    return Page(Mailbox(mails=mails))


def _lines(body: str, base_url: str) -> list[MailLine]:
    """Return a letter's lines that hold something; one that is nothing but an address of ours leads there."""
    ours = re.compile(re.escape(base_url) + r"(/\S*)")
    lines = filter(None, map(str.strip, body.splitlines()))
    return [MailLine(line, found[1] if (found := ours.fullmatch(line)) else None) for line in lines]
