"""Across from whom an account stands."""

from collections import Counter
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, and_, func, not_, select

from kernel.money import split
from ledger.entries.counting import counts_to_settle
from ledger.entries.read_models import ledger_entries, ledger_postings
from ledger.settlement.queries import PlanRow
from ledger.settlement.read_models import ledger_plan_payments, ledger_plans

entries, postings, payments = ledger_entries.c, ledger_postings.c, ledger_plan_payments.c


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
        query = _not_settled(query, coop_id, settled.plan_id)
    found: Counter[UUID] = Counter()
    for entry_id, rows in groupby(connection.execute(query), key=lambda row: row[0]):
        found.update(_opposite(entry_id, account, {other: int(cents) for _, other, cents in rows}))
    return {other: cents for other, cents in found.items() if cents}


def _not_settled(query: Select[Any], coop_id: UUID, plan_id: UUID) -> Select[Any]:
    """Leave out what a plan settled: what it counted, what set that right before it was issued, and what was paid.

    Also what came later by an earlier plan: it was said to be paid then, and counted so.
    """
    its_plan, earlier = ledger_plans.c, ledger_plans.alias("earlier").c
    paid = (
        select(payments.entry_id)
        .join(
            earlier.plan_id.table,
            and_(earlier.coop_id == payments.coop_id, earlier.plan_id == payments.plan_id),
        )
        .where(payments.coop_id == coop_id, earlier.drawn <= its_plan.drawn)
    )
    counted = counts_to_settle(its_plan.as_of, its_plan.drawn)
    return query.join(ledger_plans, and_(its_plan.coop_id == coop_id, its_plan.plan_id == plan_id)).where(
        not_(and_(entries.position < its_plan.position, counted)), entries.entry_id.not_in(paid)
    )


def _opposite(entry_id: UUID, account: UUID, moved: dict[UUID, int]) -> dict[UUID, int]:
    """Split what an entry moved on an account among those it moved the other way."""
    mine = moved[account]
    weights = {other: abs(cents) for other, cents in moved.items() if cents * mine < 0}
    return split(mine, weights, entry_id) if weights else {}
