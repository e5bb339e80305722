"""An entry of the books in words: what it is called on a statement, and the whole proof of its amount.

Everything is said from the explanation kept with the entry, so it stays true after prices, shares and rules changed.
"""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import msgspec

from api.holders import Naming, holders
from api.web.visit import Visit
from fleet.queries import vehicle_page, vehicles_in_service
from kernel.money import Money
from kernel.refused import Unknown
from ledger.entries.causes import Explanation
from ledger.entries.causes.correction import Corrected
from ledger.entries.causes.expense import ExpensePart
from ledger.entries.causes.fuel import FuelPaid
from ledger.entries.causes.gift import Given
from ledger.entries.causes.transfer import PlanLinePaid
from ledger.entries.causes.trip import TripCharge
from ledger.entries.posting import Shared
from ledger.entries.queries import EntryRow, LineRow, entry

KINDS = {
    "fuel": "Fuel or charge",
    "insurance": "Insurance",
    "repair": "Repair",
    "upkeep": "Upkeep",
    "inspection": "Technical inspection",
    "tax": "Tax or licence",
    "parking": "Parking",
    "other": "Other",
}
_FINEST = Decimal("0.0001")
_TIMES = "\u00d7"


class Step(msgspec.Struct, frozen=True):
    """One step of a sum: what is counted, and the figure it gives."""

    text: str
    figure: str


class Side(msgspec.Struct, frozen=True):
    """One side of an entry: whose, in what part, and how much."""

    name: str
    role: str
    amount: Money
    mine: bool


