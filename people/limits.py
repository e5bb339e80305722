"""What one person, and one co-op, may do within a day of what costs others: every such limit, with its numbers.

What was done is counted in the transaction that does it, by one at a time; a day later it counts no more.
"""

import math
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID, uuid5

from sqlalchemy import Column, Connection, Index, Integer, String, Table, Uuid, delete, insert, select

from kernel.log.transaction import hold
from kernel.refused import Refused
from kernel.tables import Instant, is_within, precious

WITHIN = timedelta(days=1)
_COUNTED = UUID("0f3bb1f4-33f6-4c0e-9a0e-6a3a2b8f6d51")  # makes a key to hold of what is counted

spent = Table(
    "spent",
    precious,
    Column("number", Integer, primary_key=True),
    Column("what", String(40), nullable=False),
    Column("whom", Uuid, nullable=False),
    Column("amount", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Index("spent_by_whom", "whom", "what", "at"),
)


class EnoughForNow(Refused):
    """This was done {most} times within a day, and that is all. It can be done again {again}."""

    def __init__(self, *, most: int, again: datetime) -> None:
        """Say how many were done, and when there is room for one more."""
        super().__init__(most=most, again=again)
        self._again = again

    def seconds_from(self, now: datetime) -> int:
        """Return in how many seconds there is room for one more."""
        return math.ceil((self._again - now).total_seconds())


class TooManyInvitations(EnoughForNow):
    """That makes {most} invitations within a day, and no more can leave. The next one can leave {again}."""


class TooManyCoops(EnoughForNow):
    """One person may start {most} co-ops within a day. You can start another one {again}."""


class TooManyNewcomers(EnoughForNow):
    """{most} people have joined within a day, and no more can for now. Try again {again}; the invitation is kept."""


class TooManyProposals(EnoughForNow):
    """That makes {most} proposals within a day, each with a letter to everyone. The next one can be made {again}."""


class TooManyPhotos(EnoughForNow):
    """That makes {most} photos within a day, and no more can be kept. The next one can be sent {again}."""


class TooLargePhotos(EnoughForNow):
    """That makes {most} megabytes of photos within a day, and no more are taken. Send the next one {again}."""


class TooManyOpened(EnoughForNow):
    """Who drove was looked up {most} times within a day, and that is all. It can be looked up again {again}."""


class TooManyRecoveries(EnoughForNow):
    """A new address was asked for {most} times within a day, and that is all. It can be asked for again {again}."""


class TooManyWords(EnoughForNow):
    """Words of a poster were typed {most} times from here within a day. Aim a phone at its code, or try {again}."""


class Limit(NamedTuple):
    """How much of `what` one person may do within a day, and how much all of one co-op may."""

    what: str
    a_person: int
    a_coop: int
    refusal: type[EnoughForNow]


INVITATIONS = Limit("invitations", 30, 60, TooManyInvitations)
COOPS = Limit("co-ops started", 3, 3, TooManyCoops)
NEWCOMERS = Limit("co-ops joined", 5, 100, TooManyNewcomers)
PROPOSALS = Limit("proposals", 10, 30, TooManyProposals)
PHOTOS = Limit("photos sent", 60, 300, TooManyPhotos)
MEGABYTES = Limit("megabytes of photos sent", 300, 1_500, TooLargePhotos)
OPENED = Limit("sealed drivers opened", 5, 10, TooManyOpened)
RECOVERIES = Limit("recoveries asked", 5, 10, TooManyRecoveries)
WORDS = Limit("words of posters typed", 100, 100, TooManyWords)  # from one network address, as by a person

LIMITS = (INVITATIONS, COOPS, NEWCOMERS, PROPOSALS, PHOTOS, MEGABYTES, OPENED, RECOVERIES, WORDS)


def spend(
    connection: Connection, limit: Limit, at: datetime, *, person_id: UUID, coop_id: UUID | None, amount: int = 1
) -> None:
    """Count what a person is about to do in a co-op; refuses as the limit does, with when there is room again.

    To be called in the transaction that does it, before anything else in it is held.
    """
    counted = {person_id: limit.a_person} | ({coop_id: limit.a_coop} if coop_id else {})
    hold(connection, (uuid5(_COUNTED, f"{limit.what} {whom}") for whom in counted))
    recent = (spent.c.what == limit.what) & spent.c.whom.in_(counted) & is_within(spent.c.at, WITHIN, at)
    done = connection.execute(select(spent).where(recent).order_by(spent.c.at.desc(), spent.c.number.desc())).all()
    for whom, most in counted.items():
        if again := _again(((row.at, row.amount) for row in done if row.whom == whom), most - amount):
            raise limit.refusal(most=most, again=again)
    rows = [{"what": limit.what, "whom": whom, "amount": amount, "at": at} for whom in counted]
    connection.execute(insert(spent), rows)


def forget_spent(connection: Connection, at: datetime) -> None:
    """Delete what counts no more."""
    connection.execute(delete(spent).where(~is_within(spent.c.at, WITHIN, at)))


def _again(done: Iterable[tuple[datetime, int]], room: int) -> datetime | None:
    """Return when no more than `room` of what was `done`, newest first, still counts; `None` when that is so now."""
    total = 0
    for at, amount in done:
        total += amount
        if total > room:
            return at + WITHIN
    return None
