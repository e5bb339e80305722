"""What settlement pages ask: plans and their lines."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, ScalarSelect, Select, and_, exists, or_, select

from kernel.privacy import Sealed
from kernel.slice import Slice, newest_first
from ledger.entries.counting import counts_to_settle, original, still_moves
from ledger.entries.read_models import ledger_entries, ledger_postings
from ledger.settlement.events import Method
from ledger.settlement.read_models import (
    ledger_carried,
    ledger_open_plans,
    ledger_plan_lines,
    ledger_plan_payments,
    ledger_plans,
)

entries, postings, lines = ledger_entries.c, ledger_postings.c, ledger_plan_lines.c
_BY_DRAWING = (ledger_plans.c.drawn_at, ledger_plans.c.plan_id)

Acts = Callable[[UUID, UUID], bool]
"""Whether a reader acts for an account in a transfer with another."""

PlanState = Literal["draft", "open", "complete", "withdrawn"]
TransferState = Literal["draft", "to_pay", "declared", "confirmed"]


class PlanRow(msgspec.Struct, frozen=True):
    """A plan; `state` is draft, open, complete or withdrawn.

    `method` is exact (the fewest, proven), greedy (few) or purse. A draft is issued at `issue_at`; until then `method`
    and `issued_at` are empty. No transfer is under `floor_cents`: what would be is carried over.
    """

    plan_id: UUID
    as_of: date
    method: Method | None
    drawn_at: datetime
    issue_at: datetime | None
    issued_at: datetime | None
    state: PlanState
    floor_cents: int


class ProofRow(msgspec.Struct, frozen=True):
    """What a treasurer wrote as she confirmed some of a transfer."""

    proven_by: UUID
    proof: Sealed


class PlanLineRow(msgspec.Struct, frozen=True):
    """A transfer of a plan as one reader sees it.

    Of its cents, some were received, some are said to be paid and wait for an answer, and some are left to pay; of a
    draft's, none yet. `state` is declared while some wait, confirmed once all were received, else to_pay. `entry_id` is
    that of what came last, `proofs` are what treasurers confirmed some by, where its receiver did not, the first one
    first; `undone_payment` is an entry of what came that was undone since, `declared_by` who said last what was paid.
    """

    plan_id: UUID
    line_id: UUID
    debtor: UUID
    receiver: UUID
    cents: int
    received_cents: int
    said_cents: int
    reference: str
    state: TransferState
    declared_at: datetime | None
    declared_by: UUID | None
    confirmed_at: datetime | None
    entry_id: UUID | None
    proofs: tuple[ProofRow, ...]
    undone_payment: UUID | None
    plan_state: PlanState
    can_be_declared: bool
    can_be_corrected: bool
    can_be_confirmed: bool
    can_be_denied: bool

    @property
    def left_cents(self) -> int:
        """What is neither received nor said to be paid."""
        return 0 if self.state == "draft" else self.cents - self.received_cents - self.said_cents

    @property
    def is_to_pay(self) -> bool:
        """Whether its debtor is asked to pay something of it."""
        return self.plan_state == "open" and self.left_cents > 0


def open_plan(connection: Connection, coop_id: UUID) -> PlanRow | None:
    """Return the plan under way, a draft or open, or `None`."""
    under_way = select(ledger_open_plans.c.plan_id).where(ledger_open_plans.c.coop_id == coop_id)
    return _only(connection, _plans(coop_id).where(ledger_plans.c.plan_id.in_(under_way)))


def plan(connection: Connection, coop_id: UUID, plan_id: UUID) -> PlanRow | None:
    """Return one plan, or `None`; `plan_lines` has its transfers."""
    return _only(connection, _plans(coop_id).where(ledger_plans.c.plan_id == plan_id))


def plans(connection: Connection, coop_id: UUID) -> list[PlanRow]:
    """Return every plan of a co-op, newest first."""
    newest = _plans(coop_id).order_by(*(column.desc() for column in _BY_DRAWING))
    return [PlanRow(*row) for row in connection.execute(newest)]


def plans_slice(connection: Connection, coop_id: UUID, *, after: str | None = None, most: int) -> Slice[PlanRow]:
    """Return a slice of a co-op's plans, newest first; refuses a text that is not a cursor."""
    found = newest_first(connection, _plans(coop_id), _BY_DRAWING, after=after, most=most)
    return found.mapped(lambda row: PlanRow(**row))


