"""People who pay for one another, draw plans, pay by them, undo what stands, and contest; read as plain names."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from kernel.log.history import History
from ledger.application import Ledger
from ledger.contesting import queries as contesting
from ledger.contesting.commands import AgreeToContest, ContestBurden, DecideContest, Outcome, TakeContestBack
from ledger.contesting.parts import entries_of_burden
from ledger.contesting.queries import ContestRow
from ledger.entries.causes.correction import reversal_id
from ledger.entries.causes.expense import part_id
from ledger.entries.commands import LiftPart, ReverseEntry
from ledger.settlement.apart import contested_by, standing_apart
from ledger.settlement.commands import ConfirmCoopPaid, ConfirmPaid, IssuePlan, WithdrawPlan
from ledger.settlement.drawing import PlanTerms, draw, standing, to_settle
from ledger.settlement.queries import PlanLineRow, plan_lines
from ledger.spending.commands import PostSpreadPart, RecordExpense
from ledger.spending.queries import expense
from tests.ledger.contesting.given import give_time
from tests.ledger.given import ANNA, COOP, DAY, DIE, NAMES, TODAY, asked, balances

JUDGE, CLERK = UUID(int=98), UUID(int=99)
"""Neither owes nor is owed: one decides contests, the other undoes what stands."""


class Quarrel:
    """A co-op in which much is contested; whom it asks, and what stands apart, by their names."""

    def __init__(self, history: History) -> None:
        self.history, self.ledger = history, Ledger(history, DIE, "EUR")
        self.plan_id = self.expense_id = self.payment = UUID(int=0)

    def spent(self, payer: UUID, cents: int, *among: UUID, months: int = 1) -> UUID:
        """Let one have paid for others, the same for each, all of it counting by now; return the expense."""
        return self.noted({payer: cents}, among, payer, months=months)

    def noted(self, paid: Mapping[UUID, int], among: Iterable[UUID], by: UUID, *, months: int = 1) -> UUID:
        """Let one note what some have paid for others."""
        command = RecordExpense(
            coop_id=COOP,
            kind="repair",
            paid_on=TODAY - 31 * (months - 1) * DAY,
            paid=dict(paid),
            split="equal",
            among=dict.fromkeys(among, 1),
            months=months,
        )
        expense_id = self.ledger.record_expense(command, asked(by)).stream_id
        for part in range(2, months + 1):
            self.ledger.post_spread_part(PostSpreadPart(coop_id=COOP, expense_id=expense_id, part=part), asked(None))
        give_time(self.ledger, expense_id)
        return expense_id

    def plan(self, *, through_purse: bool = False, floor_cents: int = 0) -> set[tuple[str, str, int]]:
        """Draw up a plan, and return who pays whom how much by it."""
        command = IssuePlan(coop_id=COOP, as_of=TODAY, through_purse=through_purse)
        self.plan_id = self.ledger.issue_plan(command, asked(), floor_cents).stream_id
        return {(NAMES[line.debtor], NAMES[line.receiver], line.cents) for line in self.lines()}

    def lines(self, plan_id: UUID | None = None) -> list[PlanLineRow]:
        """Return the transfers of a plan, the newest unless told."""
        with self.history.engine.connect() as connection:
            return plan_lines(connection, COOP, plan_id or self.plan_id)

    def pay(self, debtor: UUID, receiver: UUID, cents: int | None = None) -> UUID:
        """Let so much of a transfer of the newest plan have come, all of it unless told; return its entry."""
        (line,) = (line for line in self.lines() if (line.debtor, line.receiver) == (debtor, receiver))
        return self.come(line, cents)

    def come(self, line: PlanLineRow, cents: int | None = None) -> UUID:
        """Let so much of a transfer have come; return the entry of the last of it."""
        named = {"coop_id": COOP, "plan_id": line.plan_id, "line_id": line.line_id}
        if line.receiver == COOP:
            self.ledger.confirm_coop_paid(ConfirmCoopPaid(**named, cents=cents), asked(ANNA))
        else:
            self.ledger.confirm_paid(ConfirmPaid(**named, cents=cents), asked(line.receiver))
        (now,) = (other for other in self.lines(line.plan_id) if other.line_id == line.line_id)
        assert now.entry_id is not None
        return now.entry_id

    def withdraw(self, plan_id: UUID | None = None) -> None:
        """Give a plan up, the newest unless told."""
        self.ledger.withdraw_plan(WithdrawPlan(coop_id=COOP, plan_id=plan_id or self.plan_id), asked())

    def undo(self, entry_id: UUID) -> UUID:
        """Undo an entry by another's hand; return what undoes it."""
        self.ledger.reverse_entry(ReverseEntry(coop_id=COOP, entry_id=entry_id), asked(CLERK))
        give_time(self.ledger, reversal_id(entry_id))
        return reversal_id(entry_id)

    def undo_expense(self, expense_id: UUID) -> UUID:
        """Undo the first part of an expense; return what undoes it."""
        return self.undo(part_id(expense_id, 1))

    def contest(self, burden_id: UUID, by: UUID) -> UUID:
        """Contest something."""
        command = ContestBurden(coop_id=COOP, burden_id=burden_id, reason="Not mine")
        return self.ledger.contest_burden(command, asked(by)).stream_id

    def take_back(self, contest_id: UUID, by: UUID) -> None:
        """Accept to bear it."""
        self.ledger.take_contest_back(TakeContestBack(coop_id=COOP, contest_id=contest_id), asked(by))

    def agree(self, contest_id: UUID) -> None:
        """Let all it is owed to agree."""
        for account in sorted(self.known(contest_id).across):
            command = AgreeToContest(coop_id=COOP, contest_id=contest_id)
            self.ledger.agree_to_contest(command, asked(JUDGE if account == COOP else account), account)

    def decide(self, contest_id: UUID, outcome: Outcome) -> None:
        """Let one decide who is no side of it."""
        command = DecideContest(coop_id=COOP, contest_id=contest_id, outcome=outcome, reason="So it is")
        self.ledger.decide_contest(command, asked(JUDGE))

    def lift(self) -> None:
        """Take off what is dropped, as the process does: what is given back by that is taken off in turn."""
        for _ in range(2):
            for contest in self.contests():
                if contest.dropped:
                    self._lift(contest)

    def _lift(self, contest: ContestRow) -> None:
        with self.history.engine.connect() as connection:
            noted = expense(connection, COOP, contest.burden_id) if contest.cause == "expense" else None
        for entry_id in entries_of_burden(contest.burden_id, noted.posted if noted else None):
            named = {"account": contest.account, "contest_id": contest.contest_id}
            self.ledger.lift_part(LiftPart(coop_id=COOP, entry_id=entry_id, **named), asked(None))

    def known(self, contest_id: UUID) -> ContestRow:
        """Return a contest."""
        (found,) = (row for row in self.contests() if row.contest_id == contest_id)
        return found

    def contests(self) -> list[ContestRow]:
        """Return all contests, the oldest first."""
        with self.history.engine.connect() as connection:
            return list(contesting.contests_slice(connection, COOP, after=None, most=1000).items)[::-1]

    def held(self) -> dict[str, int]:
        """Return the balances."""
        return balances(self.history)

    def apart(self) -> dict[str, int]:
        """Return what stands apart of them."""
        with self.history.engine.connect() as connection:
            return _named(standing_apart(connection, COOP))

    def spared(self) -> dict[str, int]:
        """Return what of each balance does not count toward the lowest one."""
        with self.history.engine.connect() as connection:
            return _named(contested_by(connection, COOP))

    def wanted(self) -> dict[str, int]:
        """Return what a plan drawn up now would settle."""
        with self.history.engine.connect() as connection:
            said = standing(connection, COOP).said_paid
            return _named(to_settle(connection, PlanTerms(COOP, TODAY, through_purse=False, floor_cents=0), said))

    def next(self, *, through_purse: bool = False) -> set[tuple[str, str, int]]:
        """Return who would pay whom how much by a plan drawn up now."""
        with self.history.engine.connect() as connection:
            drawn = draw(connection, PlanTerms(COOP, TODAY, through_purse, floor_cents=0), UUID(int=1))
        return {(NAMES[line.debtor], NAMES[line.receiver], line.cents) for line in drawn.plan.lines}


def _named(cents: Mapping[UUID, int]) -> dict[str, int]:
    return {NAMES[account]: some for account, some in cents.items() if some}
