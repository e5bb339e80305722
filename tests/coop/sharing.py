"""Money goes from hand to hand: expenses, gifts, closed months, settlement plans."""

from datetime import timedelta
from typing import Any, Literal
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import rule

from ledger.application import Ledger
from ledger.entries import queries
from ledger.entries.commands import ClosePeriod, Contribute, ReverseEntry
from ledger.settlement import queries as settlement
from ledger.settlement.commands import (
    ConfirmCoopPaid,
    ConfirmPaid,
    DeclareCoopPaid,
    DeclarePaid,
    DenyPaid,
    IssuePlan,
    WithdrawPlan,
)
from ledger.spending.commands import RecordExpense, WithdrawExpense
from ledger.spending.queries import expenses_slice
from tests.coop.belonging import Belonging
from tests.coop.life import PARIS, chosen, coops, picks, there_is

cents = st.integers(1, 40_000)

Act = Literal["declare", "confirm", "both", "deny"]


class Sharing(Belonging):
    """The books."""

    @rule(
        coop_id=coops,
        payer=picks,
        amount=cents,
        weights=st.dictionaries(picks, st.integers(0, 5), min_size=1, max_size=4),
        split=st.sampled_from(["equal", "shares"]),
        months=st.sampled_from([1, 1, 2, 3, 12]),
        vehicle=st.none() | picks,
        days_ago=st.integers(0, 70),
    )
    def spend(self, coop_id: UUID, payer: int, weights: dict[int, int], vehicle: int | None, **said: Any) -> None:
        accounts = [coop_id, *sorted(self.members(coop_id))]
        cards = [] if vehicle is None else self.vehicle(coop_id, vehicle)
        who, by_shares = self.member(coop_id, payer), said["split"] == "shares"
        command = RecordExpense(
            coop_id=coop_id,
            kind="repair",
            paid_on=self.today - timedelta(days=said["days_ago"]),
            paid={who: said["amount"]},
            split=said["split"],
            among={chosen(accounts, pick): weight if by_shares else 1 for pick, weight in weights.items()},
            months=said["months"],
            vehicle_id=cards[0].vehicle_id if cards else None,
            note="Quatre pneus, chez le garagiste de Die.",
        )
        self.attempt(self.ledger.record_expense, command, who)

    @there_is("expense")
    @rule(coop_id=coops, pick=picks)
    def take_expense_back(self, coop_id: UUID, pick: int) -> None:
        known = sorted(self.ask(expenses_slice, coop_id, most=1000).items, key=lambda row: row.expense_id)
        if known:
            command = WithdrawExpense(
                coop_id=coop_id, expense_id=chosen(known, pick).expense_id, reason="Saisie deux fois."
            )
            self.attempt(self.ledger.withdraw_expense, command, self.member(coop_id, pick))

    @there_is("entry")
    @rule(coop_id=coops, pick=picks)
    def undo(self, coop_id: UUID, pick: int) -> None:
        known = sorted(self.ask(queries.journal, coop_id), key=lambda row: row.entry_id)
        if known:
            command = ReverseEntry(coop_id=coop_id, entry_id=chosen(known, pick).entry_id, reason="Erreur.")
            self.attempt(self.ledger.reverse_entry, command, self.member(coop_id, pick))

    @there_is("entry")
    @rule(coop_id=coops, amount=cents, who=picks)
    def give(self, coop_id: UUID, amount: int, who: int) -> None:
        command = Contribute(coop_id=coop_id, cents=amount)
        self.attempt(self.ledger.contribute, command, self.member(coop_id, who))

    @rule(coop_id=coops, who=picks, days=st.integers(0, 62))
    def close_month(self, coop_id: UUID, who: int, days: int) -> None:
        command = ClosePeriod(coop_id=coop_id, month=self.today - timedelta(days=days))
        self.attempt(self.ledger.close_period, command, self.member(coop_id, who))

    @there_is("entry")
    @rule(coop_id=coops, who=picks, days=st.integers(0, 20))
    def draw_up_plan(self, coop_id: UUID, who: int, days: int) -> None:
        command = IssuePlan(coop_id=coop_id, as_of=self.today - timedelta(days=days))
        self.attempt(self.ledger.issue_plan, command, self.member(coop_id, who))

    @there_is("plan")
    @rule(
        coop_id=coops,
        pick=picks,
        who=st.none() | picks,
        act=st.sampled_from(["declare", "confirm", "confirm", "both", "deny"]),
        part=st.none() | cents,
    )
    def settle(self, coop_id: UUID, pick: int, who: int | None, act: Act, part: int | None) -> None:
        plans = self.ask(settlement.plans, coop_id)
        lines = self.ask(settlement.plan_lines, coop_id, chosen(plans, pick // 10).plan_id) if plans else []
        if not lines:
            return
        line = chosen(lines, pick)
        named: dict[str, Any] = {"coop_id": coop_id, "plan_id": line.plan_id, "line_id": line.line_id, "cents": part}
        stranger = None if who is None else self.member(coop_id, who)
        if act == "deny":
            command = DenyPaid(coop_id=coop_id, plan_id=line.plan_id, line_id=line.line_id)
            self.attempt(self.ledger.deny_paid, command, stranger or line.receiver, stranger or line.receiver)
            return
        if act != "confirm" and line.debtor == coop_id:
            self.attempt(self.ledger.declare_coop_paid, DeclareCoopPaid(**named), stranger)
        elif act != "confirm":
            self.attempt(self.ledger.declare_paid, DeclarePaid(**named), stranger or line.debtor)
        if act != "declare" and line.receiver == coop_id:
            self.attempt(self.ledger.confirm_coop_paid, ConfirmCoopPaid(**named), stranger)
        elif act != "declare":
            self.attempt(self.ledger.confirm_paid, ConfirmPaid(**named), stranger or line.receiver)

    @there_is("plan")
    @rule(coop_id=coops, pick=picks)
    def give_plan_up(self, coop_id: UUID, pick: int) -> None:
        plans = self.ask(settlement.plans, coop_id)
        if plans:
            command = WithdrawPlan(coop_id=coop_id, plan_id=chosen(plans, pick).plan_id)
            self.attempt(self.ledger.withdraw_plan, command, self.member(coop_id, pick))

    @property
    def ledger(self) -> Ledger:
        """The door of the books."""
        return Ledger(self.history, PARIS, "EUR")
