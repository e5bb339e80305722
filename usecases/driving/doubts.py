"""What looks odd in the readings of a trip: it is read back, with what follows from it, before it counts.

Page, program and the odometer's own chain judge by one function, `fleet.odometer.anomaly`. What is confirmed all the
same is odd: the trip is over, and its charge waits for another.
"""

from datetime import datetime, timedelta
from fractions import Fraction
from statistics import median

import msgspec

from booking.commands import CorrectReadings, ReturnVehicle, TakeKeys
from booking.queries import BookingRow, driven_lately
from booking.trip import trip_id
from fleet.odometer import Reading, anomaly
from fleet.readings import sound_beside
from kernel.money import EURO, PACIFIC_FRANC, Money
from kernel.period import EARLIEST, LATEST, Period
from kernel.refused import Instead, Saying, Unlikely
from kernel.text import N_
from ledger.pricing.price import minutes_charged_for, price
from ledger.pricing.queries import tariffs
from ledger.pricing.rate import rate_at
from usecases.actor import Actor

BACK = N_("{number} km? It showed {known} km {moment}, and no odometer goes back.")
AHEAD = N_("{number} km? It showed no more than {known} km {moment}, after that.")
FAR = N_("{number} km? It showed {known} km {moment}: that makes {distance} km.")
FAR_AND_DEAR = N_("{number} km? It showed {known} km {moment}: that makes {distance} km, {price}.")
MISTYPED = N_("{number} km? At the start you typed {typed} km, where it had shown {known} km {moment}.")
DEAR = N_("{number} km? That makes {distance} km, {price}: the same hours usually cost {usual} here.")
AT_THE_START = N_("I mistyped at the start: {number} km")
DEAR_ENERGY = N_("{amount}? Hardly any tank takes more than {limit}.")
LONG_AGO = N_("{moment}? That was {days} days ago.")


TIMES = 20
"""So many times what the same hours usually cost is asked back."""
FEW, MANY = 5, 100
"""With fewer trips nothing is usual; of more, the last ones tell."""
LONG = timedelta(days=7)
"""An hour that lies further back is asked back."""
FULL_TANK = {EURO: 20_000, PACIFIC_FRANC: 24_000}
"""More than this for energy, in the currency's minor units, is asked back."""
_SECOND = timedelta(seconds=1)


class Ends(msgspec.Struct, frozen=True, kw_only=True):
    """The readings at both ends of a trip, and the sound readings of others around it.

    `trusted` is the one by which the last is judged: the trip's first, where that is not odd itself.
    """

    first: Reading
    last: Reading
    before: Reading | None
    after: Reading | None
    trusted: Reading


def odd_keys(actor: Actor, booking: BookingRow, command: TakeKeys, at: datetime) -> Unlikely | None:
    """Return what is odd in what is read as keys are taken; `None` when nothing is."""
    if booking.status != "confirmed":
        return None
    at = _within_reach(at)
    before, after = _beside(actor, booking, at, at)
    return _doubt(Reading(command.odometer_km, at), before, after, field="odometer_km")


def odd_return(actor: Actor, booking: BookingRow, command: ReturnVehicle, at: datetime) -> Unlikely | None:
    """Return what is odd in what is read at the end of a trip; `None` when nothing is.

    Where the reading at the start is the wrong one of both, that is asked instead.
    """
    at, under_way = _within_reach(at), booking.status == "under_way"
    if not under_way or booking.started_at is None or booking.odometer_out_km is None or at <= booking.started_at:
        return None
    before, after = _beside(actor, booking, booking.started_at, at)
    anew = command.odometer_out_km
    first = Reading(booking.odometer_out_km if anew is None else anew, booking.started_at)
    trusted = before if booking.odd and anew is None and before else first
    ends = Ends(first=first, last=Reading(command.odometer_km, at), before=before, after=after, trusted=trusted)
    odd = _mistyped(ends) if anew is None else None
    return odd or _doubt_ends(actor, booking, ends, field="odometer_km", anew=anew is not None)


def check_hour(actor: Actor, said: datetime | None, confirmed_days: int | None, *, field: str) -> None:
    """Refuse (`Unlikely`) an hour more than seven days in the past, typed in `field`, unless that was confirmed."""
    if said is None or actor.now - said <= LONG:
        return
    moment = _within_reach(said)
    days = (actor.today - moment.astimezone(actor.zone).date()).days
    odd = Saying(LONG_AGO, {"moment": moment, "days": days})
    Unlikely(odd, field=f"{field}_day", number=days, repeated_as="confirmed_days").check(confirmed_days)


def check_cost(actor: Actor, booking: BookingRow, command: ReturnVehicle, at: datetime) -> None:
    """Refuse (`Unlikely`) a trip that costs twenty times what its hours usually do in the co-op, unless confirmed.

    No reading of it is odd: confirmed, it is charged at once.
    """
    started_at, at = booking.started_at, _within_reach(at)
    under_way = booking.status == "under_way" and started_at is not None and started_at < at
    if not under_way or started_at is None or booking.odometer_out_km is None:
        return
    out_km = booking.odometer_out_km if command.odometer_out_km is None else command.odometer_out_km
    used, read = Period(started_at, at), (out_km, command.odometer_km)
    if dear := _dear(actor, booking, used, *read, field="odometer_km"):
        dear.check(command.confirmed)


