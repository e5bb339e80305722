"""Using a sign-in link: the page it opens, and the session it gives to a browser or a program.

Coming in is all that it does by itself. Where joining or starting a co-op was asked for in her name, perhaps by
somebody else, the page shows who asked and what would be, and asks her.
"""

from collections.abc import Sequence
from typing import Annotated, ClassVar
from uuid import UUID, uuid4

import msgspec
from msgspec import Meta
from sqlalchemy import Connection

from api.places.coming_in.asking_again import link_over
from api.places.coming_in.charter import check_accepted
from api.places.coming_in.joining import JOINED, Invited, inviter, still_open
from api.places.coming_in.signing_in import Nothing, OptionalName
from api.places.coming_in.starting import STARTED
from api.speech.charter import charter
from api.web.acts import write
from api.web.answers import Answer, Go, Page, View
from api.web.fields import read_form
from api.web.routes import form, page
from api.web.visit import Visit
from governance.coop import CHARTER_VERSION
from governance.queries import current_members
from kernel.command import Asked
from kernel.text import N_
from people.person import Phone, person_by_email
from people.sign_in import LinkSpent, SignInLink, look_at_link, spent_link
from territory.communes import Commune, commune
from usecases.coming_in.arriving import Arrived, Herself, arrive
from usecases.coming_in.links import Intent, Join, Move, Recover, Start, intent_of
from usecases.profile.moving import move
from usecases.profile.recovering import confirm_mailbox

LINK = "/sign-in/{token:str}"


