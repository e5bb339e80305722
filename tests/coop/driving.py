"""Hours are asked for, promised, given back; keys are taken and returned with energy paid."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import rule
from sqlalchemy import select

from booking.application import Bookings
from booking.commands import (
    AcceptReadings,
    ApproveBooking,
    BookVehicle,
    CancelBooking,
    CorrectReadings,
    RefuseBooking,
    SayUndriven,
)
from booking.keys.queries import keys_of
from booking.read_models import bookings
from kernel.command import Asked, Done
from kernel.money import Money
from kernel.period import Period
from tests.coop.belonging import Belonging
from tests.coop.life import PARIS, chosen, coops, picks, there_is
from usecases.driving.handing_over import (
    ReturnVehicleSeeing,
    TakeKeysSeeing,
    correct_readings,
    return_vehicle_seeing,
    take_keys_seeing,
)

HALF_HOUR = timedelta(minutes=30)

energy = st.none() | st.integers(1, 9_000)


class Driving(Belonging):
    """Bookings and trips."""

    @rule(
        coop_id=coops,
        vehicle=picks,
        who=picks,
        start=st.integers(-1, 12) | st.integers(48, 60),
        length=st.integers(1, 9),
    )
    def book(self, coop_id: UUID, vehicle: int, who: int, start: int, length: int) -> None:
        self.hold(coop_id, vehicle, self.member(coop_id, who), start, length)

    @there_is("requested")
    @rule(pick=picks, says_yes=st.booleans(), who=st.none() | picks)
    def answer(self, pick: int, who: int | None, *, says_yes: bool) -> None:
        for row in self.known(pick, "requested"):
            by = self.member(row.coop_id, who) if who is not None else UUID(row.approvers[0])
            if says_yes:
                self.attempt(self.booking.approve_booking, ApproveBooking(**_named(row)), by)
            else:
                self.attempt(self.booking.refuse_booking, RefuseBooking(**_named(row), reason="J'en ai besoin."), by)

    @there_is("confirmed")
    @rule(pick=picks, who=st.none() | picks)
    def cancel(self, pick: int, who: int | None) -> None:
        for row in self.known(pick):
            by = row.driver_id if who is None else self.member(row.coop_id, who)
            self.attempt(self.booking.cancel_booking, CancelBooking(**_named(row)), by)

    @there_is("confirmed")
    @rule(pick=picks)
    def say_undriven(self, pick: int) -> None:
        for row in self.known(pick, "confirmed"):
            self.attempt(self.booking.say_undriven, SayUndriven(**_named(row)), row.driver_id)

    @there_is("confirmed")
    @rule(pick=picks, km=st.integers(-5, 40))
    def take(self, pick: int, km: int) -> None:
        for row in self.known(pick, "confirmed"):
            self.take_keys(row, km)

    @there_is("under_way")
    @rule(pick=picks, km=st.integers(-1, 700), paid=energy)
    def give_back(self, pick: int, km: int, paid: int | None) -> None:
        for row in self.known(pick, "under_way"):
            self.give_keys_back(row, km, paid)

    @rule(coop_id=coops, vehicle=picks, who=picks, hours=st.integers(1, 6), km=st.integers(0, 700), paid=energy)
    def drive(self, coop_id: UUID, vehicle: int, who: int, hours: int, km: int, paid: int | None) -> None:
        booking_id = self.hold(coop_id, vehicle, self.member(coop_id, who), 0, 2 * hours)
        for row in self.row_of(booking_id):
            if row.status == "requested":
                self.attempt(self.booking.approve_booking, ApproveBooking(**_named(row)), UUID(row.approvers[0]))
            self.take_keys(row, 0)
        self.pass_time(timedelta(hours=hours))
        for row in self.row_of(booking_id):
            self.give_keys_back(row, km, paid)

    @there_is("over")
    @rule(pick=picks, who=st.none() | picks, out=st.integers(-3, 3), back=st.integers(-20, 60) | st.just(9_000))
    def set_right(self, pick: int, who: int | None, out: int, back: int) -> None:
        for row in self.known(pick, "over"):
            by = row.driver_id if who is None else self.member(row.coop_id, who)
            km = max(0, row.odometer_in_km + back)
            command = CorrectReadings(
                **_named(row),
                odometer_out_km=max(0, row.odometer_out_km + out),
                odometer_in_km=km,
                reason="Mal lu.",
                confirmed=km if back % 3 == 0 else None,
            )
            self.attempt(self.corrected, command, by)

    @there_is("odd")
    @rule(pick=picks, who=picks)
    def accept(self, pick: int, who: int) -> None:
        odd = [row for row in self.all_known() if row.odd and row.status == "over"]
        for row in [chosen(odd, pick)] if odd else []:
            command = AcceptReadings(**_named(row))
            self.attempt(self.booking.accept_readings, command, self.member(row.coop_id, who))

    def hold(self, coop_id: UUID, vehicle: int, who: UUID, start: int, length: int) -> UUID | None:
        """Ask for half hours of a vehicle from now on."""
        period = Period(self.now + start * HALF_HOUR, self.now + (start + length) * HALF_HOUR)
        for card in self.vehicle(coop_id, vehicle):
            command = BookVehicle(
                coop_id=coop_id, vehicle_id=card.vehicle_id, period=period, destination="Crest, le marché"
            )
            booked = self.attempt(self.booking.book_vehicle, command, who, "Europe/Paris")
            assert booked is None or self.lags or not self.is_suspended(coop_id, who), "suspended, she booked"
            last_day = (period.end - period.end.resolution).astimezone(PARIS).date()
            waits = self.waits_for_papers(coop_id, card.vehicle_id, last_day)
            assert booked is None or not waits, "it was booked all the same"
            return booked
        return None

    def take_keys(self, row: Any, km: int) -> None:
        """Take the keys with the odometer some km off from what the chain says."""
        odometer = max(0, self.odometer(row.coop_id, row.vehicle_id) + km)
        given_by = self.holder(row)
        command = TakeKeysSeeing(
            **_named(row),
            odometer_km=odometer,
            level_percent=80,
            given_by=given_by if km % 2 else None,
            confirmed=odometer if km % 3 else None,
        )
        done = self.attempt(self.taken, command, row.driver_id)
        waits = self.waits_for_papers(row.coop_id, row.vehicle_id, self.today)
        assert done is None or not waits, "its keys were taken all the same"

    def waits_for_papers(self, coop_id: UUID, vehicle_id: UUID, day: date) -> bool:
        """Tell whether nobody may have a vehicle on a day, its papers having lapsed; where calendars know of it."""
        return not self.lags and vehicle_id in self.lapsed(coop_id, day)

    def taken(self, command: TakeKeysSeeing, asked: Asked) -> Done:
        """Take keys as pages and programs do: what looks odd is asked first."""
        return self.by_hand(command.coop_id, asked.by, lambda actor: take_keys_seeing(actor, command, asked))

    def returned(self, command: ReturnVehicleSeeing, asked: Asked) -> Done:
        """Return a vehicle as pages and programs do."""
        return self.by_hand(command.coop_id, asked.by, lambda actor: return_vehicle_seeing(actor, command, asked))

    def corrected(self, command: CorrectReadings, asked: Asked) -> Done:
        """Set readings right as pages and programs do."""
        return self.by_hand(command.coop_id, asked.by, lambda actor: correct_readings(actor, command, asked))

    def holder(self, row: Any) -> UUID | None:
        """Return who has the keys of a booking's vehicle."""
        with self.history.engine.connect() as connection:
            keys = keys_of(connection, row.coop_id, row.vehicle_id)
        return keys.driver_id if keys else None

    def give_keys_back(self, row: Any, km: int, paid: int | None) -> None:
        """Return the keys after so many km, with so many cents paid for energy."""
        odometer = max(0, (row.odometer_out_km or 0) + km)
        command = ReturnVehicleSeeing(
            **_named(row),
            odometer_km=odometer,
            level_percent=40,
            energy_paid=None if paid is None else Money(paid),
            confirmed=odometer if km % 3 else None,
        )
        self.attempt(self.returned, command, row.driver_id)

    def known(self, pick: int, status: str | None = None) -> list[Any]:
        """Return one of the bookings there are, of a status when one is said."""
        rows = [row for row in self.all_known() if status in (None, row.status)]
        return [chosen(rows, pick)] if rows else []

    def all_known(self) -> list[Any]:
        """Return all the bookings there are."""
        with self.history.engine.connect() as connection:
            return list(connection.execute(select(bookings).order_by(bookings.c.booking_id)))

    def row_of(self, booking_id: UUID | None) -> list[Any]:
        """Return one booking as it stands, if it was made."""
        with self.history.engine.connect() as connection:
            return list(connection.execute(select(bookings).where(bookings.c.booking_id == booking_id)))

    @property
    def booking(self) -> Bookings:
        """The door of bookings."""
        return Bookings(self.history)


def _named(row: Any) -> dict[str, Any]:
    return {"coop_id": row.coop_id, "booking_id": row.booking_id}
