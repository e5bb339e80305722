"""What is asked of burdens and of contests. Reasons stay sealed."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, case, false, func, or_, select

from kernel.privacy import Sealed
from kernel.slice import Slice, newest_first
from kernel.tables import Instant
from ledger.contesting.events import BurdenCause, BurdenContested
from ledger.contesting.read_models import ledger_burdens, ledger_contests
from ledger.entries.counting import charged_anew, original, still_moves
from ledger.entries.read_models import ledger_entries
from ledger.spending.read_models import ledger_expenses

burdens, contests = ledger_burdens.c, ledger_contests.c
entries, expenses = ledger_entries.c, ledger_expenses.c
_UNDONE_OF_IT = (
    original.coop_id == burdens.coop_id,
    original.reversed_by.is_not(None),
    or_(original.entry_id == burdens.burden_id, original.expense_id == burdens.burden_id),
)
_UNDONE = or_(func.coalesce(expenses.withdrawn, false()), entries.reversed_by.is_not(None))
_BORNE_AGAIN = still_moves(burdens.account, *_UNDONE_OF_IT) < 0
_GONE = or_(case((_UNDONE, ~_BORNE_AGAIN), else_=false()), charged_anew())
_PUT_AT = func.coalesce(expenses.agreed_at, burdens.put_at, type_=Instant)
_opened = msgspec.json.Decoder(BurdenContested)
_agreed = msgspec.json.Decoder(tuple[UUID, ...])
_sealed = msgspec.json.Decoder(Sealed)

ContestState = Literal["open", "taken_back", "agreed", "decided"]


class BurdenRow(msgspec.Struct, frozen=True):
    """What another put on an account: so many cents of `whole_cents`, to be contested `until`.

    `contest_id` once she contests it; `kind` is an expense's, else what caused it.
    """

    burden_id: UUID
    account: UUID
    cause: BurdenCause
    kind: str
    vehicle_id: UUID | None
    cents: int
    whole_cents: int
    put_by: UUID | None
    put_at: datetime
    until: datetime
    contest_id: UUID | None


class ContestRow(msgspec.Struct, frozen=True):
    """A contest; `state` is open, taken_back, agreed or decided, `dropped` whether she bears it no more.

    `gone` tells that what it is about was taken back meanwhile, and counts for nobody. `across` are those her part is
    owed to, with their cents of it, `agreed` those of them who agree with her.
    """

    contest_id: UUID
    burden_id: UUID
    account: UUID
    cause: BurdenCause
    kind: str
    vehicle_id: UUID | None
    cents: int
    across: dict[UUID, int]
    agreed: tuple[UUID, ...]
    put_by: UUID | None
    reason: Sealed
    state: ContestState
    dropped: bool
    gone: bool
    contested_at: datetime
    ended_at: datetime | None
    decided_by: UUID | None
    decision: Sealed | None


def burdens_on(connection: Connection, coop_id: UUID, account: UUID, at: datetime) -> list[BurdenRow]:
    """Return what others put on an account that still stands and has its time to be contested, newest first."""
    query = _burdens(coop_id, burdens.account == account, burdens.until > at)
    newest = query.order_by(_PUT_AT.desc(), burdens.burden_id)
    return [BurdenRow(**row) for row in connection.execute(newest).mappings()]


def burden(connection: Connection, coop_id: UUID, burden_id: UUID, account: UUID) -> BurdenRow | None:
    """Return what another put on an account, or `None` when nothing of it stands there."""
    query = _burdens(coop_id, burdens.account == account, burdens.burden_id == burden_id)
    row = connection.execute(query).mappings().one_or_none()
    return BurdenRow(**row) if row else None


def burdens_of(connection: Connection, coop_id: UUID, burden_id: UUID) -> list[BurdenRow]:
    """Return who bears one expense or entry by another's hand and may contest it, and how much of it."""
    query = _burdens(coop_id, burdens.burden_id == burden_id).order_by(burdens.account)
    return [BurdenRow(**row) for row in connection.execute(query).mappings()]


def bearers(connection: Connection, coop_id: UUID, burden_id: UUID) -> tuple[UUID, ...]:
    """Return who bears by another's hand what counts and still stands, and said no yes to it."""
    query = _with_what_it_is_of(select(burdens.account).select_from(ledger_burdens)).where(
        burdens.coop_id == coop_id,
        burdens.burden_id == burden_id,
        ~or_(_GONE, func.coalesce(expenses.waiting, false())),
        ~func.coalesce(expenses.agreed_by == burdens.account, false()),
    )
    return tuple(connection.execute(query.order_by(burdens.account)).scalars())


