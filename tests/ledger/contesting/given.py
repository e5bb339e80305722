"""Ben paid 90.00 for Anna, himself and Chloé, 30.00 each, and noted it; Chloé may say that it is not hers."""

from datetime import timedelta
from uuid import UUID

from kernel.log.history import History
from ledger.application import Ledger
from ledger.contesting.commands import (
    AgreeToContest,
    ContestBurden,
    DecideContest,
    GiveTimeToContest,
    Outcome,
    TakeContestBack,
)
from ledger.contesting.queries import ContestRow, contest
from ledger.settlement.apart import standing_apart
from ledger.settlement.drawing import PlanTerms, to_settle
from ledger.spending.commands import RecordExpense
from tests.ledger.given import ANNA, BEN, CHLOE, COOP, DIE, NAMES, NOON, TODAY, asked

FORTNIGHT = timedelta(days=14)
TYRES = RecordExpense(
    coop_id=COOP, kind="repair", paid_on=TODAY, paid={BEN: 9_000}, split="equal", among={ANNA: 1, BEN: 1, CHLOE: 1}
)


def tyres(history: History) -> tuple[Ledger, UUID]:
    ledger = Ledger(history, DIE, "EUR")
    return ledger, ledger.record_expense(TYRES, asked(BEN)).stream_id


def contested(history: History, by: UUID = CHLOE) -> tuple[Ledger, UUID]:
    """Let Chloé contest her part of the tyres; return the contest."""
    ledger, expense_id = tyres(history)
    return ledger, contests(ledger, expense_id, by)


def give_time(ledger: Ledger, burden_id: UUID) -> None:
    """Let those who bear something contest it within a fortnight."""
    command = GiveTimeToContest(coop_id=COOP, burden_id=burden_id, until=NOON + FORTNIGHT)
    ledger.give_time_to_contest(command, asked(None))


def contests(ledger: Ledger, burden_id: UUID, by: UUID = CHLOE) -> UUID:
    give_time(ledger, burden_id)
    command = ContestBurden(coop_id=COOP, burden_id=burden_id, reason="I never drive it")
    return ledger.contest_burden(command, asked(by)).stream_id


def takes_back(contest_id: UUID) -> TakeContestBack:
    return TakeContestBack(coop_id=COOP, contest_id=contest_id)


def agrees(contest_id: UUID) -> AgreeToContest:
    return AgreeToContest(coop_id=COOP, contest_id=contest_id)


def decides(contest_id: UUID, outcome: Outcome = "dropped") -> DecideContest:
    return DecideContest(coop_id=COOP, contest_id=contest_id, outcome=outcome, reason="She was away")


def known(history: History, contest_id: UUID) -> ContestRow:
    with history.engine.connect() as connection:
        found = contest(connection, COOP, contest_id)
    assert found is not None
    return found


def apart(history: History) -> dict[str, int]:
    with history.engine.connect() as connection:
        return {NAMES[account]: cents for account, cents in standing_apart(connection, COOP).items()}


def asked_for(history: History) -> dict[str, int]:
    """Return what a plan drawn up now would settle."""
    with history.engine.connect() as connection:
        found = to_settle(connection, PlanTerms(COOP, TODAY, through_purse=False, floor_cents=0), ())
    return {NAMES[account]: cents for account, cents in found.items() if cents}
