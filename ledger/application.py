"""The door for writing: everything a co-op's ledger can be asked to do.

Who may ask what is the edge's table; that only a debtor declares and only a receiver confirms is decided here.
"""

from collections.abc import Callable, Sequence
from uuid import UUID, uuid5

from kernel.command import Asked, Command, Done
from kernel.event import Event
from kernel.log.history import History, Transaction
from kernel.privacy import Sealed
from kernel.refused import NotYours, Unknown
from ledger import commands
from ledger.days import day_of, month_of
from ledger.entries import queries
from ledger.entries.books import Books, books_id, check_past
from ledger.entries.causes.trip import charge_id, fuel_credit, fuel_id, trip_charge
from ledger.entries.entry import Entry
from ledger.events import EntryPosted
from ledger.pricing.tariff import Tariff
from ledger.settlement import queries as settlement_queries
from ledger.settlement.plan import SettlementPlan, payment_id
from ledger.spending import queries as spending_queries
from ledger.spending.expense import Expense, part_entry, part_id

Events = Sequence[Event]
EntryOf = Callable[[Transaction], EntryPosted | None]


class Ledger:
    """Prices, charges, expenses, closed months, contributions and settlement plans of every co-op."""

    def __init__(self, history: History) -> None:
        self._history = history

    def open_tariff(self, command: commands.OpenTariff, asked: Asked) -> Done:
        """Give a vehicle its first price; refused when it has one with other receivers."""
        stream = tariff_id(command.vehicle_id)
        return self._history.start(Tariff, stream, command, asked, lambda tariff, _: tariff.open(command))

    def set_rate(self, command: commands.SetRate, asked: Asked) -> Done:
        """Change a vehicle's price from an instant on, never before now; the same decision counts once."""
        stream = tariff_id(command.vehicle_id)
        return self._history.change(
            Tariff, stream, command, asked, lambda tariff, _: tariff.set_rate(command, at=asked.at)
        )

    def charge_trip(self, command: commands.ChargeTrip, asked: Asked) -> Done:
        """Charge a trip, and credit the fuel its driver paid: one entry each, once for ever."""

        def charged(transaction: Transaction) -> EntryPosted | None:
            return trip_charge(command, tariff=_tariff(transaction, command.vehicle_id), books=_books(transaction))

        def credited(transaction: Transaction) -> EntryPosted | None:
            return fuel_credit(command, tariff=_tariff(transaction, command.vehicle_id), books=_books(transaction))

        def both(history: History) -> Done:
            done = _post(history, charge_id(command.trip_id), command, asked, charged)
            _post(history, fuel_id(command.trip_id), command, asked.part("fuel"), credited)
            return done

        return self._history.together(both)

    def record_expense(self, command: commands.RecordExpense, asked: Asked) -> Done:
        """Record an expense and post its first part; the others follow as their months come."""

        def decide(expense: Expense, transaction: Transaction) -> Events:
            tariff = _tariff(transaction, command.vehicle_id) if command.vehicle_id else None
            note = _sealed(transaction, command.note, asked)
            return expense.record(command, today=day_of(asked.at), tariff=tariff, note=note)

        def both(history: History) -> Done:
            done = history.start(Expense, asked.command_id, command, asked, decide)
            _post_part(history, done.stream_id, 1, command, asked.part("entry"))
            return done

        return self._history.together(both)

    def post_spread_part(self, command: commands.PostSpreadPart, asked: Asked) -> Done:
        """Post the next monthly part of an expense."""

        def both(history: History) -> Done:
            done = history.change(
                Expense, command.expense_id, command, asked, lambda expense, _: expense.post_part(command.part)
            )
            _post_part(history, command.expense_id, command.part, command, asked.part("entry"))
            return done

        return self._history.together(both)

    def withdraw_expense(self, command: commands.WithdrawExpense, asked: Asked) -> Done:
        """Take an expense back: reverse each of its posted parts that still stands, and post no other."""

        def withdraw(expense: Expense, transaction: Transaction) -> Events:
            return expense.withdraw(reason=_sealed(transaction, command.reason, asked))

        def all_of_it(history: History) -> Done:
            done = history.change(Expense, command.expense_id, command, asked, withdraw)
            for part in range(
                1, spending_queries.parts_posted(history.connection, command.coop_id, command.expense_id) + 1
            ):
                _undo_part(history, part, command, asked.part(f"undo {part}"))
            return done

        return self._history.together(all_of_it)

    def reverse_entry(self, command: commands.ReverseEntry, asked: Asked) -> Done:
        """Undo an entry by its exact opposite, once."""

        def decide(entry: Entry, transaction: Transaction) -> Events:
            return _undo(command.entry_id, entry, transaction, command.reason, asked)

        return self._history.change(Entry, command.entry_id, command, asked, decide)

    def close_period(self, command: commands.ClosePeriod, asked: Asked) -> Done:
        """Close a month that is over, and all before it: late facts then count on the first open day."""

        def decide(books: Books, transaction: Transaction) -> Events:
            queries.hold_still(transaction.connection)
            month, today = month_of(command.month), day_of(asked.at)
            over = month < today
            entries = queries.entries_in_month(transaction.connection, command.coop_id, month) if over else 0
            return books.close(command, today=today, entries=entries)

        return self._history.start(Books, books_id(command.coop_id), command, asked, decide)

    def set_balance_limit(self, command: commands.SetBalanceLimit, asked: Asked) -> Done:
        """Say how low a member's own spending may bring her balance."""
        stream = books_id(command.coop_id)
        return self._history.start(Books, stream, command, asked, lambda books, _: books.set_limit(command))

    def contribute(self, command: commands.Contribute, asked: Asked) -> Done:
        """Give part of what one is owed to the co-op, never below its balance limit."""
        giver = _member(asked)

        def given(transaction: Transaction) -> EntryPosted:
            books = _books(transaction)
            balance = queries.balance(transaction.connection, command.coop_id, giver)
            today = day_of(asked.at)
            return books.contribution(
                command, entry_id=asked.command_id, giver=giver, balance_cents=balance, today=today
            )

        return _post(self._history, asked.command_id, command, asked, given)

    def issue_plan(self, command: commands.IssuePlan, asked: Asked) -> Done:
        """Issue the transfers that settle the balances of a day; refused while another plan is open."""

        def decide(plan: SettlementPlan, transaction: Transaction) -> Events:
            check_past(command.as_of, today=day_of(asked.at))
            queries.hold_still(transaction.connection)
            return plan.issue(
                asked.command_id,
                command.as_of,
                balances=settlement_queries.to_settle(transaction.connection, command.coop_id, command.as_of),
                another_is_open=settlement_queries.open_plan(transaction.connection, command.coop_id) is not None,
                purse=command.coop_id if command.through_purse else None,
            )

        return self._history.start(SettlementPlan, asked.command_id, command, asked, decide)

    def withdraw_plan(self, command: commands.WithdrawPlan, asked: Asked) -> Done:
        """Give up an open plan; what was paid stays paid."""
        return self._history.change(SettlementPlan, command.plan_id, command, asked, lambda plan, _: plan.withdraw())

    def declare_paid(self, command: commands.DeclarePaid, asked: Asked) -> Done:
        """Take a debtor's word that she made a transfer of the plan."""
        return self._declare(command, asked, by=asked.by)

    def declare_coop_paid(self, command: commands.DeclareCoopPaid, asked: Asked) -> Done:
        """Take the treasurer's word that the co-op made a transfer it owes."""
        return self._declare(command, asked, by=command.coop_id)

    def confirm_paid(self, command: commands.ConfirmPaid, asked: Asked) -> Done:
        """Take a receiver's word that a transfer has come, and post it."""
        return self._confirm(command, asked, by=asked.by)

    def confirm_coop_paid(self, command: commands.ConfirmCoopPaid, asked: Asked) -> Done:
        """Take the treasurer's word that a transfer has come to the co-op, and post it."""
        return self._confirm(command, asked, by=command.coop_id)

    def _declare(
        self, command: commands.DeclarePaid | commands.DeclareCoopPaid, asked: Asked, *, by: UUID | None
    ) -> Done:
        return self._history.change(
            SettlementPlan, command.plan_id, command, asked, lambda plan, _: plan.declare(command.line_id, by=by)
        )

    def _confirm(
        self, command: commands.ConfirmPaid | commands.ConfirmCoopPaid, asked: Asked, *, by: UUID | None
    ) -> Done:
        def paid(transaction: Transaction) -> EntryPosted:
            plan = transaction.read(SettlementPlan, command.plan_id)
            today = day_of(asked.effective_at or asked.at)
            return plan.payment(command.plan_id, command.line_id, books=_books(transaction), today=today)

        def both(history: History) -> Done:
            done = history.change(
                SettlementPlan, command.plan_id, command, asked, lambda plan, _: plan.confirm(command.line_id, by=by)
            )
            _post(history, payment_id(command.line_id), command, asked.part("entry"), paid)
            return done

        return self._history.together(both)


