"""What has happened to contests."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from kernel.event import Event
from kernel.privacy import Sealed

BurdenCause = Literal["expense", "fuel", "reversal", "trip"]


class TimeToContestGiven(Event, frozen=True, kw_only=True):
    """Those who bear something by another's hand may contest it until an instant: in waking hours of their co-op."""

    burden_id: UUID
    accounts: tuple[UUID, ...]
    until: datetime


class BurdenContested(Event, frozen=True, kw_only=True):
    """A member says that what another put on her account is not hers to bear: `cents`, owed to those `across`.

    Until it ends, her part of it stands apart: it stays in the books, and no settlement asks for it.
    """

    burden_id: UUID
    cause: BurdenCause
    account: UUID
    cents: int
    across: dict[UUID, int]
    put_by: UUID | None
    reason: Sealed


class ContestTakenBack(Event, frozen=True, kw_only=True):
    """She accepts to bear it after all."""


class ContestAgreedTo(Event, frozen=True, kw_only=True):
    """One of those it is owed to agrees that it is not hers; `agreed` are all who did, `ends` where nobody is left."""

    account: UUID
    agreed: tuple[UUID, ...]
    ends: bool


class ContestDecided(Event, frozen=True, kw_only=True):
    """It was decided whether she bears it, for a reason that all sides read."""

    bears: bool
    reason: Sealed


class BurdenDropped(Event, frozen=True, kw_only=True):
    """It is not hers to bear, as agreed or decided: it is to be taken off each entry it stands in, now and later."""

    burden_id: UUID
    cause: BurdenCause
    account: UUID


PUBLISHED = (  # others may follow
    *(TimeToContestGiven, BurdenContested),
    *(ContestTakenBack, ContestAgreedTo, ContestDecided, BurdenDropped),
)
