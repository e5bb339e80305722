"""The door for writing settlement plans."""

from contextlib import suppress
from uuid import UUID

from kernel.command import Asked, Done
from kernel.log.door import Door
from kernel.log.history import Decide, History
from kernel.log.transaction import Transaction
from ledger.days import day_of
from ledger.door import Events, asking_member
from ledger.entries.application import post
from ledger.entries.books import check_past
from ledger.entries.causes.transfer import PlanLinePaid
from ledger.entries.draft import Draft
from ledger.settlement import queries
from ledger.settlement.commands import (
    ConfirmByProof,
    ConfirmCoopPaid,
    ConfirmPaid,
    DeclareCoopPaid,
    DeclarePaid,
    IssuePlan,
    WithdrawPlan,
)
from ledger.settlement.plan import SettlementPlan

ATTEMPTS = 3


class _Moved(Exception):  # noqa: N818 - it says what happened, and nobody is told
    """Something was posted, or said to be paid, after the transfers were computed."""


class Settling(Door):
    """Settlement plans: issued, given up, their transfers declared and confirmed."""

    def issue_plan(self, command: IssuePlan, asked: Asked, floor_cents: int = 0) -> Done:
        """Issue the transfers that settle the balances of a day, none under a floor; refused while a plan is open.

        They are computed before the log is held, and issued if the books are then still what they were: else once more,
        and where others keep posting, while it is held.
        """
        for _ in range(ATTEMPTS):
            with self._history.reading() as connection, suppress(_Moved):
                drafted = queries.drafted(connection, command, asked.command_id, floor_cents)
                return self._issue(command, asked, floor_cents, drafted)
        return self._issue(command, asked, floor_cents)

    def _issue(
        self, command: IssuePlan, asked: Asked, floor_cents: int, drafted: queries.Drafted | None = None
    ) -> Done:
        def decide(plan: SettlementPlan, transaction: Transaction) -> Events:
            check_past(command.as_of, today=day_of(asked.at))
            transaction.hold_all()
            connection = transaction.connection
            if drafted and queries.standing(connection, command.coop_id) != drafted.standing:
                raise _Moved
            another = queries.open_plan(connection, command.coop_id)
            now = drafted or queries.drafted(connection, command, asked.command_id, floor_cents)
            return plan.issue(now.plan, another_is_open=another is not None)

        return self._history.start(SettlementPlan, asked.command_id, command, asked, decide)

    def withdraw_plan(self, command: WithdrawPlan, asked: Asked) -> Done:
        """Give up an open plan; what was paid stays paid, and what is said to be paid still waits for its answer."""
        return self._history.change(SettlementPlan, command.plan_id, command, asked, lambda plan, _: plan.withdraw())

    def declare_paid(self, command: DeclarePaid, asked: Asked) -> Done:
        """Record how much of a transfer of the plan a debtor says she made."""
        return self._declare(command, asked, by=asked.by)

    def declare_coop_paid(self, command: DeclareCoopPaid, asked: Asked) -> Done:
        """Record that the treasurer says the co-op made a transfer it owes."""
        return self._declare(command, asked, by=command.coop_id)

    def confirm_paid(self, command: ConfirmPaid, asked: Asked) -> Done:
        """Record how much of a transfer its receiver says has come, and post it."""
        return self._confirm(command, asked, by=asked.by)

    def confirm_coop_paid(self, command: ConfirmCoopPaid, asked: Asked) -> Done:
        """Record that the treasurer says a transfer has come to the co-op, and post it."""
        return self._confirm(command, asked, by=command.coop_id)

    def confirm_by_proof(self, command: ConfirmByProof, asked: Asked) -> Done:
        """Record that what was said to be made of a transfer has come, by what proves it, and post it."""

        def prove(plan: SettlementPlan, transaction: Transaction) -> Events:
            proof = transaction.seal(asking_member(asked), command.proof)
            return plan.prove(command.line_id, by=asked.by, proof=proof)

        return self._post_once(command, asked, prove)

    def _declare(self, command: DeclarePaid | DeclareCoopPaid, asked: Asked, *, by: UUID | None) -> Done:
        return self._history.change(
            SettlementPlan,
            command.plan_id,
            command,
            asked,
            lambda plan, _: plan.declare(command.line_id, by=by, cents=command.cents),
        )

    def _confirm(self, command: ConfirmPaid | ConfirmCoopPaid, asked: Asked, *, by: UUID | None) -> Done:
        return self._post_once(command, asked, lambda plan, _: plan.confirm(command.line_id, by=by, cents=command.cents))

    def _post_once(
        self, command: ConfirmPaid | ConfirmCoopPaid | ConfirmByProof, asked: Asked, decide: Decide[SettlementPlan]
    ) -> Done:
        def paid(transaction: Transaction) -> Draft[PlanLinePaid]:
            plan = transaction.read(SettlementPlan, command.plan_id)
            return plan.payment(command.plan_id, command.line_id, today=day_of(asked.effective_at or asked.at))

        def both(history: History) -> Done:
            done = history.change(SettlementPlan, command.plan_id, command, asked, decide)
            entry_id = queries.last_payment(history.connection, command.coop_id, command.plan_id, command.line_id)
            post(history, entry_id, command, asked.part("entry"), paid)
            return done

        return self._history.together(both)
