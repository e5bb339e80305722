"""What a proposed price would have changed for one reader: her own last thirty days, priced again."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import msgspec
from msgspec.structs import replace

from api.web.visit import Visit
from governance.rules.queries import rules_in_force
from governance.votes.queries import ProposalRow
from kernel.money import Money, to_cents
from ledger.entries.causes.trip import TripCharge
from ledger.entries.queries import statement
from ledger.pricing.price import price
from ledger.pricing.queries import tariffs
from ledger.pricing.rate import Rate

DAYS = 30
PRICES = ("price_per_km", "price_per_hour", "day_cap_hours")


class ForMe(msgspec.Struct, frozen=True, kw_only=True):
    """A reader's trips of the last 30 days: what they cost her, and what others' trips brought her, under each rule."""

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

    @property
    def received_difference(self) -> Money:
        """How much more (less, when negative) others' trips would have brought her."""
        return self.received_proposed - self.received_today


def touches_prices(proposal: ProposalRow) -> bool:
    """Tell whether a proposal changes what trips cost."""
    return proposal.parameter in PRICES


def for_reader(visit: Visit, proposal: ProposalRow) -> ForMe | None:
    """Return what the proposal would have changed for the reader; `None` when it touches none of her trips.

    The days are the last thirty, those before the close once the vote is over. Cents are rounded once a trip, and a
    received share once more: a co-owner's spare cents are not told apart.
    """
    touched = list(_touched(visit, proposal))
    rates = tariffs(visit.connection, visit.coop_id, visit.now, {each.vehicle_id for each in touched})
    standing, proposed = _values(visit, proposal)
    drives, receives, sums = [], 0, {"today": 0, "proposed": 0, "received_today": 0, "received_proposed": 0}
    for trip in touched:
        part = _received_part(trip, visit.me)
        if trip.driver_id == visit.me:
            drives.append(trip)
        elif part:
            receives += 1
        for name, text in (("today", standing), ("proposed", proposed)):
            cents = price(_with(rates[trip.vehicle_id].rate, proposal.parameter, text), trip.km, trip.minutes).cents
            if trip.driver_id == visit.me:
                sums[name] += cents - to_cents(part * cents)
            else:
                sums[f"received_{name}"] += to_cents(part * cents)
    if not touched:
        return None
    amounts = {name: Money(cents) for name, cents in sums.items()}
    return ForMe(trips=len(drives), km=sum(trip.km for trip in drives), received_trips=receives, **amounts)


def _touched(visit: Visit, proposal: ProposalRow) -> Iterable[TripCharge]:
    """Give the reader's charged trips, driven or received, that the proposed rule would price."""
    until = min(visit.now, proposal.closes_at).astimezone(visit.zone).date()
    seen: set[UUID] = set()
    lines = statement(visit.connection, visit.coop_id, visit.me, since=until - timedelta(days=DAYS), until=until)
    for line in lines:
        trip = line.because
        if not isinstance(trip, TripCharge) or line.reversed_by or line.reverses or line.entry_id in seen:
            continue
        seen.add(line.entry_id)
        if _applies(visit, proposal, trip.vehicle_id):
            yield trip


def _applies(visit: Visit, proposal: ProposalRow, vehicle_id: UUID) -> bool:
    if proposal.vehicle_id is not None:
        return proposal.vehicle_id == vehicle_id
    in_force = rules_in_force(visit.connection, visit.coop_id, visit.now, vehicle_id)
    return in_force[proposal.parameter].vehicle_id is None


def _values(visit: Visit, proposal: ProposalRow) -> tuple[str, str]:
    own = rules_in_force(visit.connection, visit.coop_id, visit.now)[proposal.parameter]
    return proposal.standing or str(own.exact), proposal.value or str(own.exact)


def _with(rate: Rate, parameter: str, text: str) -> Rate:
    match parameter:
        case "price_per_km":
            return replace(rate, per_km=Decimal(text))
        case "price_per_hour":
            return replace(rate, per_hour=Decimal(text))
    return replace(rate, day_cap_hours=int(text))


def _received_part(trip: TripCharge, member_id: UUID) -> Fraction:
    weights = trip.received.weights
    return Fraction(weights.get(member_id, 0), sum(weights.values()))
