"""What stands apart from plans because it is contested: what of it was not paid yet.

What every plan that asked for it left to be paid stands apart: at most what is left of all that who contests it was to
pay by that plan; of those it is owed to, first of who was not paid yet, then of who got no money by it, a debt of hers
having been paid instead. So who was paid does not have to pay it back while it is contested. What is asked for comes
first, by its day: what one is owed less by takes what is left.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import product
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Subquery, and_, case, func, literal, or_, select, union_all

from ledger.contesting.queries import PartContested, parts_contested
from ledger.entries.counting import counts
from ledger.entries.read_models import ledger_entries, ledger_postings
from ledger.settlement.queries import PlanLineRow
from ledger.settlement.read_models import ledger_carried, ledger_plan_lines, ledger_plan_payments, ledger_plans

entries, plans, lines, carried = ledger_entries.c, ledger_plans.c, ledger_plan_lines.c, ledger_carried.c
payments = ledger_plan_payments


class _Left(NamedTuple):
    """What a plan left, in cents by account: to be paid by it, and to it; and what it got by that plan."""

    pays: Counter[UUID]
    gets: Counter[UUID]
    got: Counter[UUID]


class _Plans(NamedTuple):
    """The plans that counted each entry, by their places in the log, and what each of them left."""

    of_entry: dict[UUID, dict[int, UUID]]
    left: dict[UUID, _Left]

    def left_before(self, part: PartContested) -> list[_Left]:
        """Return what each plan left that counted a part before it was contested."""
        by_plans = self.of_entry[part.entry.entry_id]
        return [self.left[plan_id] for place, plan_id in by_plans.items() if place < part.since]


def standing_apart(
    connection: Connection,
    coop_id: UUID,
    as_of: date | None = None,
    counted: ColumnElement[bool] | None = None,
    paid: Sequence[PlanLineRow] = (),
) -> dict[UUID, int]:
    """Return the cents of each account's balance that stand apart now, or at the end of a day: they sum to zero.

    It is what is contested, and what is dropped but not yet taken off, of who bears it and of those it is owed to; of
    entries that are `counted`, where that is said, and less what is said to be `paid`. What she would be owed by it
    stands as the books have it: nobody is asked to pay that meanwhile.
    """
    apart = Counter[UUID]()
    for part, cents in _unpaid(connection, coop_id, counted, paid):
        if part.asks and not (as_of and part.entry.effective_on > as_of):
            apart.update(cents)
    return {account: cents for account, cents in apart.items() if cents}


def contested_by(connection: Connection, coop_id: UUID) -> dict[UUID, int]:
    """Return the cents that each account contests, or is to be rid of: by so much its balance would be higher."""
    found = Counter[UUID]()
    for part, cents in _unpaid(connection, coop_id):
        found[part.account] -= cents[part.account]
    return dict(found)


def _unpaid(
    connection: Connection,
    coop_id: UUID,
    counted: ColumnElement[bool] | None = None,
    paid: Sequence[PlanLineRow] = (),
) -> list[tuple[PartContested, Counter[UUID]]]:
    """Return what is contested, with what of it was not paid: what asks for something first, it all sums to zero."""
    parts = parts_contested(connection, coop_id)
    if not parts:
        return []
    known = _plans_of(connection, coop_id, parts, counted)
    for line in paid:
        known.left[line.plan_id].pays[line.debtor] -= line.said_cents
        known.left[line.plan_id].gets[line.receiver] -= line.said_cents
        known.left[line.plan_id].got[line.receiver] += line.said_cents
    found = list[tuple[PartContested, list[_Left], Counter[UUID]]]()
    for part in parts:
        if part.entry.entry_id in known.of_entry:
            left = known.left_before(part)
            found.append((part, left, Counter() if left else part.cents))
    for asks, through_others in product((True, False), (False, True)):
        for part, left, unpaid in found:
            if left and part.asks is asks:
                _leave(part, unpaid, left, through_others)
    return [(part, unpaid) for part, _, unpaid in found]


def _leave(part: PartContested, unpaid: Counter[UUID], plans_left: list[_Left], through_others: bool) -> None:  # noqa: FBT001
    """Add to what is `unpaid` of a part what all its plans left of it, and take that off what they left in all."""
    cents = part.cents
    for other in sorted(cents.keys() - {part.account}):
        most = cents[other] - unpaid[other]
        for left in plans_left:
            of_hers = most - left.got[other] if through_others else left.gets[other]
            most = max(0, min(most, left.pays[part.account], of_hers))
        unpaid.update({other: most, part.account: -most})
        for left in plans_left:
            left.pays[part.account] -= most
            left.gets[other] -= most


def _plans_of(
    connection: Connection, coop_id: UUID, parts: Sequence[PartContested], counted: ColumnElement[bool] | None
) -> _Plans:
    left = _left_by_plans(coop_id, {account for part in parts for account in part.cents})
    counted_then = or_(entries.legal_nature == "settlement", counts(plans.as_of, plans.drawn))
    its_plan = and_(plans.issued_at.is_not(None), entries.position < plans.position, counted_then)
    query = (
        select(entries.entry_id, plans.position, plans.plan_id, left.c.account, left.c.pays, left.c.gets, left.c.got)
        .select_from(ledger_entries)
        .outerjoin(ledger_plans, and_(plans.coop_id == entries.coop_id, its_plan))
        .outerjoin(left, left.c.plan_id == plans.plan_id)
        .where(entries.coop_id == coop_id, entries.entry_id.in_([part.entry.entry_id for part in parts]))
    )
    known = _Plans(defaultdict(dict), defaultdict(lambda: _Left(Counter(), Counter(), Counter())))
    for row in connection.execute(query if counted is None else query.where(counted)):
        by_plans = known.of_entry[row.entry_id]
        if row.plan_id:
            by_plans[row.position] = row.plan_id
        if row.account:
            known.left[row.plan_id].pays[row.account] = int(row.pays)
            known.left[row.plan_id].gets[row.account] = int(row.gets)
            known.left[row.plan_id].got[row.account] = int(row.got)
    return known


def _left_by_plans(coop_id: UUID, accounts: set[UUID]) -> Subquery:
    """Ask what plans left some accounts to pay and to get, of transfers and of what they carried over; and what came.

    A payment that was undone in the books since is none.
    """
    paid = case((lines.state == "confirmed", lines.cents), else_=lines.received_cents)
    came, none, over = paid - _undone(), literal(0), carried.cents
    unpaid, of_coop = lines.cents - came, lines.coop_id == coop_id
    owed, due = case((over < 0, -over), else_=0), case((over > 0, over), else_=0)
    both = union_all(
        _of(lines.plan_id, lines.debtor, unpaid, none, none).where(of_coop, lines.debtor.in_(accounts)),
        _of(lines.plan_id, lines.receiver, none, unpaid, came).where(of_coop, lines.receiver.in_(accounts)),
        _of(carried.plan_id, carried.account, owed, due, none).where(
            carried.coop_id == coop_id, carried.account.in_(accounts)
        ),
    ).subquery()
    sums = (func.sum(both.c[name]).label(name) for name in ("pays", "gets", "got"))
    return select(both.c.plan_id, both.c.account, *sums).group_by(both.c.plan_id, both.c.account).subquery()


def _undone() -> ColumnElement[int]:
    """Ask what of a transfer was paid and undone since."""
    payment, entry, line = payments.c, ledger_entries.alias("payment").c, ledger_postings.c
    undone = (
        select(func.sum(line.cents))
        .join(entry.entry_id.table, and_(entry.coop_id == line.coop_id, entry.entry_id == line.entry_id))
        .join(payments, and_(payment.coop_id == line.coop_id, payment.entry_id == line.entry_id))
        .where(payment.coop_id == lines.coop_id, payment.plan_id == lines.plan_id, payment.line_id == lines.line_id)
        .where(line.account == lines.debtor, entry.reversed_by.is_not(None))
        .correlate(ledger_plan_lines)
    )
    return func.coalesce(undone.scalar_subquery(), 0)


def _of(*columns: ColumnElement[Any]) -> Any:
    names = ("plan_id", "account", "pays", "gets", "got")
    return select(*(column.label(name) for name, column in zip(names, columns, strict=True)))
