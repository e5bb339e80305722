"""A trip, told: by whom, with what, how far, and how its price comes about."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from api.speech.causes.telling import Agreed, Fact, Link, Step, Telling
from kernel.money import decimals_of
from ledger.entries.causes.trip import TripCharge
from ledger.entries.posting import Shared
from ledger.pricing.price import minutes_of

_FINEST = Decimal("0.01")
_TIMES = "\u00d7"


class TripTelling(Telling[TripCharge]):
    """A trip: its driver owes the price to those who receive it."""

    @property
    def accounts(self) -> tuple[UUID, ...]:
        """Its driver."""
        return (self.because.driver_id,)

    @property
    def vehicles(self) -> tuple[UUID, ...]:
        """The vehicle driven."""
        return (self.because.vehicle_id,)

    def title(self) -> str:
        """Say who drove what, how far."""
        driver = self.teller.account(self.because.driver_id)
        return self.say("Trip by {name}: {vehicle}, {distance}", name=driver, **self._driven())

    def line(self, cents: int) -> str:
        """Leave out who drove when it was the reader."""
        if self.because.driver_id == self.teller.me and cents < 0:
            return self.say("Trip: {vehicle}, {distance}", **self._driven())
        return self.title()

    def steps(self) -> list[Step]:
        """Return kilometres and hours at their prices, then the price of the trip."""
        trip, words = self.because, self.teller.words
        rate, steps = trip.rate, []
        if rate.per_km or not rate.per_hour:
            km = f"{words.km(trip.km)} {_TIMES} {words.rate(rate.per_km, 'km', rate.counted_in)}"
            steps.append(Step(km, self._exact(trip.km_cents)))
        if rate.per_hour:
            hours = f"{self._hours_charged()} {_TIMES} {words.rate(rate.per_hour, 'h', rate.counted_in)}"
            steps.append(Step(hours, self._exact(trip.time_cents)))
        rounded = Fraction(trip.exact_cents) != trip.cents
        price = self.say("Price of the trip, rounded") if rounded else self.say("Price of the trip")
        return [*steps, Step(price, self.teller.money(trip.cents))]

    def remark(self) -> str:
        """Return the sentence on hours that are not charged, empty when all are."""
        trip = self.because
        if trip.charged_minutes == trip.minutes or not trip.rate.per_hour:
            return ""
        return self.say(
            "{hours}: of each day, at most {most} h are charged.",
            hours=self.teller.words.begin(self._hours_taken()),
            most=trip.rate.day_cap_hours,
        )

    def role(self, account: UUID, cents: int) -> str:
        """Tell who drove, and by which shares the others receive."""
        return self.say("drove") if cents < 0 else self.share(account)

    def facts(self) -> list[Fact]:
        """Return what was driven by whom, when, and the readings."""
        trip, words = self.because, self.teller.words
        readings = {"start": words.number(trip.odometer_out_km), "end": words.km(trip.odometer_in_km)}
        return [
            Fact(self.say("Vehicle"), self.teller.vehicle(trip.vehicle_id)),
            Fact(self.say("Driver"), self.teller.account(trip.driver_id)),
            Fact(self.say("When"), words.period(trip.used)),
            Fact(self.say("Odometer"), self.say("from {start} to {end}", **readings)),
            Fact(self.say("Distance"), words.km(trip.km)),
            *([Fact(self.say("Charged anew"), self.say("its readings were set right"))] if trip.corrected_by else []),
        ]

    def links(self) -> list[Link]:
        """Lead to the booking."""
        return [Link(f"bookings/{self.because.booking_id}", self.say("See the whole trip"))]

    def agreed(self) -> Agreed:
        """Return the price in force when the booking was agreed."""
        return Agreed(self.because.rate, self.because.agreed_at)

    def shared(self) -> Shared:
        """Return by which shares the price is received."""
        return self.because.received

    def _hours_charged(self) -> str:
        """Say which hours are charged: those booked, even if she came back before, and those she came back late."""
        trip = self.because
        if trip.charged_minutes < trip.minutes:
            return self.teller.words.duration(timedelta(minutes=trip.charged_minutes))
        return self._hours_taken()

    def _hours_taken(self) -> str:
        """Say how many hours were booked, and how many more she came back late."""
        trip, words = self.because, self.teller.words
        late = timedelta(minutes=max(trip.minutes - minutes_of(trip.booked), 0))
        booked = words.booked(timedelta(minutes=trip.minutes) - late)
        return self.say("{booked} and {late} late", booked=booked, late=words.duration(late)) if late else booked

    def _driven(self) -> dict[str, object]:
        trip = self.because
        return {"vehicle": self.teller.vehicle(trip.vehicle_id), "distance": self.teller.words.km(trip.km)}

    def _exact(self, written: str) -> str:
        """Say an exact number of cents in major units, to a hundredth of a cent where it does not fall on one."""
        cents = Fraction(written)
        if cents.denominator == 1:
            return self.teller.money(cents.numerator)
        currency = self.because.rate.counted_in
        exact = (Decimal(cents.numerator) / cents.denominator).quantize(_FINEST)
        return self.teller.words.rate(exact.scaleb(-decimals_of(currency)), "", currency).removesuffix("/")
