"""An entry should not stand: its exact opposite cancels it, and the books keep both."""

from uuid import UUID, uuid5

from kernel.privacy import Sealed
from ledger.entries.draft import Because


class Corrected(Because, frozen=True, kw_only=True, tag="reversal"):
    """The exact opposite of an entry that should not stand, and the reason given."""

    entry_id: UUID
    reason: Sealed | None


def reversal_id(entry_id: UUID) -> UUID:
    """Return the id under which the opposite of an entry stands in the books: there can be only one."""
    return uuid5(entry_id, "reversal")
