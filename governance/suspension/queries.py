"""What those concerned ask of a suspension."""

from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import Connection, select

from governance.read_models import members
from kernel.privacy import Keyring, Sealed


class Suspension(msgspec.Struct, frozen=True, kw_only=True):
    """A member's new bookings were suspended by a référent: from when until when, why, and what she answered."""

    member_id: UUID
    by: UUID | None
    since: datetime
    until: datetime
    reason: str | None
    answer: str | None


def suspension_of(connection: Connection, keyring: Keyring, coop_id: UUID, member_id: UUID) -> Suspension | None:
    """Return a member's suspension, under way or over, with its texts opened; `None` when there never was one."""
    query = select(members).where(members.c.coop_id == coop_id, members.c.member_id == member_id)
    row = connection.execute(query).one_or_none()
    if row is None or row.suspended_at is None:
        return None
    sealed = [cipher and Sealed(coop_id, member_id, cipher) for cipher in (row.suspended_for, row.suspension_answer)]
    texts = keyring.open_all(connection, filter(None, sealed))
    reason, answer = (texts.get(text) if text else None for text in sealed)
    return Suspension(
        member_id=member_id,
        by=row.suspended_by,
        since=row.suspended_at,
        until=row.suspended_until,
        reason=reason,
        answer=answer,
    )
