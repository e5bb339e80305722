"""A driver paid for fuel on a trip whose price includes it: she gets it back from those who receive the price."""

from datetime import date
from uuid import UUID, uuid5

from ledger.entries.commands import ChargeTrip
from ledger.entries.draft import Because, Draft
from ledger.entries.posting import Shared, owing
from ledger.pricing.tariff import Tariff


class FuelPaid(Because, frozen=True, kw_only=True, tag="fuel"):
    """Fuel or charging the driver paid on a trip whose price includes it: those who receive the price give it back."""

    trip_id: UUID
    vehicle_id: UUID
    driver_id: UUID
    receipt: UUID | None
    borne: Shared


def fuel_id(trip_id: UUID, first_revision: int = 1) -> UUID:
    """Return the id of the one entry for the fuel paid on a trip; each time its return is undone there is one more."""
    return uuid5(trip_id, "fuel" if first_revision == 1 else f"fuel {first_revision}")


def fuel_credit(command: ChargeTrip, tariff: Tariff, day: date) -> Draft[FuelPaid] | None:
    """Return the entry by which those who receive the all-in price give the driver back the fuel paid, if any.

    `day` is the one on which the trip ended.
    """
    if command.fuel_paid is None:
        return None
    postings, borne = owing(
        fuel_id(command.trip_id, command.first_revision), command.driver_id, -command.fuel_paid, tariff.receivers
    )
    if not postings:
        return None
    because = FuelPaid(
        true_day=day,
        trip_id=command.trip_id,
        vehicle_id=command.vehicle_id,
        driver_id=command.driver_id,
        receipt=command.receipt,
        borne=borne,
    )
    return Draft(kind="fuel", legal_nature="expense", postings=postings, because=because, vehicle_id=command.vehicle_id)
