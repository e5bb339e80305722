"""A small village for booking's tests: who lives there, which vehicles, and every act in as few words as it takes."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from sqlalchemy import Connection

from booking.application import Bookings
from booking.booking import Booking
from booking.calendar import Calendar, Driver
from booking.commands import (
    AdmitDriver,
    ApproveBooking,
    BookVehicle,
    CancelBooking,
    CloseCalendar,
    CloseUndriven,
    ExpireRequest,
    LimitCalendar,
    OpenCalendar,
    RefuseBooking,
    RemoveDriver,
    ReturnVehicle,
    SetHouseRules,
    TakeKeys,
)
from booking.events import Approval, BookingApproved, TripStarted, VehicleBooked
from booking.policies import Taken, Wish
from booking.queries import BookingRow, booking, bookings_slice
from booking.rules import Rules
from booking.trip import Trip
from kernel.command import Asked, Done
from kernel.event import Event
from kernel.log.history import History
from kernel.log.mapper import EventMapper
from kernel.money import Money
from kernel.period import Period
from tests.booking.odd import odd_at

COOP, OTHER_COOP = UUID(int=1), UUID(int=2)
ANNA, BEN, OLGA, STRANGER = (UUID(int=number) for number in range(10, 14))
KANGOO, CLIO, OTHERS_ZOE = (UUID(int=number) for number in range(20, 23))
BOOKING = UUID(int=30)

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)  # a Monday
MORNING = datetime(2026, 11, 3, 7, tzinfo=UTC)  # 8:00 in Paris: twelve hours after noon it is one in the night there
PARIS = ZoneInfo("Europe/Paris")
RULES = Rules(
    min_duration_minutes=30,
    max_duration_hours=72,
    min_notice_hours=0,
    advance_horizon_days=60,
    max_active_bookings=3,
    buffer_minutes=0,
    early_take_minutes=30,
    approval_timeout_hours=12,
    cancel_free_hours=24,
)


def hours(start: int, end: int, day: int = 3) -> Period:
    """Return a period of November 2026 in whole UTC hours."""
    return Period(datetime(2026, 11, day, start, tzinfo=UTC), datetime(2026, 11, day, end, tzinfo=UTC))


EVENING = hours(18, 20)


def asked(by: UUID | None, *, at: datetime = NOON, command_id: UUID | None = None) -> Asked:
    """Return an asking at noon unless asked otherwise."""
    return Asked(command_id=command_id or uuid4(), by=by, at=at)


def booked(*, approvers: tuple[UUID, ...] = (), period: Period = EVENING) -> VehicleBooked:
    """Return the booking of the Kangoo by Anna, or her request when there are approvers."""
    return VehicleBooked(
        vehicle_id=KANGOO,
        driver_id=ANNA,
        period=period,
        approvers=approvers,
        answer_until=MORNING if approvers else None,
        agreed_at=None if approvers else NOON,
        cancel_free_until=period.start - timedelta(hours=24),
        destination=None,
        flexible=False,
    )


def held(period: Period, by: UUID = BEN, *, answer_until: datetime | None = None) -> Taken:
    """Return hours of a vehicle that Ben holds, or only asked for."""
    return Taken(period=period, booking_id=BOOKING, driver_id=by, answer_until=answer_until)


REQUEST = Booking().after([booked(approvers=(OLGA,))])
CONFIRMED = Booking().after([booked()])
APPROVED = REQUEST.evolve(BookingApproved(vehicle_id=KANGOO, driver_id=ANNA, agreed_at=NOON))


def started(*, odometer_km: int = 1000, at: datetime = EVENING.start, back_by: datetime | None = None) -> TripStarted:
    """Return the start of Anna's trip with the Kangoo."""
    return TripStarted(
        booking_id=BOOKING,
        vehicle_id=KANGOO,
        driver_id=ANNA,
        started_at=at,
        odometer_km=odometer_km,
        level_percent=80,
        photos=(),
        sole=True,
        back_by=back_by,
    )


UNDER_WAY = Trip().evolve(started())


def wish(period: Period = EVENING, **facts: object) -> Wish:
    """Return Anna's wish for the Kangoo, which the rules allow unless asked otherwise."""
    allowed = Wish(
        period=period,
        at=NOON,
        zone=PARIS,
        calendar=Calendar(vehicle_id=KANGOO, open=True),
        driver=Driver(driver_id=ANNA, admitted=True),
        rules=RULES,
        taken=(),
        active_bookings=0,
    )
    return replace(allowed, **facts)


