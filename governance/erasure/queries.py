"""What is asked of erasures: when somebody's is due, and whose day has come."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, select

from governance.member import REMINDED_BEFORE
from governance.read_models import erasing, members


class Erasure(NamedTuple):
    """Who is to be erased, in which co-op, when."""

    coop_id: UUID
    member_id: UUID
    due_at: datetime


def erasure_due(connection: Connection, coop_id: UUID, member_id: UUID) -> datetime | None:
    """Return when a former member's personal data are erased, as she asked; `None` when she did not."""
    hers = (members.c.coop_id == coop_id, members.c.member_id == member_id)
    due: datetime | None = connection.execute(select(members.c.erasure_due).where(*hers)).scalar()
    return due


def erasures_to_remind(connection: Connection, at: datetime) -> Sequence[Erasure]:
    """Return the erasures whose reminder is due."""
    return _erasures(connection, members.c.reminded_at.is_(None), members.c.erasure_due <= at + REMINDED_BEFORE)


def erasures_due(connection: Connection, at: datetime) -> Sequence[Erasure]:
    """Return the erasures whose day has come, among those reminded of."""
    return _erasures(connection, members.c.reminded_at.is_not(None), members.c.erasure_due <= at)


def _erasures(connection: Connection, *which: ColumnElement[bool]) -> Sequence[Erasure]:
    asked = select(members.c.coop_id, members.c.member_id, members.c.erasure_due).where(erasing, *which)
    return [Erasure(*row) for row in connection.execute(asked.order_by(members.c.erasure_due))]
