"""A realistic life for co-ops, drawn from a number: the same number, days and scale give the same history.

What is rare in life but must work is put in on purpose: the night the clocks change, New Year's Eve, a member of two
co-ops, a vehicle sold, a member who leaves with bookings to come, newcomers, a mandate renewed.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from uuid import UUID

from demo import accounts
from demo.cast.fleets import FLEETS, IN_ITS_PLACE, SOLD
from demo.cast.people import GROUPS, Group, Neighbour
from demo.cast.vehicles import Model, Vehicle
from demo.clock import Clock, local
from demo.coop import Coop
from demo.drawn.driving import Driving
from demo.drawn.trips import Trip, wanted
from demo.drawn.upkeep import Upkeep
from demo.drawn.votes import Assembly
from governance.events import InvitationKind
from governance.roles import Role
from kernel.period import Period

_HORIZON = timedelta(days=45)  # bookings reach so far past the end
_FOUNDERS = 8  # the others of a co-op join over its first year


class Life:
    """The life of one co-op until `end`; what it draws depends on `number` and its own name only."""

    def __init__(self, coop: Coop, end: datetime, number: int) -> None:
        self.coop, self.clock, self.end = coop, coop.clock, end
        self._rng = Random(f"{number} {coop.group.name}")
        self.upkeep = Upkeep(coop, self._rng)
        self.driving = Driving(coop, self._rng, self.upkeep)
        self.assembly = Assembly(coop, self._rng)

    def found(self, neighbours: tuple[Neighbour, ...], on: date) -> None:
        """Start the co-op, let its first circle in and its vehicles enter, from the morning of a day."""
        coop = self.coop
        self.clock.at(local(on, 10), partial(coop.start, neighbours[0]))
        self.clock.at(local(on, 18), partial(self.let_in, neighbours[1:_FOUNDERS]))
        for number, late in enumerate(neighbours[_FOUNDERS:], start=1):
            self.clock.at(local(on + timedelta(days=110 * number), 19), partial(self.let_in, (late,)))
        self.clock.at(local(on + timedelta(days=1), 18), partial(coop.give_role, neighbours[3].name, Role.TREASURER))
        for number, model in enumerate(FLEETS[coop.group.commune_code]):
            self.clock.at(local(on + timedelta(days=2 + number), 11), partial(self.enter, model))
        self.begin(on + timedelta(days=8))

    def begin(self, since: date) -> None:
        """Let months, quarters, votes, years and the rare cases come, from a day on."""
        self.clock.at(local(since + timedelta(days=self._rng.randint(20, 50)), 19), self.assembly.meet)
        for first in _firsts_of_months(since, self.end.date()):
            self.clock.at(local(first + timedelta(days=6), 20), partial(accounts.close_month, self.coop))
            self.clock.at(local(first + timedelta(days=9), 12), self._gives)
            if first.month in (1, 4, 7, 10):
                self.clock.at(local(first + timedelta(days=7), 18), self.settle)
        for day in _birthdays(since, self.end.date()):
            for role, name in ((Role.REFERENT, "referent"), (Role.TREASURER, "treasurer")):
                self.clock.at(local(day, 9), partial(self._renew, role, name))
        for period in _rare_nights(since, self.end.date()):
            self.clock.at(period.start - timedelta(days=3), partial(self._rare, period))

    def enter(self, model: Model) -> Vehicle:
        """Let a vehicle enter service today, with its papers in order, its insurance paid and its trips to come."""
        today, by = self.clock.today, next(iter(model.owners), self.coop.referent)
        insured, inspected = today + timedelta(days=365), today + timedelta(days=self._rng.randint(90, 700))
        vehicle = self.coop.enter(model, by, inspection=inspected, insurance=insured)
        if model.has_motor:
            self.clock.after(partial(self.upkeep.insure, vehicle, today), hours=4)
            self.clock.at(local(inspected - timedelta(days=20), 17), partial(self.upkeep.inspect, vehicle))
        self.use(vehicle, today + timedelta(days=2))
        return vehicle

    def use(self, vehicle: Vehicle, since: date) -> None:
        """Draw every trip wanted with a vehicle from a day on."""
        model, until = vehicle.model, (self.end + _HORIZON).date()
        for trip in wanted(self._rng, model.trips, since, until, bike=not model.has_motor):
            self.clock.at(max(trip.asked_at, local(since, 8)), partial(self.driving.wish, vehicle, trip))

    def settle(self) -> None:
        """Draw up a plan as of the end of last month; once it is issued nearly everyone pays within days."""
        plan_id = accounts.draw_up_plan(self.coop, accounts.end_of_last_month(self.clock.today))
        self.clock.at(self.clock.now + accounts.DRAFT + timedelta(hours=1), partial(self._pay, plan_id))

    def _pay(self, plan_id: UUID) -> None:
        coop, rng = self.coop, self._rng
        for line in accounts.transfers(coop, plan_id):
            paid, came = rng.uniform(0.3, 12), rng.uniform(0.2, 6)
            if line.debtor in coop.ever.values() or line.debtor == coop.coop_id:
                self.clock.after(partial(accounts.declare, coop, line), days=paid)
            if rng.random() < 0.985:
                self.clock.after(partial(accounts.confirm, coop, line), days=paid + came)

    def sell(self, vehicle: Vehicle, instead: Model) -> None:
        """Take a vehicle out of service for good, and let another enter in its place."""
        self.coop.retire(vehicle, self.upkeep.keeper(vehicle))
        self.clock.after(partial(self.enter, instead), days=12)

    def let_in(self, neighbours: Iterable[Neighbour]) -> None:
        """Let newcomers in by a poster, one after the other."""
        poster = self.coop.invite(InvitationKind.POSTER)
        for number, neighbour in enumerate(neighbours):
            self.clock.after(partial(self.coop.join, neighbour, poster), minutes=7 * number + 3)

    def _gives(self) -> None:
        if self._rng.random() < 0.2:
            name = self._rng.choice(list(self.coop.members))
            accounts.give(self.coop, self.coop.members[name], self._rng.choice((200, 300, 500, 1_000)))

    def _renew(self, role: Role, holder: str) -> None:
        self.coop.give_role(getattr(self.coop, holder), role)

    def _rare(self, period: Period) -> None:
        vehicle = next(shared for shared in self.coop.vehicles.values() if shared.in_service and shared.model.has_motor)
        self.driving.wish(vehicle, Trip(self.clock.now, period, self._rng.randint(30, 90)))


def generate(clock: Clock, begin: date, end: datetime, number: int, groups: tuple[Group, ...] = GROUPS[1:]) -> None:
    """Put the lives of `groups` on the clock, founded a week apart from `begin` on."""
    for place, group in enumerate(groups, start=1):
        life = Life(Coop(clock, group), end, number)
        neighbours = group.neighbours(10 * place + 1)
        founded = begin + timedelta(days=7 * place)
        life.found(neighbours, founded)
        if group.commune_code == "26086":
            clock.at(local(founded + timedelta(days=4), 11), partial(life.enter, SOLD))
            clock.at(local(founded + timedelta(days=365), 11), partial(_sold, life))
            clock.at(local(founded + timedelta(days=400), 20), partial(life.coop.leave, "Jeanne Collet"))
        if group.commune_code == "26289":
            clock.at(local(founded + timedelta(days=60), 20), partial(_joins_too, life.coop))


def _sold(life: Life) -> None:
    life.sell(life.coop.vehicles[SOLD.name], IN_ITS_PLACE)


def _joins_too(coop: Coop) -> None:
    """Let someone of the first co-op join a second one."""
    coop.join(GROUPS[0].neighbours(1)[3], coop.invite())


def _firsts_of_months(since: date, until: date) -> list[date]:
    firsts, first = [], since.replace(day=1)
    while (first := (first + timedelta(days=31)).replace(day=1)) <= until:
        firsts.append(first)
    return firsts


def _birthdays(since: date, until: date) -> list[date]:
    return [day for years in (1, 2) if (day := since + timedelta(days=350 * years)) <= until]


def _rare_nights(since: date, until: date) -> list[Period]:
    """Return the nights the clocks change and New Year's Eve, from 21:00 to 09:00 as clocks show them."""
    years = range(since.year, until.year + 1)
    evenings = [night for y in years for night in (_last_saturday(y, 3), _last_saturday(y, 10), date(y, 12, 31))]
    near = since + timedelta(days=4)
    return [Period(local(day, 21), local(day + timedelta(days=1), 9)) for day in evenings if near < day < until]


def _last_saturday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7 + 1)
