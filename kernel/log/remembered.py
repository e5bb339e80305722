"""Which commands were carried out and what came of them: one that is sent again is answered, not done again."""

from uuid import UUID

from sqlalchemy import BigInteger, Column, Connection, String, Table, Uuid, bindparam, insert, select

from kernel.command import Asked, Command, Done
from kernel.refused import CommandReused
from kernel.tables import Instant, precious

commands = Table(
    "commands",
    precious,
    Column("command_id", Uuid, primary_key=True),
    Column("coop_id", Uuid, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("stream_id", Uuid, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("recorded_at", Instant, nullable=False),
)

_KNOWN = select(commands).where(commands.c.command_id == bindparam("id"))
_REMEMBER = insert(commands)


class Remembered:
    """What one transaction finds out and adds. What was found to be new need not be asked again before it ends."""

    def __init__(self) -> None:
        self._new = set[UUID | None]()

    def look_up(self, connection: Connection, *askings: Asked) -> None:
        """Find out at once which of some commands are new."""
        ids = {asked.command_id for asked in askings}
        known = select(commands.c.command_id).where(commands.c.command_id.in_(ids))
        self._new |= ids - {*connection.execute(known).scalars()}

    def already_done(self, connection: Connection, asked: Asked, digest: str, *, again: bool = False) -> Done | None:
        """Return what came of a command before; asked `again`, it may have been done by someone else meanwhile.

        Refuses with `CommandReused` a known id with another digest of its content.
        """
        if not again and not self._new.isdisjoint((asked.command_id, asked.part_of)):
            return None
        known = connection.execute(_KNOWN, {"id": asked.command_id}).one_or_none()
        if known is None:
            self._new.add(asked.command_id)
            return None
        self._new.clear()
        if known.fingerprint != digest:
            raise CommandReused
        return Done(stream_id=known.stream_id, position=known.position)


def remember(connection: Connection, command: Command, asked: Asked, digest: str, done: Done) -> None:
    """Keep what came of a command."""
    row = {
        "command_id": asked.command_id,
        "coop_id": command.coop_id,
        "fingerprint": digest,
        "stream_id": done.stream_id,
        "position": done.position,
        "recorded_at": asked.at,
    }
    connection.execute(_REMEMBER, row)
