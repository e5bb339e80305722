"""Letters that could not leave: kept, with why, to be seen and sent again."""

from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Select, delete, func, or_, select, update

from kernel.slice import Slice, newest_first
from sending.outbox import outbox

Trouble = Literal["server", "address", "letter"]
"""With the mail server, which takes none; with this address, which it does not take; with the letter itself."""

LETTERS_KEPT = timedelta(days=30)

_BY_TIME = (outbox.c.written_at, outbox.c.letter_id)


class UnsentLetter(msgspec.Struct, frozen=True, kw_only=True):
    """A letter that could not leave: to a person (`person_id`) or an `address`, about what, and why it is still here.

    Its `subject` is `None` when it could not even be worded; `next_at` is when it is tried again, `None` when no more.
    """

    letter_id: UUID
    person_id: UUID | None
    address: str | None
    subject: str | None
    trouble: Trouble
    reason: str
    written_at: datetime
    attempts: int
    next_at: datetime | None


def unsent_slice(
    connection: Connection, coop_id: UUID | None, *, after: str | None = None, most: int
) -> Slice[UnsentLetter]:
    """Return a slice of a co-op's letters that could not leave, or of all there are, newest first."""
    rows = newest_first(connection, _unsent(coop_id), _BY_TIME, after=after, most=most)
    return rows.mapped(lambda row: UnsentLetter(**{name: row[name] for name in UnsentLetter.__struct_fields__}))


def unsent_count(connection: Connection, coop_id: UUID | None = None) -> int:
    """Return how many letters of a co-op, or of all, could not leave."""
    return connection.execute(select(func.count()).select_from(_unsent(coop_id).subquery())).scalar_one()


def waiting_since(connection: Connection) -> datetime | None:
    """Return when the oldest letter was written that is still here by no fault of its own; `None` when none is."""
    blameless = or_(outbox.c.trouble.is_(None), outbox.c.trouble == "server")
    oldest: datetime | None = connection.execute(select(func.min(outbox.c.written_at)).where(blameless)).scalar_one()
    return oldest


def send_again(connection: Connection, at: datetime, coop_id: UUID | None = None, letter_id: UUID | None = None) -> int:
    """Let what could not leave be tried anew, from now on: one letter, a co-op's, or all; return how many."""
    anew = update(outbox).where(outbox.c.letter_id.in_(_unsent(coop_id).with_only_columns(outbox.c.letter_id)))
    if letter_id is not None:
        anew = anew.where(outbox.c.letter_id == letter_id)
    return connection.execute(anew.values(attempts=0, next_at=at)).rowcount


def forget_letters(connection: Connection, before: datetime) -> None:
    """Delete the letters written before an instant that are still here: nobody needs them any more."""
    connection.execute(delete(outbox).where(outbox.c.written_at < before))


def _unsent(coop_id: UUID | None) -> Select[Any]:
    failed = select(outbox).where(outbox.c.trouble.is_not(None))
    return failed.where(outbox.c.coop_id == coop_id) if coop_id else failed
