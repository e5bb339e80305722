"""Taking a vehicle's keys and returning it, with what is seen on it: readings and damage are noted together or not."""

from uuid import UUID

import msgspec

from booking.application import Bookings
from booking.commands import AcceptReadings, CorrectReadings, ReturnVehicle, TakeKeys
from booking.keys.around import StillOut
from booking.queries import BookingRow
from booking.readings.queries import said_by_driver_km
from fleet.application import Fleet
from fleet.catalogue import Part
from fleet.commands import ReportDamage, WhatIsSeen
from governance.queries import current_members, members_among
from kernel.command import Asked, Done
from kernel.refused import Refused, Unlikely
from kernel.text import N_
from ledger.pricing.queries import tariffs
from people.photos import check_kept, check_photos
from usecases.actor import Actor
from usecases.copied import copied
from usecases.driving.accepting import gaining_by_readings
from usecases.driving.doubts import (
    check_corrected_cost,
    check_cost,
    check_energy,
    check_hour,
    odd_correction,
    odd_keys,
    odd_return,
)
from usecases.driving.trips import booking_of
from usecases.money.spending import limit_waited_over
from usecases.money.witnessed import check_no_witness_gains
from usecases.neighbours import Neighbours


class NobodyToContest(Refused):
    """Who drove is erased, and could not contest it: this trip can be set right to at most {distance_km} km."""


class EnergyNeedsYes(Refused):
    """Over {limit}, what you paid for energy waits for a yes: end the trip without it, then note it as an expense."""


class DamageUntold(Refused):
    """You see something new: say what it is, so that the next driver knows."""


class SeenOtherwise(Refused):
    """You say that nothing is new, and what you see: say one or the other."""


