"""What leaves for the world: written in the transaction that decides it, sent afterwards, at least once.

A row says which letter to whom; the words are found when it is sent, in the reader's language, with what is true then.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
import structlog
from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Engine,
    Index,
    Integer,
    String,
    Table,
    Text,
    Uuid,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from kernel.database import writing
from kernel.tables import Instant, precious

outbox = Table(
    "outbox",
    precious,
    Column("letter_id", Uuid, primary_key=True),
    Column("coop_id", Uuid),
    Column("template", String(40), nullable=False),
    Column("person_id", Uuid),
    Column("address", String(254)),
    Column("facts", JSON, nullable=False),
    Column("written_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Instant),
    Index("outbox_by_time", "next_at"),
)

mailbox = Table(
    "mailbox",
    precious,
    Column("number", Integer, primary_key=True),
    Column("address", String(254), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("body", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

AT_ONCE = 1_000  # rows in one statement
RETRY_AFTER = (timedelta(seconds=5), timedelta(minutes=1), timedelta(minutes=15), timedelta(hours=2))

log = structlog.get_logger()


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """A message to one person (`person_id`), or to an `address` nobody here has yet; `facts` are ids and texts."""

    letter_id: UUID
    coop_id: UUID | None
    template: str
    person_id: UUID | None = None
    address: str | None = None
    facts: Mapping[str, str]


def write_letter(connection: Connection, letter: Letter, at: datetime) -> None:
    """Put a letter in the outbox; the same letter again changes nothing."""
    write_letters(connection, [letter], at)


def write_letters(connection: Connection, letters: Iterable[Letter], at: datetime) -> None:
    """Put letters in the outbox, a thousand at a time; the same letter again changes nothing."""
    waiting = {"written_at": at, "attempts": 0, "next_at": at}
    rows = [msgspec.structs.asdict(letter) | {"facts": dict(letter.facts)} | waiting for letter in letters]
    adding = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(outbox)
    for first in range(0, len(rows), AT_ONCE):
        connection.execute(adding.on_conflict_do_nothing(), rows[first : first + AT_ONCE])


def send_letters(engine: Engine, send: Callable[[Letter], None], now: datetime, most: int = 20) -> int:
    """Send what waits and return how many left.

    A letter is taken with its next attempt already dated, sent outside any transaction, then deleted: a crash between
    the two sends it again. One that cannot be sent, whatever is wrong with it, waits for that next attempt and the
    others leave. After the last attempt it stays, with no next time.
    """
    sent = 0
    for letter in _take(engine, now, most):
        try:
            send(letter)
        except Exception as error:  # noqa: BLE001 - an address or a text that nobody foresaw keeps no other letter
            log.warning("letter not sent", template=letter.template, reason=f"{type(error).__name__}: {error}")
            continue
        with writing(engine) as connection:
            connection.execute(delete(outbox).where(outbox.c.letter_id == letter.letter_id))
        sent += 1
    return sent


def is_waiting(connection: Connection, now: datetime) -> bool:
    """Tell whether a letter waits to be sent."""
    return connection.execute(select(outbox.c.letter_id).where(outbox.c.next_at <= now).limit(1)).first() is not None


def _take(engine: Engine, now: datetime, most: int) -> list[Letter]:
    due = select(outbox).where(outbox.c.next_at <= now).order_by(outbox.c.next_at).limit(most)
    with writing(engine) as connection:
        rows = connection.execute(due.with_for_update(skip_locked=True)).mappings().all()
        for row in rows:
            tries = row["attempts"]
            next_at = now + RETRY_AFTER[tries] if tries < len(RETRY_AFTER) else None
            mine = outbox.c.letter_id == row["letter_id"]
            connection.execute(update(outbox).where(mine).values(attempts=tries + 1, next_at=next_at))
    return [Letter(**{name: row[name] for name in Letter.__struct_fields__}) for row in rows]


class KeptLetter(msgspec.Struct, frozen=True):
    """A letter as it would have left, kept on this machine because no mail server is set."""

    address: str
    subject: str
    body: str
    at: datetime


def keep_letter(engine: Engine, kept: KeptLetter) -> None:
    """Put a letter in the local mailbox."""
    with writing(engine) as connection:
        connection.execute(insert(mailbox), msgspec.structs.asdict(kept))


def kept_letters(connection: Connection, most: int = 50) -> list[KeptLetter]:
    """Return the letters in the local mailbox, newest first."""
    rows = connection.execute(select(mailbox).order_by(mailbox.c.number.desc()).limit(most))
    return [KeptLetter(row.address, row.subject, row.body, row.at) for row in rows]