class Village:
    """Booking's doors over one history, with every act in one short call."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.doors = Bookings(history)

    def settle(self, *, rules: Rules = RULES) -> "Village":
        """Open the Kangoo to everyone and the Clio with Olga's approval; Anna, Ben and Olga may drive."""
        self.open(KANGOO)
        self.open(CLIO, "owner", (OLGA,))
        self.rule(rules, KANGOO)
        self.rule(rules, CLIO)
        for driver in (ANNA, BEN, OLGA):
            self.admit(driver)
        return self

    def open(
        self,
        vehicle: UUID,
        approval: Approval = "everyone",
        owners: tuple[UUID, ...] = (),
        *,
        as_asked: Asked | None = None,
        coop: UUID = COOP,
    ) -> Done:
        """Open a calendar."""
        command = OpenCalendar(coop_id=coop, vehicle_id=vehicle, approval=approval, owners=owners)
        return self.doors.open_calendar(command, as_asked or asked(None))

    def limit(self, vehicle: UUID, until: date | None, *, as_asked: Asked | None = None, coop: UUID = COOP) -> Done:
        """Limit a calendar by the technical inspection."""
        command = LimitCalendar(coop_id=coop, vehicle_id=vehicle, papers_until=until, paper="inspection")
        return self.doors.limit_calendar(command, as_asked or asked(None))

    def close(self, vehicle: UUID, *, as_asked: Asked | None = None, coop: UUID = COOP) -> Done:
        """Close a calendar."""
        return self.doors.close_calendar(CloseCalendar(coop_id=coop, vehicle_id=vehicle), as_asked or asked(None))

    def admit(self, driver: UUID, *, as_asked: Asked | None = None, coop: UUID = COOP) -> Done:
        """Let a member drive."""
        return self.doors.admit_driver(AdmitDriver(coop_id=coop, driver_id=driver), as_asked or asked(None))

    def remove(self, driver: UUID, *, as_asked: Asked | None = None, coop: UUID = COOP) -> Done:
        """Let a member drive no longer."""
        return self.doors.remove_driver(RemoveDriver(coop_id=coop, driver_id=driver), as_asked or asked(None))

    def rule(self, rules: Rules, vehicle: UUID = KANGOO, *, as_asked: Asked | None = None) -> Done:
        """Set the rules of a vehicle."""
        command = SetHouseRules(coop_id=COOP, vehicle_id=vehicle, rules=rules)
        return self.doors.set_house_rules(command, as_asked or asked(None))

    def book(
        self,
        period: Period = EVENING,
        *,
        vehicle: UUID = KANGOO,
        by: UUID | None = ANNA,
        at: datetime = NOON,
        command_id: UUID | None = None,
        destination: str | None = None,
        coop: UUID = COOP,
    ) -> Done:
        """Book a vehicle."""
        command = BookVehicle(coop_id=coop, vehicle_id=vehicle, period=period, destination=destination)
        return self.doors.book_vehicle(command, asked(by, at=at, command_id=command_id), "Europe/Paris")

    def approve(self, booking_id: UUID, as_asked: Asked, coop: UUID = COOP) -> Done:
        """Say yes."""
        return self.doors.approve_booking(ApproveBooking(coop_id=coop, booking_id=booking_id), as_asked)

    def refuse(self, booking_id: UUID, as_asked: Asked, reason: str | None = None, coop: UUID = COOP) -> Done:
        """Say no."""
        command = RefuseBooking(coop_id=coop, booking_id=booking_id, reason=reason)
        return self.doors.refuse_booking(command, as_asked)

    def expire(self, booking_id: UUID, as_asked: Asked) -> Done:
        """Let a request run out."""
        return self.doors.expire_request(ExpireRequest(coop_id=COOP, booking_id=booking_id), as_asked)

    def close_undriven(self, booking_id: UUID, as_asked: Asked) -> Done:
        """Close a booking nobody took."""
        return self.doors.close_undriven(CloseUndriven(coop_id=COOP, booking_id=booking_id), as_asked)

    def cancel(self, booking_id: UUID, as_asked: Asked, coop: UUID = COOP) -> Done:
        """Give hours back."""
        return self.doors.cancel_booking(CancelBooking(coop_id=coop, booking_id=booking_id), as_asked)

    def take(self, booking_id: UUID, as_asked: Asked, **more: Any) -> Done:
        """Take the keys at the hour of asking."""
        return self.take_at(booking_id, as_asked, as_asked.at, **more)

    def take_at(
        self,
        booking_id: UUID,
        as_asked: Asked,
        taken_at: datetime,
        *,
        km: int = 1000,
        coop: UUID = COOP,
        given_by: UUID | None = None,
        odd: bool = False,
    ) -> Done:
        """Say that the keys were taken at an hour; what was read may look `odd`, and be confirmed."""
        command = TakeKeys(
            coop_id=coop,
            booking_id=booking_id,
            taken_at=taken_at,
            odometer_km=km,
            level_percent=80,
            given_by=given_by,
            confirmed=km if odd else None,
        )
        return self.doors.take_keys(command, as_asked, "Europe/Paris", odd=odd_at(km) if odd else None)

    def give_back(self, booking_id: UUID, as_asked: Asked, **more: Any) -> Done:
        """Return the vehicle at the hour of asking."""
        return self.give_back_at(booking_id, as_asked, as_asked.at, **more)

    def give_back_at(
        self,
        booking_id: UUID,
        as_asked: Asked,
        returned_at: datetime,
        *,
        km: int = 1042,
        out_km: int | None = None,
        paid: Money | None = None,
        coop: UUID = COOP,
        odd: bool = False,
    ) -> Done:
        """Say that the vehicle came back at an hour; `out_km` is what it showed at the start, mistyped then."""
        command = ReturnVehicle(
            coop_id=coop,
            booking_id=booking_id,
            returned_at=returned_at,
            odometer_km=km,
            odometer_out_km=out_km,
            level_percent=60,
            energy_paid=paid,
            confirmed=km if odd else None,
        )
        return self.doors.return_vehicle(command, as_asked, "EUR", odd=odd_at(km) if odd else None)

    def shown(self, booking_id: UUID) -> BookingRow:
        """Return what the booking's page shows."""
        with self.connect() as connection:
            row = booking(connection, self.history.keyring, COOP, booking_id)
        assert row is not None
        return row

    def held(self) -> list[BookingRow]:
        """Return Anna's bookings that were not given back."""
        with self.connect() as connection:
            rows = bookings_slice(connection, self.history.keyring, COOP, ANNA, most=200)
        return [row for row in rows.items if row.status != "cancelled"]

    def events(self) -> list[Event]:
        """Return every event of the log."""
        mapper = EventMapper()
        return [mapper.to_domain_event(stored).event for stored in self.history.log.select_notifications(1, 100_000)]

    def connect(self) -> Connection:
        """Open a connection to read with."""
        return self.history.engine.connect()
