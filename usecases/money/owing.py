"""Who owes more than the co-op's rules let stand: since when, and from when on new bookings wait until it is paid."""

from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo
from uuid import UUID

import msgspec

from booking.hours.queries import owing
from governance.rules.queries import RuleRow, rules_in_force
from kernel.money import Money
from kernel.period import in_waking_hours
from ledger.entries.queries import balance
from ledger.settlement.apart import contested_by
from ledger.settlement.queries import open_lines_of
from usecases.actor import Actor


class Owing(msgspec.Struct, frozen=True, kw_only=True):
    """A member's balance (whole cents, below zero) is under the lowest one that the rules let stand.

    It is so without the `contested_cents` that she contests, which do not count meanwhile. She was warned at `since`;
    from `books_until` on she books nothing new, until it is paid. Of that, `said_cents` are said to be paid, and count
    once their receivers have confirmed them.
    """

    since: datetime
    books_until: datetime
    cents: int
    contested_cents: int
    said_cents: int
    lowest_cents: int
    currency: str

    @property
    def said(self) -> Money:
        """What she says she paid, and nobody has confirmed yet."""
        return Money(self.said_cents, self.currency)

    @property
    def lowest(self) -> Money:
        """The lowest balance that the rules let stand."""
        return Money(self.lowest_cents, self.currency)


def books_until(since: datetime, in_force: Mapping[str, RuleRow], zone: tzinfo) -> datetime:
    """Return from when on who was warned at an instant books nothing new, unless she pays: never by night."""
    return in_waking_hours(since + timedelta(days=int(in_force["suspend_after_days"].number)), zone)


def owing_of(actor: Actor, member_id: UUID) -> Owing | None:
    """Return since when a member owes too much, `None` when she does not."""
    since = owing(actor.connection, actor.coop_id, (member_id,)).get(member_id)
    if since is None:
        return None
    connection, coop_id = actor.connection, actor.coop_id
    in_force = rules_in_force(connection, coop_id, actor.now)
    said = (line.said_cents for line in open_lines_of(connection, coop_id, member_id) if line.debtor == member_id)
    return Owing(
        since=since,
        books_until=books_until(since, in_force, actor.zone),
        cents=balance(connection, coop_id, member_id),
        contested_cents=contested_by(connection, coop_id).get(member_id, 0),
        said_cents=sum(said),
        lowest_cents=in_force["balance_limit"].cents,
        currency=actor.currency,
    )
