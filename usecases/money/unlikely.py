"""Amounts and parts out of proportion: read back before anybody is charged by them."""

from collections.abc import Collection
from statistics import median
from uuid import UUID

from kernel.money import EURO, PACIFIC_FRANC, Money
from kernel.refused import Saying, Unlikely
from kernel.text import N_
from ledger.pricing.queries import tariffs
from ledger.spending.commands import RecordExpense
from ledger.spending.queries import amounts_lately
from usecases.actor import Actor

LARGE = {EURO: 100_000, PACIFIC_FRANC: 120_000}
"""More than this, in the currency's minor units, is asked back whatever an expense is for: about 1,000 €."""
TIMES = 10
"""So many times what is usual is asked back."""
FEW, MANY = 5, 100
"""With fewer expenses of a kind nothing is usual; of more, the last ones tell."""

OVER = N_("{amount}? That is more than {limit} for one expense.")
UNEVEN = N_("{parts} parts, where another has {other}?")
UNUSUAL = N_("{amount}? For this it is usually {usual} here.")


def check_amount(actor: Actor, command: RecordExpense) -> None:
    """Refuse (`Unlikely`) an expense of a `LARGE` amount, or ten times the co-op's median of its kind, unconfirmed."""
    cents, currency = sum(command.paid.values()), actor.currency
    if command.confirmed == cents:
        return
    amount, limit = Money(cents, currency), LARGE[currency]
    if cents > limit:
        odd = Saying(OVER, {"amount": amount, "limit": Money(limit, currency)})
        raise Unlikely(odd, field="amount", number=cents)
    lately = amounts_lately(actor.connection, actor.coop_id, command.kind, MANY)
    if len(lately) >= FEW and cents > TIMES * (usual := median(lately)):
        odd = Saying(UNUSUAL, {"amount": amount, "usual": Money(round(usual), currency)})
        raise Unlikely(odd, field="amount", number=cents)


def check_weights(actor: Actor, command: RecordExpense) -> None:
    """Refuse (`Unlikely`) that one bears ten times another's parts, or more, unconfirmed.

    The shares by which a vehicle's price is received were asked back when it came in.
    """
    weights = [weight for weight in command.among.values() if weight]
    odd = odd_parts(weights)
    if odd and command.among != _shares(actor, command.vehicle_id):
        unlikely = Unlikely(odd, field="among", number=max(weights), repeated_as="confirmed_weight")
        unlikely.check(command.confirmed_weight)


def odd_parts(parts: Collection[int]) -> Saying | None:
    """Return the question whether one has ten times the parts of another, or more; `None` when nobody has."""
    if not parts or max(parts) < TIMES * min(parts):
        return None
    return Saying(UNEVEN, {"parts": max(parts), "other": min(parts)})


def _shares(actor: Actor, vehicle_id: UUID | None) -> dict[UUID, int] | None:
    known = tariffs(actor.connection, actor.coop_id, actor.now, [vehicle_id]) if vehicle_id else {}
    return known[vehicle_id].receivers if vehicle_id in known else None
