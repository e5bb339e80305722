"""What a settlement plan is drawn from: the balances of a day, less what was undone, paid or is not to settle.

An entry that was undone counts no more, whenever that was, so that nobody is asked to pay it; a trip charged anew
counts as it is now. What was settled since counts, and what is said to be paid by a plan that was withdrawn: nobody
pays twice.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection, and_, func, select

from ledger.contesting.queries import last_contested
from ledger.entries.counting import counts_to_settle
from ledger.entries.queries import last_posted
from ledger.entries.read_models import ledger_entries, ledger_postings
from ledger.settlement.apart import apart_from_plan
from ledger.settlement.events import PlanIssued, PlanLine
from ledger.settlement.plan import drawn_up
from ledger.settlement.queries import PlanLineRow, said_paid
from ledger.settlement.read_models import ledger_plans
from ledger.settlement.transfers import settle_from

entries, postings = ledger_entries.c, ledger_postings.c


class PlanTerms(NamedTuple):
    """What a plan is to settle: the balances of the day `as_of`, all `through_purse` or not, no transfer under a floor.

    By what was posted before the place `drawn` in the log, where it is a draft; else by all there is.
    """

    coop_id: UUID
    as_of: date
    through_purse: bool
    floor_cents: int
    drawn: int | None = None


class Standing(NamedTuple):
    """What a plan is computed from: the newest entry, and contest, and the transfers said to be paid meanwhile."""

    last_posted: int
    last_contested: int
    said_paid: tuple[PlanLineRow, ...]


class Drawn(NamedTuple):
    """A plan to be issued, and what it was computed from."""

    standing: Standing
    plan: PlanIssued


def terms_of(connection: Connection, coop_id: UUID, plan_id: UUID) -> PlanTerms | None:
    """Return what a draft is to settle; `None` when there is no such plan, or it was issued."""
    known = ledger_plans.c
    query = select(known.coop_id, known.as_of, known.through_purse, known.floor_cents, known.drawn)
    never_issued = query.where(known.coop_id == coop_id, known.plan_id == plan_id, known.issued_at.is_(None))
    return next((PlanTerms(*row) for row in connection.execute(never_issued)), None)


def standing(connection: Connection, coop_id: UUID) -> Standing:
    """Return what a plan drawn up now would be computed from."""
    return Standing(
        last_posted(connection, coop_id), last_contested(connection, coop_id), tuple(said_paid(connection, coop_id))
    )


def draw(connection: Connection, terms: PlanTerms, plan_id: UUID) -> Drawn:
    """Return the plan for what the books hold now, no transfer under a floor; through the purse, all to or from it."""
    stands = standing(connection, terms.coop_id)
    balances = to_settle(connection, terms, stands.said_paid)
    settlement, carried = settle_from(terms.floor_cents, balances, terms.coop_id if terms.through_purse else None)
    return Drawn(stands, drawn_up(plan_id, terms.as_of, settlement, terms.floor_cents, carried))


def as_drafted(connection: Connection, coop_id: UUID, plan_id: UUID) -> PlanIssued | None:
    """Return the plan that a draft would be issued as now; `None` when there is no such draft."""
    terms = terms_of(connection, coop_id, plan_id)
    return draw(connection, terms, plan_id).plan if terms else None


def draft_lines(plan_id: UUID, drawn: PlanIssued) -> list[PlanLineRow]:
    """Return the transfers of a draft: nobody pays by them yet."""
    return [_draft_line(plan_id, line) for line in drawn.lines]


def to_settle(connection: Connection, terms: PlanTerms, paid: Sequence[PlanLineRow]) -> dict[UUID, int]:
    """Return each account's cents that a plan is to settle, with what is said to be `paid` meanwhile.

    Paid once is not asked again, whether or not its receiver has answered yet. What stands apart, being contested, is
    left out on both sides.
    """
    counted = counts_to_settle(terms.as_of, terms.drawn)
    query = (
        select(postings.account, func.sum(postings.cents))
        .join(ledger_entries, and_(entries.coop_id == postings.coop_id, entries.entry_id == postings.entry_id))
        .where(postings.coop_id == terms.coop_id, counted)
        .group_by(postings.account)
    )
    balances = Counter({account: int(cents) for account, cents in connection.execute(query)})
    for line in paid:
        balances[line.debtor] += line.said_cents
        balances[line.receiver] -= line.said_cents
    balances.subtract(apart_from_plan(connection, terms.coop_id, counted, paid, balances))
    return dict(balances)


def _draft_line(plan_id: UUID, line: PlanLine) -> PlanLineRow:
    return PlanLineRow(
        plan_id=plan_id,
        line_id=line.line_id,
        debtor=line.debtor,
        receiver=line.receiver,
        cents=line.cents,
        received_cents=0,
        said_cents=0,
        reference=line.reference,
        state="draft",
        declared_at=None,
        declared_by=None,
        confirmed_at=None,
        entry_id=None,
        proofs=(),
        undone_payment=None,
        plan_state="draft",
        can_be_declared=False,
        can_be_corrected=False,
        can_be_confirmed=False,
        can_be_denied=False,
    )