def in_question(connection: Connection, coop_id: UUID, burden_ids: Collection[UUID], at: datetime) -> bool:
    """Tell whether somebody contests one of these, or still may; one that is put on her just now too."""
    hers = and_(contests.coop_id == burdens.coop_id, contests.burden_id == burdens.burden_id)
    may_still = and_(contests.contest_id.is_(None), or_(burdens.until.is_(None), burdens.until > at))
    query = (
        select(burdens.burden_id)
        .outerjoin(ledger_contests, and_(hers, contests.account == burdens.account))
        .where(burdens.coop_id == coop_id, burdens.burden_id.in_(burden_ids), or_(contests.state == "open", may_still))
    )
    return connection.execute(query.limit(1)).first() is not None


def contest(connection: Connection, coop_id: UUID, contest_id: UUID) -> ContestRow | None:
    """Return one contest, or `None`."""
    query = _contests(coop_id).where(contests.contest_id == contest_id)
    row = connection.execute(query).mappings().one_or_none()
    return _contest(row) if row else None


def contests_of(connection: Connection, coop_id: UUID, burden_id: UUID) -> list[ContestRow]:
    """Return the contests of one expense or entry, the oldest first."""
    query = _contests(coop_id).where(contests.burden_id == burden_id)
    ordered = query.order_by(contests.contested_at, contests.contest_id)
    return [_contest(row) for row in connection.execute(ordered).mappings()]


def open_contests(connection: Connection, coop_id: UUID) -> list[ContestRow]:
    """Return the contests that have not ended, of what still stands, the oldest first."""
    query = _contests(coop_id).where(contests.state == "open", ~_GONE)
    ordered = query.order_by(contests.contested_at, contests.contest_id)
    return [_contest(row) for row in connection.execute(ordered).mappings()]


def contested_since(connection: Connection, coop_id: UUID, since: datetime) -> list[UUID]:
    """Return the contests opened since an instant that have not ended, of what still stands, the oldest first."""
    return [row.contest_id for row in open_contests(connection, coop_id) if row.contested_at > since]


def contests_slice(connection: Connection, coop_id: UUID, *, after: str | None, most: int) -> Slice[ContestRow]:
    """Return a slice of a co-op's contests, newest first; refuses a text that is no cursor."""
    key = (contests.contested_at, contests.contest_id)
    return newest_first(connection, _contests(coop_id), key, after=after, most=most).mapped(_contest)


def last_contested(connection: Connection, coop_id: UUID) -> int:
    """Return where the last that happened to a co-op's contests stands in the log, 0 when nothing did."""
    query = select(func.max(contests.position)).where(contests.coop_id == coop_id)
    return int(connection.execute(query).scalar() or 0)


def _burdens(coop_id: UUID, *about: ColumnElement[bool]) -> Select[Any]:
    hers = and_(contests.coop_id == burdens.coop_id, contests.burden_id == burdens.burden_id)
    others = {"contest_id": contests.contest_id, "put_at": _PUT_AT.label("put_at")}
    columns = (others[name] if name in others else burdens[name] for name in BurdenRow.__struct_fields__)
    of_burden = _with_what_it_is_of(select(*columns).select_from(ledger_burdens))
    return of_burden.outerjoin(ledger_contests, and_(hers, contests.account == burdens.account)).where(
        burdens.coop_id == coop_id, burdens.until.is_not(None), ~_GONE, *about
    )


def _contests(coop_id: UUID) -> Select[Any]:
    theirs = and_(burdens.coop_id == contests.coop_id, burdens.burden_id == contests.burden_id)
    found = select(ledger_contests, burdens.kind, burdens.vehicle_id, _GONE.label("gone")).select_from(ledger_contests)
    joined = found.join(ledger_burdens, and_(theirs, burdens.account == contests.account))
    return _with_what_it_is_of(joined).where(contests.coop_id == coop_id)


def _with_what_it_is_of(query: Select[Any]) -> Select[Any]:
    its_expense = and_(expenses.coop_id == burdens.coop_id, expenses.expense_id == burdens.burden_id)
    its_entry = and_(entries.coop_id == burdens.coop_id, entries.entry_id == burdens.burden_id)
    return query.outerjoin(ledger_expenses, its_expense).outerjoin(ledger_entries, its_entry)


def _contest(row: RowMapping) -> ContestRow:
    opened = _opened.decode(row["opened"])
    known = {
        name: row[name] if name in row else getattr(opened, name)
        for name in ContestRow.__struct_fields__
        if name not in ("agreed", "decision")
    }
    decision = _sealed.decode(row["decision"]) if row["decision"] else None
    return ContestRow(**known, agreed=_agreed.decode(row["agreed"]), decision=decision)
