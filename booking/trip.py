"""A trip: from keys taken to keys returned, with what the odometer and the gauge showed."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Self
from uuid import UUID, uuid5

import msgspec
from msgspec.structs import replace

from booking.booking import Booking, NoLongerThere
from booking.calendar import Calendar
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


class StillOut(Refused):
    """{driver} has had these keys since {since}. If they were given to you, say so."""


class VehicleWithdrawn(Refused):
    """This vehicle is out of service: its keys stay where they are."""


class PapersLapsed(Refused):
    """The {paper} of this vehicle ended on {until}: its keys stay where they are until it is renewed."""


class BackAfterNext(Refused):
    """Another driver had this vehicle from {moment} on: it was back by then."""


class NotHappenedYet(Refused):
    """This hour has not come yet: look at the clock of your device."""


class UnlikelyAmount(Refused):
    """What was paid for energy is more than nothing, at most {most}, and in the co-op's currency."""


_CLOCKS_DIFFER = timedelta(minutes=5)  # a phone's clock may be a little ahead of ours
_MOST_ENERGY = Money(100_000)  # a guard against typing errors: nobody fills a tank for more


def trip_id(booking_id: UUID) -> UUID:
    """Return the id of the one trip a booking can become."""
    return uuid5(booking_id, "trip")


def gives_no_keys(calendar: Calendar, day: date) -> Refused | None:
    """Return why a vehicle gives its keys to nobody on a day: it left service, or one of its papers ended before."""
    if not calendar.open:
        return VehicleWithdrawn()
    until = calendar.papers_until
    return PapersLapsed(paper=calendar.paper, until=until) if until and day > until else None


class Out(msgspec.Struct, frozen=True, kw_only=True):
    """A trip as who comes next meets it: with whom the keys went, when, and until when (`None`: they are still out)."""

    booking_id: UUID
    driver_id: UUID
    since: datetime
    until: datetime | None


class Around(msgspec.Struct, frozen=True, kw_only=True):
    """The trips of a vehicle around an instant: the last that had begun by then, and when the next one began."""

    last: Out | None = None
    next_at: datetime | None = None

    def check_back(self, at: datetime) -> None:
        """Refuse (`StillOut`) keys that another driver had at an instant."""
        last = self.last
        if last and (last.until is None or last.until > at):
            raise StillOut(driver=last.driver_id, since=last.since)


class Trip(Aggregate, frozen=True, kw_only=True):
    """What was read at both ends."""

    started: TripStarted | None = None
    ended: TripEnded | None = None

    def take_keys(
        self,
        command: TakeKeys,
        *,
        booking: Booking,
        rules: Rules,
        gives: Refused | None,
        around: Around,
        by: UUID | None,
        at: datetime,
    ) -> Sequence[Event]:
        """Start the trip; only the driver may, from a little before the booked hours until their end.

        `gives` is why the vehicle gives its keys to nobody. While another driver has them they are not taken; told
        after the next trip began, a trip ended by then.
        """
        taken_at = command.taken_at or at
        self._check_hours(booking, rules, taken_at, by=by, at=at)
        if gives:
            raise gives
        around.check_back(taken_at)
        return (
            TripStarted(
                booking_id=command.booking_id,
                vehicle_id=booking.vehicle_id,
                driver_id=booking.driver_id,
                started_at=taken_at,
                odometer_km=command.odometer_km,
                level_percent=command.level_percent,
                photos=command.photos,
                sole=True,
                back_by=around.next_at,
            ),
        )

    def _check_hours(
        self, booking: Booking, rules: Rules, taken_at: datetime, *, by: UUID | None, at: datetime
    ) -> None:
        """Refuse keys that are not hers, or not at this hour."""
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
        if self.started.back_by and returned_at > self.started.back_by:
            raise BackAfterNext(moment=self.started.back_by)
        if command.odometer_km < self.started.odometer_km:
            raise OdometerBack(before=self.started.odometer_km, odometer_km=command.odometer_km)
        paid = command.energy_paid
        if paid and not (paid.currency == _MOST_ENERGY.currency and 0 < paid.cents <= _MOST_ENERGY.cents):
            raise UnlikelyAmount(most=_MOST_ENERGY)
        return (self._ended(command, self.started, booking, returned_at),)

    def pass_on(self, command: TakeKeys, *, booking: Booking, by: UUID | None, at: datetime) -> Sequence[Event]:
        """End the trip by what the next driver read as she was given the keys; nothing when it has ended already."""
        taken_at = command.taken_at or at
        if self.started is None or self.ended:
            return ()
        if taken_at <= self.started.started_at:
            raise ReturnedBeforeTaken
        if command.odometer_km < self.started.odometer_km:
            raise OdometerBack(before=self.started.odometer_km, odometer_km=command.odometer_km)
        read = ReturnVehicle(
            coop_id=command.coop_id,
            booking_id=self.started.booking_id,
            odometer_km=command.odometer_km,
            level_percent=command.level_percent,
        )
        return (replace(self._ended(read, self.started, booking, taken_at), told_by=by),)

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
