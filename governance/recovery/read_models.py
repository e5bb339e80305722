"""The table of ways back: the last that was asked for each member, and what each event writes into it."""

from collections.abc import Iterator

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table, Uuid

from governance.recovery import events as e
from kernel.event import Event, Recorded
from kernel.read_models.projection import Change, Put, Write
from kernel.tables import Instant, derived

recoveries = Table(
    "governance_recoveries",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("member_id", Uuid, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("state", String(10), nullable=False),
    Column("asked_by", Uuid, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    Column("address", LargeBinary, nullable=False),
    Column("vouched_by", Uuid),
    Column("former", LargeBinary),
    Column("due_at", Instant),
    Column("told_at", Instant),
    Column("done_at", Instant),
    Column("done_asked_by", Uuid),
    Column("done_vouched_by", Uuid),
    Index("governance_recoveries_by_member", "member_id"),
    Index("governance_recoveries_done", "done_at"),
)
waiting = recoveries.c.state == "vouched"  # few, and none for long
Index("governance_recoveries_due", recoveries.c.due_at, sqlite_where=waiting, postgresql_where=waiting)


def project(recorded: Recorded[Event]) -> Iterator[Write]:
    """Say what an event does to ways back. When an address was last recovered, and by whom, stays afterwards."""
    match recorded.event:
        case e.RecoveryAsked() as asked:
            key = {"coop_id": recorded.coop_id, "member_id": asked.member_id}
            row = {
                "number": asked.number,
                "state": "asked",
                "asked_by": asked.asked_by,
                "asked_at": recorded.effective_at,
                "until": asked.until,
                "address": asked.address.cipher,
                "vouched_by": None,
                "former": None,
                "due_at": None,
                "told_at": None,
            }
            yield Put(recoveries, key | row) if asked.number == 1 else Change(recoveries, key, row)
        case e.RecoveryVouched(vouched_by=by, former=former, due_at=due_at):
            vouched = {"state": "vouched", "vouched_by": by, "former": former.cipher, "due_at": due_at}
            yield Change(recoveries, _key(recorded), vouched)
        case e.FormerAddressTold(due_at=due_at):
            yield Change(recoveries, _key(recorded), {"due_at": due_at, "told_at": recorded.effective_at})
        case e.AddressRecovered(asked_by=asked_by, vouched_by=vouched_by):
            done = {"done_at": recorded.effective_at, "done_asked_by": asked_by, "done_vouched_by": vouched_by}
            yield Change(recoveries, _key(recorded), {"state": "done", **done})
        case e.MailboxConfirmed():
            yield Change(recoveries, _key(recorded), {"state": "confirmed"})
        case e.RecoveryRefused() | e.RecoveryDropped():
            yield Change(recoveries, _key(recorded), {"state": "over"})


def _key(recorded: Recorded[Event]) -> dict[str, object]:
    event = recorded.event
    return {"coop_id": recorded.coop_id, "member_id": event.member_id}  # type: ignore[attr-defined]