def tariff_id(vehicle_id: UUID) -> UUID:
    """Return the stream of a vehicle's tariff."""
    return uuid5(vehicle_id, "tariff")


def _post(history: History, entry_id: UUID, command: Command, asked: Asked, entry: EntryOf) -> Done:
    def decide(known: Entry, transaction: Transaction) -> Events:
        posted = None if known.posted else entry(transaction)
        return known.post(posted) if posted else ()

    return history.start(Entry, entry_id, command, asked, decide)


def _post_part(history: History, expense_id: UUID, part: int, command: Command, asked: Asked) -> Done:
    def due(transaction: Transaction) -> EntryPosted | None:
        recorded = transaction.read(Expense, expense_id).recorded
        if recorded is None:
            raise Unknown
        return part_entry(expense_id, recorded, part, books=_books(transaction))

    return _post(history, part_id(expense_id, part), command, asked, due)


def _undo_part(history: History, part: int, command: commands.WithdrawExpense, asked: Asked) -> Done:
    entry_id = part_id(command.expense_id, part)

    def if_standing(entry: Entry, transaction: Transaction) -> Events:
        gone = entry.posted is None or entry.reversal_id is not None
        return () if gone else _undo(entry_id, entry, transaction, command.reason, asked)

    return history.start(Entry, entry_id, command, asked, if_standing)


def _undo(entry_id: UUID, entry: Entry, transaction: Transaction, words: str, asked: Asked) -> Events:
    today = day_of(asked.at)
    reason = _sealed(transaction, words, asked)
    return entry.reverse(entry_id, on=_books(transaction).posting_day(today), true_day=today, reason=reason)


def _books(transaction: Transaction) -> Books:
    queries.hold_still(transaction.connection)
    return transaction.read(Books, books_id(transaction.coop_id))


def _tariff(transaction: Transaction, vehicle_id: UUID) -> Tariff:
    return transaction.read(Tariff, tariff_id(vehicle_id))


def _sealed(transaction: Transaction, words: str, asked: Asked) -> Sealed | None:
    return transaction.seal(asked.by, words) if asked.by and words else None


def _member(asked: Asked) -> UUID:
    if asked.by is None:
        raise NotYours
    return asked.by
