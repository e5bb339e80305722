"""A trip is charged: its driver owes the price to those who receive it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

import msgspec

from kernel.period import Period
from ledger.entries.commands import ChargeTrip, ChargeTripAnew
from ledger.entries.draft import Because, Draft, LegalNature
from ledger.entries.posting import Shared, owing
from ledger.pricing.events import Sharing
from ledger.pricing.price import Price, minutes_charged_for, price
from ledger.pricing.rate import Rate
from ledger.pricing.tariff import Tariff

NATURES: dict[Sharing, LegalNature] = {  # in law, owners' cost shares and a lender's fee are kept apart
    "lent": "loan_fee_to_owner",
    "co_owned": "co_owner_cost_share",
    "group": "coop_service",
}


class TripCharge(Because, frozen=True, kw_only=True, tag="trip", omit_defaults=True):
    """A trip's price: readings in whole km, minutes, the rate in force when it was agreed, and the exact sum.

    `km_cents`, `time_cents` and `exact_cents` are exact numbers of cents written as fractions ("1234/3"), before the
    one rounding to the cent. `revision` is above 1 where its readings were set right after it had been charged: then it
    `was` charged so many cents before, by account, from which it is told what `corrected_by` puts on whom.
    """

    trip_id: UUID
    booking_id: UUID
    vehicle_id: UUID
    driver_id: UUID
    agreed_at: datetime
    booked: Period
    used: Period
    odometer_out_km: int
    odometer_in_km: int
    km: int
    minutes: int
    charged_minutes: int
    rate: Rate
    km_cents: str
    time_cents: str
    exact_cents: str
    cents: int
    received: Shared
    revision: int = 1
    corrected_by: UUID | None = None
    was: dict[UUID, int] = msgspec.field(default_factory=dict)


def charge_id(trip_id: UUID, revision: int = 1) -> UUID:
    """Return the id of a trip's charge; each time its readings are set right there is one more."""
    return uuid5(trip_id, "charge" if revision == 1 else f"charge {revision}")


def trip_charge(command: ChargeTrip, tariff: Tariff, day: date) -> Draft[TripCharge] | None:
    """Return the entry by which the driver owes the price to those who receive it; `None` when nothing moves.

    Priced at the rate in force when the booking was agreed; km are the difference of the readings.
    `day` is the one on which the trip ended.
    """
    return _charge(command, tariff, day, {"revision": command.first_revision})


def trip_charge_anew(
    command: ChargeTripAnew, tariff: Tariff, day: date, was: dict[UUID, int]
) -> Draft[TripCharge] | None:
    """Return the entry of a trip whose readings were set right, where it `was` charged otherwise, cents by account."""
    anew = {"revision": command.revision, "corrected_by": command.corrected_by, "was": was}
    return _charge(command, tariff, day, anew)


def _charge(command: ChargeTrip, tariff: Tariff, day: date, anew: Mapping[str, Any]) -> Draft[TripCharge] | None:
    rate = tariff.rate_at(command.agreed_at)
    km = max(command.odometer_in_km - command.odometer_out_km, 0)
    cost = price(rate, km, minutes_charged_for(command.booked, command.used))
    entry_id = charge_id(command.trip_id, anew.get("revision", 1))
    postings, received = owing(entry_id, command.driver_id, cost.amount, tariff.receivers)
    if not postings:
        return None
    return Draft(
        kind="trip",
        legal_nature=NATURES[tariff.sharing],
        postings=postings,
        because=_why(command, day, rate, cost, received, anew),
        vehicle_id=command.vehicle_id,
    )


def _why(
    command: ChargeTrip, day: date, rate: Rate, cost: Price, received: Shared, anew: Mapping[str, Any]
) -> TripCharge:
    return TripCharge(
        true_day=day,
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
        cents=cost.amount.cents,
        received=received,
        **anew,
    )
