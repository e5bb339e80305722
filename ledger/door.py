"""How the groups' doors take words and members from what was asked."""

from collections.abc import Sequence
from uuid import UUID

from kernel.command import Asked
from kernel.event import Event
from kernel.log.transaction import Transaction
from kernel.privacy import Sealed
from kernel.refused import NotYours

Events = Sequence[Event]


def sealed(transaction: Transaction, words: str, asked: Asked) -> Sealed | None:
    """Return the asking member's `words` so that only her own key opens them; `None` when there are none."""
    return transaction.seal(asked.by, words) if asked.by and words else None


def asking_member(asked: Asked) -> UUID:
    """Return who asks; `NotYours` when it is the system."""
    if asked.by is None:
        raise NotYours
    return asked.by
