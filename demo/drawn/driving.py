"""What becomes of a wish: booked or refused, answered or not, given back or driven, late or on time, mistyped at times.

Each step is put on the clock when the one before it has happened, so nothing is driven that was not agreed.
"""

from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import NamedTuple
from uuid import UUID

from booking.booking import NoLongerThere
from booking.commands import CorrectReadings
from demo.cast.vehicles import Vehicle
from demo.coop import Coop
from demo.drawn.trips import Trip, minutes_late
from demo.drawn.upkeep import Upkeep
from kernel.refused import Refused, Unlikely
from usecases.driving.handing_over import correct_readings
from usecases.driving.trips import booking_of

_PLACES = (
    *("Valence, gare TGV", "Marché du mercredi", "Clinique de Valence", "Col de Rousset", "Grenoble", "Crest"),
    *("Chez le dentiste", "Déchetterie", "Match à Livron", "Mes parents à Gap", "Gare de Luc", "Biocoop"),
)
_RETRY_MINUTES = 10
_MISTYPED = 0.015  # of the readings at the end of a trip


class Held(NamedTuple):
    """A booking on its way to be a trip."""

    booking_id: UUID
    name: str
    vehicle: Vehicle
    trip: Trip


class Driving:
    """How the members of one co-op use its vehicles. All chance comes from `rng`, in the order things happen."""

    def __init__(self, coop: Coop, rng: Random, upkeep: Upkeep) -> None:
        self.coop, self.clock = coop, coop.clock
        self._rng = rng
        self._upkeep = upkeep

    def wish(self, vehicle: Vehicle, trip: Trip) -> None:
        """Someone would like to drive: she takes this vehicle, else another that is free then, else stays at home."""
        coop, rng = self.coop, self._rng
        by_id = {shared.vehicle_id: shared for shared in coop.vehicles.values()}
        others = [shared.vehicle_id for shared in by_id.values() if shared.model.has_motor and vehicle.model.has_motor]
        name = self._someone(vehicle)
        destination = rng.choice(_PLACES) if rng.random() < 0.3 else None
        for vehicle_id in dict.fromkeys((vehicle.vehicle_id, *rng.sample(others, len(others)))):
            chosen = by_id[vehicle_id]
            if not chosen.in_service:
                continue
            try:
                booking_id = coop.book(name, chosen, trip.period, destination)
            except Refused as refusal:
                self.clock.refused[refusal.code()] += 1
                continue
            self._answered(Held(booking_id, name, chosen, trip))
            return

    def _someone(self, vehicle: Vehicle) -> str:
        owners = [name for name in vehicle.model.owners if name in self.coop.members]
        if owners and vehicle.model.sharing == "co_owned" and self._rng.random() < 0.7:
            return self._rng.choice(owners)
        borrowers = [name for name in self.coop.members if name not in owners or vehicle.model.sharing != "lent"]
        keenness = [1 + (37 * number) % 5 for number in range(len(borrowers))]  # some drive five times as much
        return self._rng.choices(borrowers, keenness)[0]

    def _answered(self, held: Held) -> None:
        """An owner says yes (most often within two hours), no (6 %), or nothing (3 %)."""
        answer_until = self.coop.answer_until(held.booking_id)
        if answer_until is None:
            self._goes_on(held)
            return
        owner, drawn = next(iter(held.vehicle.model.owners)), self._rng.random()
        asked_at = self.clock.now
        in_time = (answer_until - asked_at) * min(self._rng.lognormvariate(-2.2, 0.8), 0.9)
        if drawn < 0.03:
            self.clock.wake(answer_until)
        elif drawn < 0.09:
            self.clock.after(
                partial(self.coop.refuse, held.booking_id, owner, "Pas possible cette fois, désolé."),
                seconds=in_time.total_seconds(),
            )
        else:
            self.clock.after(partial(self._approved, held, owner), seconds=in_time.total_seconds())

    def _approved(self, held: Held, owner: str) -> None:
        self.coop.approve(held.booking_id, owner)
        self._goes_on(held)

    def _goes_on(self, held: Held) -> None:
        """Given back in 13 of a hundred cases, forgotten in one, driven in all others."""
        start, drawn = held.trip.period.start, self._rng.random()
        if drawn < 0.13:
            before = start - timedelta(hours=48 if self._rng.random() < 0.6 else 3)
            left = max(before - self.clock.now, timedelta())
            self.clock.at(
                self._minute(self.clock.now + left * self._rng.random()),
                partial(self.coop.cancel, held.booking_id, held.name),
            )
        elif drawn >= 0.14:
            late = timedelta(minutes=self._rng.randint(-12, 18))
            self.clock.at(self._minute(start + late), partial(self._leaves, held))

    def _leaves(self, held: Held) -> None:
        """Take the keys, as soon as the driver before has returned them."""
        if held.vehicle.out:
            if self.clock.now + timedelta(minutes=_RETRY_MINUTES) >= held.trip.period.end:
                raise NoLongerThere
            self.clock.after(partial(self._leaves, held), minutes=_RETRY_MINUTES)
            return
        self.coop.take(held.booking_id, held.name, held.vehicle)
        back = held.trip.period.end + timedelta(minutes=minutes_late(self._rng))
        self.clock.at(max(back, self.clock.now + timedelta(minutes=15)), partial(self._returns, held))

    def _returns(self, held: Held) -> None:
        vehicle, rng = held.vehicle, self._rng
        vehicle.drive(held.trip.km)
        paid_cents = self._upkeep.fills(vehicle)
        typed = _typed(vehicle.km) if rng.random() < _MISTYPED else None
        try:
            self.coop.give_back(held.booking_id, held.name, vehicle, paid_cents=paid_cents, typed_km=typed)
        except Unlikely as refusal:  # it is read back to her: she sees it, and types it right
            self.clock.refused[refusal.code()] += 1
            self.coop.give_back(held.booking_id, held.name, vehicle, paid_cents=paid_cents)
            typed = None
        if typed is not None and typed != vehicle.km:
            self.clock.after(partial(self._set_right, held, vehicle.km), minutes=_RETRY_MINUTES - 1)
        self._upkeep.wears(vehicle, held.name, held.trip.km)

    def _set_right(self, held: Held, km: int) -> None:
        """Let who drove say what the odometer really showed, before anyone else reads it: the trip is charged anew."""
        driver = self.coop.ever[held.name]
        actor = self.coop.actor(driver)
        right = CorrectReadings(
            coop_id=self.coop.coop_id,
            booking_id=held.booking_id,
            odometer_out_km=booking_of(actor, held.booking_id).odometer_out_km or 0,
            odometer_in_km=km,
            reason="Compteur mal recopié au retour.",
        )
        correct_readings(actor, right, self.clock.asked(driver))

    def _minute(self, instant: datetime) -> datetime:
        return instant.replace(second=0, microsecond=0)


def _typed(km: int) -> int:
    """Swap the last two figures, as hurried fingers do."""
    return km // 100 * 100 + km % 10 * 10 + km // 10 % 10
