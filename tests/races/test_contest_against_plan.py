"""A part contested while a plan is drawn up: it asks for it whole or, where the contest came first, not at all."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from multiprocessing.synchronize import Barrier
from uuid import UUID, uuid4

from sqlalchemy import Engine, select

from kernel.command import Asked
from kernel.database import open_database
from kernel.log.history import History
from kernel.log.verify import verify
from kernel.privacy import Keyring
from ledger.application import Ledger
from ledger.contesting.commands import ContestBurden, GiveTimeToContest
from ledger.contesting.read_models import ledger_contests
from ledger.entries.queries import books_total
from ledger.settlement.commands import IssuePlan
from ledger.settlement.queries import plan_lines
from ledger.settlement.read_models import ledger_plans
from ledger.spending.commands import RecordExpense
from processes import PROJECTIONS
from tests.kit.processes import PATIENCE_SECONDS, forking
from tests.kit.scale import CONTESTS

NOON = datetime(2026, 5, 4, 10, tzinfo=UTC)
ANNA, BEN, CHLOE = (UUID(int=number) for number in range(1, 4))
COOPS = [UUID(int=0xC000 + number) for number in range(CONTESTS)]


def asked(by: UUID) -> Asked:
    return Asked(command_id=uuid4(), by=by, at=NOON)


def ledger_of(url: str) -> tuple[Ledger, Engine]:
    engine = open_database(url)
    return Ledger(History(engine, PROJECTIONS, Keyring(bytes(32))), UTC, "EUR"), engine


def contest_each(url: str, expenses: dict[UUID, UUID], ready: Barrier) -> None:
    ledger, engine = ledger_of(url)
    for coop_id, expense_id in expenses.items():
        ready.wait(PATIENCE_SECONDS)
        contest = ContestBurden(coop_id=coop_id, burden_id=expense_id, reason="Not mine")
        ledger.contest_burden(contest, asked(CHLOE))
    engine.dispose()


def plan_each(url: str, expenses: dict[UUID, UUID], ready: Barrier) -> None:
    ledger, engine = ledger_of(url)
    for coop_id in expenses:
        ready.wait(PATIENCE_SECONDS)
        ledger.issue_plan(IssuePlan(coop_id=coop_id, as_of=NOON.date()), asked(ANNA))
    engine.dispose()


def test_a_plan_asks_for_it_whole_or_not_at_all(database_url: str) -> None:
    ledger, engine = ledger_of(database_url)
    expenses = {coop_id: _noted(ledger, coop_id) for coop_id in COOPS}
    ready = forking().Barrier(2)
    both = [forking().Process(target=act, args=(database_url, expenses, ready)) for act in (contest_each, plan_each)]
    for process in both:
        process.start()
    for process in both:
        process.join(PATIENCE_SECONDS + CONTESTS)
    assert [process.exitcode for process in both] == [0, 0]
    assert {of_chloe for coop_id in COOPS for of_chloe in _wrong(engine, coop_id)} == set()
    assert verify(engine).faults == ()
    engine.dispose()


def _noted(ledger: Ledger, coop_id: UUID) -> UUID:
    """Let Ben have paid 90.00 for Anna, himself and Chloé, and note it."""
    paid = RecordExpense(
        coop_id=coop_id,
        kind="repair",
        paid_on=NOON.date(),
        paid={BEN: 9_000},
        split="equal",
        among={ANNA: 1, BEN: 1, CHLOE: 1},
    )
    expense_id = ledger.record_expense(paid, asked(BEN)).stream_id
    command = GiveTimeToContest(coop_id=coop_id, burden_id=expense_id, until=NOON + timedelta(days=14))
    ledger.give_time_to_contest(command, asked(ANNA))
    return expense_id


def _wrong(engine: Engine, coop_id: UUID) -> Iterator[tuple[UUID, dict[UUID, int]]]:
    """Give a co-op whose plan asks for something else than what stood in the books as it was drawn up."""
    with engine.connect() as connection:
        plan = connection.execute(select(ledger_plans).where(ledger_plans.c.coop_id == coop_id)).one()
        contest = connection.execute(select(ledger_contests).where(ledger_contests.c.coop_id == coop_id)).one()
        found = {line.debtor: line.cents for line in plan_lines(connection, coop_id, plan.plan_id)}
        assert books_total(connection, coop_id) == 0
    right = {ANNA: 3_000} if contest.position < plan.position else {ANNA: 3_000, CHLOE: 3_000}
    if found != right:
        yield coop_id, found
