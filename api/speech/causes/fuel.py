"""Fuel or charging a driver paid, told: it is given back by those who receive the price of the trip."""

from uuid import UUID

from api.speech.causes.telling import Fact, Link, Telling
from ledger.entries.causes.fuel import FuelPaid
from ledger.entries.posting import Shared


class FuelTelling(Telling[FuelPaid]):
    """Energy a driver paid on the way."""

    @property
    def accounts(self) -> tuple[UUID, ...]:
        """Its driver."""
        return (self.because.driver_id,)

    @property
    def vehicles(self) -> tuple[UUID, ...]:
        """The vehicle it was for."""
        return (self.because.vehicle_id,)

    def title(self) -> str:
        """Say who paid for which vehicle."""
        named = {"name": self.teller.account(self.because.driver_id), "vehicle": self._vehicle}
        return self.say("Energy paid by {name}: {vehicle}", **named)

    def line(self, cents: int) -> str:
        """Leave out who paid when it was the reader."""
        if self.because.driver_id == self.teller.me and cents > 0:
            return self.say("Energy paid: {vehicle}", vehicle=self._vehicle)
        return self.title()

    def role(self, account: UUID, cents: int) -> str:
        """Tell who paid, and by which shares the others give it back."""
        return self.say("paid") if cents > 0 else self.share(account)

    def facts(self) -> list[Fact]:
        """Return the vehicle."""
        return [Fact(self.say("Vehicle"), self._vehicle)]

    def links(self) -> list[Link]:
        """Lead to the price of the trip, and to the receipt."""
        charge = self.teller.charge_of(self.because.trip_id)
        price = [Link(f"entries/{charge}", self.say("See the price of this trip"))] if charge else []
        return [*price, *self.receipt(self.because.receipt)]

    def shared(self) -> Shared:
        """Return by which shares it is given back."""
        return self.because.borne

    @property
    def _vehicle(self) -> str:
        return self.teller.vehicle(self.because.vehicle_id)
