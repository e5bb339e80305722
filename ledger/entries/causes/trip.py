"""The entries that follow from a trip: its price, and the fuel its driver paid."""

from uuid import UUID, uuid5

from ledger.commands import ChargeTrip
from ledger.days import day_of
from ledger.entries.because import FuelPaid, Rate, Shared, TripCharge
from ledger.entries.books import Books
from ledger.entries.entry import transfer
from ledger.events import EntryPosted
from ledger.pricing.price import Price, minutes_charged_for, price
from ledger.pricing.tariff import Tariff


def charge_id(trip_id: UUID) -> UUID:
    """Return the id of a trip's one charge."""
    return uuid5(trip_id, "charge")


def fuel_id(trip_id: UUID) -> UUID:
    """Return the id of the one entry for the fuel paid on a trip."""
    return uuid5(trip_id, "fuel")


def trip_charge(command: ChargeTrip, *, tariff: Tariff, books: Books) -> EntryPosted | None:
    """Return the entry by which the driver owes the price to those who receive it; `None` when nothing moves.

    Priced at the rate in force when the booking was agreed; km are the difference of the readings.
    """
    rate = tariff.rate_at(command.agreed_at)
    km = max(command.odometer_in_km - command.odometer_out_km, 0)
    cost = price(rate, km, minutes_charged_for(command.booked, command.used))
    postings, received = transfer(charge_id(command.trip_id), command.driver_id, cost.cents, tariff.receivers)
    if not postings:
        return None
    return EntryPosted(
        kind="trip",
        legal_nature=tariff.legal_nature,
        effective_on=books.posting_day(day_of(command.used.end)),
        postings=postings,
        because=_why(command, rate, cost, received),
        vehicle_id=command.vehicle_id,
    )


def _why(command: ChargeTrip, rate: Rate, cost: Price, received: Shared) -> TripCharge:
    return TripCharge(
        true_day=day_of(command.used.end),
        trip_id=command.trip_id,
        booking_id=command.booking_id,
        vehicle_id=command.vehicle_id,
        driver_id=command.driver_id,
        agreed_at=command.agreed_at,
        booked=command.booked,
        used=command.used,
        odometer_out_km=command.odometer_out_km,
        odometer_in_km=command.odometer_in_km,
        km=cost.km,
        minutes=cost.minutes,
        charged_minutes=cost.charged_minutes,
        rate=rate,
        km_cents=str(cost.km_cents),
        time_cents=str(cost.time_cents),
        exact_cents=str(cost.exact_cents),
        cents=cost.cents,
        received=received,
    )


def fuel_credit(command: ChargeTrip, *, tariff: Tariff, books: Books) -> EntryPosted | None:
    """Return the entry by which those who receive the all-in price give the driver back the fuel paid, if any."""
    paid = command.fuel_paid.cents if command.fuel_paid else 0
    postings, borne = transfer(fuel_id(command.trip_id), command.driver_id, -paid, tariff.receivers)
    if not postings:
        return None
    true_day = day_of(command.used.end)
    because = FuelPaid(
        true_day=true_day,
        trip_id=command.trip_id,
        vehicle_id=command.vehicle_id,
        driver_id=command.driver_id,
        receipt=command.receipt,
        borne=borne,
    )
    return EntryPosted(
        kind="fuel",
        legal_nature="expense",
        effective_on=books.posting_day(true_day),
        postings=postings,
        because=because,
        vehicle_id=command.vehicle_id,
    )
