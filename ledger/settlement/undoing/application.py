"""The door for undoing what was said of transfers."""

from functools import partial
from uuid import UUID

from msgspec.structs import replace

from kernel.command import Asked, Done
from kernel.log.history import History
from kernel.log.transaction import Transaction
from ledger.door import BooksDoor, Events
from ledger.entries.application import undone
from ledger.entries.entry import Entry
from ledger.settlement import queries
from ledger.settlement.commands import UndoDeclaration, UndoDenial, UndoReceipt
from ledger.settlement.events import UndoneAtLine
from ledger.settlement.plan import SettlementPlan
from ledger.settlement.undoing.decisions import of_line, put_back

UndoAtLine = UndoDeclaration | UndoReceipt | UndoDenial


class UndoingTransfers(BooksDoor):
    """What was said of a transfer: undone for ten minutes, by who said it, while nobody has acted on it."""

    def undo_declaration(self, command: UndoDeclaration, asked: Asked) -> Done:
        """Let a transfer not be said to be paid."""
        return self._put_back(command, asked, "declaration")

    def undo_receipt(self, command: UndoReceipt, asked: Asked) -> Done:
        """Let a transfer not have come: its entry is undone by its exact opposite."""
        return self._put_back(command, asked, "receipt")

    def undo_denial(self, command: UndoDenial, asked: Asked) -> Done:
        """Let a transfer wait for its receiver's answer again."""
        return self._put_back(command, asked, "denial")

    def _put_back(self, command: UndoAtLine, asked: Asked, what: UndoneAtLine) -> Done:
        def decide(plan: SettlementPlan, transaction: Transaction) -> Events:
            about = partial(of_line, line_id=command.line_id)
            return put_back(
                plan,
                plan.line(command.line_id),
                transaction.last_act(SettlementPlan, command.plan_id, about),
                what,
                by=asked.by,
                at=asked.at,
                another_is_open=queries.open_plan(transaction.connection, command.coop_id) is not None,
            )

        def both(history: History) -> Done:
            paid = queries.last_payment(history.connection, command.coop_id, command.plan_id, command.line_id)
            done = history.change(SettlementPlan, command.plan_id, command, asked, decide)
            if done.changed and what == "receipt" and paid:
                reverse = partial(self._reversed, entry_id=paid, asked=asked)
                by_itself = replace(asked.part("entry"), by=None)  # nobody's part: it waits for an answer as before
                history.change(Entry, paid, command, by_itself, reverse)
            return done

        return self._history.together(both)

    def _reversed(self, entry: Entry, transaction: Transaction, *, entry_id: UUID, asked: Asked) -> Events:
        return undone(transaction, entry_id, entry, today=self._day_of(asked.at), reason=None)
