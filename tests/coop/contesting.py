"""What others put on one's account is contested, and large expenses wait for a yes."""

from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from kernel.command import Asked, Done
from ledger.application import Ledger
from ledger.contesting.commands import AgreeToContest, ContestBurden, DecideContest, Outcome, TakeContestBack
from ledger.contesting.queries import contests_slice
from ledger.settlement.apart import standing_apart
from ledger.spending.commands import AgreeToExpense, RecordExpense, RefuseExpense
from ledger.spending.queries import expenses_slice, waiting_expenses
from tests.coop.belonging import Belonging
from tests.coop.life import HERE, PARIS, THERE, chosen, coops, picks, there_is


class Contesting(Belonging):
    """One's say in what others note."""

    @there_is("expense")
    @rule(coop_id=coops, pick=picks, who=picks)
    def contest(self, coop_id: UUID, pick: int, who: int) -> None:
        known = sorted(self.ask(expenses_slice, coop_id, most=1000).items, key=lambda row: row.expense_id)
        if known:
            expense = chosen(known, pick)
            command = ContestBurden(coop_id=coop_id, burden_id=expense.expense_id, reason="Je n'y étais pas.")
            bearers = sorted(account for account, weight in expense.weights.items() if weight and account != coop_id)
            by = chosen(bearers, who) if bearers else self.member(coop_id, who)
            self.attempt(Ledger(self.history, PARIS, "EUR").contest_burden, command, by)

    @there_is("contest")
    @rule(coop_id=coops, pick=picks, who=picks, outcome=st.sampled_from(["agreed", "taken back", "borne", "dropped"]))
    def end_contest(self, coop_id: UUID, pick: int, who: int, outcome: str) -> None:
        known = self.ask(contests_slice, coop_id, after=None, most=1000).items
        if not known:
            return
        contest, ledger = chosen(known, pick), Ledger(self.history, PARIS, "EUR")
        named = {"coop_id": coop_id, "contest_id": contest.contest_id}
        if outcome == "agreed":
            payer = chosen(sorted(contest.across), who)
            self.attempt(ledger.agree_to_contest, AgreeToContest(**named), payer, payer)
        elif outcome == "taken back":
            self.attempt(ledger.take_contest_back, TakeContestBack(**named), contest.account)
        else:
            kind: Outcome = "borne" if outcome == "borne" else "dropped"
            decide = DecideContest(**named, outcome=kind, reason="Le ticket est à son nom.")
            self.attempt(ledger.decide_contest, decide, self.member(coop_id, who))

    @rule(coop_id=coops, payer=picks, bearers=st.lists(picks, min_size=1, max_size=3), months=st.sampled_from([1, 3]))
    def note_what_waits(self, coop_id: UUID, payer: int, bearers: list[int], months: int) -> None:
        who = self.member(coop_id, payer)
        command = RecordExpense(
            coop_id=coop_id,
            kind="insurance",
            paid_on=self.today,
            paid={who: 48_000},
            split="equal",
            among={self.member(coop_id, pick): 1 for pick in bearers},
            months=months,
        )
        self.attempt(self.waits, command, who)

    @there_is("expense")
    @rule(coop_id=coops, pick=picks, who=picks, yes=st.booleans())
    def answer_expense(self, coop_id: UUID, pick: int, who: int, *, yes: bool) -> None:
        known, ledger = self.ask(waiting_expenses, coop_id), Ledger(self.history, PARIS, "EUR")
        if known:
            named = {"coop_id": coop_id, "expense_id": chosen(known, pick).expense_id}
            by = self.member(coop_id, who)
            if yes:
                self.attempt(ledger.agree_to_expense, AgreeToExpense(**named), by)
            else:
                self.attempt(ledger.refuse_expense, RefuseExpense(**named, reason="Trop cher."), by)

    @invariant()
    def what_stands_apart_sums_to_zero(self) -> None:
        for coop_id in (HERE, THERE):
            apart = self.ask(standing_apart, coop_id)
            assert sum(apart.values()) == 0, "what stands apart is not between its sides"

    def waits(self, command: RecordExpense, asked: Asked) -> Done:
        """Note an expense that waits for a yes."""
        return Ledger(self.history, PARIS, "EUR").record_expense(command, asked, waits=True)