class SeenDamage(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A damage that was not known yet: where on the vehicle, what is seen, and its photo."""

    part: Part
    sentence: WhatIsSeen
    photo_id: UUID | None = None


class TakeKeysSeeing(TakeKeys, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Start my trip: what the odometer and the gauge show, and a damage not known yet.

    Taken when it is sent, unless another time is said. `given_by` is the driver who still had the keys and gave them to
    me: her trip ends with what I read. `confirmed` repeats the odometer where it was said to look odd: the charge then
    waits for the yes of another. `confirmed_days` repeats how many days ago it was, where that was asked. `seen` is
    whether I see something new on it; a damage told says so by itself.
    """

    damage: SeenDamage | None = None


class ReturnVehicleSeeing(ReturnVehicle, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """End my trip: readings, what I paid for energy with its receipt, and a damage not known yet.

    Returned when it is sent, unless another time is said. `odometer_out_km` is what the odometer showed as I took the
    keys, where I mistyped it then. `confirmed` repeats the number that was said to look odd: the charge then waits for
    the yes of another. `confirmed_days` repeats how many days ago it was, and `confirmed_energy` the minor units paid
    for energy, where that was asked. Energy over the voted limit that others bear is noted as an expense instead.
    """

    damage: SeenDamage | None = None


def take_keys_seeing(actor: Actor, command: TakeKeysSeeing, asked: Asked) -> Done:
    """Start a trip and make known the damage seen on the vehicle.

    Refuses as both do, `DamageUntold`, `SeenOtherwise` and `NoSuchPhoto`.
    """
    if command.damage and command.seen == "nothing_new":
        raise SeenOtherwise
    if command.seen == "something_new" and not command.damage:
        raise DamageUntold
    start = copied(command, TakeKeys, seen="something_new" if command.damage else command.seen)

    def work(within: Actor) -> Done:
        within.stay_member()  # or nobody could end the trip
        check_photos(within.connection, command.coop_id, *command.photos)
        booking = booking_of(within, command.booking_id)
        if booking.status == "confirmed":
            check_hour(within, command.taken_at, command.confirmed_days, field="taken_at")
        taken_at = command.taken_at or asked.happened_at
        odd = _waits(within, odd_keys(within, booking, command, taken_at), command.confirmed)
        done = _taken(within, start, asked, odd=odd)
        _report(within, booking.vehicle_id, command.damage, asked)
        return done

    return actor.once(command, asked, work)


def _taken(actor: Actor, command: TakeKeys, asked: Asked, *, odd: Unlikely | None) -> Done:
    """Start the trip; where another driver has the keys, the refusal calls her by her name."""
    try:
        return Bookings(actor.history).take_keys(command, asked, actor.my_coop.time_zone, odd=odd)
    except StillOut as refusal:
        driver, since = refusal.details["driver"], refusal.details["since"]
        name = Neighbours(actor).member(driver) if isinstance(driver, UUID) else None
        raise StillOut(driver=name or N_("a former member"), since=since) from refusal


def return_vehicle_seeing(actor: Actor, command: ReturnVehicleSeeing, asked: Asked) -> Done:
    """End a trip and make known the damage seen on the vehicle; refuses as both do, and `NoSuchPhoto`."""

    def work(within: Actor) -> Done:
        check_photos(within.connection, command.coop_id, *command.photos)
        check_kept(within.connection, command.coop_id, command.receipt)
        booking = booking_of(within, command.booking_id)
        back_at = command.returned_at or asked.happened_at
        if booking.status == "under_way":
            check_hour(within, command.returned_at, command.confirmed_days, field="returned_at")
        odd = _waits(within, odd_return(within, booking, command, back_at), command.confirmed)
        if odd is None:
            check_cost(within, booking, command, back_at)
        done = Bookings(within.history).return_vehicle(copied(command, ReturnVehicle), asked, within.currency, odd=odd)
        _check_needs_no_yes(within, booking.vehicle_id, command)
        check_energy(within, command)
        _report(within, booking.vehicle_id, command.damage, asked)
        return done

    return actor.once(command, asked, work)


def correct_readings(actor: Actor, command: CorrectReadings, asked: Asked) -> Done:
    """Set right what was typed at both ends of a trip.

    Refuses as booking does, `Unlikely`, `NobodyToContest` and `WitnessGains`.
    """

    def work(within: Actor) -> Done:
        booking = booking_of(within, command.booking_id)
        _check_may_be_contested(within, booking, command.odometer_in_km - command.odometer_out_km)
        odd = _waits(within, odd_correction(within, booking, command), command.confirmed)
        if odd is None:
            check_corrected_cost(within, booking, command)
        km = command.odometer_in_km - command.odometer_out_km
        check_no_witness_gains(within, gaining_by_readings(within, booking, km, due=odd is None))
        return Bookings(within.history).correct_readings(command, asked, odd=odd)

    return actor.together(work)


def accept_readings(actor: Actor, command: AcceptReadings, asked: Asked) -> Done:
    """Accept readings that look odd; refuses as booking does, with `NobodyToContest` and `WitnessGains`."""

    def work(within: Actor) -> Done:
        booking = booking_of(within, command.booking_id)
        if booking.waits:
            _check_may_be_contested(within, booking, booking.distance_km or 0)
        check_no_witness_gains(within, gaining_by_readings(within, booking, booking.distance_km, due=True))
        return Bookings(within.history).accept_readings(command, asked)

    return actor.together(work)


def _waits(actor: Actor, odd: Unlikely | None, confirmed: int | None) -> Unlikely | None:
    """Return what is to wait for the yes of another; of the only member it is asked, and then waits for nobody."""
    if odd is None or len(current_members(actor.connection, actor.coop_id)) > 1:
        return odd
    odd.check(confirmed)
    return None


def _check_may_be_contested(actor: Actor, booking: BookingRow, km: int) -> None:
    """Refuse (`NobodyToContest`) more km, which cost more, than the driver, who is erased, said or was charged for."""
    if booking.distance_km is None or members_among(actor.connection, actor.coop_id, [booking.driver_id]):
        return
    said_km = said_by_driver_km(
        actor.connection, actor.coop_id, booking.booking_id, booking.driver_id, booking.distance_km
    )
    most_km = said_km if booking.waits else max(said_km, booking.distance_km)
    if km > most_km:
        raise NobodyToContest(distance_km=most_km)


def _check_needs_no_yes(actor: Actor, vehicle_id: UUID, command: ReturnVehicle) -> None:
    """Refuse (`EnergyNeedsYes`) energy that as an expense borne by who receives the price would wait for a yes."""
    if command.energy_paid is None:
        return

    def receivers() -> dict[UUID, int]:
        tariff = tariffs(actor.connection, actor.coop_id, actor.now, [vehicle_id]).get(vehicle_id)
        return tariff.receivers if tariff else {}

    limit = limit_waited_over(actor, actor.me, {actor.me: command.energy_paid.cents}, receivers)
    if limit is not None:
        raise EnergyNeedsYes(limit=limit)


def _report(actor: Actor, vehicle_id: UUID, damage: SeenDamage | None, asked: Asked) -> None:
    if damage is None:
        return
    check_photos(actor.connection, actor.coop_id, damage.photo_id)
    report = copied(damage, ReportDamage, coop_id=actor.coop_id, vehicle_id=vehicle_id, trip_id=None)
    Fleet(actor.history).report_damage(report, asked.part("damage"))
