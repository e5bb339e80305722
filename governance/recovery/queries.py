"""What is asked of ways back: which is under way for a member, which is due, and when an address was given back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal, NamedTuple
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Row, or_, select

from governance.recovery.read_models import recoveries, waiting
from kernel.privacy import Keyring, Sealed


class RecoveryRow(msgspec.Struct, frozen=True, kw_only=True):
    """A member's way back that is under way: who asked that her mail go to which new `address`, and how far it is.

    `asked`: the new mailbox has not said yes yet; `confirmed`: it has, and another member may vouch `until`; `vouched`:
    it is done at `due_at`, unless it is refused.
    """

    member_id: UUID
    state: Literal["asked", "confirmed", "vouched"]
    asked_by: UUID
    asked_at: datetime
    until: datetime
    address: str | None
    vouched_by: UUID | None
    due_at: datetime | None


class DueRecovery(NamedTuple):
    """Whose hour has come, in which co-op."""

    coop_id: UUID
    member_id: UUID
    due_at: datetime


class UntoldRecovery(NamedTuple):
    """Whose former address may not have been told yet, in which co-op, of what was asked under a number."""

    coop_id: UUID
    member_id: UUID
    number: int


class Asking(NamedTuple):
    """What was asked for a member under which number, how far it came, by whom it was asked and vouched for."""

    number: int
    state: str
    asked_at: datetime
    asked_by: UUID
    vouched_by: UUID | None


class Recovered(NamedTuple):
    """Whose address was given back, of which co-op, when, and by which two members of it."""

    coop_id: UUID
    member_id: UUID
    done_at: datetime
    asked_by: UUID | None
    vouched_by: UUID | None


class Addresses(NamedTuple):
    """Where a member's mail went when somebody vouched, and where it is to go; `None` once she was erased."""

    former: str | None
    new: str | None


def recovery_of(
    connection: Connection, keyring: Keyring, coop_id: UUID, member_id: UUID, now: datetime
) -> RecoveryRow | None:
    """Return a member's way back under way; `None` without any, or once nobody can vouch for it any more."""
    row = _row(connection, coop_id, member_id, now)
    if row is None:
        return None
    shown = {name: getattr(row, name) for name in RecoveryRow.__struct_fields__}
    return RecoveryRow(**shown | {"address": keyring.open(connection, Sealed(coop_id, member_id, row.address))})


def addresses_of_recovery(connection: Connection, keyring: Keyring, coop_id: UUID, member_id: UUID) -> Addresses:
    """Return the two addresses of what was last vouched for."""
    hers = (recoveries.c.coop_id == coop_id, recoveries.c.member_id == member_id)
    row = connection.execute(select(recoveries.c.former, recoveries.c.address).where(*hers)).one()
    texts = keyring.open_all(connection, (Sealed(coop_id, member_id, cipher) for cipher in row))
    return Addresses(*(texts.get(Sealed(coop_id, member_id, cipher)) for cipher in row))


def last_asked(connection: Connection, coop_id: UUID, member_id: UUID) -> Asking | None:
    """Return what was last asked for a member, however it ended; `None` when nothing ever was."""
    hers = (recoveries.c.coop_id == coop_id, recoveries.c.member_id == member_id)
    columns = (recoveries.c[name] for name in Asking._fields)
    row = connection.execute(select(*columns).where(*hers)).one_or_none()
    return Asking(*row) if row else None


def recoveries_due(connection: Connection, now: datetime) -> list[DueRecovery]:
    """Return those whose hour has come since the former address was told, the oldest first."""
    due, was_told = recoveries.c.due_at, recoveries.c.told_at.is_not(None)
    query = select(recoveries.c.coop_id, recoveries.c.member_id, due).where(waiting, was_told, due <= now).order_by(due)
    return [DueRecovery(*row) for row in connection.execute(query)]


def recoveries_untold(connection: Connection) -> list[UntoldRecovery]:
    """Return those that are vouched for and of which it is not noted yet that the former address was told."""
    columns = (recoveries.c[name] for name in UntoldRecovery._fields)
    query = select(*columns).where(waiting, recoveries.c.told_at.is_(None)).order_by(recoveries.c.due_at)
    return [UntoldRecovery(*row) for row in connection.execute(query)]


def vouched_for(connection: Connection, member_ids: Iterable[UUID]) -> list[DueRecovery]:
    """Return what is vouched for of somebody, who is these members of her co-ops."""
    columns = (recoveries.c[name] for name in DueRecovery._fields)
    query = select(*columns).where(waiting, recoveries.c.member_id.in_({*member_ids})).order_by(recoveries.c.due_at)
    return [DueRecovery(*row) for row in connection.execute(query)]


def recovered_since(connection: Connection, since: datetime) -> list[Recovered]:
    """Return whose address was given back after an instant, in whatever co-op, and by whom: few, the last one last."""
    names = ("coop_id", "member_id", "done_at", "done_asked_by", "done_vouched_by")
    done = recoveries.c.done_at
    query = select(*(recoveries.c[name] for name in names)).where(done > since).order_by(done)
    return [Recovered(*row) for row in connection.execute(query)]


def _row(connection: Connection, coop_id: UUID, member_id: UUID, now: datetime) -> Row[tuple[object, ...]] | None:
    hers = (recoveries.c.coop_id == coop_id, recoveries.c.member_id == member_id)
    may_be_vouched = recoveries.c.state.in_(("asked", "confirmed")) & (recoveries.c.until > now)
    return connection.execute(select(recoveries).where(*hers, or_(waiting, may_be_vouched))).one_or_none()
