"""Letters that could not leave, each with the address it was for: what a référent and the host look at."""

from uuid import UUID

from msgspec.structs import replace
from sqlalchemy import Connection

from kernel.slice import Slice
from people.person import addresses_of
from sending.unsent import UnsentLetter, unsent_slice


def unsent_letters(
    connection: Connection, coop_id: UUID | None, *, after: str | None = None, most: int
) -> Slice[UnsentLetter]:
    """Return a slice of a co-op's letters that could not leave, or of all, newest first.

    The address of each is the one it would go to now; `None` when its reader was erased.
    """
    found = unsent_slice(connection, coop_id, after=after, most=most)
    known = addresses_of(connection, {row.person_id for row in found.items if row.person_id})
    return found.mapped(lambda row: replace(row, address=known.get(row.person_id)) if row.person_id else row)
