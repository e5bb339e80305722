"""What a proposed price would have changed for one reader: her own last thirty days, priced again."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import msgspec
from msgspec.structs import replace

from governance.rules.catalogue.prices import PRICES
from governance.rules.queries import DatedRules, dated_rules
from governance.votes.queries import ProposalRow
from kernel.money import Money, to_cents
from ledger.entries.causes.trip import TripCharge
from ledger.entries.queries import statement
from ledger.pricing.price import price
from ledger.pricing.queries import TariffRow, tariffs
from ledger.pricing.rate import Rate
from usecases.actor import Actor

DAYS = 30


class ForMe(msgspec.Struct, frozen=True, kw_only=True):
    """A reader's trips of the last 30 days: what they cost her, and what others' trips brought her, under each rule.

    It is for her alone.
    """

    trips: int
    km: int
    today: Money
    proposed: Money
    received_trips: int
    received_today: Money
    received_proposed: Money

    @property
    def difference(self) -> Money:
        """How much more (less, when negative) her own trips would have cost."""
        return self.proposed - self.today


def touches_prices(proposal: ProposalRow) -> bool:
    """Tell whether a proposal changes what trips cost."""
    return proposal.parameter in PRICES


def changed_for(actor: Actor, proposal: ProposalRow) -> ForMe | None:
    """Return what the proposal would have changed for the reader; `None` when it touches none of her trips.

    The days are the last thirty, those before the close once the vote is over. Cents are rounded once a trip, and a
    received share once more: a co-owner's spare cents are not told apart.
    """
    if not touches_prices(proposal):
        return None
    rules = dated_rules(actor.connection, actor.coop_id)
    touched = _touched(actor, proposal, rules)
    if not touched:
        return None
    rates = tariffs(actor.connection, actor.coop_id, actor.now, {trip.vehicle_id for trip in touched})
    own = str(rules.in_force(actor.now)[proposal.parameter].exact)
    before = _sums(actor, touched, rates, proposal.parameter, proposal.standing or own)
    after = _sums(actor, touched, rates, proposal.parameter, proposal.value or own)
    driven = [trip for trip in touched if trip.driver_id == actor.me]
    return ForMe(
        trips=len(driven),
        km=sum(trip.km for trip in driven),
        today=before.paid,
        proposed=after.paid,
        received_trips=sum(1 for trip in touched if trip.driver_id != actor.me and _part(trip, actor.me)),
        received_today=before.received,
        received_proposed=after.received,
    )


class _Sums(msgspec.Struct, frozen=True):
    """What some trips cost the reader, and what they bring her."""

    paid: Money
    received: Money


def _sums(actor: Actor, trips: Sequence[TripCharge], rates: dict[UUID, TariffRow], parameter: str, text: str) -> _Sums:
    """Return what these trips cost the reader and bring her, were the rule's value `text`."""
    paid = received = 0
    for trip in trips:
        cents = price(_with(rates[trip.vehicle_id].rate, parameter, text), trip.km, trip.minutes).amount.cents
        hers = to_cents(_part(trip, actor.me) * cents)
        if trip.driver_id == actor.me:
            paid += cents - hers
        else:
            received += hers
    return _Sums(actor.money(paid), actor.money(received))


def _touched(actor: Actor, proposal: ProposalRow, rules: DatedRules) -> list[TripCharge]:
    """Return the reader's charged trips, driven or received, that the proposed rule would price."""
    own = rules.own_in_force(actor.now)
    return [
        trip
        for trip in _charged(actor, proposal)
        if proposal.vehicle_id == trip.vehicle_id
        or (proposal.vehicle_id is None and proposal.parameter not in own.get(trip.vehicle_id, ()))
    ]


def _charged(actor: Actor, proposal: ProposalRow) -> Iterable[TripCharge]:
    """Give the trips on the reader's statement of those days, each once, without those undone."""
    until = min(actor.now, proposal.closes_at).astimezone(actor.zone).date()
    seen: set[UUID] = set()
    lines = statement(actor.connection, actor.coop_id, actor.me, since=until - timedelta(days=DAYS), until=until)
    for line in lines:
        trip = line.because
        if isinstance(trip, TripCharge) and not (line.reversed_by or line.reverses or line.entry_id in seen):
            seen.add(line.entry_id)
            yield trip


def _with(rate: Rate, parameter: str, text: str) -> Rate:
    match parameter:
        case "price_per_km":
            return replace(rate, per_km=Decimal(text))
        case "price_per_hour":
            return replace(rate, per_hour=Decimal(text))
    return replace(rate, day_cap_hours=int(text))


def _part(trip: TripCharge, member_id: UUID) -> Fraction:
    """Return the part of a trip's price that a member receives."""
    weights = trip.received.weights
    return Fraction(weights.get(member_id, 0), sum(weights.values()))
