"""The door for writing expenses."""

from uuid import UUID

from kernel.command import Asked, Command, Done
from kernel.log.history import History
from kernel.log.transaction import Transaction
from ledger.door import BooksDoor, Events, asking_member, sealed
from ledger.entries.application import post, undone
from ledger.entries.causes.expense import ExpensePart, part_id
from ledger.entries.draft import Draft
from ledger.entries.entry import Entry
from ledger.pricing.tariff import Tariff, tariff_id
from ledger.spending.commands import (
    AgreeToExpense,
    PostSpreadPart,
    RecordExpense,
    RefuseExpense,
    UndoSpreadPart,
    WithdrawExpense,
)
from ledger.spending.expense import Expense


class Spending(BooksDoor):
    """Shared expenses and their monthly parts."""

    def record_expense(self, command: RecordExpense, asked: Asked, *, waits: bool = False) -> Done:
        """Record an expense and post its first part; the others follow as their months come.

        Where it `waits` for the yes of another than who asks, nothing is posted before.
        """

        def decide(expense: Expense, transaction: Transaction) -> Events:
            tariff = transaction.read(Tariff, tariff_id(command.vehicle_id)) if command.vehicle_id else None
            note = sealed(transaction, command.note, asked)
            return expense.record(
                command,
                today=self._day_of(asked.at),
                tariff=tariff,
                note=note,
                awaits_yes_of_another_than=asking_member(asked) if waits else None,
            )

        def both(history: History) -> Done:
            done = history.start(Expense, asked.command_id, command, asked, decide)
            if not waits:
                self._post_part(history, done.stream_id, 1, command, asked)
            return done

        return self._history.together(both)

    def agree_to_expense(self, command: AgreeToExpense, asked: Asked) -> Done:
        """Say yes to an expense that waits for it, and post its first part."""

        def both(history: History) -> Done:
            done = history.change(
                Expense, command.expense_id, command, asked, lambda expense, _: expense.agree(by=asked.by)
            )
            self._post_part(history, command.expense_id, 1, command, asked)
            return done

        return self._history.together(both)

    def refuse_expense(self, command: RefuseExpense, asked: Asked) -> Done:
        """Say no to an expense that waits for a yes."""

        def refuse(expense: Expense, transaction: Transaction) -> Events:
            return expense.refuse(by=asked.by, reason=sealed(transaction, command.reason, asked))

        return self._history.change(Expense, command.expense_id, command, asked, refuse)

    def post_spread_part(self, command: PostSpreadPart, asked: Asked) -> Done:
        """Post the next monthly part of an expense."""

        def both(history: History) -> Done:
            done = history.change(
                Expense, command.expense_id, command, asked, lambda expense, _: expense.post_part(command.part)
            )
            self._post_part(history, command.expense_id, command.part, command, asked)
            return done

        return self._history.together(both)

    def withdraw_expense(self, command: WithdrawExpense, asked: Asked) -> Done:
        """Take an expense back. Its posted parts, many for long and for many, are undone one by one after it."""

        def withdraw(expense: Expense, transaction: Transaction) -> Events:
            return expense.withdraw(reason=sealed(transaction, command.reason, asked))

        return self._history.change(Expense, command.expense_id, command, asked, withdraw)

    def undo_spread_part(self, command: UndoSpreadPart, asked: Asked) -> Done:
        """Undo a part of an expense that was taken back, for the reason given then; one undone already stays so."""
        entry_id = part_id(command.expense_id, command.part)

        def undo(entry: Entry, transaction: Transaction) -> Events:
            withdrawn = transaction.read(Expense, command.expense_id).withdrawn
            if withdrawn is None or not entry.stands:
                return ()
            return undone(transaction, entry_id, entry, today=self._day_of(asked.at), reason=withdrawn.reason)

        return self._history.start(Entry, entry_id, command, asked, undo)

    def _post_part(self, history: History, expense_id: UUID, part: int, command: Command, asked: Asked) -> None:
        def drafted(transaction: Transaction) -> Draft[ExpensePart] | None:
            return transaction.read(Expense, expense_id).part(expense_id, part, currency=self._currency)

        post(history, part_id(expense_id, part), command, asked.part("entry"), drafted)
