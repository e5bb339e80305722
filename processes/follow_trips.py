"""When a trip starts or ends, its readings join the odometer's chain; when it ends, it is charged.

Readings that look odd are charged once another has accepted them; those set right are charged anew.
"""

from datetime import datetime
from typing import Any

from msgspec.structs import replace

from booking.events import ReadingsAccepted, ReadingsCorrected, TripEnded, TripPutBack, TripStarted
from fleet.application import Fleet
from fleet.commands import AcceptReading, CorrectReading, RecordReading, WithdrawReading
from kernel.command import Asked
from kernel.event import Event, Recorded
from kernel.log.history import History
from kernel.period import Period
from ledger.contesting.queries import in_question
from ledger.entries.causes.correction import reversal_id
from ledger.entries.causes.trip import charge_id
from ledger.entries.commands import ChargeTrip, ChargeTripAnew, UnchargeTrip
from usecases.money.books import ledger_of


def charge_trip(recorded: Recorded[TripEnded], history: History) -> None:
    """Charge the kilometres at the price of the day the booking was agreed, and credit the energy paid on the way.

    Where a reading looks odd, nothing yet.
    """
    if recorded.event.odd:
        return
    command = ChargeTrip(**_driven(recorded, recorded.event))
    ledger_of(history, recorded.coop_id).charge_trip(command, Asked.because_of(recorded, "charge trip"))


def charge_accepted(recorded: Recorded[ReadingsAccepted], history: History) -> None:
    """Charge a trip whose readings look odd, now that another has accepted them."""
    _charge_anew(recorded, history, recorded.event.trip, due=True)


def charge_corrected(recorded: Recorded[ReadingsCorrected], history: History) -> None:
    """Undo what a trip was charged and charge it by its readings as set right, in the name of who set them right."""
    _charge_anew(recorded, history, recorded.event.trip, due=not recorded.event.trip.odd, reason=recorded.event.reason)


def undo_charge(recorded: Recorded[TripPutBack], history: History) -> None:
    """Undo what a trip was charged whose return was undone; nothing where it was not charged."""
    if recorded.event.charge is None:
        return
    command = UnchargeTrip(coop_id=recorded.coop_id, trip_id=recorded.stream_id, revision=recorded.event.charge)
    ledger_of(history, recorded.coop_id).uncharge_trip(command, Asked.because_of(recorded, "undo charge"))


def withdraw_reading(recorded: Recorded[TripPutBack], history: History) -> None:
    """Take what was read out of the vehicle's chain: the keys were not taken, or not returned, after all."""
    trip = recorded.event
    command = WithdrawReading(
        coop_id=recorded.coop_id, vehicle_id=trip.vehicle_id, at=trip.read_at, trip_id=recorded.stream_id
    )
    Fleet(history).withdraw_reading(command, Asked.because_of(recorded, "withdraw reading"))


def read_odometer_out(recorded: Recorded[TripStarted], history: History) -> None:
    """Add the reading at take-over to the vehicle's chain."""
    trip = recorded.event
    _record_reading(recorded, history, trip.odometer_km, trip.started_at, "read odometer out")


def read_odometer_in(recorded: Recorded[TripEnded], history: History) -> None:
    """Add the reading at return to the vehicle's chain, the one at take-over set right if it was mistyped."""
    trip = recorded.event
    if trip.mistyped_out_km is not None:
        _correct_reading(recorded, history, trip, trip.odometer_out_km, trip.started_at)
    _record_reading(recorded, history, trip.odometer_in_km, trip.ended_at, "read odometer in")


def accept_odometer(recorded: Recorded[ReadingsAccepted], history: History) -> None:
    """Let a trip's readings count in the vehicle's chain, as another than who typed them said."""
    trip = recorded.event.trip
    for at in (trip.started_at, trip.ended_at):
        command = AcceptReading(coop_id=recorded.coop_id, vehicle_id=trip.vehicle_id, at=at, trip_id=recorded.stream_id)
        Fleet(history).accept_reading(command, Asked.because_of(recorded, f"accept reading of {at.isoformat()}"))


def set_odometer_right(recorded: Recorded[ReadingsCorrected], history: History) -> None:
    """Let the vehicle's chain show what a trip's readings were set right to."""
    trip = recorded.event.trip
    _correct_reading(recorded, history, trip, trip.odometer_out_km, trip.started_at)
    _correct_reading(recorded, history, trip, trip.odometer_in_km, trip.ended_at)


def _driven(recorded: Recorded[Any], trip: TripEnded) -> dict[str, Any]:
    """Return what a charge is made of."""
    return {
        "coop_id": recorded.coop_id,
        "trip_id": recorded.stream_id,
        "booking_id": trip.booking_id,
        "vehicle_id": trip.vehicle_id,
        "driver_id": trip.driver_id,
        "agreed_at": trip.agreed_at,
        "booked": trip.booked,
        "used": Period(trip.started_at, trip.ended_at),
        "odometer_out_km": trip.odometer_out_km,
        "odometer_in_km": trip.odometer_in_km,
        "fuel_paid": trip.energy_paid,
        "receipt": trip.receipt,
        "first_revision": trip.revision,
    }


def _charge_anew(
    recorded: Recorded[ReadingsAccepted] | Recorded[ReadingsCorrected],
    history: History,
    trip: TripEnded,
    **how: Any,
) -> None:
    revision, corrected_by = recorded.event.revision, recorded.event.corrected_by
    since = _measured_from(recorded, history, revision)
    command = ChargeTripAnew(
        **_driven(recorded, trip), revision=revision, since=since, corrected_by=corrected_by, **how
    )
    asked = replace(Asked.because_of(recorded, "charge trip anew"), by=recorded.by)
    ledger_of(history, recorded.coop_id).charge_trip_anew(command, asked)


def _measured_from(recorded: Recorded[Event], history: History, revision: int) -> int:
    """Return by which charge of a trip it is told what the next one changes: the last that nobody may contest still.

    Else to set readings right twice would leave only the last step to be contested.
    """
    trip, since = recorded.stream_id, revision - 1
    while since:
        put = (charge_id(trip, since), reversal_id(charge_id(trip, since - 1)))
        if not in_question(history.connection, recorded.coop_id, put, recorded.recorded_at):
            break
        since -= 1
    return since


def _record_reading(
    recorded: Recorded[TripStarted] | Recorded[TripEnded], history: History, km: int, at: datetime, purpose: str
) -> None:
    command = RecordReading(
        coop_id=recorded.coop_id,
        vehicle_id=recorded.event.vehicle_id,
        km=km,
        at=at,
        trip_id=recorded.stream_id,
        read_by=recorded.event.driver_id,
    )
    Fleet(history).record_reading(command, Asked.because_of(recorded, purpose))


def _correct_reading(recorded: Recorded[Event], history: History, trip: TripEnded, km: int, at: datetime) -> None:
    command = CorrectReading(
        coop_id=recorded.coop_id, vehicle_id=trip.vehicle_id, km=km, at=at, trip_id=recorded.stream_id
    )
    Fleet(history).correct_reading(command, Asked.because_of(recorded, f"correct reading of {at.isoformat()}"))
