"""What has happened to a co-op's money, for ever."""

from datetime import date
from typing import Literal
from uuid import UUID

import msgspec

from kernel.event import Event
from kernel.money import Money
from kernel.privacy import Sealed
from ledger.entries.because import Explanation, Rate

EntryKind = Literal["trip", "fuel", "expense", "settlement", "contribution"]
LegalNature = Literal[
    "co_owner_cost_share", "loan_fee_to_owner", "coop_service", "expense", "settlement", "voluntary_contribution"
]
Sharing = Literal["lent", "co_owned", "group"]
ExpenseKind = Literal["fuel", "insurance", "repair", "upkeep", "inspection", "tax", "parking", "other"]
Split = Literal["equal", "shares"]
Method = Literal["exact", "greedy", "purse"]


class Posting(msgspec.Struct, frozen=True):
    """One line of an entry: what an account (a member's id, or the co-op's) gains when positive, owes when negative."""

    account: UUID
    amount: Money


class EntryPosted(Event, frozen=True, kw_only=True):
    """An entry stands in the books: two lines or more that sum to zero."""

    kind: EntryKind
    legal_nature: LegalNature
    effective_on: date
    postings: tuple[Posting, ...]
    because: Explanation
    vehicle_id: UUID | None = None


class EntryReversed(Event, frozen=True, kw_only=True):
    """An entry was undone by its exact opposite, which stands in the books as entry `reversal_id`."""

    reversal_id: UUID
    legal_nature: LegalNature
    effective_on: date
    postings: tuple[Posting, ...]
    because: Explanation
    vehicle_id: UUID | None = None


class TariffOpened(Event, frozen=True, kw_only=True):
    """A vehicle has a price, and whoever receives it does so by whole shares."""

    vehicle_id: UUID
    sharing: Sharing
    receivers: dict[UUID, int]


class RateSet(Event, frozen=True, kw_only=True):
    """A vehicle's price changes from an instant on; what was agreed before keeps its price."""

    vehicle_id: UUID
    rate: Rate


class ExpenseRecorded(Event, frozen=True, kw_only=True):
    """Someone paid for something shared: `paid` in cents by payer, borne by whole `weights` over `months` parts."""

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


class SpreadPartPosted(Event, frozen=True, kw_only=True):
    """One monthly part of an expense stands in the books; parts count from 1."""

    part: int


class ExpenseWithdrawn(Event, frozen=True, kw_only=True):
    """An expense was recorded by mistake: its posted parts are reversed and no other follows."""

    months: int
    posted: int
    reason: Sealed | None


class MonthClosed(Event, frozen=True, kw_only=True):
    """A month is closed with this many entries in it; `month` is its first day."""

    month: date
    entries: int


class BalanceLimitSet(Event, frozen=True, kw_only=True):
    """How low a member's own spending may bring her balance, in cents (zero or below)."""

    cents: int


class PlanLine(msgspec.Struct, frozen=True, kw_only=True):
    """One transfer of a settlement plan, with the creditor reference (ISO 11649) to write on it."""

    line_id: UUID
    debtor: UUID
    receiver: UUID
    cents: int
    reference: str


class PlanIssued(Event, frozen=True, kw_only=True):
    """Few transfers that settle all balances of a day; they do not move once issued."""

    as_of: date
    method: Method
    lines: tuple[PlanLine, ...]


class PlanLineDeclared(Event, frozen=True, kw_only=True):
    """The debtor says the transfer is made."""

    line_id: UUID


class PlanLineConfirmed(Event, frozen=True, kw_only=True):
    """The receiver says the money has come."""

    line_id: UUID
    entry_id: UUID


class PlanCompleted(Event, frozen=True, kw_only=True):
    """Every transfer of the plan was confirmed."""


class PlanWithdrawn(Event, frozen=True, kw_only=True):
    """The plan is given up; transfers already made stay good."""