def drafts_due(connection: Connection, now: datetime) -> list[tuple[UUID, UUID]]:
    """Return the co-op and the plan of every draft whose hours are over, the oldest first."""
    due = ledger_plans.c.issue_at
    query = select(ledger_plans.c.coop_id, ledger_plans.c.plan_id).where(due <= now).order_by(due)
    return [(row.coop_id, row.plan_id) for row in connection.execute(query)]


def plan_lines(connection: Connection, coop_id: UUID, plan_id: UUID, acts: Acts | None = None) -> list[PlanLineRow]:
    """Return a plan's lines, as nobody sees them unless told for which accounts the reader `acts`."""
    query = _plan_lines(coop_id).where(lines.plan_id == plan_id).order_by(lines.number)
    return _lines(connection, query, acts)


def carried_over(connection: Connection, coop_id: UUID, plan_id: UUID) -> dict[UUID, int]:
    """Return what a plan carries over to the next, its transfers being too small: cents by account, positive owed."""
    carried = ledger_carried.c
    query = select(carried.account, carried.cents).where(carried.coop_id == coop_id, carried.plan_id == plan_id)
    return {account: int(cents) for account, cents in connection.execute(query.order_by(carried.account))}


def lines_asked_of(connection: Connection, coop_id: UUID, *accounts: UUID) -> list[PlanLineRow]:
    """Return the transfers that accounts have to make by the open plan, and those said to be made to them by any.

    The oldest plan's come first.
    """
    query = _plan_lines(coop_id).where(_asked_of(accounts)).order_by(*_BY_DRAWING, lines.number)
    return _lines(connection, query, lambda side, _: side in accounts)


def ever_settled(connection: Connection, coop_id: UUID) -> bool:
    """Tell whether a co-op's accounts were ever settled by a plan that was issued, and not withdrawn."""
    issued = (ledger_plans.c.issued_at.is_not(None), ledger_plans.c.state != "withdrawn")
    return bool(connection.execute(select(exists().where(ledger_plans.c.coop_id == coop_id, *issued))).scalar())


def open_lines_of(connection: Connection, coop_id: UUID, account: UUID) -> list[PlanLineRow]:
    """Return the transfers of an account that are still open: to pay by the open plan, or said to be paid by any."""
    still = or_(and_(ledger_plans.c.state == "open", lines.state == "to_pay"), lines.state == "declared")
    query = _plan_lines(coop_id).where(or_(lines.debtor == account, lines.receiver == account), still)
    return _lines(connection, query.order_by(*_BY_DRAWING, lines.number), lambda side, _: side == account)


def said_paid(connection: Connection, coop_id: UUID) -> list[PlanLineRow]:
    """Return the transfers said to be made by plans that were withdrawn since, and not confirmed: nobody pays twice."""
    by_withdrawn = and_(lines.state == "declared", ledger_plans.c.state == "withdrawn")
    query = _plan_lines(coop_id).where(by_withdrawn).order_by(*_BY_DRAWING, lines.number)
    return _lines(connection, query, None)


def last_payment(connection: Connection, coop_id: UUID, plan_id: UUID, line_id: UUID) -> UUID | None:
    """Return the entry of what came last of a transfer; `None` where nothing came."""
    query = select(lines.entry_id).where(lines.coop_id == coop_id, lines.plan_id == plan_id, lines.line_id == line_id)
    return connection.execute(query).scalar()


def undone_since(connection: Connection, coop_id: UUID, plan_id: UUID) -> dict[UUID, tuple[UUID, ...]]:
    """Return, by account, the entries a plan was drawn from that moved it and were undone since, the newest first."""
    its_plan, undoing = ledger_plans.c, ledger_entries.alias("undoing").c
    counted = counts_to_settle(its_plan.as_of, its_plan.drawn)
    of_it = (original.coop_id == entries.coop_id, original.entry_id == entries.entry_id)
    query = (
        select(postings.account, entries.entry_id)
        .join(ledger_entries, and_(entries.coop_id == postings.coop_id, entries.entry_id == postings.entry_id))
        .join(undoing.entry_id.table, and_(undoing.coop_id == entries.coop_id, undoing.reverses == entries.entry_id))
        .join(ledger_plans, and_(its_plan.coop_id == entries.coop_id, its_plan.plan_id == plan_id))
        .where(
            entries.coop_id == coop_id,
            counted,
            entries.position < its_plan.position,
            undoing.position > its_plan.position,
            postings.cents != still_moves(postings.account, *of_it),
        )
        .order_by(undoing.position.desc())
    )
    found = defaultdict[UUID, list[UUID]](list)
    for account, entry_id in connection.execute(query):
        found[account].append(entry_id)
    return {account: tuple(dict.fromkeys(undone)) for account, undone in found.items()}


