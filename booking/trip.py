"""A trip: from keys taken to keys returned, with what the odometer and the gauge showed."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Self
from uuid import UUID, uuid5

from msgspec.structs import replace

from booking.booking import Booking, NoLongerThere
from booking.calendar import Calendar
from booking.commands import ReturnVehicle, TakeKeys
from booking.events import ReadingsAccepted, ReadingsCorrected, TripEnded, TripPutBack, TripStarted
from booking.keys.around import Around
from booking.policies import WaitsForPapers
from booking.rules import Rules
from kernel.aggregate import Aggregate
from kernel.event import Event
from kernel.money import EURO, PACIFIC_FRANC, Money
from kernel.refused import NotYours, Refused, Unlikely


class NotYet(Refused):
    """The keys can be taken from {minutes} minutes before the booked hours."""


class NotApprovedYet(Refused):
    """The owner has not said yes yet."""


class KeysNotTaken(Refused):
    """The keys of this booking were not taken yet."""


class TakenTooLate(Refused):
    """The booked hours end {end}: the keys were taken before that."""


class AlreadyReturned(Refused):
    """This vehicle was already returned, at {odometer_km} km."""


class AlreadyUnderWay(Refused):
    """These keys were already taken, at {odometer_km} km."""


class OdometerBack(Refused):
    """The odometer showed {before} km when the keys were taken: it cannot show {odometer_km} km now."""


class ReturnedBeforeTaken(Refused):
    """The vehicle cannot come back before it left."""


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


class AmountLacking(Refused):
    """A receipt without an amount gives nothing back: write what was paid, or leave the receipt out."""


_CLOCKS_DIFFER = timedelta(minutes=5)  # a phone's clock may be a little ahead of ours
_MOST_ENERGY = {EURO: 100_000, PACIFIC_FRANC: 120_000}  # a guard against typing errors: nobody fills a tank for more


def trip_id(booking_id: UUID) -> UUID:
    """Return the id of the one trip a booking can become."""
    return uuid5(booking_id, "trip")


def gives_no_keys(calendar: Calendar, day: date) -> Refused | None:
    """Return why a vehicle gives its keys to nobody on a day: it left service, lacks papers, or one ended before."""
    if not calendar.open:
        return VehicleWithdrawn()
    if missing := calendar.lacking(day):
        return WaitsForPapers(papers=missing)
    until = calendar.papers_until
    return PapersLapsed(paper=calendar.paper, until=until) if until and day > until else None


class Trip(Aggregate, frozen=True, kw_only=True):
    """What was read at both ends, who set it right each time, and how many charges it led to."""

    started: TripStarted | None = None
    ended: TripEnded | None = None
    correctors: tuple[UUID, ...] = ()
    revision: int = 0

    def take_keys(
        self,
        command: TakeKeys,
        *,
        booking: Booking,
        rules: Rules,
        gives: Refused | None,
        around: Around,
        odd: Unlikely | None,
        by: UUID | None,
        at: datetime,
    ) -> Sequence[Event]:
        """Start the trip; only the driver may, from a little before the booked hours until their end.

        `gives` is why the vehicle gives its keys to nobody. While another driver has them they are not taken; told
        after the next trip began, a trip ended by then. What looks `odd` is asked, unless she confirmed it.
        """
        taken_at = command.taken_at or at
        self._check_hours(booking, rules, taken_at, by=by, at=at)
        if gives:
            raise gives
        around.check_back(taken_at)
        if odd:
            odd.check(command.confirmed)
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
                odd=odd is not None,
                seen=command.seen,
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
        if booking.status != "confirmed" or booking.period is None:
            raise NoLongerThere
        if taken_at >= booking.period.end:
            raise TakenTooLate(end=booking.period.end)
        if taken_at < booking.period.start - timedelta(minutes=rules.early_take_minutes):
            raise NotYet(minutes=rules.early_take_minutes)
        if taken_at > at + _CLOCKS_DIFFER:
            raise NotHappenedYet

    def end(
        self, command: ReturnVehicle, *, booking: Booking, odd: Unlikely | None, by: UUID | None, at: datetime
    ) -> Sequence[Event]:
        """End the trip; only the driver may, once, with an odometer that has not gone back.

        What looks `odd` is asked, unless she confirmed it: if need be, that it went back.
        """
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
        anew = command.odometer_out_km
        out_km = self.started.odometer_km if anew is None else anew
        if command.odometer_km < out_km and not (odd and anew is None):
            raise OdometerBack(before=out_km, odometer_km=command.odometer_km)
        if odd:
            odd.check(command.confirmed)
        still_odd = odd is not None or (self.started.odd and anew is None)
        ended = self._ended(command, self.started, booking, returned_at, odd=still_odd)
        return (replace(ended, revision=self.revision + 1),)

    def pass_on(
        self, command: TakeKeys, *, booking: Booking, odd: bool, by: UUID | None, at: datetime
    ) -> Sequence[Event]:
        """End the trip by what the next driver read as she was given the keys; nothing when it has ended already.

        What was read at its start may be the odd one of both: it never keeps the next driver from the keys.
        """
        taken_at = command.taken_at or at
        if self.started is None or self.ended:
            return ()
        if taken_at <= self.started.started_at:
            raise ReturnedBeforeTaken
        odd = odd or self.started.odd or command.odometer_km < self.started.odometer_km
        read = ReturnVehicle(
            coop_id=command.coop_id,
            booking_id=self.started.booking_id,
            odometer_km=command.odometer_km,
            level_percent=command.level_percent,
        )
        ended = self._ended(read, self.started, booking, taken_at, odd=odd)
        return (replace(ended, told_by=by, revision=self.revision + 1),)

    @staticmethod
    def _ended(
        command: ReturnVehicle, started: TripStarted, booking: Booking, returned_at: datetime, *, odd: bool
    ) -> TripEnded:
        if booking.period is None or booking.agreed_at is None:
            raise NoLongerThere
        out_km = started.odometer_km if command.odometer_out_km is None else command.odometer_out_km
        return TripEnded(
            booking_id=command.booking_id,
            vehicle_id=started.vehicle_id,
            driver_id=started.driver_id,
            agreed_at=booking.agreed_at,
            booked=booking.period,
            started_at=started.started_at,
            ended_at=returned_at,
            odometer_out_km=out_km,
            odometer_in_km=command.odometer_km,
            level_percent=command.level_percent,
            photos=command.photos,
            energy_paid=command.energy_paid,
            receipt=command.receipt,
            mistyped_out_km=None if out_km == started.odometer_km else started.odometer_km,
            odd=odd,
        )

    def evolve(self, event: Event) -> Self:
        """Return the trip after `event`."""
        match event:
            case TripStarted():
                return replace(self, started=event)
            case TripEnded(odd=odd, revision=revision):
                return replace(self, ended=event, revision=self.revision if odd else revision)
            case TripPutBack(started=started):
                return replace(self, started=started, ended=None)
            case ReadingsAccepted(trip=trip, revision=revision):
                return replace(self, ended=trip, revision=revision)
            case ReadingsCorrected(trip=trip, revision=revision, corrected_by=by):
                charged = self.revision if trip.odd else revision
                return replace(self, ended=trip, revision=charged, correctors=(*self.correctors, by))
        return self


def check_paid(command: ReturnVehicle, currency: str) -> None:
    """Refuse an amount that nobody pays for energy (`UnlikelyAmount`), and a receipt without one (`AmountLacking`)."""
    paid, most = command.energy_paid, _MOST_ENERGY[currency]
    if paid and not (paid.currency == currency and 0 < paid.cents <= most):
        raise UnlikelyAmount(most=Money(most, currency))
    if command.receipt and not paid:
        raise AmountLacking
