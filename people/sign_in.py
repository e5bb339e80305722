"""Signing in without a password: a link sent by mail, used once and soon, opens a session.

Tokens are random and kept only as digests; the one of a link also stands in its letter, until that left. So does the
code that goes with it, which is good on the page that waits for the letter alone: `people/codes.py`.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID, uuid5

import msgspec
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Uuid,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from kernel.log.transaction import hold
from kernel.refused import Refused
from kernel.tables import Instant, is_within, precious
from people.limits import EnoughForNow
from people.person import Person, normal_email, people

LINK_LASTS = timedelta(minutes=30)
SESSION_LASTS = timedelta(days=365)
_LIMITS = UUID("6c2b8d1e-6f0a-4b57-9a51-1d6c1c0f3e77")  # makes a key to hold of what is counted
COUNTED = timedelta(hours=1)
LINKS_AN_HOUR = 6  # for one mail address, and by each marked browser; five times as many from one network address
TRIES_A_DAY = 10  # wrong ones, counted alike; what is asked for after them has a link, and no code

sign_in_links = Table(
    "sign_in_links",
    precious,
    Column("digest", LargeBinary(32), primary_key=True),
    Column("email", String(254), nullable=False),
    Column("intent", LargeBinary, nullable=False),
    Column("asked_from", String(64), nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("sent_at", Instant),  # its life begins when its letter leaves, however slowly mail goes
    Column("ticket", LargeBinary(32)),  # what the page that waits for the letter holds
    Column("code", LargeBinary(32)),  # of the ticket and the six digits: neither is good without the other
    Column("tries", Integer, nullable=False, server_default="0"),  # of codes that were wrong
    Index("sign_in_links_by_ticket", "ticket", unique=True),
    Index("sign_in_links_by_email", "email", "asked_at"),
    Index("sign_in_links_by_origin", "asked_from", "asked_at"),
)

sessions = Table(
    "sessions",
    precious,
    Column("digest", LargeBinary(32), primary_key=True),
    Column("session_id", Uuid, nullable=False),
    Column("person_id", Uuid, nullable=False, index=True),
    Column("device", String(120), nullable=False),
    Column("opened_at", Instant, nullable=False),
)

_SIGNED_IN = (
    select(people, sessions.c.session_id)
    .join(sessions, sessions.c.person_id == people.c.person_id)
    .where(sessions.c.digest == bindparam("digest"), sessions.c.opened_at > bindparam("since"))
)


class TooManyLinks(EnoughForNow):
    """Too many sign-in links were asked for. Wait an hour, or open the last mail you received."""


class LinkSpent(Refused):
    """This link was already used or is too old. Ask for a new one: it takes a minute."""


class SignInLink(msgspec.Struct, frozen=True):
    """A sign-in link: for which mail address, and what it was asked for (opaque to this module)."""

    email: str
    intent: bytes


class MadeLink(msgspec.Struct, frozen=True, kw_only=True):
    """The secrets of a new link: its own, that of the page that waits for its letter, and the six digits it takes.

    There is no `code` once too many were tried.
    """

    token: str
    ticket: str
    code: str


class SignedIn(msgspec.Struct, frozen=True, kw_only=True):
    """Who is signed in, by which session."""

    session_id: UUID
    person: Person


class SessionRow(msgspec.Struct, frozen=True):
    """A device someone is signed in on."""

    session_id: UUID
    device: str
    opened_at: datetime


def make_link(
    connection: Connection, email: str, intent: bytes, *, asked_from: str, at: datetime, mark: str | None = None
) -> MadeLink:
    """Return the secrets of a new link; `TooManyLinks` when this address or network asked for too many in an hour.

    Asked for by a browser that bears a `mark` of whose address it is, what others asked for is not counted.
    """
    email = normal_email(email)
    if mark:
        asked_from = mark
    hold(connection, (uuid5(_LIMITS, of) for of in (email, asked_from)))  # counted and written by one at a time
    by_origin = sign_in_links.c.asked_from == asked_from
    counted = ((by_origin, 1),) if mark else ((sign_in_links.c.email == email, 1), (by_origin, 5))
    for condition, times in counted:
        _limit(connection, condition, at, times * LINKS_AN_HOUR)
    too_many = any(_tried(connection, condition, at) >= times * TRIES_A_DAY for condition, times in counted)
    token, ticket = (secrets.token_urlsafe(24) for _ in range(2))
    code = "" if too_many else f"{secrets.randbelow(10**6):06}"
    row = {
        "digest": digest_of(token),
        "email": email,
        "intent": intent,
        "asked_from": asked_from,
        "asked_at": at,
        "ticket": digest_of(ticket),
        "code": digest_of(ticket, code) if code else None,
    }
    connection.execute(insert(sign_in_links), row)
    return MadeLink(token=token, ticket=ticket, code=code)


def begin_to_live(connection: Connection, token: str, at: datetime) -> bool:
    """Let a link's life begin, for its letter leaves now; tell whether it can still be used at all."""
    mine = _of(token) & sign_in_links.c.used_at.is_(None)
    return connection.execute(update(sign_in_links).where(mine).values(sent_at=at)).rowcount == 1


