"""What an account's own page asks: how its balance moved, and who stands on the other side of it."""

from collections import Counter
from datetime import date
from itertools import groupby
from uuid import UUID

from sqlalchemy import Connection, and_, func, or_, select

from kernel.money import split
from ledger.days import month_of
from ledger.read_models import ledger_entries, ledger_postings
from ledger.settlement.queries import PlanRow
from ledger.settlement.read_models import ledger_plan_lines

entries, postings = ledger_entries.c, ledger_postings.c


def month_ends(connection: Connection, coop_id: UUID, account: UUID) -> dict[date, int]:
    """Return an account's cents at the end of each month that moved it, by the month's first day, oldest first."""
    query = (
        select(postings.effective_on, func.sum(postings.cents))
        .where(postings.coop_id == coop_id, postings.account == account)
        .group_by(postings.effective_on)
        .order_by(postings.effective_on)
    )
    balance, ends = 0, {}
    for day, cents in connection.execute(query):
        balance += int(cents)
        ends[month_of(day)] = balance
    return ends


def across(connection: Connection, coop_id: UUID, account: UUID, settled: PlanRow | None = None) -> dict[UUID, int]:
    """Return who stands across from an account: cents they owe it (positive) or it owes them; together its balance.

    `settled` is the last plan that was carried out whole: what it settled stands across from nobody any more. An entry
    with several on the other side is split among them by what each moved in it.
    """
    mine = select(postings.entry_id).where(postings.coop_id == coop_id, postings.account == account)
    query = (
        select(postings.entry_id, postings.account, func.sum(postings.cents))
        .join(ledger_entries, and_(entries.coop_id == postings.coop_id, entries.entry_id == postings.entry_id))
        .where(postings.coop_id == coop_id, postings.entry_id.in_(mine))
        .group_by(postings.entry_id, postings.account)
        .order_by(postings.entry_id)
    )
    if settled is not None:
        line = ledger_plan_lines.c
        its_own = select(line.entry_id).where(line.coop_id == coop_id, line.plan_id == settled.plan_id)
        after = and_(entries.effective_on > settled.as_of, entries.legal_nature != "settlement")
        query = query.where(or_(after, entries.recorded_at > settled.issued_at), entries.entry_id.not_in(its_own))
    found: Counter[UUID] = Counter()
    for entry_id, rows in groupby(connection.execute(query), key=lambda row: row[0]):
        found.update(_opposite(entry_id, account, {each: int(cents) for _, each, cents in rows}))
    return {each: cents for each, cents in found.items() if cents}


def _opposite(entry_id: UUID, account: UUID, moved: dict[UUID, int]) -> dict[UUID, int]:
    """Split what an entry moved on an account among those it moved the other way."""
    mine = moved[account]
    weights = {each: abs(cents) for each, cents in moved.items() if cents * mine < 0}
    return split(mine, weights, entry_id) if weights else {}
