"""A vehicle's tariff: its rates from date to date, and who receives the price."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid5

import msgspec
from msgspec import UNSET

from kernel.aggregate import Aggregate
from kernel.event import Event
from kernel.money import EURO, PACIFIC_FRANC, Money
from kernel.refused import Refused
from ledger.pricing.commands import OpenTariff, SetRate
from ledger.pricing.events import RateSet, Sharing, TariffOpened
from ledger.pricing.rate import Rate, rate_at

_MOST = {EURO: 100, PACIFIC_FRANC: 12_000}
_DECIMALS = 4


class TariffAlreadyOpen(Refused):
    """This vehicle already has a price: change it by a decision."""


class RateOutOfBounds(Refused):
    """A price is between 0 and {most}, with at most four decimals."""


class NobodyReceives(Refused):
    """Someone must receive the price of this vehicle: give at least one of them a share."""


class NoPrice(Refused):
    """This vehicle has no price yet."""


class Tariff(Aggregate, frozen=True, kw_only=True):
    """One vehicle's rates, in the order they take effect, and its receivers by whole shares."""

    vehicle_id: UUID | None = None
    sharing: Sharing = "group"
    receivers: dict[UUID, int] = msgspec.field(default_factory=dict)
    rates: tuple[Rate, ...] = ()

    def open(self, command: OpenTariff) -> tuple[Event, ...]:
        """Open the tariff with its first rate; again with the same receivers changes nothing."""
        if self.vehicle_id is not None:
            if (self.sharing, self.receivers) == (command.sharing, command.receivers):
                return ()
            raise TariffAlreadyOpen
        if not any(command.receivers.values()):
            raise NobodyReceives
        opened = TariffOpened(vehicle_id=command.vehicle_id, sharing=command.sharing, receivers=command.receivers)
        return opened, RateSet(vehicle_id=command.vehicle_id, rate=_rate(command, command.since))

    def set_rate(self, command: SetRate, *, at: datetime) -> tuple[Event, ...]:
        """Set the rate from `command.since` on, and never before `at`: what was once in force stays so for its time."""
        rate = _rate(command, max(command.since, at))
        if any(_decided_already(rate, known) for known in self.rates):
            return ()
        return (RateSet(vehicle_id=command.vehicle_id, rate=rate),)

    def rate_at(self, instant: datetime) -> Rate:
        """Return the rate in force at `instant`; before the first one, the first. `NoPrice` when there is none."""
        if not self.rates:
            raise NoPrice
        return rate_at(self.rates, instant)

    def evolve(self, event: Event) -> "Tariff":
        """Return the tariff after `event`; of two rates from the same instant on, the later decided one stands."""
        match event:
            case TariffOpened(vehicle_id=vehicle_id, sharing=sharing, receivers=receivers):
                return Tariff(vehicle_id=vehicle_id, sharing=sharing, receivers=receivers)
            case RateSet(rate=rate):
                rates = tuple(sorted((*self.rates, rate), key=lambda decided: decided.since))
                return msgspec.structs.replace(self, rates=rates)
        return self


def tariff_id(vehicle_id: UUID) -> UUID:
    """Return the stream of a vehicle's tariff."""
    return uuid5(vehicle_id, "tariff")


def _rate(command: OpenTariff | SetRate, since: datetime) -> Rate:
    most = _MOST[command.currency]
    if not all(_sound(price, most) for price in (command.per_km, command.per_hour)):
        raise RateOutOfBounds(most=Money.of(Decimal(most), command.currency))
    return Rate(
        since=since,
        per_km=command.per_km,
        per_hour=command.per_hour,
        day_cap_hours=command.day_cap_hours,
        rulebook_version=command.rulebook_version,
        decision_id=command.decision_id,
        currency=UNSET if command.currency == EURO else command.currency,
    )


def _sound(price: Decimal, most: int) -> bool:
    return price.is_finite() and 0 <= price <= most and price == round(price, _DECIMALS)


def _decided_already(rate: Rate, known: Rate) -> bool:
    return rate.decision_id is not None and rate == msgspec.structs.replace(known, since=rate.since)
