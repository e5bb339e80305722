"""Codes: the six digits of a sign-in letter, for the page that waits for it.

Who reads her mail in one browser and waits in another (a telephone's installed app has cookies of its own) types them
there. They are good with that page's ticket alone, so that whoever learns them otherwise can do nothing with them; and
of so few digits only a few tries are given, counted before they are looked at, however many are sent at once.

What a try is answered, and when, tells nobody who is a member: of an address that is unknown here all is the same.
"""

import secrets
from datetime import datetime

import msgspec
from sqlalchemy import Connection, select, update

from people.sign_in import LinkSpent, SignInLink, digest_of, is_good, sign_in_links

TRIES = 5


class Awaited(msgspec.Struct, frozen=True, kw_only=True):
    """The link whose letter a page waits for, and how often its code can be tried yet."""

    link: SignInLink
    tries_left: int


class Tried(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a code: a new secret of its link, `None` when it was not the one; and how many tries are left."""

    token: str | None
    left: int


def awaited(connection: Connection, ticket: str) -> Awaited:
    """Return the letter that the page with a ticket waits for; `LinkSpent` when that was yesterday, or never."""
    row = connection.execute(select(sign_in_links).where(sign_in_links.c.ticket == digest_of(ticket))).one_or_none()
    if row is None:
        raise LinkSpent
    return Awaited(link=SignInLink(row.email, row.intent), tries_left=TRIES - row.tries if row.code else 0)


def try_code(connection: Connection, ticket: str, code: str, at: datetime) -> Tried:
    """Try a code: the right one is changed for a new secret of its link, and the one in the letter is good no more.

    To be committed whatever came of it, for the try is counted; `LinkSpent` for a ticket that nobody holds.
    """
    mine, tries = sign_in_links.c.ticket == digest_of(ticket), sign_in_links.c.tries
    counted = update(sign_in_links).where(mine, tries < TRIES).values(tries=tries + 1).returning(tries)
    so_many = connection.execute(counted).scalar_one_or_none()
    if so_many is None:
        return Tried(token=None, left=awaited(connection, ticket).tries_left)
    token, right = secrets.token_urlsafe(24), sign_in_links.c.code == digest_of(ticket, code)
    changed = {"digest": digest_of(token), "code": None, "tries": tries - 1}
    if connection.execute(update(sign_in_links).where(mine, right, is_good(at)).values(changed)).rowcount == 1:
        return Tried(token=token, left=0)
    return Tried(token=None, left=TRIES - so_many)
