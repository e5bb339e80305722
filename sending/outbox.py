"""What leaves for the world: written in the transaction that decides it, sent afterwards, at least once.

A row says which letter to whom; the words are found when it is sent, in the reader's language, with what is true then.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, Protocol
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
    Select,
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

from kernel.database import reading, writing
from kernel.tables import Instant, has_come, precious
from sending.mail import AddressRefusedError, Mail, MailServerAwayError, on_one_line

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
    Column("trouble", String(20)),  # of the last attempt: with the mail `server`, the `address`, the `letter` itself
    Column("reason", String(200)),
    Column("subject", String(200)),
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

# Templates of links that somebody waits for.
AWAITED = ("sign_in", "sign_in_to_join", "sign_in_to_start", "sign_in_to_move", "sign_in_to_recover")
TROUBLES = {MailServerAwayError: "server", AddressRefusedError: "address"}
HELD = timedelta(minutes=5)  # longer than sending one takes: should its process end meanwhile, it is sent again then
AT_ONCE = 1_000  # rows in one statement
RETRY_AFTER = (timedelta(seconds=5), timedelta(minutes=1), timedelta(minutes=15), timedelta(hours=2))

log = structlog.get_logger()


class Lane(Enum):
    """Two queues, so that no crowd of letters, nor a slow one, keeps whoever waits for hers before a page."""

    AWAITED = 1
    OTHERS = 2


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """A message to one person (`person_id`), or to an `address` nobody here has yet; `facts` are ids and texts."""

    letter_id: UUID
    coop_id: UUID | None
    template: str
    person_id: UUID | None = None
    address: str | None = None
    facts: Mapping[str, str]


class Post(Protocol):
    """Who words letters and hands them over."""

    def worded(self, letter: Letter) -> Mail | None:
        """Return a letter as it leaves, `None` when there is nobody any more to send it to, or no use in it."""

    def send(self, mail: Mail) -> None:
        """Send it; `MailServerAwayError` and `AddressRefusedError` say that it is not the letter's own fault."""


class Failure:
    """Why a letter could not leave: whose fault it is, in which words, and the letter's subject if it had one."""

    def __init__(self, error: Exception, subject: str | None) -> None:
        self.trouble = next((name for kind, name in TROUBLES.items() if isinstance(error, kind)), "letter")
        self.reason = on_one_line(f"{type(error).__name__}: {error}")
        self.subject = subject


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


def has_left(connection: Connection, letter_id: UUID) -> bool:
    """Tell whether a letter that was written has left, or was given up because its address takes none."""
    waits = ~(outbox.c.next_at.is_(None) & (outbox.c.trouble == "address"))
    return connection.execute(select(outbox.c.letter_id).where(outbox.c.letter_id == letter_id, waits)).first() is None


def forget_letters_of(connection: Connection, coop_id: UUID, person_id: UUID) -> None:
    """Delete a co-op's letters to a person that wait or were given up."""
    connection.execute(delete(outbox).where(outbox.c.coop_id == coop_id, outbox.c.person_id == person_id))


def forget_letters_to(connection: Connection, person_id: UUID, address: str) -> None:
    """Delete every letter to a person and her address: those that wait, were given up, or are kept here."""
    connection.execute(delete(outbox).where((outbox.c.person_id == person_id) | (outbox.c.address == address)))
    connection.execute(delete(mailbox).where(mailbox.c.address == address))


def send_letter(engine: Engine, post: Post, clock: Callable[[], datetime], lane: Lane) -> bool:
    """Send the letter that has waited longest in its lane; tell whether there was one.

    It is held for longer than sending takes, sent outside any transaction, then deleted: a crash between the two
    sends it again. One that cannot be written or sent, whatever is wrong with it, is put off, to be seen with why.
    """
    with reading(engine) as connection:
        if connection.execute(_waiting(lane, clock()).limit(1)).first() is None:
            return False
    taken = _take(engine, lane, clock())
    if taken is None:
        return False
    letter, attempts = taken
    mail = None
    try:
        mail = post.worded(letter)
        if mail is not None:
            post.send(mail)
    except Exception as error:  # noqa: BLE001 - an address or a text that nobody foresaw keeps no other letter
        _put_off(engine, letter, attempts, Failure(error, mail.subject if mail else None), clock())
    else:
        with writing(engine) as connection:
            connection.execute(delete(outbox).where(outbox.c.letter_id == letter.letter_id))
    return True


def _waiting(lane: Lane, now: datetime) -> Select[Any]:
    quick = outbox.c.template.in_(AWAITED)
    mine = quick if lane is Lane.AWAITED else ~quick
    return select(outbox).where(mine, has_come(outbox.c.next_at, now, now + RETRY_AFTER[-1])).order_by(outbox.c.next_at)


def _take(engine: Engine, lane: Lane, now: datetime) -> tuple[Letter, int] | None:
    """Take a letter, so that nobody else sends it meanwhile, and return how often it was tried before."""
    with writing(engine) as connection:
        due = _waiting(lane, now).limit(1).with_for_update(skip_locked=True)
        row = connection.execute(due).mappings().one_or_none()
        if row is None:
            return None
        held = {"attempts": row["attempts"] + 1, "next_at": now + HELD}
        connection.execute(update(outbox).where(outbox.c.letter_id == row["letter_id"]).values(held))
    return Letter(**{name: row[name] for name in Letter.__struct_fields__}), row["attempts"]


def _put_off(engine: Engine, letter: Letter, attempts: int, failure: Failure, now: datetime) -> None:
    log.warning("letter not sent", template=letter.template, reason=failure.reason)
    again = RETRY_AFTER[min(attempts, len(RETRY_AFTER) - 1)]
    goes_on = attempts < len(RETRY_AFTER) or failure.trouble == "server"  # until that one is back
    values = {
        "trouble": failure.trouble,
        "reason": failure.reason,
        "subject": failure.subject,
        "next_at": now + again if goes_on else None,
    }
    with writing(engine) as connection:
        connection.execute(update(outbox).where(outbox.c.letter_id == letter.letter_id).values(values))


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