class Speaker:
    """Says entries to one reader; vehicles and people are looked up once."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.say = visit.say
        self.words = visit.words
        self.name: Naming = holders(visit)
        today = visit.now.astimezone(visit.zone).date()
        cards = vehicles_in_service(visit.connection, visit.coop_id, on=today)
        self._vehicles = {card.vehicle_id: card.name for card in cards}

    def vehicle(self, vehicle_id: UUID) -> str:
        """Return a vehicle's name, even when it has left."""
        if vehicle_id not in self._vehicles:
            self._vehicles[vehicle_id] = self._gone(vehicle_id)
        return self._vehicles[vehicle_id]

    def _gone(self, vehicle_id: UUID) -> str:
        visit = self.visit
        try:
            page = vehicle_page(visit.connection, visit.coop_id, vehicle_id, on=visit.now.date())
        except Unknown:
            return self.say("a former vehicle")
        return page.card.name

    def line(self, line: LineRow) -> str:
        """Return what a line of the reader's own statement is called."""
        because = line.because
        match because:
            case TripCharge(driver_id=driver) if driver == self.visit.me and line.cents < 0:
                return self.say("Trip: {vehicle}, {distance}", **self._trip(because))
            case FuelPaid(driver_id=driver, vehicle_id=vehicle_id) if driver == self.visit.me and line.cents > 0:
                return self.say("Energy paid: {vehicle}", vehicle=self.vehicle(vehicle_id))
            case ExpensePart():
                paid = self.say("Paid: {what}") if line.cents > 0 else self.say("My part: {what}")
                return paid.format(what=self.expense(because))
            case Given():
                return self.say("Gift to the common purse")
        return self.entry(line.entry_id, because)

    def entry(self, entry_id: UUID, because: Explanation) -> str:
        """Return what an entry is called for everyone."""
        match because:
            case TripCharge():
                return self.say("Trip by {name}: {vehicle}, {distance}", **self._trip(because))
            case FuelPaid(vehicle_id=vehicle_id, driver_id=driver):
                named = {"name": self.name(driver), "vehicle": self.vehicle(vehicle_id)}
                return self.say("Energy paid by {name}: {vehicle}", **named)
            case ExpensePart():
                return self.say("Expense: {what}", what=self.expense(because))
            case PlanLinePaid():
                return self._transfer(entry_id)
            case Given(giver_id=giver):
                return self.say("Gift by {name} to the common purse", name=self.name(giver))
            case Corrected(entry_id=undone):
                original = self.look_up(undone)
                return self.say("Undone: {what}", what=self.entry(undone, original.because))

    def expense(self, part: ExpensePart) -> str:
        """Return what an expense was for: "Insurance, Kangoo (3/12)"."""
        what = self.expense_kind(part.kind, part.vehicle_id)
        return f"{what} ({part.part}/{part.parts})" if part.parts > 1 else what

    def expense_kind(self, kind: str, vehicle_id: UUID | None) -> str:
        """Return a kind of expense with its vehicle, if it is for one."""
        said = self.say(KINDS[kind])
        return f"{said}, {self.vehicle(vehicle_id)}" if vehicle_id else said

    def look_up(self, entry_id: UUID) -> EntryRow:
        """Return an entry of this co-op; `Unknown` when there is none."""
        found = entry(self.visit.connection, self.visit.coop_id, entry_id)
        if found is None:
            raise Unknown
        return found

    def _trip(self, trip: TripCharge) -> dict[str, object]:
        return {
            "name": self.name(trip.driver_id),
            "vehicle": self.vehicle(trip.vehicle_id),
            "distance": self.words.km(trip.km),
        }

    def _transfer(self, entry_id: UUID) -> str:
        lines = self.look_up(entry_id).postings
        payer = next(line.account for line in lines if line.cents > 0)
        receiver = next(line.account for line in lines if line.cents < 0)
        return self.say("Transfer from {payer} to {receiver}", payer=self.name(payer), receiver=self.name(receiver))

    def formula(self, because: Explanation) -> list[Step]:
        """Return the steps of the sum, the last one its result; none where nothing was computed."""
        match because:
            case TripCharge():
                return self._trip_formula(because)
            case ExpensePart() if because.parts > 1:
                part = self.say("Month {part} of {parts}", part=because.part, parts=because.parts)
                whole = Step(self.say("Paid in all"), self._money(because.whole_cents))
                return [whole, Step(part, self._money(because.cents))]
        return []

    def _trip_formula(self, trip: TripCharge) -> list[Step]:
        rate, words = trip.rate, self.words
        steps = []
        if rate.per_km or not rate.per_hour:
            steps.append(
                Step(f"{words.km(trip.km)} {_TIMES} {words.rate(rate.per_km, 'km')}", self._exact(trip.km_cents))
            )
        if rate.per_hour:
            hours = words.duration(timedelta(minutes=trip.charged_minutes))
            steps.append(Step(f"{hours} {_TIMES} {words.rate(rate.per_hour, 'h')}", self._exact(trip.time_cents)))
        rounded = Fraction(trip.exact_cents) != trip.cents
        price = self.say("Price of the trip, rounded to the cent") if rounded else self.say("Price of the trip")
        return [*steps, Step(price, self._money(trip.cents))]

    def capped(self, because: Explanation) -> str:
        """Return the sentence on hours that are not charged, empty when all are."""
        if not isinstance(because, TripCharge) or because.charged_minutes == because.minutes:
            return ""
        if not because.rate.per_hour:
            return ""
        length = self.words.duration(timedelta(minutes=because.minutes))
        cap = because.rate.day_cap_hours
        return self.say("It lasted {length}; of each day, at most {hours} h are charged.", length=length, hours=cap)

    def sides(self, found: EntryRow) -> list[Side]:
        """Return all sides of an entry, each with the part it has in it."""
        role = self._roles(found.because)
        me = self.visit.me
        return [
            Side(self.name(line.account), role(line.account, line.cents), Money(line.cents), line.account == me)
            for line in found.postings
        ]

    def _roles(self, because: Explanation) -> Callable[[UUID, int], str]:
        match because:
            case TripCharge(received=shared):
                return lambda account, cents: self.say("drove") if cents < 0 else self._share(shared, account)
            case FuelPaid(borne=shared):
                return lambda account, cents: self.say("paid") if cents > 0 else self._share(shared, account)
            case ExpensePart(borne=shared):
                return lambda account, cents: self.say("paid") if cents > 0 else self._share(shared, account)
            case PlanLinePaid():
                return lambda _, cents: self.say("paid") if cents > 0 else self.say("received")
            case Given():
                return lambda _, cents: self.say("receives it") if cents > 0 else self.say("gives it")
        return lambda _, __: ""

    def _share(self, shared: Shared, account: UUID) -> str:
        weight, whole = shared.weights.get(account, 0), sum(shared.weights.values())
        if weight == whole:
            return self.say("for all of it")
        return self.say("{part} of {whole} shares", part=weight, whole=whole)

    def odd_cent(self, because: Explanation) -> str:
        """Return the sentence on who has the odd cent, empty when it falls on whole cents."""
        match because:
            case TripCharge(received=shared) | FuelPaid(borne=shared) | ExpensePart(borne=shared) if shared.spare_cents:
                names = self.words.listing([self.name(account) for account in shared.spare_cents])
                return self.say(
                    "It does not divide into whole cents. The odd cent: {names}, nearest to it or drawn by lot.",
                    names=names,
                )
        return ""

    def _money(self, cents: int) -> str:
        return self.words.money(Money(cents))

    def _exact(self, written: str) -> str:
        """Say an exact number of cents in euros, to a hundredth of a cent where it does not fall on one."""
        cents = Fraction(written)
        if cents.denominator == 1:
            return self._money(cents.numerator)
        euros = (Decimal(cents.numerator) / cents.denominator / 100).quantize(_FINEST)
        return self.words.rate(euros, "").removesuffix("/")
