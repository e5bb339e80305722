"""Who owes more than the co-op's rules let stand: since when, and from when on new bookings wait until it is paid."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from booking.hours.queries import owing
from governance.rules.queries import rules_in_force
from kernel.money import Money
from ledger.entries.queries import balance
from usecases.actor import Actor


class Owing(msgspec.Struct, frozen=True, kw_only=True):
    """A member's balance (whole cents, below zero) is under the lowest one that the rules let stand.

    She was warned at `since`; from `books_until` on she books nothing new, until it is paid.
    """

    since: datetime
    books_until: datetime
    cents: int
    lowest_cents: int

    @property
    def lowest(self) -> Money:
        """The lowest balance that the rules let stand."""
        return Money(self.lowest_cents)


def owing_of(actor: Actor, member_id: UUID) -> Owing | None:
    """Return since when a member owes too much, `None` when she does not."""
    since = owing(actor.connection, actor.coop_id, (member_id,)).get(member_id)
    if since is None:
        return None
    in_force = rules_in_force(actor.connection, actor.coop_id, actor.now)
    return Owing(
        since=since,
        books_until=since + timedelta(days=int(in_force["suspend_after_days"].number)),
        cents=balance(actor.connection, actor.coop_id, member_id),
        lowest_cents=int(in_force["balance_limit"].number * 100),
    )
