"""Readings of a trip that is over are set right, or accepted though they look odd: never by who typed any of them."""

from collections.abc import Sequence
from uuid import UUID

from msgspec.structs import replace

from booking.commands import AcceptReadings, CorrectReadings
from booking.events import ReadingsAccepted, ReadingsCorrected
from booking.trip import OdometerBack, Trip
from kernel.event import Event
from kernel.privacy import Sealed
from kernel.refused import NotYours, Refused, Unlikely


class NotReturnedYet(Refused):
    """This trip is not over: what was mistyped as the keys were taken is set right as the vehicle is returned."""


def accept(trip: Trip, _command: AcceptReadings, *, by: UUID | None) -> Sequence[Event]:
    """Let a trip be charged by readings that look odd; nothing when none does.

    Whoever ever typed a reading of it may not, set right since or not: two who correct in turn would else each accept
    what the other typed.
    """
    if trip.ended is None or not trip.ended.odd:
        return ()
    if by is None or by in (trip.ended.driver_id, trip.ended.told_by, *trip.correctors):
        raise NotYours
    accepted, last = replace(trip.ended, odd=False), next(reversed(trip.correctors), None)
    return (ReadingsAccepted(trip=accepted, revision=trip.revision + 1, corrected_by=last),)


def correct(trip: Trip, command: CorrectReadings, *, odd: Unlikely | None, reason: Sealed, by: UUID) -> Sequence[Event]:
    """Set right what was typed at a trip's ends; nothing when that is what was typed.

    What looks `odd` is asked, unless it was confirmed: the new charge then waits for the yes of another.
    """
    if trip.ended is None:
        raise NotReturnedYet
    out_km, in_km = command.odometer_out_km, command.odometer_in_km
    was = trip.ended.odometer_out_km, trip.ended.odometer_in_km
    if in_km < out_km:
        raise OdometerBack(before=out_km, odometer_km=in_km)
    if (out_km, in_km) == was:
        return ()
    if odd:
        odd.check(command.confirmed)
    return (
        ReadingsCorrected(
            trip=replace(trip.ended, odometer_out_km=out_km, odometer_in_km=in_km, odd=odd is not None),
            corrected_by=by,
            was_out_km=was[0],
            was_in_km=was[1],
            reason=reason,
            revision=trip.revision + 1,
        ),
    )
