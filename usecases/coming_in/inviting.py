"""Inviting newcomers: by a mail that admits one person, by a poster that admits everyone who scans it.

The link of the mail holds the address that it was sent to, sealed: who presses it has that mailbox, and needs no second
mail. Nothing of it is stored, and nobody but who reads that mail has the seal; who invites sees the link without it.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import Connection

from governance.application import Governance
from governance.commands import IssueInvitation
from governance.events import InvitationKind
from governance.inviting.queries import InvitationRow, invitations_of, posters_called
from governance.posters.words import as_printed
from kernel.command import Asked, Command, Done
from kernel.privacy import Keyring
from kernel.text import Language
from people.limits import INVITATIONS, WORDS, spend
from people.person import Email, normal_email
from sending.outbox import Letter, write_letter
from usecases.actor import Actor

PURPOSE = "invitations by mail"
MAIL_DAYS = 30
POSTER_DAYS = 365
_NETWORKS = UUID("8a0f7d52-2c3e-4f0b-9a7e-5b1e5f6c9d10")  # makes an id of a network address


class MailInvitation(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Send someone a link that admits her alone; her address is kept nowhere once the mail has left.

    `language` is the letter's; when not said, that of who invites.
    """

    email: Email
    language: Language | None = None


def mail_invitation(actor: Actor, command: MailInvitation, asked: Asked) -> Done:
    """Send a link that admits one person. Her address is in no event, and forgotten once the mail left."""
    issue = IssueInvitation(coop_id=command.coop_id, kind=InvitationKind.MAIL, days_valid=MAIL_DAYS)
    sender = actor.my_person
    lang = command.language or sender.language
    address = normal_email(command.email)  # as it is compared: the mailbox that the seal proves

    def work(within: Actor) -> Done:
        done = Governance(within.history).issue_invitation(issue, asked)
        about = f"{done.stream_id}/{seal_of(within.keyring, done.stream_id, address)}"
        letter = Letter(
            letter_id=uuid5(done.stream_id, "letter"),
            coop_id=command.coop_id,
            template="invitation",
            address=address,
            facts={"by_name": sender.name, "about": about, "lang": lang},
        )
        write_letter(within.connection, letter, asked.at)
        return done

    return actor.counted(INVITATIONS, command, asked, work)


def seal_of(keyring: Keyring, invitation_id: UUID, address: str) -> str:
    """Return what stands in the link of an invitation that is mailed to an address: the address, sealed for it."""
    return urlsafe_b64encode(keyring.seal_as(PURPOSE, invitation_id, address.encode())).decode().rstrip("=")


def mailbox_of(keyring: Keyring, invitation_id: UUID, seal: str) -> str | None:
    """Return the address that an invitation was mailed to; `None` for a seal that was not made here, or not for it."""
    try:
        sealed = urlsafe_b64decode(f"{seal}==")
    except ValueError:
        return None
    opened = keyring.open_as(PURPOSE, invitation_id, sealed)
    return opened.decode() if opened else None


def issue_invitation(actor: Actor, command: IssueInvitation, asked: Asked) -> Done:
    """Make an invitation; a poster already open stays the only one, so that every sheet on a wall has the same code."""

    def work(within: Actor) -> Done:
        within.history.hold(command.coop_id)
        posted = open_poster(within) if command.kind is InvitationKind.POSTER else None
        if posted is not None:
            return Done(stream_id=posted.invitation_id, position=0)
        return Governance(within.history).issue_invitation(command, asked)

    return actor.counted(INVITATIONS, command, asked, work)


def poster_typed(connection: Connection, typed: str, *, asked_from: str, at: datetime) -> InvitationRow | None:
    """Return the poster whose words someone typed, `None` when none goes by them.

    Each try counts for the network address it is `asked_from`: they are to be read off a wall, not guessed. Refuses
    with `TooManyWords`.
    """
    spend(connection, WORDS, at, person_id=uuid5(_NETWORKS, asked_from), coop_id=None)
    return next(iter(posters_called(connection, as_printed(typed), at)), None)


def open_poster(actor: Actor) -> InvitationRow | None:
    """Return the poster's invitation that is open now, or `None`."""
    known = invitations_of(actor.connection, actor.coop_id, actor.now)
    return next((row for row in known if row.kind == InvitationKind.POSTER and row.state == "valid"), None)
