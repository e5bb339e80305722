"""A draft issued by one process while another undoes what it is drawn from, or confirms what was paid meanwhile."""

from collections.abc import Callable, Sequence
from functools import partial
from threading import Barrier
from typing import NamedTuple
from uuid import UUID, uuid4

from kernel.database import open_database
from kernel.log.history import History
from kernel.log.verify import verify
from kernel.privacy import Keyring
from kernel.refused import Refused
from ledger.application import Ledger
from ledger.entries.causes.expense import part_id
from ledger.entries.commands import ReverseEntry
from ledger.entries.queries import balances
from ledger.settlement import queries
from ledger.settlement.commands import ConfirmPaid, DeclarePaid, IssueDraft, IssuePlan, WithdrawPlan
from ledger.spending.commands import RecordExpense
from processes import PROJECTIONS
from tests.kit.databases import on_postgresql
from tests.kit.processes import PATIENCE_SECONDS, forking
from tests.kit.scale import PLANS_RACED
from tests.ledger.given import ANNA, BEN, CHLOE, DAVID, DIE, TODAY, asked


class Round(NamedTuple):
    """A co-op of its own with a draft, a mistake in it, and a transfer said to be paid by an earlier plan."""

    coop_id: UUID
    draft: UUID
    mistaken: UUID
    earlier: UUID
    line: UUID


def owe(ledger: Ledger, coop_id: UUID, debtor: UUID, creditor: UUID, cents: int) -> UUID:
    command = RecordExpense(
        coop_id=coop_id, kind="other", paid_on=TODAY, paid={creditor: cents}, split="equal", among={debtor: 1}
    )
    return ledger.record_expense(command, asked(creditor)).stream_id


def begin_round(history: History) -> Round:
    ledger, coop_id = Ledger(history, DIE, "EUR"), uuid4()
    owe(ledger, coop_id, BEN, ANNA, 3000)
    earlier = ledger.issue_plan(IssuePlan(coop_id=coop_id, as_of=TODAY), asked()).stream_id
    with history.engine.connect() as connection:
        (line,) = queries.plan_lines(connection, coop_id, earlier)
    ledger.declare_paid(DeclarePaid(coop_id=coop_id, plan_id=earlier, line_id=line.line_id), asked(BEN))
    ledger.withdraw_plan(WithdrawPlan(coop_id=coop_id, plan_id=earlier), asked())
    owe(ledger, coop_id, CHLOE, DAVID, 2000)
    mistaken = part_id(owe(ledger, coop_id, DAVID, ANNA, 700), 1)
    draft = ledger.issue_plan(IssuePlan(coop_id=coop_id, as_of=TODAY), asked(), draft_hours=48).stream_id
    return Round(coop_id, draft, mistaken, earlier, line.line_id)


def issue(ledger: Ledger, turn: Round) -> object:
    return ledger.issue_draft(IssueDraft(coop_id=turn.coop_id, plan_id=turn.draft), asked())


def undo(ledger: Ledger, turn: Round) -> object:
    return ledger.reverse_entry(ReverseEntry(coop_id=turn.coop_id, entry_id=turn.mistaken), asked())


def confirm(ledger: Ledger, turn: Round) -> object:
    command = ConfirmPaid(coop_id=turn.coop_id, plan_id=turn.earlier, line_id=turn.line)
    return ledger.confirm_paid(command, asked(ANNA))


Act = Callable[[Ledger, Round], object]


def race(url: str, acts: Sequence[Act], rounds: Sequence[Round], begin: Barrier) -> list[str]:
    """Do in each round what is next of some acts at the instant the other process does; return what was refused."""
    engine = open_database(url)
    ledger, refused = Ledger(History(engine, PROJECTIONS, Keyring(bytes(32))), DIE, "EUR"), []
    for number, turn in enumerate(rounds):
        begin.wait(PATIENCE_SECONDS)
        try:
            acts[number % len(acts)](ledger, turn)
        except Refused as refusal:
            refused.append(refusal.code())
    engine.dispose()
    return refused


def left_once_all_is_paid(history: History, turn: Round) -> tuple[dict[UUID, int], bool]:
    """Pay what is asked and confirm what is said paid; return what is left, and whether the plan names the mistake."""
    ledger = Ledger(history, DIE, "EUR")
    with history.engine.connect() as connection:
        asked_for = queries.plan_lines(connection, turn.coop_id, turn.draft)
        waiting = queries.said_paid(connection, turn.coop_id)
        undone = queries.undone_since(connection, turn.coop_id, turn.draft)
    for line in (*asked_for, *waiting):
        command = ConfirmPaid(coop_id=turn.coop_id, plan_id=line.plan_id, line_id=line.line_id)
        ledger.confirm_paid(command, asked(line.receiver))
    with history.engine.connect() as connection:
        standing = balances(connection, turn.coop_id)
    return {account: cents for account, cents in standing.items() if cents}, turn.mistaken in undone.get(DAVID, ())


@on_postgresql
def test_a_draft_issued_as_the_books_move_asks_for_what_stands_or_says_what_does_not(
    history: History, database_url: str
) -> None:
    rounds = [begin_round(history) for _ in range(PLANS_RACED)]
    with forking().Manager() as manager, forking().Pool(2) as pool:
        side = partial(race, database_url)
        begin = manager.Barrier(2)
        refused = pool.starmap(side, [((issue,), rounds, begin), ((undo, confirm), rounds, begin)], chunksize=1)
    assert refused == [[], []]
    for turn in rounds:
        left, named = left_once_all_is_paid(history, turn)
        assert left == ({DAVID: 700, ANNA: -700} if named else {})
    assert verify(history.engine).faults == ()
