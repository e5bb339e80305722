"""When a trip starts or ends, its readings join the odometer's chain; when it ends, it is charged."""

from datetime import datetime

from booking.events import TripEnded, TripStarted
from fleet.application import Fleet
from fleet.commands import RecordReading
from kernel.command import Asked
from kernel.event import Recorded
from kernel.log.history import History
from kernel.period import Period
from ledger.application import Ledger
from ledger.entries.commands import ChargeTrip


def charge_trip(recorded: Recorded[TripEnded], history: History) -> None:
    """Charge the kilometres at the price of the day the booking was agreed, and credit the energy paid on the way."""
    trip = recorded.event
    command = ChargeTrip(
        coop_id=recorded.coop_id,
        trip_id=recorded.stream_id,
        booking_id=trip.booking_id,
        vehicle_id=trip.vehicle_id,
        driver_id=trip.driver_id,
        agreed_at=trip.agreed_at,
        booked=trip.booked,
        used=Period(trip.started_at, trip.ended_at),
        odometer_out_km=trip.odometer_out_km,
        odometer_in_km=trip.odometer_in_km,
        fuel_paid=trip.energy_paid,
        receipt=trip.receipt,
    )
    Ledger(history).charge_trip(command, Asked.because_of(recorded, "charge trip"))


def read_odometer_out(recorded: Recorded[TripStarted], history: History) -> None:
    """Add the reading at take-over to the vehicle's chain."""
    trip = recorded.event
    _record_reading(recorded, history, trip.odometer_km, trip.started_at, "read odometer out")


def read_odometer_in(recorded: Recorded[TripEnded], history: History) -> None:
    """Add the reading at return to the vehicle's chain."""
    trip = recorded.event
    _record_reading(recorded, history, trip.odometer_in_km, trip.ended_at, "read odometer in")


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
