"""What stands apart from plans because it is contested: what of it was not paid (docs/decisions/0030).

Money tells what was paid, not what was set off. Of what one contests, a plan that counted it and by which something
came left unpaid: what is left of all that one was to pay by it, or what one did not pay at all by it, whichever is
more; but never more than is left of that plan in all. The same goes for those it is owed to, and what they got. What
stands apart is unpaid on both sides, so who was paid does not have to pay it back while it is contested.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_, select

from ledger.contesting.parts import PartContested, parts_contested
from ledger.entries.counting import counts_to_settle, original, still_moves
from ledger.entries.queries import balances
from ledger.entries.read_models import ledger_entries
from ledger.settlement.queries import PlanLineRow
from ledger.settlement.read_models import ledger_carried, ledger_plan_lines, ledger_plan_payments, ledger_plans

entries, plans, lines, carried = ledger_entries.c, ledger_plans.c, ledger_plan_lines.c, ledger_carried.c
payments = ledger_plan_payments.c


class _Side(NamedTuple):
    """An account as it owes, or as it is owed to."""

    account: UUID
    owes: bool


class _Plan(NamedTuple):
    """Of a plan, by side in cents: what came by it, what is left of it, and what is contested of what it counted."""

    came: Counter[_Side]
    left: Counter[_Side]
    contested: Counter[_Side]

    def add(self, debtor: UUID, receiver: UUID, *, came: int, left: int) -> None:
        """Add one of its transfers, or to it."""
        for side in (_Side(debtor, owes=True), _Side(receiver, owes=False)):
            self.came[side] += came
            self.left[side] += left

    def contest(self, part: PartContested) -> None:
        """Add what is contested of what it counted."""
        for account, cents in part.cents.items():
            self.contested[_Side(account, owes=account == part.account)] += abs(cents)

    @property
    def left_in_all(self) -> int:
        """What is left of it."""
        return sum(cents for side, cents in self.left.items() if side.owes)


class _Unpaid(NamedTuple):
    """What is contested, with what of it is not paid: its cents by account sum to zero."""

    part: PartContested
    cents: Counter[UUID]


def standing_apart(connection: Connection, coop_id: UUID, as_of: date | None = None) -> dict[UUID, int]:
    """Return the cents of each account's balance that stand apart: they sum to zero.

    It is what is contested, and what is dropped but not yet taken off, of who bears it and of those it is owed to. Of
    the balances at the end of a day, what counts by then: as it is contested and paid today.
    """
    unpaid = _unpaid(connection, coop_id)
    by_then = [some for some in unpaid if not (as_of and some.part.entry.effective_on > as_of)]
    owed_less = not all(some.part.asks for some in by_then)
    return _apart(by_then, balances(connection, coop_id, as_of) if owed_less else {})


def apart_from_plan(
    connection: Connection,
    coop_id: UUID,
    counted: ColumnElement[bool],
    paid: Sequence[PlanLineRow],
    held: Mapping[UUID, int],
) -> dict[UUID, int]:
    """Return what stands apart of the balances that a plan is to settle, where it counts some entries.

    They are `held` with what is said to be `paid` meanwhile, which counts as if it had come.
    """
    return _apart(_unpaid(connection, coop_id, counted, paid), held)


def contested_by(connection: Connection, coop_id: UUID) -> dict[UUID, int]:
    """Return the cents that each account contests, or is to be rid of: what of it is unpaid, or is owed to it less."""
    found = Counter[UUID]()
    for part, cents in _unpaid(connection, coop_id):
        found[part.account] -= cents[part.account]
    return dict(found)


def _apart(unpaid: Iterable[_Unpaid], held: Mapping[UUID, int]) -> dict[UUID, int]:
    """Return what stands apart of some balances, in cents by account.

    What one is owed less by stands apart as far as one owes for it, and others are owed for it: nobody is asked to pay
    what the books do not ask for.
    """
    apart, left = Counter[UUID](), Counter(held)
    for part, cents in sorted(unpaid, key=lambda some: not some.part.asks):
        for other in sorted(cents.keys() - {part.account}):
            most = cents[other] if part.asks else max(0, min(cents[other], -left[part.account], left[other]))
            apart.update({part.account: -most, other: most})
            left.update({part.account: most, other: -most})
    return {account: cents for account, cents in apart.items() if cents}


def _unpaid(
    connection: Connection,
    coop_id: UUID,
    counted: ColumnElement[bool] | None = None,
    paid: Sequence[PlanLineRow] = (),
) -> list[_Unpaid]:
    """Return what is contested, what was contested first coming first; of entries that are `counted`, where told."""
    parts = parts_contested(connection, coop_id)
    if not parts:
        return []
    asking = _with_plans(connection, coop_id, parts, counted)
    plan_ids = {plan_id for _, counting in asking for plan_id in counting}
    known = _plans(connection, coop_id, plan_ids, [part.entry.entry_id for part in parts if part.undoes_payment])
    for line in paid:
        if line.plan_id in known:
            known[line.plan_id].add(line.debtor, line.receiver, came=line.said_cents, left=-line.said_cents)
    for part, counting in asking:
        for plan_id in counting:
            known[plan_id].contest(part)
    rooms = _rooms(known)
    return [
        _Unpaid(part, _within(part, [(known[plan_id], rooms[plan_id]) for plan_id in counting if plan_id in rooms]))
        for part, counting in asking
    ]


def _rooms(known: Mapping[UUID, _Plan]) -> dict[UUID, Counter[_Side]]:
    """Return how much of what is contested each plan left unpaid, the oldest first, in cents by side.

    What an earlier one did not leave is paid. One by which nothing came is none.
    """
    rooms, settled = dict[UUID, Counter[_Side]](), Counter[_Side]()
    for plan_id, plan in known.items():
        if any(plan.came.values()):
            room = rooms[plan_id] = Counter()
            for side, cents in plan.contested.items():
                owed = cents - settled[side]
                room[side] = max(0, min(plan.left_in_all, max(plan.left[side], owed - plan.came[side])))
                settled[side] += max(0, owed - room[side])
    return rooms


def _within(part: PartContested, asked_by: Sequence[tuple[_Plan, Counter[_Side]]]) -> Counter[UUID]:
    """Return what of a part is unpaid by each of its plans, and take that off the room that is left by them.

    Of those it is owed to, first of whom most is left to be paid. What one is owed less by was asked for by no plan.
    """
    unpaid, hers = Counter[UUID](), _Side(part.account, owes=True)
    theirs = [_Side(other, owes=False) for other in sorted(part.cents.keys() - {part.account})]
    for side in sorted(theirs, key=lambda side: -min((plan.left[side] for plan, _ in asked_by), default=0)):
        most = min([part.cents[side.account], *(min(room[hers], room[side]) for _, room in asked_by)])
        unpaid.update({part.account: -most, side.account: most})
        for _, room in asked_by:
            room.subtract({hers: most, side: most})
    return unpaid


def _with_plans(
    connection: Connection, coop_id: UUID, parts: Sequence[PartContested], counted: ColumnElement[bool] | None
) -> list[tuple[PartContested, list[UUID]]]:
    """Return the parts of entries that are `counted`, with the plans that asked for each before it was contested."""
    its_plan = and_(plans.issued_at.is_not(None), entries.position < plans.position)
    query = (
        select(entries.entry_id, plans.position, plans.plan_id)
        .select_from(ledger_entries)
        .outerjoin(
            ledger_plans,
            and_(plans.coop_id == entries.coop_id, its_plan, counts_to_settle(plans.as_of, plans.drawn)),
        )
        .where(entries.coop_id == coop_id, entries.entry_id.in_([part.entry.entry_id for part in parts]))
    )
    found = defaultdict[UUID, list[tuple[int, UUID]]](list)
    for entry_id, place, plan_id in connection.execute(query if counted is None else query.where(counted)):
        found[entry_id] += [(place, plan_id)] if plan_id else []
    return [
        (part, [plan_id for place, plan_id in found[part.entry.entry_id] if part.asks and place < part.since])
        for part in parts
        if part.entry.entry_id in found
    ]


def _plans(
    connection: Connection, coop_id: UUID, plan_ids: Collection[UUID], undoings: Collection[UUID]
) -> dict[UUID, _Plan]:
    """Return what came by some plans, and what is left of them, the oldest first.

    What was undone came not, but where that was lifted, or is contested: some `undoings` stand apart themselves.
    """
    found = defaultdict[UUID, _Plan](lambda: _Plan(Counter(), Counter(), Counter()))
    if plan_ids:
        of_line = (
            payments.coop_id == lines.coop_id,
            payments.plan_id == lines.plan_id,
            payments.line_id == lines.line_id,
        )
        its_payments = original.entry_id.in_(select(payments.entry_id).where(*of_line).correlate(ledger_plan_lines))
        came = still_moves(lines.debtor, original.coop_id == lines.coop_id, its_payments, but_for=undoings)
        query = (
            select(lines.plan_id, lines.debtor, lines.receiver, lines.cents, came.label("came"))
            .join(ledger_plans, and_(plans.coop_id == lines.coop_id, plans.plan_id == lines.plan_id))
            .where(lines.coop_id == coop_id, lines.plan_id.in_(plan_ids))
        )
        for row in connection.execute(query.order_by(plans.position)):
            found[row.plan_id].add(row.debtor, row.receiver, came=int(row.came), left=row.cents - int(row.came))
        over = select(carried.plan_id, carried.account, carried.cents)
        of_these = (carried.coop_id == coop_id, carried.plan_id.in_(plan_ids))
        for plan_id, account, cents in connection.execute(over.where(*of_these)):
            found[plan_id].left[_Side(account, owes=cents < 0)] += abs(cents)
    return found
