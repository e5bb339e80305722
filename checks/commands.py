"""What commands were answered, against what they did: an event that no command asked for, an answer without its event.

A command's own content is kept as a fingerprint alone, and what it was is known to who sent it.
"""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Engine, select

from checks.checked import Checked
from kernel.database import reading
from kernel.log.recorder import events
from kernel.log.remembered import commands

BATCH = 1_000
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


class _Follows(msgspec.Struct, frozen=True):
    """From which command an event follows, and when it was recorded."""

    command_id: UUID
    recorded_at: datetime


def check_commands(engine: Engine) -> Checked:
    """Compare what is remembered of commands with the events that follow from them, both ways."""
    checked = Checked()
    with reading(engine) as connection:
        asked = _check_events(connection, checked)
        answered = _check_answers(connection, checked)
    checked.said = f"Commands: {answered} remembered answers against {asked} events, both ways"
    return checked


def _check_events(connection: Connection, checked: Checked) -> int:
    """Look for the command that each event follows from, remembered with an answer that takes the event in."""
    position, count = 0, 0
    columns = (events.c.position, events.c.coop_id, events.c.stream_id, events.c.state)
    following = select(*columns).order_by(events.c.position).limit(BATCH)
    while rows := connection.execute(following.where(events.c.position > position)).all():
        position, count = rows[-1].position, count + len(rows)
        follows = {row.position: msgspec.json.decode(row.state, type=_Follows).command_id for row in rows}
        asked = select(commands).where(commands.c.command_id.in_({*follows.values()}))
        known = {row.command_id: row for row in connection.execute(asked)}
        for row in rows:
            _check_event(row, known.get(follows[row.position]), checked)
    return count


def _check_event(row: Any, known: Any, checked: Checked) -> None:
    where = f"position {row.position}, co-op {row.coop_id}"
    if known is None:
        checked.fault(f"{where}: nobody remembers the command it follows from: it was added, or the command taken away")
    elif (known.coop_id, known.stream_id) != (row.coop_id, row.stream_id) or known.position < row.position:
        checked.fault(f"{where}: command {known.command_id} is remembered with another answer")


def _check_answers(connection: Connection, checked: Checked) -> int:
    """Look for what each remembered answer tells of: an event of the same co-op and instant at its position."""
    last, count = UUID(int=0), 0
    joined = commands.outerjoin(events, events.c.position == commands.c.position)
    columns = (*commands.c, events.c.coop_id.label("found_in"), events.c.state)
    following = select(*columns).select_from(joined).order_by(commands.c.command_id).limit(BATCH)
    while rows := connection.execute(following.where(commands.c.command_id > last)).all():
        last, count = rows[-1].command_id, count + len(rows)
        for row in rows:
            if not _FINGERPRINT.fullmatch(row.fingerprint):
                checked.fault(f"command {row.command_id}, co-op {row.coop_id}: its fingerprint is none")
            if row.position and not _is_there(row):
                checked.fault(
                    f"command {row.command_id}, co-op {row.coop_id}: it was answered by what happened at position "
                    f"{row.position}, and that is not there"
                )
    return count


def _is_there(row: Any) -> bool:
    if row.state is None or row.found_in != row.coop_id:
        return False
    return bool(msgspec.json.decode(row.state, type=_Follows).recorded_at == row.recorded_at)
