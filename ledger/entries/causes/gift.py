"""A member gives part of what she is owed to the co-op."""

from datetime import date
from uuid import UUID

from kernel.money import Money
from kernel.refused import Refused
from ledger.entries.commands import Contribute
from ledger.entries.draft import Because, Draft
from ledger.entries.posting import owing


class TooLittleOwed(Refused):
    """You can give at most {at_most} now."""


class Given(Because, frozen=True, kw_only=True, tag="contribution"):
    """A voluntary contribution to the co-op; `floor_cents` is how low the giver's balance was allowed to go."""

    giver_id: UUID
    floor_cents: int


def gift(
    entry_id: UUID, command: Contribute, *, giver: UUID, balance: Money, floor_cents: int, today: date
) -> Draft[Given]:
    """Return the entry by which `giver` gives to the co-op; `TooLittleOwed` below the co-op's balance limit."""
    at_most = balance.cents - floor_cents
    if command.cents > at_most:
        raise TooLittleOwed(at_most=Money(max(at_most, 0), balance.currency))
    postings, _ = owing(entry_id, giver, Money(command.cents, balance.currency), {command.coop_id: 1})
    return Draft(
        kind="contribution",
        legal_nature="voluntary_contribution",
        postings=postings,
        because=Given(true_day=today, giver_id=giver, floor_cents=floor_cents),
    )
