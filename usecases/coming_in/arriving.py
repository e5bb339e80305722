"""Arriving: a sign-in link signs in, and may offer more: to join a co-op, or to start one.

Whoever asks for a link may type anyone's address, a name and a phone number. So what was asked for only travels with
the link, to be shown to who has the mailbox: it is done when she says yes there, the charter accepted, and what was
typed about her is hers only if she is new here and leaves it so. Joining and starting are the same for who is signed in
already, on pages and by programs.
"""

from datetime import datetime
from uuid import UUID

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection

from governance import commands as c
from governance.application import Governance
from governance.coop import CHARTER_VERSION
from governance.inviting.queries import InvitationRow, invitation
from governance.member import CharterChanged, member_id_of
from kernel.command import Asked, Command, Done
from kernel.log.history import History
from kernel.refused import Refused, Unknown
from people.limits import COOPS, NEWCOMERS, spend
from people.person import Person, add_person, person_by_email
from people.sign_in import open_session, use_link
from territory.communes import commune
from usecases.actor import FoundingClosed
from usecases.coming_in.inviting import mailbox_of
from usecases.coming_in.links import ComeIn, Join, Move, Offer, Recover, Start, intent_of
from usecases.copied import copied


class NobodyHere(Refused):
    """Nobody here has this mail address. Ask a neighbour for an invitation, or start a co-op."""


class ForAnAddress(Refused):
    """This link is for an address alone: open it, and say there that it is yours."""


class KnownHere(Refused):
    """You are known here by this address: come in first, by a link that is sent there now."""


class Herself(msgspec.Struct, frozen=True, kw_only=True):
    """What someone says of herself as she comes in; it is kept of who is new here. Without a name, the one typed."""

    name: str = ""
    phone: str = ""