class LinkToken(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The secret at the end of the link; who is new here may say her name, instead of the one her letter says."""

    token: Annotated[str, Meta(min_length=1, max_length=100)]
    name: OptionalName = ""


class Accepting(msgspec.Struct, frozen=True, kw_only=True):
    """What who is new here says of herself as she joins or starts a co-op."""

    name: OptionalName = ""
    phone: Phone = ""


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """A session: send `bearer` as `Authorization: Bearer …`."""

    bearer: str
    person_id: UUID


class Guest(msgspec.Struct, frozen=True, kw_only=True):
    """Whom the link is for, and under which name it was asked for (empty: none was typed).

    Name and phone are her own; of who is `new` here, those that were typed by who asked, for her to put right.
    """

    new: bool
    email: str
    name: str
    phone: str
    asked_as: str


class Arrival(View, frozen=True, kw_only=True):
    """Whom the link is for, and its secret."""

    template: ClassVar[str] = "coming_in/arrival.html"

    token: str
    guest: Guest


class ArrivalToJoin(View, frozen=True, kw_only=True):
    """Which co-op she is asked to join, by whose invitation, how many see her from then on, and the charter."""

    template: ClassVar[str] = "coming_in/arrival_to_join.html"

    token: str
    guest: Guest
    invited: Invited
    by: str
    members: int
    charter: Sequence[str]


class ArrivalToStart(View, frozen=True, kw_only=True):
    """Which co-op she is asked to start, where, with which rules to begin with, and the charter."""

    template: ClassVar[str] = "coming_in/arrival_to_start.html"

    token: str
    guest: Guest
    coop_name: str
    commune: Commune
    pack: str
    charter: Sequence[str]


class ArrivalToMove(View, frozen=True, kw_only=True):
    """Who asks that this address be hers."""

    template: ClassVar[str] = "coming_in/arrival_to_move.html"

    token: str
    guest: Guest


class ArrivalToRecover(View, frozen=True, kw_only=True):
    """Which référent asks that this address be hers, who has lost her mailbox."""

    template: ClassVar[str] = "coming_in/arrival_to_recover.html"

    token: str
    guest: Guest
    by: str


class MailboxConfirmed(msgspec.Struct, frozen=True, kw_only=True):
    """Whose mailbox it is; another member has to vouch before anything changes."""

    member_id: UUID


class AddressChanged(msgspec.Struct, frozen=True, kw_only=True):
    """Whose address it is now."""

    person_id: UUID


@page(LINK, who="everyone")
def arrival(visit: Visit, token: str) -> Page:
    """Show what the link is for, and who asked; opening it does nothing, for mail scanners open links too."""
    try:
        link = look_at_link(visit.actor.connection, token, visit.actor.now)
    except LinkSpent:
        return _over(visit, token)
    intent = intent_of(link)
    guest = _guest(visit.actor.connection, link, intent)
    match intent:
        case Join():
            return Page(_to_join(visit, token, guest, intent))
        case Start() if visit.actor.may_found:
            return Page(_to_start(visit, token, guest, intent))
        case Move():
            return Page(ArrivalToMove(token=token, guest=guest))
        case Recover(by_name=by):
            return Page(ArrivalToRecover(token=token, guest=guest, by=by))
    return Page(Arrival(token=token, guest=guest))


@form(f"{LINK}/acceptance", who="everyone", page=arrival)
def accept(visit: Visit, token: str) -> Go:
    """Come in, and join or start the co-op that the page shows."""
    check_accepted(visit.form)
    said = read_form(visit.form, Accepting)
    herself = Herself(name=said.name, phone=said.phone)
    return went_in(visit, _arrive(visit, token, herself, charter_version=CHARTER_VERSION))


@form("/sessions", who="everyone")
def come_in(visit: Visit) -> Answer:
    """Use the link to come in, and for nothing else."""
    link = read_form(visit.form, LinkToken)
    try:
        return go_in(visit, link.token, link.name)
    except LinkSpent:
        return _over(visit, link.token)


@write("/sessions", who="everyone", example={"token": "b3x9Zk2mQ7r1tY5uW8aE4cV6"})
def open_session(visit: Visit, body: LinkToken) -> Session:
    """Use a sign-in link up, for a session; whatever else it was asked for is not done."""
    arrived = _arrive(visit, body.token, Herself(name=body.name))
    return Session(bearer=arrived.secret, person_id=arrived.person_id)


@form(f"{LINK}/address", who="everyone", page=arrival)
def take_address(visit: Visit, token: str) -> Go:
    """Say that the address the link was sent to is one's own from now on."""
    move(visit.actor.history, token, asked_here(visit))
    return Go("/", said=N_("Your address is changed: mail goes there, and links to come in."))


@write(f"{LINK}/address", who="everyone", example={})
def move_address(visit: Visit, token: str, body: Nothing) -> AddressChanged:  # noqa: ARG001 - an empty body is read as strictly
    """Say that the address the link was sent to is mine from now on."""
    return AddressChanged(person_id=move(visit.actor.history, token, asked_here(visit)).person_id)


@form(f"{LINK}/recovery", who="everyone", page=arrival)
def confirm_my_mailbox(visit: Visit, token: str) -> Go:
    """Say, having lost one's mailbox, that the address the link was sent to is one's own."""
    confirm_mailbox(visit.actor.history, token, asked_here(visit))
    said = N_(
        "It is noted. Another member has to vouch for you now, then three days pass. A letter here tells you when."
    )
    return Go("/sign-in", said=said)


@write(f"{LINK}/recovery", who="everyone", example={})
def confirm_new_mailbox(visit: Visit, token: str, body: Nothing) -> MailboxConfirmed:  # noqa: ARG001 - an empty body is read as strictly
    """Say, having lost my mailbox, that the address the link was sent to is mine."""
    return MailboxConfirmed(member_id=confirm_mailbox(visit.actor.history, token, asked_here(visit)))


def go_in(visit: Visit, token: str, name: str = "") -> Go:
    """Use a link to come in, under a name if she is new here."""
    return went_in(visit, _arrive(visit, token, Herself(name=name)))


def went_in(visit: Visit, arrived: Arrived) -> Go:
    """Sign this browser in as who came, and lead her where she was going, or into the co-op that she has joined."""
    cookies = visit.kept_of(arrived.person_id, arrived.secret)
    if arrived.coop_id is None:
        return Go(arrived.going_to, cookies=cookies)
    return Go(f"/coops/{arrived.coop_id}/", said=STARTED if arrived.founded else JOINED, cookies=cookies)


def _over(visit: Visit, token: str) -> Page:
    return link_over(visit, spent_link(visit.actor.connection, token))


def asked_here(visit: Visit) -> Asked:
    """Return an asking whose id is made here, by no client."""
    return Asked(command_id=uuid4(), by=None, at=visit.actor.now)


def _guest(connection: Connection, link: SignInLink, intent: Intent) -> Guest:
    known = person_by_email(connection, link.email)
    typed = intent.phone if isinstance(intent, Join) else ""
    return Guest(
        new=known is None and bool(intent.name),
        email=link.email,
        name=known.name if known else intent.name,
        phone=(known.phone or "") if known else typed,
        asked_as=intent.name,
    )


def _to_join(visit: Visit, token: str, guest: Guest, asked_for: Join) -> ArrivalToJoin:
    invited = still_open(visit.actor, asked_for.invitation_id)
    return ArrivalToJoin(
        token=token,
        guest=guest,
        invited=invited,
        by=inviter(visit.actor, asked_for.invitation_id) or invited.coop_name,
        members=len(current_members(visit.actor.connection, invited.coop_id)),
        charter=charter(visit.lang),
    )


def _to_start(visit: Visit, token: str, guest: Guest, asked_for: Start) -> ArrivalToStart:
    return ArrivalToStart(
        token=token,
        guest=guest,
        coop_name=asked_for.coop_name,
        commune=commune(asked_for.commune_code),
        pack=asked_for.pack,
        charter=charter(visit.lang),
    )


def _arrive(visit: Visit, token: str, herself: Herself, charter_version: str = "") -> Arrived:
    arrived = arrive(
        visit.actor.history,
        token,
        herself,
        asked_here(visit),
        device=visit.sent.headers.get("user-agent", ""),
        may_found=visit.actor.may_found,
        charter_version=charter_version,
    )
    if arrived.done:
        visit.site.settled(arrived.done)
    return arrived
