"""Amounts out of proportion: read back before anybody is charged by them."""

from statistics import median

from kernel.money import Money
from kernel.refused import Saying, Unlikely
from kernel.text import N_
from ledger.spending.commands import RecordExpense
from ledger.spending.queries import amounts_lately
from usecases.actor import Actor

LARGE = {"EUR": 100_000, "XPF": 120_000}
"""More than this, in the currency's minor units, is asked back whatever an expense is for: about 1,000 €."""
TIMES = 10
"""So many times what is usual is asked back."""
FEW, MANY = 5, 100
"""With fewer expenses of a kind nothing is usual; of more, the last ones tell."""

OVER = N_("{amount}? That is more than {limit} for one expense.")
UNUSUAL = N_("{amount}? For this it is usually {usual} here.")


def check_amount(actor: Actor, command: RecordExpense) -> None:
    """Refuse (`Unlikely`) an expense of more than 1,000 €, or ten times the co-op's median of its kind, unconfirmed."""
    cents, currency = sum(command.paid.values()), actor.my_coop.currency
    if command.confirmed == cents:
        return
    amount, limit = Money(cents, currency), LARGE.get(currency)
    if limit and cents > limit:
        odd = Saying(OVER, {"amount": amount, "limit": Money(limit, currency)})
        raise Unlikely(odd, field="amount", number=cents)
    lately = amounts_lately(actor.connection, actor.coop_id, command.kind, MANY)
    if len(lately) >= FEW and cents > TIMES * (usual := median(lately)):
        odd = Saying(UNUSUAL, {"amount": amount, "usual": Money(round(usual), currency)})
        raise Unlikely(odd, field="amount", number=cents)
