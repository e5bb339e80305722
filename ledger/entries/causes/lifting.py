"""What somebody bears of an entry was not hers to bear: it is taken off her, and off those it was owed to."""

from uuid import UUID, uuid5

from ledger.entries.draft import Because


class Lifted(Because, frozen=True, kw_only=True, tag="lifting"):
    """The opposite of what one account bears of an entry, as a contest ended."""

    entry_id: UUID
    account: UUID
    contest_id: UUID


def lifting_id(entry_id: UUID, account: UUID) -> UUID:
    """Return the id under which what was taken off an account stands in the books: for each entry there can be one."""
    return uuid5(entry_id, f"lifting/{account}")