class FoundCoop(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Start a co-op in a commune by its INSEE code, as its first member; the charter version is the one read."""

    name: c.Name
    commune_code: c.Line
    pack: c.Key = "light"
    accent: c.Accent = c.Accent.GREEN
    charter_version: c.Version


class Arrived(msgspec.Struct, frozen=True, kw_only=True):
    """Who came in, her session's secret, and what came of it: in which co-op, or the page she was going to.

    `founded` when the co-op is the one she has just started.
    """

    person_id: UUID
    secret: str
    coop_id: UUID | None
    founded: bool
    going_to: str
    done: Done | None


def arrive(
    history: History,
    token: str,
    herself: Herself,
    asked: Asked,
    *,
    device: str,
    may_found: bool,
    charter_version: str = "",
) -> Arrived:
    """Use a link up and open a session; what else it offers is done if she accepts a charter. All together or nothing.

    The ids of the session and of who is new here follow from `asked`, whose own is made here, by no client. Refuses
    with `LinkSpent`, `ForAnAddress`, `NobodyHere`, `FoundingClosed`, and as joining or starting refuses.
    """

    def together(joined: History) -> Arrived:
        link = use_link(joined.connection, token, asked.at)
        intent = intent_of(link)
        if isinstance(intent, Move | Recover):
            raise ForAnAddress
        if charter_version and isinstance(intent, Start) and not may_found:
            raise FoundingClosed
        return _come_in(joined, link.email, intent, herself, asked, device, charter_version)

    return history.together(together)


def join_by_seal(
    history: History,
    invitation_id: UUID,
    seal: str,
    herself: Herself,
    asked: Asked,
    *,
    device: str,
    lang: str,
    charter_version: str,
) -> Arrived:
    """Join a co-op, new here, by an invitation that was mailed, whose seal proves the mailbox; and open a session.

    All together or nothing. Refuses with `Unknown` a seal that was not made for it, with `KnownHere` where somebody has
    the address already, and as joining refuses.
    """

    def together(joined: History) -> Arrived:
        email = mailbox_of(joined.keyring, invitation_id, seal)
        if email is None:
            raise Unknown
        if person_by_email(joined.connection, email):
            raise KnownHere
        intent = Join(invitation_id=invitation_id, name=herself.name, phone=herself.phone, lang=lang)
        return _come_in(joined, email, intent, herself, asked, device, charter_version)

    return history.together(together)


def known_invitation(connection: Connection, invitation_id: UUID, at: datetime) -> InvitationRow:
    """Return an invitation whatever became of it; refuses `Unknown`."""
    invited = invitation(connection, invitation_id, at)
    if invited is None:
        raise Unknown
    return invited


def join_coop(history: History, person_id: UUID, invited: InvitationRow, charter_version: str, asked: Asked) -> Done:
    """Make a person a member by an invitation, in her own name; refuses as governance does, and `TooManyNewcomers`."""
    command = _to_join(person_id, invited, charter_version)
    return history.once(command, asked, lambda joined: _join(joined, command, asked))


def _to_join(person_id: UUID, invited: InvitationRow, charter_version: str) -> c.JoinCoop:
    return c.JoinCoop(
        coop_id=invited.coop_id,
        invitation_id=invited.invitation_id,
        person_id=person_id,
        charter_version=charter_version,
    )


def _join(joined: History, command: c.JoinCoop, asked: Asked) -> Done:
    asked = replace(asked, by=member_id_of(command.coop_id, command.person_id))
    spend(joined.connection, NEWCOMERS, asked.at, person_id=command.person_id, coop_id=command.coop_id)
    return Governance(joined).join_coop(command, asked)


def start_coop(history: History, founder_id: UUID, command: FoundCoop, lang: str, asked: Asked) -> Done:
    """Start a co-op with a person as its founder, in her language.

    Refuses with `CharterChanged`, `NoSuchCommune`, `TooManyCoops`, and as governance does.
    """
    start = _to_start(founder_id, command, lang)
    return history.once(start, asked, lambda joined: _start(joined, start, asked))


def _to_start(founder_id: UUID, command: FoundCoop, lang: str) -> c.StartCoop:
    if command.charter_version != CHARTER_VERSION:
        raise CharterChanged
    place = commune(command.commune_code)
    return c.StartCoop(
        coop_id=command.coop_id,
        founder_id=founder_id,
        name=command.name,
        commune_code=place.code,
        commune_name=place.name,
        departement=place.departement_name,
        time_zone=place.time_zone,
        currency=place.currency,
        language="en" if lang == "en" else "fr",
        pack=command.pack,
        accent=command.accent,
        charter_version=command.charter_version,
    )


def _start(joined: History, command: c.StartCoop, asked: Asked) -> Done:
    spend(joined.connection, COOPS, asked.at, person_id=command.founder_id, coop_id=None)
    return Governance(joined).start_coop(command, asked)


def _come_in(
    joined: History, email: str, intent: Offer, herself: Herself, asked: Asked, device: str, charter_version: str
) -> Arrived:
    """Open a session for who has a mailbox; do what else is offered where she accepts a charter."""
    person_id = _person(joined, email, intent, herself, asked)
    coop_id, done = _accept(joined, person_id, intent, charter_version, asked) if charter_version else (None, None)
    return Arrived(
        person_id=person_id,
        secret=open_session(joined.connection, person_id, asked.command_id, device, asked.at),
        coop_id=coop_id,
        founded=coop_id is not None and isinstance(intent, Start),
        going_to=intent.to if isinstance(intent, ComeIn) else "/",
        done=done,
    )


def _person(joined: History, email: str, intent: Offer, herself: Herself, asked: Asked) -> UUID:
    """Return whose address it is; who is new here, and was named by who asked, is kept under the name she says."""
    known = person_by_email(joined.connection, email)
    if known:
        return known.person_id
    if not intent.name:
        raise NobodyHere
    newcomer = Person(
        person_id=asked.part("person").command_id,
        email=email,
        name=herself.name.strip() or intent.name,
        language=intent.lang,
        phone=herself.phone or None,
    )
    add_person(joined.connection, newcomer)
    return newcomer.person_id


def _accept(
    joined: History, person_id: UUID, intent: Offer, charter_version: str, asked: Asked
) -> tuple[UUID | None, Done | None]:
    """Return the co-op she joins or starts and what was done, `None` when the link offers neither."""
    match intent:
        case ComeIn():
            return None, None
        case Join():
            invited = known_invitation(joined.connection, intent.invitation_id, asked.at)
            command = _to_join(person_id, invited, charter_version)
            return invited.coop_id, _join(joined, command, asked.part("join"))  # once, as the link is
        case Start():
            wanted = copied(intent, FoundCoop, name=intent.coop_name, charter_version=charter_version)
            started = Asked(command_id=intent.coop_id, by=None, at=asked.at)
            return intent.coop_id, _start(joined, _to_start(person_id, wanted, intent.lang), started)
