"""What has happened to expenses."""

from datetime import date
from typing import Literal
from uuid import UUID

from kernel.event import Event
from kernel.privacy import Sealed
from ledger.entries.draft import LegalNature
from ledger.entries.spread import Spread, SpreadBy

ExpenseKind = Literal["fuel", "insurance", "repair", "upkeep", "inspection", "tax", "parking", "other"]
Split = Literal["equal", "shares"]


class ExpenseRecorded(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Someone paid for something shared: `paid` in cents by payer, borne by whole `weights` over `months` parts.

    What was recorded before parts were laid out by pairs keeps being spread by running totals. Where it awaits the yes
    of another than who typed it, none of its parts counts before.
    """

    kind: ExpenseKind
    legal_nature: LegalNature
    paid_on: date
    paid: dict[UUID, int]
    split: Split
    weights: dict[UUID, int]
    months: int
    vehicle_id: UUID | None
    receipt: UUID | None
    note: Sealed | None
    spread_by: SpreadBy = "totals"
    awaits_yes_of_another_than: UUID | None = None

    def spread(self, expense_id: UUID) -> Spread:
        """Return how it is spread over its months."""
        return Spread(
            expense_id=expense_id, paid=self.paid, weights=self.weights, months=self.months, by=self.spread_by
        )


class ExpenseAgreed(Event, frozen=True, kw_only=True):
    """Another than who typed it said yes: it counts from here on."""


class ExpenseRefused(Event, frozen=True, kw_only=True):
    """Another than who typed it said no, while it waited for a yes: none of its parts ever counts."""

    months: int
    reason: Sealed | None


class SpreadPartPosted(Event, frozen=True, kw_only=True):
    """One monthly part of an expense stands in the books; parts count from 1."""

    part: int


class ExpenseWithdrawn(Event, frozen=True, kw_only=True):
    """An expense was recorded by mistake: each of its posted parts is withdrawn with it and no other follows."""

    months: int
    posted: int
    reason: Sealed | None


class SpreadPartWithdrawn(Event, frozen=True, kw_only=True):
    """A monthly part of an expense taken back is to stand in the books no more."""

    part: int


PUBLISHED = (  # what processes and the front door may follow
    *(ExpenseRecorded, ExpenseAgreed, ExpenseRefused),
    *(SpreadPartPosted, ExpenseWithdrawn, SpreadPartWithdrawn),
)
