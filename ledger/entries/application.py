"""The door for writing entries, and how other groups post and undo theirs."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from kernel.command import Asked, Command, Done
from kernel.log.history import History
from kernel.log.transaction import Transaction
from kernel.money import Money
from kernel.privacy import Sealed
from ledger.days import month_of
from ledger.door import BooksDoor, Events, asking_member, sealed
from ledger.entries import queries
from ledger.entries.books import Books, books_id
from ledger.entries.causes import Explanation
from ledger.entries.causes.fuel import fuel_credit, fuel_id
from ledger.entries.causes.gift import Given, gift
from ledger.entries.causes.trip import charge_id, trip_charge, trip_charge_anew
from ledger.entries.commands import (
    ChargeTrip,
    ChargeTripAnew,
    ClosePeriod,
    Contribute,
    LiftPart,
    ReverseEntry,
    SetBalanceLimit,
    UnchargeTrip,
)
from ledger.entries.counting import is_charged_anew
from ledger.entries.draft import Draft
from ledger.entries.entry import Entry
from ledger.pricing.tariff import Tariff, tariff_id

Drafting = Callable[[Transaction], Draft[Explanation] | None]
Cause = Callable[[ChargeTrip, Tariff, date], Draft[Explanation] | None]


class Entries(BooksDoor):
    """Charges, contributions and corrections, and the books they stand in."""

    def charge_trip(self, command: ChargeTrip, asked: Asked) -> Done:
        """Charge a trip, and credit the fuel its driver paid: one entry each, never twice."""
        trip, first, day = command.trip_id, command.first_revision, self._day_of(command.used.end)

        def by(cause: Cause) -> Drafting:
            return lambda transaction: cause(command, transaction.read(Tariff, tariff_id(command.vehicle_id)), day)

        def both(history: History) -> Done:
            done = post(history, charge_id(trip, first), command, asked, by(trip_charge))
            post(history, fuel_id(trip, first), command, asked.part("fuel"), by(fuel_credit))
            return done

        return self._history.together(both)

    def charge_trip_anew(self, command: ChargeTripAnew, asked: Asked) -> Done:
        """Undo what a trip was charged, on the day for which it counts, and charge it again where that is due.

        Where that day's month is closed, both count on the first open day.
        """
        trip, revision = command.trip_id, command.revision
        day, today = self._day_of(command.used.end), self._day_of(asked.at)

        def charge(transaction: Transaction) -> Draft[Explanation] | None:
            was = transaction.read(Entry, charge_id(trip, command.since)).counted
            return trip_charge_anew(command, transaction.read(Tariff, tariff_id(command.vehicle_id)), day, was)

        def credit(transaction: Transaction) -> Draft[Explanation] | None:
            return fuel_credit(command, transaction.read(Tariff, tariff_id(command.vehicle_id)), day)

        def all_of_it(history: History) -> Done:
            former = charge_id(trip, revision - 1)
            done = _uncharge(history, former, command, asked, today, command.reason) if revision > 1 else None
            if command.due:
                done = post(history, charge_id(trip, revision), command, asked.part("charge"), charge)
                post(history, fuel_id(trip, command.first_revision), command, asked.part("fuel"), credit)
            return done or Done(stream_id=trip, position=0)

        return self._history.together(all_of_it)

    def uncharge_trip(self, command: UnchargeTrip, asked: Asked) -> Done:
        """Undo what a trip was charged, and the fuel credited, on their day: its return was undone."""
        trip, revision, today = command.trip_id, command.revision, self._day_of(asked.at)

        def both(history: History) -> Done:
            _uncharge(history, fuel_id(trip, revision), command, asked.part("fuel"), today)
            return _uncharge(history, charge_id(trip, revision), command, asked, today)

        return self._history.together(both)

    def reverse_entry(self, command: ReverseEntry, asked: Asked) -> Done:
        """Undo an entry by its exact opposite, once."""

        def decide(entry: Entry, transaction: Transaction) -> Events:
            reason = sealed(transaction, command.reason, asked)
            return undone(transaction, command.entry_id, entry, today=self._day_of(asked.at), reason=reason)

        return self._history.change(Entry, command.entry_id, command, asked, decide)

    def lift_part(self, command: LiftPart, asked: Asked) -> Done:
        """Take off an entry what an account bears of it, to count on the first open day from today on.

        Nothing of what undid the charge of a trip that was charged anew since: that one counts.
        """

        def decide(entry: Entry, transaction: Transaction) -> Events:
            if is_charged_anew(transaction.connection, command.coop_id, command.entry_id):
                return ()
            today = self._day_of(asked.at)
            on = _books_held(transaction).posting_day(today)
            return entry.lift(command.entry_id, command.account, contest_id=command.contest_id, on=on, true_day=today)

        with self._history.reading() as connection:
            known = queries.entry(connection, command.coop_id, command.entry_id)
        stream = known.reverses if known and known.reverses else command.entry_id
        return self._history.start(Entry, stream, command, asked, decide)

    def close_period(self, command: ClosePeriod, asked: Asked) -> Done:
        """Close a month that is over, and all before it: late facts then count on the first open day."""

        def decide(books: Books, transaction: Transaction) -> Events:
            transaction.hold_all()
            month, today = month_of(command.month), self._day_of(asked.at)
            over = month < today
            entries = queries.entries_in_month(transaction.connection, command.coop_id, month) if over else 0
            return books.close(command, today=today, entries=entries)

        return self._history.start(Books, books_id(command.coop_id), command, asked, decide)

    def set_balance_limit(self, command: SetBalanceLimit, asked: Asked) -> Done:
        """Say how low a gift may bring its giver's balance."""
        stream = books_id(command.coop_id)
        return self._history.start(Books, stream, command, asked, lambda books, _: books.set_limit(command))

    def contribute(self, command: Contribute, asked: Asked) -> Done:
        """Give part of what one is owed to the co-op, never below its balance limit."""
        giver = asking_member(asked)

        def given(transaction: Transaction) -> Draft[Given]:
            floor = _books_held(transaction).floor_cents
            balance = queries.balance(transaction.connection, command.coop_id, giver)
            return gift(
                asked.command_id,
                command,
                giver=giver,
                balance=Money(balance, self._currency),
                floor_cents=floor,
                today=self._day_of(asked.at),
            )

        return post(self._history, asked.command_id, command, asked, given)


