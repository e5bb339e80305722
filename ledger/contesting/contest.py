"""A contest: a member says that what another put on her account is not hers to bear.

It ends when she takes it back, when all those it is owed to agree, or when somebody who is no side of it decides.
"""

from datetime import datetime
from uuid import UUID, uuid5

import msgspec

from kernel.aggregate import Aggregate
from kernel.event import Event
from kernel.privacy import Sealed
from kernel.refused import NotYours, Refused
from ledger.contesting.commands import GiveTimeToContest
from ledger.contesting.events import (
    BurdenContested,
    BurdenDropped,
    ContestAgreedTo,
    ContestDecided,
    ContestTakenBack,
    TimeToContestGiven,
)


class AlreadyContested(Refused):
    """You have contested this already."""


class TooLateToContest(Refused):
    """This could be contested until {until}."""


class ContestEnded(Refused):
    """This contest has ended."""


class TimeToContest(Aggregate, frozen=True, kw_only=True):
    """Until when something may be contested, once that was said."""

    until: datetime | None = None

    def give(self, command: GiveTimeToContest, accounts: tuple[UUID, ...]) -> tuple[Event, ...]:
        """Give those who bear it their time, once."""
        if self.until is not None or not accounts:
            return ()
        return (TimeToContestGiven(burden_id=command.burden_id, accounts=accounts, until=command.until),)

    def evolve(self, event: Event) -> "TimeToContest":
        """Return it after `event`."""
        return TimeToContest(until=event.until) if isinstance(event, TimeToContestGiven) else self


class Contest(Aggregate, frozen=True, kw_only=True):
    """One member's contest of one thing; `agreed` are those of the other side who agree with her."""

    opened: BurdenContested | None = None
    agreed: tuple[UUID, ...] = ()
    ended: bool = False

    def open(self, contested: BurdenContested, *, at: datetime, until: datetime) -> tuple[Event, ...]:
        """Contest what another put on one's account, before `until`."""
        if self.opened is not None:
            raise AlreadyContested
        if at >= until:
            raise TooLateToContest(until=until)
        return (contested,)

    def take_back(self, *, by: UUID | None) -> tuple[Event, ...]:
        """Accept to bear it after all, as who contests it."""
        if by != self._open().account:
            raise NotYours
        return (ContestTakenBack(),)

    def agree(self, *, by: UUID | None, account: UUID) -> tuple[Event, ...]:
        """Agree, for one it is owed to, that it is not hers; once all agree, she bears it no more.

        Never as who contests it herself, though she be the treasurer and it is owed to the common purse.
        """
        opened = self._open()
        if by == opened.account or account not in opened.across:
            raise NotYours
        if account in self.agreed:
            return ()
        agreed = (*self.agreed, account)
        ends = {*agreed} == {*opened.across}
        event = ContestAgreedTo(account=account, agreed=agreed, ends=ends)
        return (event, _dropped(opened)) if ends else (event,)

    def decide(self, *, bears: bool, by: UUID | None, reason: Sealed) -> tuple[Event, ...]:
        """Decide whether she bears it: never as a side of it, nor as who put it on her account."""
        opened = self._open()
        if by in (None, opened.put_by, opened.account, *opened.across):
            raise NotYours
        decided = ContestDecided(bears=bears, reason=reason)
        return (decided,) if bears else (decided, _dropped(opened))

    def _open(self) -> BurdenContested:
        if self.opened is None or self.ended:
            raise ContestEnded
        return self.opened

    def evolve(self, event: Event) -> "Contest":
        """Return the contest after `event`."""
        match event:
            case BurdenContested():
                return Contest(opened=event)
            case ContestAgreedTo(agreed=agreed):
                return msgspec.structs.replace(self, agreed=agreed)
            case ContestTakenBack() | ContestDecided() | BurdenDropped():
                return msgspec.structs.replace(self, ended=True)
        return self


def time_id(burden_id: UUID) -> UUID:
    """Return the stream of the time one has to contest something."""
    return uuid5(burden_id, "time to contest")


def contest_id(burden_id: UUID, account: UUID) -> UUID:
    """Return the id of the one contest by which an account may contest something."""
    return uuid5(burden_id, f"contest/{account}")


def _dropped(opened: BurdenContested) -> BurdenDropped:
    return BurdenDropped(burden_id=opened.burden_id, cause=opened.cause, account=opened.account)
