"""An address that is taken at the door, and any subject, make a letter that Python's mail library writes."""

import re
import smtplib
import string
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from random import Random
from typing import get_args
from uuid import UUID

import pytest

from api.settings import settings_from
from kernel.text import MAIL_ADDRESS
from people.person import Email
from sending.mail import SUBJECT_LENGTH, Mail, message_of, on_one_line
from tests.hosting.repository import SECRET
from tests.kit.scale import ADDRESSES

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)
LONGEST = max(filter(None, (limit.max_length for limit in get_args(Email)[1:])))
ATEXT = "!#$%&'*+-/=?^_`{|}~"  # RFC 5322, 3.2.3, beside letters and digits
SPOILING = '.@"\\()<>[]:;, \t\r\n\0\x7f\x85\u2028\u200b\udc80éıK例'
TAKEN = (
    "jean@example.fr",
    "jean.dupont+auto@mairie.die.example.fr",
    "o'neil@example.org",
    "a=b/c@xn--caf-dma.example",
    f"{'a' * 64}@{'b' * 63}.fr",
)
REFUSED = (
    "jean@[example.fr",
    "a@[.b",
    "a@x.fr,b@y.fr",
    "jean@example",
    "jean..dupont@example.fr",
    ".jean@example.fr",
    "jean.@example.fr",
    '"jean"@example.fr',
    "jean@-example.fr",
    "jean@example..fr",
    "jean@127.0.0.1]",
    "jean@exa mple.fr",
    "jean\nbcc:x@example.fr",
    "jéan@example.fr",
    "\u212aate@example.fr",
    "=?utf-8?q?jean?=@example.fr",
    f"{'a' * 65}@example.fr",
    f"jean@{'b' * 64}.fr",
)


def is_taken(address: str) -> bool:
    return len(address) <= LONGEST and re.search(MAIL_ADDRESS, address) is not None


def mail(sender: str, receiver: str, subject: str) -> Mail:
    return Mail(UUID(int=7), NOW, sender, receiver, subject, "Bonjour\n")


def read_again(mail: Mail) -> EmailMessage:
    """Return a mail as whoever receives it reads it."""
    message = message_from_bytes(message_of(mail).as_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    return message


def some_address(chance: Random) -> str:
    """Return what somebody may type for an address, every sign of a mail address more often than in life."""
    letters = string.ascii_letters + string.digits + "-"
    signs = chance.choice([letters, letters + ATEXT, letters + ATEXT, letters + ATEXT + SPOILING])
    before = "".join(chance.choices(signs, k=chance.choice([1, 2, 5, 9, 30, 64, 65])))
    labels = ["".join(chance.choices(letters, k=chance.choice([1, 2, 5, 20, 63]))) for _ in range(chance.randint(1, 4))]
    address = f"{before}@{'.'.join(labels)}"
    if chance.random() < 0.2:
        at = chance.randrange(len(address))
        address = address[:at] + chance.choice(("..", "=?utf-8?q?", "?=", *SPOILING)) + address[at:]
    return address


def test_it_says_when_it_leaves_and_is_known_again_by_no_name_of_a_machine() -> None:
    for sender in ("Les voisins <nous@example.org>", "nous@example.org"):
        read = read_again(mail(sender, "jean@example.org", "Bonjour"))
        assert (read["Date"].datetime, read["Date"]) == (NOW, "Mon, 02 Nov 2026 08:00:00 +0000")
        assert read["Message-ID"] == f"<{UUID(int=7)}@example.org>"


@pytest.mark.parametrize("address", TAKEN)
def test_what_is_an_address_is_taken(address: str) -> None:
    assert is_taken(address)


@pytest.mark.parametrize("address", REFUSED)
def test_what_no_letter_could_be_sent_to_is_not(address: str) -> None:
    assert not is_taken(address)


def test_whatever_address_is_taken_can_be_written_to_and_is_read_as_it_was() -> None:
    chance, tried, refused = Random(41), 0, 0
    while tried < ADDRESSES:
        address = some_address(chance)
        if not is_taken(address):
            refused += 1
            continue
        tried += 1
        message = read_again(mail("Les voisins <nous@example.org>", address, "Bonjour"))
        assert [to.addr_spec for to in message["To"].addresses] == [address]
        assert (message["To"].defects, smtplib.quoteaddr(address)) == ((), f"<{address}>")
    assert refused > ADDRESSES / 10


def test_whatever_a_subject_holds_it_stays_one_line_of_a_letter() -> None:
    chance = Random(76)
    for _ in range(ADDRESSES):
        drawn = chance.choices([string.printable, SPOILING, "👩‍👩‍👧‍👦🏴‍☠️שלוםﬁ", "=?utf-8?q?", "\u2029\x1c\x85 "], k=3)
        text = "".join(chance.choices("".join(drawn), k=chance.choice([0, 1, 10, 75, 199, 200, 201, 900])))
        subject = on_one_line(text)
        assert len(subject) <= SUBJECT_LENGTH
        assert len(subject.splitlines()) <= 1
        message = read_again(mail("nous@example.org", "jean@example.org", subject))
        assert message["Bcc"] is None
        assert message.get_content().splitlines() == ["Bonjour"]
        subject.encode()  # either database keeps it


def test_a_long_subject_says_that_it_goes_on() -> None:
    assert on_one_line("x" * 200) == "x" * 200
    assert on_one_line("x" * 201) == "x" * 199 + "…"
    assert on_one_line("Nadia\u2028would like\r\n Clio") == "Nadia would like  Clio"


def test_the_address_letters_come_from_is_checked_alike() -> None:
    known = {"VOISITURE_SECRET": SECRET}
    for address in TAKEN:
        assert settings_from(known | {"VOISITURE_MAIL_FROM": f"Les voisins <{address}>"}).mail_from.endswith(
            f"{address}>"
        )
    for address in (*REFUSED, "", "Voisiture"):
        with pytest.raises(ValueError, match="VOISITURE_MAIL_FROM must be one mail address"):
            settings_from(known | {"VOISITURE_MAIL_FROM": address})
