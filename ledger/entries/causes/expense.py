"""Someone paid for something shared: those who bear it owe it to her, at once or a part each month."""

from datetime import date
from uuid import UUID, uuid5

from kernel.money import Money
from kernel.privacy import Sealed
from ledger.days import due_on
from ledger.entries.draft import Because, Draft, LegalNature
from ledger.entries.posting import Posting, Shared, spare_cents
from ledger.entries.spread import Sides, Spread, SpreadBy


class ExpensePart(Because, frozen=True, kw_only=True, tag="expense"):
    """One of `parts` monthly parts of an expense: its cents, the whole, and by which weights the whole is split.

    Where parts were spread by `totals`, the spare cents are those of this part.
    """

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
    spread_by: SpreadBy = "totals"

    @property
    def spread(self) -> Spread:
        """How the whole is spread over its months."""
        return Spread(
            expense_id=self.expense_id, paid=self.paid, weights=self.borne.weights, months=self.parts, by=self.spread_by
        )


def part_id(expense_id: UUID, part: int) -> UUID:
    """Return the id of the one entry for a part of an expense."""
    return uuid5(expense_id, f"part/{part}")


def part_entry(
    spread: Spread,
    part: int,
    *,
    kind: str,
    legal_nature: LegalNature,
    paid_on: date,
    split: str,
    vehicle_id: UUID | None,
    receipt: UUID | None,
    note: Sealed | None,
    currency: str,
) -> Draft[ExpensePart] | None:
    """Return the entry for one part: payers are owed it, those who share it owe it; `None` when nothing moves."""
    sides, whole = spread.of(part), spread.until(spread.months)
    postings = _lines(sides, currency)
    if not postings:
        return None
    split_here = sides if spread.by == "totals" else whole
    because = ExpensePart(
        true_day=due_on(paid_on, part),
        expense_id=spread.expense_id,
        kind=kind,
        vehicle_id=vehicle_id,
        part=part,
        parts=spread.months,
        cents=sides.cents,
        whole_cents=whole.cents,
        paid=spread.paid,
        split=split,
        borne=Shared(
            weights=spread.weights, spare_cents=spare_cents(split_here.cents, spread.weights, split_here.borne)
        ),
        receipt=receipt,
        note=note,
        spread_by=spread.by,
    )
    return Draft(kind="expense", legal_nature=legal_nature, postings=postings, because=because, vehicle_id=vehicle_id)


def _lines(sides: Sides, currency: str) -> tuple[Posting, ...]:
    return (
        *(Posting(account, Money(cents, currency)) for account, cents in sides.paid.items() if cents),
        *(Posting(account, Money(-cents, currency)) for account, cents in sides.borne.items() if cents),
    )
