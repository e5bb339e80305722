"""An expense: someone paid, several bear it, at once or month by month.

Each running total is split, and a part is the difference of two: whatever the number of months, in the end everyone
has borne exactly the split of the whole, and every payer has been given back exactly what she paid.
"""

from datetime import date
from uuid import UUID, uuid5

import msgspec

from kernel.aggregate import Aggregate
from kernel.event import Event
from kernel.money import Money, split, spread
from kernel.privacy import Sealed
from kernel.refused import Refused
from ledger.commands import RecordExpense
from ledger.days import due_on
from ledger.entries.because import ExpensePart, Shared
from ledger.entries.books import Books, check_past
from ledger.entries.entry import spare_cents
from ledger.events import EntryPosted, ExpenseRecorded, ExpenseWithdrawn, Posting, SpreadPartPosted
from ledger.pricing.tariff import Tariff


class NobodyBears(Refused):
    """Say who shares this expense: at least one of them needs a share."""


class NothingToShare(Refused):
    """Whoever paid this bears all of it: there is nothing to share."""


class PartNotDue(Refused):
    """This part of the expense is not the next one to count."""


class ExpenseGone(Refused):
    """This expense was already taken back."""


class Expense(Aggregate, frozen=True, kw_only=True):
    """One expense, how many of its monthly parts stand in the books, and whether it was taken back."""

    recorded: ExpenseRecorded | None = None
    posted: int = 0
    withdrawn: bool = False

    def record(
        self, command: RecordExpense, *, today: date, tariff: Tariff | None, note: Sealed | None
    ) -> tuple[Event, ...]:
        """Record the expense and its first part. `tariff` is the vehicle's, if it is for one."""
        check_past(command.paid_on, today=today)
        weights = _weights(command)
        bearers = [account for account, weight in weights.items() if weight]
        if len(bearers) == 1 and list(command.paid) == bearers:
            raise NothingToShare
        recorded = ExpenseRecorded(
            kind=command.kind,
            legal_nature="co_owner_cost_share" if tariff and tariff.sharing == "co_owned" else "expense",
            paid_on=command.paid_on,
            paid=command.paid,
            split=command.split,
            weights=weights,
            months=command.months,
            vehicle_id=command.vehicle_id,
            receipt=command.receipt,
            note=note,
        )
        return recorded, SpreadPartPosted(part=1)

    def post_part(self, part: int) -> tuple[Event, ...]:
        """Let the next part stand in the books; one that stands already changes nothing."""
        if self.recorded is None or self.withdrawn:
            raise ExpenseGone
        if part <= self.posted:
            return ()
        if part != self.posted + 1 or part > self.recorded.months:
            raise PartNotDue
        return (SpreadPartPosted(part=part),)

    def withdraw(self, *, reason: Sealed | None) -> tuple[Event, ...]:
        """Take the expense back; its posted parts are to be reversed with it."""
        if self.recorded is None or self.withdrawn:
            raise ExpenseGone
        return (ExpenseWithdrawn(months=self.recorded.months, posted=self.posted, reason=reason),)

    def evolve(self, event: Event) -> "Expense":
        """Return the expense after `event`."""
        match event:
            case ExpenseRecorded():
                return Expense(recorded=event)
            case SpreadPartPosted(part=part):
                return msgspec.structs.replace(self, posted=part)
            case ExpenseWithdrawn():
                return msgspec.structs.replace(self, withdrawn=True)
        return self


def part_id(expense_id: UUID, part: int) -> UUID:
    """Return the id of the one entry for a part of an expense."""
    return uuid5(expense_id, f"part/{part}")


def part_entry(expense_id: UUID, expense: ExpenseRecorded, part: int, *, books: Books) -> EntryPosted | None:
    """Return the entry for one part: payers are owed it, those who share it owe it; `None` when nothing moves."""
    whole = sum(expense.paid.values())
    before, after = (sum(spread(whole, expense.months)[:upto]) for upto in (part - 1, part))
    paid = _difference(before, after, expense.paid, expense_id)
    borne = _difference(before, after, expense.weights, expense_id)
    postings = (
        *(Posting(account, Money(cents)) for account, cents in paid.items() if cents),
        *(Posting(account, Money(-cents)) for account, cents in borne.items() if cents),
    )
    if not postings:
        return None
    true_day = due_on(expense.paid_on, part)
    because = ExpensePart(
        true_day=true_day,
        expense_id=expense_id,
        kind=expense.kind,
        vehicle_id=expense.vehicle_id,
        part=part,
        parts=expense.months,
        cents=after - before,
        whole_cents=whole,
        paid=expense.paid,
        split=expense.split,
        borne=Shared(weights=expense.weights, spare_cents=spare_cents(after - before, expense.weights, borne)),
        receipt=expense.receipt,
        note=expense.note,
    )
    return EntryPosted(
        kind="expense",
        legal_nature=expense.legal_nature,
        effective_on=books.posting_day(true_day),
        postings=postings,
        because=because,
        vehicle_id=expense.vehicle_id,
    )


def _difference(before: int, after: int, weights: dict[UUID, int], cause: UUID) -> dict[UUID, int]:
    earlier, later = split(before, weights, cause), split(after, weights, cause)
    return {account: later[account] - earlier[account] for account in weights}


def _weights(command: RecordExpense) -> dict[UUID, int]:
    weights = dict.fromkeys(command.among, 1) if command.split == "equal" else command.among
    if not any(weights.values()):
        raise NobodyBears
    return weights
