"""An expense: someone paid, several bear it, at once or month by month."""

from datetime import date
from uuid import UUID

import msgspec

from kernel.aggregate import Aggregate
from kernel.event import Event
from kernel.privacy import Sealed
from kernel.refused import NotYours, Refused, Unknown
from ledger.entries.books import check_past
from ledger.entries.causes.expense import ExpensePart, part_entry
from ledger.entries.draft import Draft
from ledger.entries.spread import Spread
from ledger.pricing.tariff import Tariff
from ledger.spending.commands import RecordExpense
from ledger.spending.events import (
    ExpenseAgreed,
    ExpenseRecorded,
    ExpenseRefused,
    ExpenseWithdrawn,
    SpreadPartPosted,
    SpreadPartWithdrawn,
)


class NobodyBears(Refused):
    """Say who shares this expense: at least one of them needs a share."""


class EqualByWeights(Refused):
    """Shared equally, each bears the same: give everyone named the weight 1, or share it by shares."""


class NothingToShare(Refused):
    """The payer also bears all of it: there is nothing to share."""


class PartNotDue(Refused):
    """This part of the expense is not the next one to count."""


class ExpenseGone(Refused):
    """This expense was already taken back."""


class StillWaits(Refused):
    """This expense waits for a yes: nothing of it counts yet."""


class CountsAlready(Refused):
    """This expense waits for no yes any more: it counts already."""


class Expense(Aggregate, frozen=True, kw_only=True):
    """One expense, how many of its monthly parts stand in the books, and whether it was taken back.

    One that waits for a yes has none there; `agreed` is whether it came.
    """

    recorded: ExpenseRecorded | None = None
    agreed: bool = False
    refused: bool = False
    posted: int = 0
    withdrawn: ExpenseWithdrawn | None = None

    def record(
        self,
        command: RecordExpense,
        *,
        today: date,
        tariff: Tariff | None,
        note: Sealed | None,
        awaits_yes_of_another_than: UUID | None = None,
    ) -> tuple[Event, ...]:
        """Record the expense, and its first part unless it waits. `tariff` is the vehicle's, if it is for one."""
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
            spread_by="pairs",
            awaits_yes_of_another_than=awaits_yes_of_another_than,
        )
        return (recorded,) if awaits_yes_of_another_than else (recorded, SpreadPartPosted(part=1))

    def agree(self, *, by: UUID | None) -> tuple[Event, ...]:
        """Say yes, as another than who typed it: its first part counts. Nothing happens where it counts already."""
        recorded = self._standing()
        if not self._waits:
            return ()
        if by in (None, recorded.awaits_yes_of_another_than):
            raise NotYours
        return ExpenseAgreed(), SpreadPartPosted(part=1)

    def refuse(self, *, by: UUID | None, reason: Sealed | None) -> tuple[Event, ...]:
        """Say no, as another than who typed it, while it waits for a yes."""
        recorded = self._standing()
        if not self._waits:
            raise CountsAlready
        if by in (None, recorded.awaits_yes_of_another_than):
            raise NotYours
        return (ExpenseRefused(months=recorded.months, reason=reason),)

    def post_part(self, part: int) -> tuple[Event, ...]:
        """Let the next part stand in the books; one that stands already changes nothing."""
        recorded = self._standing()
        if self._waits:
            raise StillWaits
        if part <= self.posted:
            return ()
        if part != self.posted + 1 or part > recorded.months:
            raise PartNotDue
        return (SpreadPartPosted(part=part),)

    def withdraw(self, *, reason: Sealed | None) -> tuple[Event, ...]:
        """Take the expense back, and with it each of its posted parts."""
        recorded = self._standing()
        parts = (SpreadPartWithdrawn(part=part) for part in range(1, self.posted + 1))
        return ExpenseWithdrawn(months=recorded.months, posted=self.posted, reason=reason), *parts

    def spread(self, expense_id: UUID) -> Spread:
        """Return how it is spread over its months."""
        if self.recorded is None:
            raise Unknown
        return self.recorded.spread(expense_id)

    def part(self, expense_id: UUID, part: int, *, currency: str) -> Draft[ExpensePart] | None:
        """Return the entry of one monthly part, in the co-op's currency; `None` when nothing moves."""
        if self.recorded is None:
            raise Unknown
        return part_entry(
            self.spread(expense_id),
            part,
            kind=self.recorded.kind,
            legal_nature=self.recorded.legal_nature,
            paid_on=self.recorded.paid_on,
            split=self.recorded.split,
            vehicle_id=self.recorded.vehicle_id,
            receipt=self.recorded.receipt,
            note=self.recorded.note,
            currency=currency,
        )

    @property
    def _waits(self) -> bool:
        return self.recorded is not None and self.recorded.awaits_yes_of_another_than is not None and not self.agreed

    def _standing(self) -> ExpenseRecorded:
        if self.recorded is None or self.withdrawn or self.refused:
            raise ExpenseGone
        return self.recorded

    def evolve(self, event: Event) -> "Expense":
        """Return the expense after `event`."""
        match event:
            case ExpenseRecorded():
                return Expense(recorded=event)
            case ExpenseAgreed():
                return msgspec.structs.replace(self, agreed=True)
            case ExpenseRefused():
                return msgspec.structs.replace(self, refused=True)
            case SpreadPartPosted(part=part):
                return msgspec.structs.replace(self, posted=part)
            case ExpenseWithdrawn():
                return msgspec.structs.replace(self, withdrawn=event)
        return self


def _weights(command: RecordExpense) -> dict[UUID, int]:
    if command.split == "equal" and any(weight != 1 for weight in command.among.values()):
        raise EqualByWeights
    if not any(command.among.values()):
        raise NobodyBears
    return command.among
