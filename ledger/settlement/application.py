"""The door for writing settlement plans."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from kernel.command import Asked, Done
from kernel.log.history import Decide, History
from kernel.log.transaction import Transaction
from kernel.period import in_waking_hours
from ledger.door import BooksDoor, Events, asking_member
from ledger.entries.application import post
from ledger.entries.books import check_past
from ledger.entries.causes.transfer import PlanLinePaid
from ledger.entries.draft import Draft
from ledger.settlement import drawing, queries
from ledger.settlement.commands import (
    ConfirmByProof,
    ConfirmCoopPaid,
    ConfirmPaid,
    DeclareCoopPaid,
    DeclarePaid,
    DenyPaid,
    IssueDraft,
    IssuePlan,
    WithdrawPlan,
)
from ledger.settlement.events import PlanDrafted, PlanIssued
from ledger.settlement.plan import SettlementPlan

ATTEMPTS = 3

DrawingUp = Callable[[Transaction], PlanIssued]


class _Moved(Exception):  # noqa: N818 - it says what happened, and nobody is told
    """Something was posted, or said to be paid, after the transfers were computed."""


class Settling(BooksDoor):
    """Settlement plans: drawn up, issued, given up, their transfers declared and confirmed."""

    def issue_plan(self, command: IssuePlan, asked: Asked, floor_cents: int = 0, draft_hours: int = 0) -> Done:
        """Draw up the transfers that settle the balances of a day, none under a floor; refused while a plan is open.

        They are issued once they were a draft for so many hours; at once where those are none.
        """
        terms = drawing.PlanTerms(command.coop_id, command.as_of, command.through_purse, floor_cents)

        def decide(plan: SettlementPlan, transaction: Transaction, drawn: PlanIssued) -> Events:
            check_past(command.as_of, today=self._day_of(asked.at))
            another_is_open = queries.open_plan(transaction.connection, command.coop_id) is not None
            if not draft_hours:
                return plan.issue(drawn, another_is_open=another_is_open, currency=self._currency)
            draft = PlanDrafted(
                as_of=command.as_of,
                issue_at=in_waking_hours(asked.at + timedelta(hours=draft_hours), self._zone),
                through_purse=command.through_purse,
                floor_cents=floor_cents,
            )
            return plan.issue_later(draft, drawn, another_is_open=another_is_open, currency=self._currency)

        def carry_out(drawing_up: DrawingUp) -> Done:
            return self._history.start(
                SettlementPlan,
                asked.command_id,
                command,
                asked,
                lambda plan, transaction: decide(plan, transaction, drawing_up(transaction)),
            )

        return self._drawn(terms, asked.command_id, carry_out)

    def issue_draft(self, command: IssueDraft, asked: Asked) -> Done:
        """Issue a draft as it stands; given up where nothing is left to settle."""
        with self._history.reading() as connection:
            terms = drawing.terms_of(connection, command.coop_id, command.plan_id)

        def carry_out(drawing_up: Callable[[Transaction], PlanIssued | None]) -> Done:
            return self._history.change(
                SettlementPlan,
                command.plan_id,
                command,
                asked,
                lambda plan, transaction: plan.issue_draft(drawing_up(transaction)),
            )

        return self._drawn(terms, command.plan_id, carry_out) if terms else carry_out(lambda _: None)

    def _drawn(self, terms: drawing.PlanTerms, plan_id: UUID, carry_out: Callable[[DrawingUp], Done]) -> Done:
        """Carry out what takes a plan as it is drawn when that is recorded.

        It is computed before the log is held, and taken if the books are then still what they were: else once more,
        and where others keep posting, while it is held.
        """

        def held(transaction: Transaction) -> PlanIssued:
            transaction.hold_all()
            return drawing.draw(transaction.connection, terms, plan_id).plan

        for _ in range(ATTEMPTS):
            with self._history.reading() as connection, suppress(_Moved):
                return carry_out(_if_still(drawing.draw(connection, terms, plan_id), terms.coop_id))
        return carry_out(held)

    def withdraw_plan(self, command: WithdrawPlan, asked: Asked) -> Done:
        """Give up an open plan, or its draft; what was paid stays paid, what is said to be paid still waits."""
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

    def deny_paid(self, command: DenyPaid, asked: Asked, receiver: UUID) -> Done:
        """Put aside what is said to be paid of a transfer: its receiver says that it has not come."""
        return self._history.change(
            SettlementPlan, command.plan_id, command, asked, lambda plan, _: plan.deny(command.line_id, by=receiver)
        )

    def confirm_by_proof(self, command: ConfirmByProof, asked: Asked, said_by: UUID | None = None) -> Done:
        """Record that what `said_by` somebody was made of a transfer has come, by what proves it, and post it."""

        def prove(plan: SettlementPlan, transaction: Transaction) -> Events:
            proof = transaction.seal(asking_member(asked), command.proof)
            return plan.prove(command.line_id, by=asked.by, said_by=said_by, proof=proof)

        return self._post_once(command, asked, prove)

    def _declare(self, command: DeclarePaid | DeclareCoopPaid, asked: Asked, *, by: UUID | None) -> Done:
        return self._history.change(
            SettlementPlan,
            command.plan_id,
            command,
            asked,
            lambda plan, _: plan.declare(command.line_id, by=by, currency=self._currency, cents=command.cents),
        )

    def _confirm(self, command: ConfirmPaid | ConfirmCoopPaid, asked: Asked, *, by: UUID | None) -> Done:
        return self._post_once(
            command,
            asked,
            lambda plan, _: plan.confirm(command.line_id, by=by, currency=self._currency, cents=command.cents),
        )

    def _post_once(
        self, command: ConfirmPaid | ConfirmCoopPaid | ConfirmByProof, asked: Asked, decide: Decide[SettlementPlan]
    ) -> Done:
        def paid(transaction: Transaction) -> Draft[PlanLinePaid]:
            plan = transaction.read(SettlementPlan, command.plan_id)
            today = self._day_of(asked.effective_at or asked.at)
            return plan.payment(command.plan_id, command.line_id, today=today, currency=self._currency)

        def both(history: History) -> Done:
            done = history.change(SettlementPlan, command.plan_id, command, asked, decide)
            entry_id = queries.last_payment(history.connection, command.coop_id, command.plan_id, command.line_id)
            if entry_id:
                post(history, entry_id, command, asked.part("entry"), paid)
            return done

        return self._history.together(both)


def _if_still(drawn: drawing.Drawn, coop_id: UUID) -> DrawingUp:
    """Return what gives a plan as it was drawn, the log held; `_Moved` when it would be drawn otherwise now."""

    def drawn_still(transaction: Transaction) -> PlanIssued:
        transaction.hold_all()
        if drawing.standing(transaction.connection, coop_id) != drawn.standing:
            raise _Moved
        return drawn.plan

    return drawn_still
