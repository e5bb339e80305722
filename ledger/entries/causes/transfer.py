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


def payment_id(line_id: UUID, number: int = 1) -> UUID:
    """Return the id of the entry for what came of a line, the first time or a later one (`number`)."""
    return uuid5(line_id, "payment" if number == 1 else f"payment {number}")


def payment(
    *, plan_id: UUID, line_id: UUID, debtor: UUID, receiver: UUID, amount: Money, reference: str, day: date
) -> Draft[PlanLinePaid]:
    """Return the entry of what came of a line on `day`."""
    return Draft(
        kind="settlement",
        legal_nature="settlement",
        postings=(Posting(debtor, amount), Posting(receiver, -amount)),
        because=PlanLinePaid(true_day=day, plan_id=plan_id, line_id=line_id, reference=reference),
    )
