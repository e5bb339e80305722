"""The door for writing expenses."""

from uuid import UUID

from kernel.command import Asked, Command, Done
from kernel.log.door import Door
from kernel.log.history import History
from kernel.log.transaction import Transaction
from ledger.days import day_of
from ledger.door import Events, sealed
from ledger.entries.application import post, undo_each
from ledger.entries.causes.expense import part_id
from ledger.pricing.tariff import Tariff, tariff_id
from ledger.spending.commands import PostSpreadPart, RecordExpense, WithdrawExpense
from ledger.spending.expense import Expense
from ledger.spending.queries import parts_posted


class Spending(Door):
    """Shared expenses and their monthly parts."""

    def record_expense(self, command: RecordExpense, asked: Asked) -> Done:
        """Record an expense and post its first part; the others follow as their months come."""

        def decide(expense: Expense, transaction: Transaction) -> Events:
            tariff = transaction.read(Tariff, tariff_id(command.vehicle_id)) if command.vehicle_id else None
            note = sealed(transaction, command.note, asked)
            return expense.record(command, today=day_of(asked.at), tariff=tariff, note=note)

        def both(history: History) -> Done:
            done = history.start(Expense, asked.command_id, command, asked, decide)
            _post_part(history, done.stream_id, 1, command, asked)
            return done

        return self._history.together(both)

    def post_spread_part(self, command: PostSpreadPart, asked: Asked) -> Done:
        """Post the next monthly part of an expense."""

        def both(history: History) -> Done:
            done = history.change(
                Expense, command.expense_id, command, asked, lambda expense, _: expense.post_part(command.part)
            )
            _post_part(history, command.expense_id, command.part, command, asked)
            return done

        return self._history.together(both)

    def withdraw_expense(self, command: WithdrawExpense, asked: Asked) -> Done:
        """Take an expense back: undo each of its posted parts that still stands, and post no other."""
        expense_id = command.expense_id

        def withdraw(expense: Expense, transaction: Transaction) -> Events:
            return expense.withdraw(reason=sealed(transaction, command.reason, asked))

        def all_of_it(history: History) -> Done:
            done = history.change(Expense, expense_id, command, asked, withdraw)
            posted = range(1, parts_posted(history.connection, command.coop_id, expense_id) + 1)
            entries = {part_id(expense_id, part): asked.part(f"undo {part}") for part in posted}
            undo_each(history, entries, command, asked, command.reason)
            return done

        return self._history.together(all_of_it)


def _post_part(history: History, expense_id: UUID, part: int, command: Command, asked: Asked) -> None:
    post(
        history,
        part_id(expense_id, part),
        command,
        asked.part("entry"),
        lambda transaction: transaction.read(Expense, expense_id).part(expense_id, part),
    )
