"""What stands apart from plans because it is contested: what of it was not paid yet.

What the last plan that asked for it left to be paid stands apart, of who contests it at most what is left of all that
she was to pay by that plan; of those it is owed to, first of who was not paid yet. So who was paid does not have to pay
it back while it is contested. What is asked for comes first, by its day: what one is owed less by takes what is left.
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
from ledger.entries.read_models import ledger_entries
from ledger.settlement.queries import PlanLineRow
from ledger.settlement.read_models import ledger_carried, ledger_plan_lines, ledger_plans

entries, plans, lines, carried = ledger_entries.c, ledger_plans.c, ledger_plan_lines.c, ledger_carried.c


class _Left(NamedTuple):
    """What a plan left, in cents by account: to be paid by it, and to it."""

    pays: Counter[UUID]
    gets: Counter[UUID]


class _Plans(NamedTuple):
    """The plans that counted each entry, by their places in the log, and what each of them left."""

    of_entry: dict[UUID, dict[int, UUID]]
    left: dict[UUID, _Left]

    def left_before(self, part: PartContested) -> _Left | None:
        """Return what the last plan left that counted a part before it was contested; `None` where none did."""
        by_plans = self.of_entry[part.entry.entry_id]
        before = [place for place in by_plans if place < part.since]
        return self.left[by_plans[max(before)]] if before else None


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
    found = list[tuple[PartContested, _Left | None, Counter[UUID]]]()
    for part in parts:
        if part.entry.entry_id in known.of_entry:
            left = known.left_before(part)
            found.append((part, left, Counter() if left else part.cents))
    for asks, also_who_was_paid in product((True, False), (False, True)):
        for part, left, unpaid in found:
            if left and part.asks is asks:
                _leave(part, unpaid, left, also_who_was_paid)
    return [(part, unpaid) for part, _, unpaid in found]


def _leave(part: PartContested, unpaid: Counter[UUID], left: _Left, also_who_was_paid: bool) -> None:  # noqa: FBT001
    """Add to what is `unpaid` of a part what its plan left of it, and take that off what the plan left in all."""
    cents = part.cents
    for other in sorted(cents.keys() - {part.account}):
        most = min(cents[other] - unpaid[other], left.pays[part.account])
        most = max(0, most if also_who_was_paid else min(most, left.gets[other]))
        unpaid.update({other: most, part.account: -most})
        left.pays[part.account] -= most
        left.gets[other] -= most


def _plans_of(
    connection: Connection, coop_id: UUID, parts: Sequence[PartContested], counted: ColumnElement[bool] | None
) -> _Plans:
    left = _left_by_plans(coop_id, {account for part in parts for account in part.cents})
    counted_then = or_(entries.legal_nature == "settlement", counts(plans.as_of, plans.drawn))
    its_plan = and_(plans.issued_at.is_not(None), entries.position < plans.position, counted_then)
    query = (
        select(entries.entry_id, plans.position, plans.plan_id, left.c.account, left.c.pays, left.c.gets)
        .select_from(ledger_entries)
        .outerjoin(ledger_plans, and_(plans.coop_id == entries.coop_id, its_plan))
        .outerjoin(left, left.c.plan_id == plans.plan_id)
        .where(entries.coop_id == coop_id, entries.entry_id.in_([part.entry.entry_id for part in parts]))
    )
    known = _Plans(defaultdict(dict), defaultdict(lambda: _Left(Counter(), Counter())))
    for row in connection.execute(query if counted is None else query.where(counted)):
        by_plans = known.of_entry[row.entry_id]
        if row.plan_id:
            by_plans[row.position] = row.plan_id
        if row.account:
            known.left[row.plan_id].pays[row.account] = int(row.pays)
            known.left[row.plan_id].gets[row.account] = int(row.gets)
    return known


def _left_by_plans(coop_id: UUID, accounts: set[UUID]) -> Subquery:
    """Ask what plans left some accounts to pay and to get: of their transfers, and of what they carried over."""
    unpaid, none = lines.cents - lines.received_cents, literal(0)
    still = (lines.coop_id == coop_id, lines.state != "confirmed")
    over = carried.cents
    both = union_all(
        _of(lines.plan_id, lines.debtor, unpaid, none).where(*still, lines.debtor.in_(accounts)),
        _of(lines.plan_id, lines.receiver, none, unpaid).where(*still, lines.receiver.in_(accounts)),
        _of(carried.plan_id, carried.account, case((over < 0, -over), else_=0), case((over > 0, over), else_=0)).where(
            carried.coop_id == coop_id, carried.account.in_(accounts)
        ),
    ).subquery()
    sums = (func.sum(both.c[name]).label(name) for name in ("pays", "gets"))
    return select(both.c.plan_id, both.c.account, *sums).group_by(both.c.plan_id, both.c.account).subquery()


def _of(*columns: ColumnElement[Any]) -> Any:
    names = ("plan_id", "account", "pays", "gets")
    return select(*(column.label(name) for name, column in zip(names, columns, strict=True)))
