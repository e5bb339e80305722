"""Someone paid for something shared: those who bear it owe it to her, at once or a part each month.

Each running total is split, and a part is the difference of two: whatever the number of months, in the end everyone
has borne exactly the split of the whole, and every payer has been given back exactly what she paid.
"""

from datetime import date
from uuid import UUID, uuid5

from kernel.money import Money, spread
from kernel.money import split as split_cents
from kernel.privacy import Sealed
from ledger.days import due_on
from ledger.entries.draft import Because, Draft, LegalNature
from ledger.entries.posting import Posting, Shared, spare_cents


class ExpensePart(Because, frozen=True, kw_only=True, tag="expense"):
    """One of `parts` monthly parts of an expense: its cents, the whole, and by which weights it is split."""

    expense_id: UUID
    kind: str
    vehicle_id: UUID | None
    part: int
    parts: int
    cents: int
    whole_cents: int
    paid: dict[UUID, int]
    split: str
    borne: Shared
    receipt: UUID | None
    note: Sealed | None


def part_id(expense_id: UUID, part: int) -> UUID:
    """Return the id of the one entry for a part of an expense."""
    return uuid5(expense_id, f"part/{part}")


def part_entry(
    expense_id: UUID,
    part: int,
    *,
    kind: str,
    legal_nature: LegalNature,
    paid_on: date,
    paid: dict[UUID, int],
    split: str,
    weights: dict[UUID, int],
    months: int,
    vehicle_id: UUID | None,
    receipt: UUID | None,
    note: Sealed | None,
) -> Draft[ExpensePart] | None:
    """Return the entry for one part: payers are owed it, those who share it owe it; `None` when nothing moves."""
    whole = sum(paid.values())
    before, after = (sum(spread(whole, months)[:upto]) for upto in (part - 1, part))
    borne = _difference(before, after, weights, expense_id)
    postings = _lines(_difference(before, after, paid, expense_id), borne)
    if not postings:
        return None
    because = ExpensePart(
        true_day=due_on(paid_on, part),
        expense_id=expense_id,
        kind=kind,
        vehicle_id=vehicle_id,
        part=part,
        parts=months,
        cents=after - before,
        whole_cents=whole,
        paid=paid,
        split=split,
        borne=Shared(weights=weights, spare_cents=spare_cents(after - before, weights, borne)),
        receipt=receipt,
        note=note,
    )
    return Draft(kind="expense", legal_nature=legal_nature, postings=postings, because=because, vehicle_id=vehicle_id)


def _difference(before: int, after: int, weights: dict[UUID, int], expense_id: UUID) -> dict[UUID, int]:
    earlier, later = split_cents(before, weights, expense_id), split_cents(after, weights, expense_id)
    return {account: later[account] - earlier[account] for account in weights}


def _lines(paid: dict[UUID, int], borne: dict[UUID, int]) -> tuple[Posting, ...]:
    return (
        *(Posting(account, Money(cents)) for account, cents in paid.items() if cents),
        *(Posting(account, Money(-cents)) for account, cents in borne.items() if cents),
    )
