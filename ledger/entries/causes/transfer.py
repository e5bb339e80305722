"""A transfer of a settlement plan has come: its debtor owes less, its receiver is owed less."""

from datetime import date
from uuid import UUID, uuid5

from kernel.money import Money
from ledger.entries.draft import Because, Draft
from ledger.entries.posting import Posting


class PlanLinePaid(Because, frozen=True, kw_only=True, tag="settlement"):
    """A transfer of a settlement plan that its receiver confirmed."""

    plan_id: UUID
    line_id: UUID
    reference: str


def payment_id(line_id: UUID) -> UUID:
    """Return the id of the one entry for a paid line."""
    return uuid5(line_id, "payment")


def payment(
    *, plan_id: UUID, line_id: UUID, debtor: UUID, receiver: UUID, cents: int, reference: str, day: date
) -> Draft[PlanLinePaid]:
    """Return the entry of a line that was paid on `day`."""
    amount = Money(cents)
    return Draft(
        kind="settlement",
        legal_nature="settlement",
        postings=(Posting(debtor, amount), Posting(receiver, -amount)),
        because=PlanLinePaid(true_day=day, plan_id=plan_id, line_id=line_id, reference=reference),
    )
