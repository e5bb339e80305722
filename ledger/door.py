"""What the groups' doors have in common: how they take words, members and days from what was asked."""

from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from uuid import UUID

from kernel.command import Asked
from kernel.event import Event
from kernel.log.door import Door
from kernel.log.history import History
from kernel.log.transaction import Transaction
from kernel.privacy import Sealed
from kernel.refused import NotYours
from ledger.days import day_of

Events = Sequence[Event]


class BooksDoor(Door):
    """Carries out commands on books kept in one `currency`, whose days are those of the co-op's `zone`."""

    def __init__(self, history: History, zone: tzinfo, currency: str) -> None:
        super().__init__(history)
        self._zone = zone
        self._currency = currency

    def _day_of(self, instant: datetime) -> date:
        """Return the day of the books on which an instant falls."""
        return day_of(instant, self._zone)


def sealed(transaction: Transaction, words: str, asked: Asked) -> Sealed | None:
    """Return the asking member's `words` so that only her own key opens them; `None` when there are none."""
    return transaction.seal(asked.by, words) if asked.by and words else None


def asking_member(asked: Asked) -> UUID:
    """Return who asks; `NotYours` when it is the system."""
    if asked.by is None:
        raise NotYours
    return asked.by