def check_corrected_cost(actor: Actor, booking: BookingRow, command: CorrectReadings) -> None:
    """Refuse (`Unlikely`) readings set right that make a trip cost twenty times what is usual, unless confirmed."""
    if booking.started_at is None or booking.ended_at is None:
        return
    used, read = Period(booking.started_at, booking.ended_at), (command.odometer_out_km, command.odometer_in_km)
    if dear := _dear(actor, booking, used, *read, field="odometer_in_km"):
        dear.check(command.confirmed)


def check_energy(actor: Actor, command: ReturnVehicle) -> None:
    """Refuse (`Unlikely`) energy that was paid so dearly as hardly any tank is filled, unless confirmed."""
    paid, limit = command.energy_paid, FULL_TANK[actor.currency]
    if paid and paid.cents > limit:
        odd = Saying(DEAR_ENERGY, {"amount": paid, "limit": Money(limit, actor.currency)})
        unlikely = Unlikely(odd, field="energy_paid", number=paid.cents, repeated_as="confirmed_energy")
        unlikely.check(command.confirmed_energy)


def odd_correction(actor: Actor, booking: BookingRow, command: CorrectReadings) -> Unlikely | None:
    """Return what is odd still in readings as set right; `None` when nothing is."""
    if booking.started_at is None or booking.ended_at is None:
        return None
    before, after = _beside(actor, booking, booking.started_at, booking.ended_at)
    first = Reading(command.odometer_out_km, booking.started_at)
    last = Reading(command.odometer_in_km, booking.ended_at)
    if last.km < first.km:
        return None  # the decision refuses that, confirmed or not
    ends = Ends(first=first, last=last, before=before, after=after, trusted=first)
    return _doubt_ends(actor, booking, ends, field="odometer_in_km", anew=True)


def _dear(actor: Actor, booking: BookingRow, used: Period, out_km: int, in_km: int, *, field: str) -> Unlikely | None:
    """Return the question whether a trip is right that costs so many times what its hours usually do."""
    km, lately = in_km - out_km, driven_lately(actor.connection, actor.coop_id, MANY)
    if len(lately) < FEW:
        return None
    pace = median(Fraction(driven, period.length // _SECOND) for period, driven in lately)
    usual_km = round(pace * (booking.period.length // _SECOND))
    if km < TIMES * usual_km:
        return None  # its hours cost as much either way
    costs = _costs(actor, booking, used, km, usual_km)
    if not costs or not costs[1].cents or costs[0].cents < TIMES * costs[1].cents:
        return None
    values = {"number": in_km, "distance": km, "price": costs[0], "usual": costs[1]}
    return Unlikely(Saying(DEAR, values), field=field, number=in_km)


def _within_reach(at: datetime) -> datetime:
    """Return an instant that every database holds: one beyond is refused by the decision."""
    return min(max(at, EARLIEST), LATEST)


def _beside(
    actor: Actor, booking: BookingRow, since: datetime, until: datetime
) -> tuple[Reading | None, Reading | None]:
    of_vehicle = (actor.connection, actor.coop_id, booking.vehicle_id)
    return sound_beside(*of_vehicle, since=since, until=until, but_of=trip_id(booking.booking_id))


def _doubt_ends(actor: Actor, booking: BookingRow, ends: Ends, *, field: str, anew: bool) -> Unlikely | None:
    """Return what is odd in the last reading, typed in `field`; else, where the first was typed `anew`, in that one."""
    odd = _doubt(ends.last, ends.trusted, ends.after, field=field)
    if odd is None:
        return _doubt(ends.first, ends.before, None, field="odometer_out_km") if anew else None
    costs = _costs(actor, booking, Period(ends.first.at, ends.last.at), ends.last.km - ends.first.km)
    if odd.saying.sentence != FAR or not costs:
        return odd
    return Unlikely(Saying(FAR_AND_DEAR, {**odd.saying.values, "price": costs[0]}), field=field, number=odd.number)


def _doubt(read: Reading, before: Reading | None, after: Reading | None, *, field: str) -> Unlikely | None:
    """Return the question whether a reading is right beside the sound ones around it; `None` when it looks so."""
    if before is None or anomaly(read.km, read.at, before=before, after=after) is None:
        return None
    values = {"number": read.km, "known": before.km, "moment": before.at}
    if read.km < before.km:
        odd = Saying(BACK, values)
    elif after and read.km > after.km:
        odd = Saying(AHEAD, values | {"known": after.km, "moment": after.at})
    else:
        odd = Saying(FAR, values | {"distance": read.km - before.km})
    return Unlikely(odd, field=field, number=read.km)


def _costs(actor: Actor, booking: BookingRow, used: Period, *distances: int) -> list[Money]:
    """Return what a trip would be charged for each of some distances; nothing where no price was agreed."""
    tariff = tariffs(actor.connection, actor.coop_id, actor.now, [booking.vehicle_id]).get(booking.vehicle_id)
    if tariff is None or booking.agreed_at is None:
        return []
    rate, minutes = rate_at(tariff.rates, booking.agreed_at), minutes_charged_for(booking.period, used)
    return [price(rate, max(km, 0), minutes).amount for km in distances]


def _mistyped(ends: Ends) -> Unlikely | None:
    """Return the question whether the first reading was mistyped: the last went back from it, but not from before."""
    first, last, before = ends.first, ends.last, ends.before
    if before is None or last.km >= first.km or before.km == first.km:
        return None
    if anomaly(last.km, last.at, before=before, after=ends.after):
        return None
    values = {"number": last.km, "typed": first.km, "known": before.km, "moment": before.at}
    instead = Instead("odometer_out_km", before.km, Saying(AT_THE_START, {"number": before.km}))
    return Unlikely(Saying(MISTYPED, values), field="odometer_km", number=last.km, instead=instead)