def _plans(coop_id: UUID) -> Select[Any]:
    columns = (ledger_plans.c[name] for name in PlanRow.__struct_fields__)
    return select(*columns).where(ledger_plans.c.coop_id == coop_id)


def _asked_of(accounts: Collection[UUID]) -> ColumnElement[bool]:
    part_said = and_(lines.state == "declared", lines.said_cents.is_not(None))
    to_pay = and_(or_(lines.state == "to_pay", part_said), ledger_plans.c.state == "open", lines.debtor.in_(accounts))
    return or_(to_pay, and_(lines.state == "declared", lines.receiver.in_(accounts)))


def _plan_lines(coop_id: UUID) -> Select[Any]:
    its_plan = ledger_plans.c
    return (
        select(ledger_plan_lines, its_plan.state.label("plan_state"), _undone_payment().label("undone_payment"))
        .join(ledger_plans, and_(its_plan.coop_id == lines.coop_id, its_plan.plan_id == lines.plan_id))
        .where(lines.coop_id == coop_id)
    )


def _undone_payment() -> ScalarSelect[UUID | None]:
    payment, entry = ledger_plan_payments.c, ledger_entries.alias("payment").c
    its_own = (payment.coop_id == lines.coop_id, payment.plan_id == lines.plan_id, payment.line_id == lines.line_id)
    of_it = (original.coop_id == entry.coop_id, original.entry_id == entry.entry_id)
    moves_no_more = still_moves(lines.debtor, *of_it) == 0
    return (
        select(payment.entry_id)
        .join(entry.entry_id.table, and_(entry.coop_id == payment.coop_id, entry.entry_id == payment.entry_id))
        .where(*its_own, entry.reversed_by.is_not(None), moves_no_more)
        .order_by(entry.position.desc())
        .limit(1)
        .correlate(ledger_plan_lines)
        .scalar_subquery()
    )


def _only(connection: Connection, query: Select[Any]) -> PlanRow | None:
    return next((PlanRow(*row) for row in connection.execute(query)), None)


def _lines(connection: Connection, query: Select[Any], acts: Acts | None) -> list[PlanLineRow]:
    rows = connection.execute(query).all()
    proofs = _proofs(connection, [row for row in rows if row.is_proven])
    return [_line(row, acts or _for_nobody, proofs.get(row.line_id, ())) for row in rows]


def _proofs(connection: Connection, rows: Sequence[Row[Any]]) -> dict[UUID, tuple[ProofRow, ...]]:
    """Return what some of each of these transfers was confirmed by, in the order in which it was."""
    found, payment = defaultdict[UUID, list[ProofRow]](list), ledger_plan_payments.c
    if rows:
        of_these = payment.line_id.in_([row.line_id for row in rows])
        query = select(ledger_plan_payments).where(payment.coop_id == rows[0].coop_id, of_these)
        for row in connection.execute(query.where(payment.proof.is_not(None)).order_by(payment.position)):
            found[row.line_id].append(ProofRow(row.proven_by, Sealed(row.coop_id, row.proven_by, row.proof)))
    return {line_id: tuple(proofs) for line_id, proofs in found.items()}


def _for_nobody(_: UUID, __: UUID) -> bool:
    return False


def _line(row: Row[Any], acts: Acts, proofs: tuple[ProofRow, ...]) -> PlanLineRow:
    made = ("can_be_", "proofs")
    shown = {name: getattr(row, name) for name in PlanLineRow.__struct_fields__ if not name.startswith(made)}
    received = row.cents if row.state == "confirmed" else row.received_cents
    in_all = row.cents if row.said_cents is None else row.said_cents
    said = in_all - received if row.state == "declared" else 0
    payable = row.plan_state == "open" and received + said < row.cents
    return PlanLineRow(
        **shown | {"received_cents": received, "said_cents": said},
        proofs=proofs,
        can_be_declared=payable and acts(row.debtor, row.receiver),
        can_be_corrected=said > 0 and acts(row.debtor, row.receiver),
        can_be_confirmed=(payable or said > 0) and acts(row.receiver, row.debtor),
        can_be_denied=said > 0 and acts(row.receiver, row.debtor),
    )
