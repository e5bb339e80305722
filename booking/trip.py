"""A trip: from keys taken to keys returned, with what the odometer and the gauge showed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID, uuid5

from msgspec.structs import replace

from booking.booking import Booking, NoLongerThere
from booking.commands import ReturnVehicle, TakeKeys
from booking.events import TripEnded, TripStarted
from booking.rules import Rules
from kernel.aggregate import Aggregate
from kernel.event import Event
from kernel.money import Money
from kernel.refused import NotYours, Refused


class NotYet(Refused):
    """The keys can be taken from {minutes} minutes before the booked hours."""


class NotApprovedYet(Refused):
    """The owner has not said yes yet."""


class KeysNotTaken(Refused):
    """The keys of this booking were not taken yet."""


class AlreadyReturned(Refused):
    """This vehicle was already returned, at {odometer_km} km."""


class AlreadyUnderWay(Refused):
    """These keys were already taken, at {odometer_km} km."""


class OdometerBack(Refused):
    """The odometer showed {before} km when the keys were taken: it cannot show {odometer_km} km now."""


class ReturnedBeforeTaken(Refused):
    """The vehicle cannot come back before it left."""


class NotHappenedYet(Refused):
    """This hour has not come yet: look at the clock of your device."""


class UnlikelyAmount(Refused):
    """What was paid for energy is more than nothing, at most {most}, and in the co-op's currency."""


_CLOCKS_DIFFER = timedelta(minutes=5)  # a phone's clock may be a little ahead of ours
_MOST_ENERGY = Money(100_000)  # a guard against typing errors: nobody fills a tank for more


def trip_id(booking_id: UUID) -> UUID:
    """Return the id of the one trip a booking can become."""
    return uuid5(booking_id, "trip")


class Trip(Aggregate, frozen=True, kw_only=True):
    """What was read at both ends."""

    started: TripStarted | None = None
    ended: TripEnded | None = None

    def take_keys(
        self, command: TakeKeys, *, booking: Booking, rules: Rules, by: UUID | None, at: datetime
    ) -> Sequence[Event]:
        """Start the trip; only the driver may, from a little before the booked hours until their end."""
        taken_at = command.taken_at or at
        if by != booking.driver_id:
            raise NotYours
        if self.started:
            raise AlreadyUnderWay(odometer_km=self.started.odometer_km)
        if booking.status == "requested":
            raise NotApprovedYet
        if booking.status != "confirmed" or booking.period is None or taken_at >= booking.period.end:
            raise NoLongerThere
        if taken_at < booking.period.start - timedelta(minutes=rules.early_take_minutes):
            raise NotYet(minutes=rules.early_take_minutes)
        if taken_at > at + _CLOCKS_DIFFER:
            raise NotHappenedYet
        return (
            TripStarted(
                booking_id=command.booking_id,
                vehicle_id=booking.vehicle_id,
                driver_id=booking.driver_id,
                started_at=taken_at,
                odometer_km=command.odometer_km,
                level_percent=command.level_percent,
                photos=command.photos,
            ),
        )

    def end(self, command: ReturnVehicle, *, booking: Booking, by: UUID | None, at: datetime) -> Sequence[Event]:
        """End the trip; only the driver may, once, with an odometer that has not gone back."""
        returned_at = command.returned_at or at
        if by != booking.driver_id:
            raise NotYours
        if self.ended:
            raise AlreadyReturned(odometer_km=self.ended.odometer_in_km)
        if self.started is None or booking.period is None:
            raise KeysNotTaken
        if returned_at <= self.started.started_at:
            raise ReturnedBeforeTaken
        if returned_at > at + _CLOCKS_DIFFER:
            raise NotHappenedYet
        if command.odometer_km < self.started.odometer_km:
            raise OdometerBack(before=self.started.odometer_km, odometer_km=command.odometer_km)
        paid = command.energy_paid
        if paid and not (paid.currency == _MOST_ENERGY.currency and 0 < paid.cents <= _MOST_ENERGY.cents):
            raise UnlikelyAmount(most=_MOST_ENERGY)
        return (self._ended(command, self.started, booking, returned_at),)

    @staticmethod
    def _ended(command: ReturnVehicle, started: TripStarted, booking: Booking, returned_at: datetime) -> TripEnded:
        if booking.period is None or booking.agreed_at is None:
            raise NoLongerThere
        return TripEnded(
            booking_id=command.booking_id,
            vehicle_id=started.vehicle_id,
            driver_id=started.driver_id,
            agreed_at=booking.agreed_at,
            booked=booking.period,
            started_at=started.started_at,
            ended_at=returned_at,
            odometer_out_km=started.odometer_km,
            odometer_in_km=command.odometer_km,
            level_percent=command.level_percent,
            photos=command.photos,
            energy_paid=command.energy_paid,
            receipt=command.receipt,
        )

    def evolve(self, event: Event) -> Self:
        """Return the trip after `event`."""
        match event:
            case TripStarted():
                return replace(self, started=event)
            case TripEnded():
                return replace(self, ended=event)
        return self