def look_at_link(connection: Connection, token: str, at: datetime) -> SignInLink:
    """Return a link that can still be used, without using it; `LinkSpent` otherwise."""
    row = connection.execute(select(sign_in_links).where(_of(token), is_good(at))).one_or_none()
    if row is None:
        raise LinkSpent
    return SignInLink(row.email, row.intent)


def spent_link(connection: Connection, token: str) -> SignInLink | None:
    """Return a link whatever became of it, for a day; `None` when it is unknown, or its code was used instead."""
    row = connection.execute(select(sign_in_links).where(_of(token))).one_or_none()
    return SignInLink(row.email, row.intent) if row else None


def use_link(connection: Connection, token: str, at: datetime) -> SignInLink:
    """Use a link up and return it; `LinkSpent` when it was used before or is too old."""
    link = look_at_link(connection, token, at)
    mine = _of(token) & sign_in_links.c.used_at.is_(None)
    if connection.execute(update(sign_in_links).where(mine).values(used_at=at)).rowcount != 1:
        raise LinkSpent
    return link


def open_session(connection: Connection, person_id: UUID, session_id: UUID, device: str, at: datetime) -> str:
    """Return the secret of a new session of a person, on a device called `device`."""
    token = secrets.token_urlsafe(24)
    row = {
        "digest": digest_of(token),
        "session_id": session_id,
        "person_id": person_id,
        "device": device[:120],
        "opened_at": at,
    }
    connection.execute(insert(sessions), row)
    return token


def signed_in(connection: Connection, token: str, at: datetime) -> SignedIn | None:
    """Return whose session this is, or `None` when it is unknown, closed or too old, or the person was erased."""
    asked = {"digest": digest_of(token), "since": at - SESSION_LASTS}
    row = connection.execute(_SIGNED_IN, asked).mappings().one_or_none()
    if row is None:
        return None
    profile = dict(row)
    return SignedIn(session_id=profile.pop("session_id"), person=Person(**profile))


def sessions_of(connection: Connection, person_id: UUID) -> list[SessionRow]:
    """Return the devices a person is signed in on, newest first."""
    query = select(sessions).where(sessions.c.person_id == person_id).order_by(sessions.c.opened_at.desc())
    return [SessionRow(row.session_id, row.device, row.opened_at) for row in connection.execute(query)]


def close_session(connection: Connection, token: str) -> None:
    """Sign out."""
    connection.execute(delete(sessions).where(sessions.c.digest == digest_of(token)))


def forget_signing_in(connection: Connection, person_id: UUID, email: str) -> None:
    """Sign out everywhere who was a person and is known no more, and forget the links that she asked for."""
    connection.execute(delete(sessions).where(sessions.c.person_id == person_id))
    connection.execute(delete(sign_in_links).where(sign_in_links.c.email == email))


def close_device(connection: Connection, person_id: UUID, session_id: UUID) -> None:
    """Sign a person out of one of her devices."""
    mine = (sessions.c.person_id == person_id) & (sessions.c.session_id == session_id)
    connection.execute(delete(sessions).where(mine))


def forget_old(connection: Connection, at: datetime) -> None:
    """Delete links of yesterday and sessions that ended: who came when is not kept."""
    connection.execute(delete(sign_in_links).where(~is_within(sign_in_links.c.asked_at, timedelta(days=1), at)))
    connection.execute(delete(sessions).where(sessions.c.opened_at < at - SESSION_LASTS))


def is_good(at: datetime) -> ColumnElement[bool]:
    """Return whether a link, or its code, can still be used: neither was, and its letter left not long ago."""
    begun = func.coalesce(sign_in_links.c.sent_at, sign_in_links.c.asked_at)
    return sign_in_links.c.used_at.is_(None) & is_within(begun, LINK_LASTS, at)


def digest_of(*secrets_kept: str) -> bytes:
    """Return what is stored of a secret, or of several that are good together alone."""
    return hashlib.sha256(" ".join(secrets_kept).encode()).digest()


def _of(token: str) -> ColumnElement[bool]:
    return sign_in_links.c.digest == digest_of(token)


def _limit(connection: Connection, condition: ColumnElement[bool], at: datetime, most: int) -> None:
    recent = is_within(sign_in_links.c.asked_at, COUNTED, at)
    query = select(func.count()).select_from(sign_in_links).where(condition, recent)
    if connection.execute(query).scalar_one() >= most:
        raise TooManyLinks(most=most, again=at + COUNTED)  # not sooner: when others asked is told to nobody


def _tried(connection: Connection, condition: ColumnElement[bool], at: datetime) -> int:
    recent = is_within(sign_in_links.c.asked_at, timedelta(days=1), at)
    query = select(func.coalesce(func.sum(sign_in_links.c.tries), 0)).where(condition, recent)
    return int(connection.execute(query).scalar_one())
