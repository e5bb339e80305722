"""Sign-in links: what one is for, sending its letter, and the code in it, which is changed for the link.

Whoever asks for a link may type anyone's address, a name and a phone number: they travel with it, and nothing more.
"""

from datetime import datetime
from uuid import UUID

import msgspec

from governance import commands as c
from kernel.command import Asked
from kernel.database import writing
from kernel.log.history import History
from kernel.refused import Refused
from people.codes import try_code
from people.marks import PURPOSE as MARKS
from people.marks import mark_of
from people.person import normal_email, person_by_email
from people.sign_in import SignInLink, make_link
from sending.outbox import Letter, write_letter


class WrongCode(Refused):
    """This is not the code of the mail, or it was used or is too old. Tries left: {left}. The mail’s link works too."""


class CodeOver(Refused):
    """This code cannot be tried any more. The link in the mail still works; or ask for a new mail."""


class ComeIn(msgspec.Struct, frozen=True, tag="come in"):
    """Just come in, and go on to a page; who is new here needs a name."""

    to: str = "/"
    name: str = ""
    lang: str = "fr"


class Join(msgspec.Struct, frozen=True, tag="join"):
    """Join the co-op of an invitation."""

    invitation_id: UUID
    name: str
    phone: str
    lang: str
    coop_name: str = ""


class Start(msgspec.Struct, frozen=True, tag="start"):
    """Start a co-op, whose id is already made so that it is started once."""

    coop_id: UUID
    coop_name: str
    commune_code: str
    pack: str
    accent: c.Accent
    name: str
    lang: str


class Move(msgspec.Struct, frozen=True, tag="move"):
    """Take the address that the link is sent to for a person's own, in place of the `former` one: she asked."""

    person_id: UUID
    name: str
    lang: str
    former: str


class Recover(msgspec.Struct, frozen=True, tag="recover"):
    """Say yes, for the mailbox the link is sent to, to what a référent asked for who has lost hers."""

    coop_id: UUID
    member_id: UUID
    number: int
    name: str
    by_name: str


Offer = ComeIn | Join | Start
Intent = Offer | Move | Recover
"""What a link was asked for, and the name typed by who asked (empty: none)."""

LETTERS: dict[type[Intent], str] = {
    ComeIn: "sign_in",
    Join: "sign_in_to_join",
    Start: "sign_in_to_start",
    Move: "sign_in_to_move",
}


def send_link(
    history: History, email: str, intent: Intent, asked: Asked, *, asked_from: str, lang: str, marks: str = ""
) -> str:
    """Mail a sign-in link for an intent; without a newcomer's name, to known addresses only. Return the ticket.

    `marks` are those of the browser that asks. Known or not, the answer is the same. Refuses with `TooManyLinks`.
    """
    with writing(history.engine) as connection:
        known = person_by_email(connection, email)
        mark = mark_of(history.keyring.key_for(MARKS), marks, known.person_id) if known else None
        wanted = msgspec.json.encode(intent)
        made = make_link(connection, email, wanted, asked_from=asked_from, at=asked.at, mark=mark)
        if intent.name or known:
            said = {"by_name": intent.name, "coop_name": _coop_named(intent), "code": _spaced(made.code)}
            letter = Letter(
                letter_id=asked.command_id,
                coop_id=None,
                template=LETTERS[type(intent)],
                address=normal_email(email),  # as it is compared: no other mailbox that a server may read into it
                facts={"about": made.token, "lang": lang, **said},
            )
            write_letter(connection, letter, asked.at)
    return made.ticket


def change_code(history: History, ticket: str, code: str, at: datetime) -> str:
    """Return a new secret of the link in exchange for its letter's code, on the page that waits for that letter.

    The link in the letter is good no more: one of the two is used, once. Refuses with `WrongCode`, `CodeOver`, and with
    `LinkSpent` where nobody waits any more. A wrong code is counted though it is refused.
    """
    with writing(history.engine) as connection:
        tried = try_code(connection, ticket, code, at)
    if tried.token is None:
        raise WrongCode(left=tried.left) if tried.left else CodeOver
    return tried.token


def intent_of(link: SignInLink) -> Intent:
    """Return what a link is for."""
    intent: Intent = msgspec.json.decode(link.intent, type=Intent)
    return intent


def _coop_named(intent: Intent) -> str:
    return intent.coop_name if isinstance(intent, Join | Start) else ""


def _spaced(code: str) -> str:
    """Return six digits as they are read aloud and typed: by threes."""
    return f"{code[:3]}\u00a0{code[3:]}" if code else ""