def post(history: History, entry_id: UUID, command: Command, asked: Asked, drafting: Drafting) -> Done:
    """Post the entry that `drafting` makes, on the first open day from its own on; once posted, never again."""

    def decide(entry: Entry, transaction: Transaction) -> Events:
        draft = None if entry.posted else drafting(transaction)
        if draft is None:
            return ()
        return entry.post(draft, on=_books_held(transaction).posting_day(draft.because.true_day))

    return history.start(Entry, entry_id, command, asked, decide)


def undone(transaction: Transaction, entry_id: UUID, entry: Entry, *, today: date, reason: Sealed | None) -> Events:
    """Return what undoes an entry, to count on the first open day from `today` on."""
    on = _books_held(transaction).posting_day(today)
    return entry.reverse(entry_id, on=on, true_day=today, reason=reason)


def _uncharge(
    history: History, entry_id: UUID, command: Command, asked: Asked, today: date, reason: Sealed | None = None
) -> Done:
    """Undo a charge as if it had never been: on its own day. What moves nothing, or was never posted, stays so."""

    def undo(entry: Entry, transaction: Transaction) -> Events:
        if entry.posted is None:
            return ()
        on = _books_held(transaction).posting_day(entry.posted.effective_on)
        if not entry.stands:
            return entry.take_again(on=on, true_day=today)
        return entry.reverse(entry_id, on=on, true_day=today, reason=reason)

    return history.start(Entry, entry_id, command, asked, undo)


def _books_held(transaction: Transaction) -> Books:
    """Return the books, nobody else appending from here on: which months are closed stays true."""
    transaction.hold_all()
    return transaction.read(Books, books_id(transaction.coop_id))
