"""What has to have been done a moment ago before it can be undone, each at a booking of its own."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from booking.application import Bookings
from booking.commands import (
    ApproveBooking,
    BookVehicle,
    CancelBooking,
    RefuseBooking,
    ReturnVehicle,
    SayUndriven,
    TakeKeys,
)
from booking.read_models import bookings
from fleet.read_models import vehicles
from governance.application import Governance
from governance.commands import ProposeRule
from kernel.period import Period
from ledger.settlement.commands import ConfirmPaid, DeclareCoopPaid, DenyPaid
from ledger.settlement.queries import PlanLineRow, plan_lines, plans
from tests.front.ids import APPROVED, CANCELLED, PROPOSED, REFUSED, RETURNED, TAKEN
from tests.kit.money import ledger_in
from tests.kit.village import COOP, Village


def _book(village: Village, by: str, booking_id: UUID, vehicle_id: UUID, **later: int) -> None:
    start = village.now + timedelta(**later)
    command = BookVehicle(coop_id=COOP, vehicle_id=vehicle_id, period=Period(start, start + timedelta(hours=1)))
    Bookings(village.site.history).book_vehicle(command, village.asked(by, booking_id), "Europe/Paris")
    village.settle()


def cancelled(village: Village) -> None:
    """Let Paul have given hours back."""
    _book(village, "Paul", CANCELLED, village.vehicle("Zoé"), days=2)
    command = CancelBooking(coop_id=COOP, booking_id=CANCELLED)
    Bookings(village.site.history).cancel_booking(command, village.asked("Paul"))


def approved(village: Village) -> None:
    """Let Jean have said yes to Amina, who would like his car."""
    _book(village, "Amina", APPROVED, village.vehicle("Clio"), days=3)
    _approve(village, "Jean", APPROVED)


def refused(village: Village) -> None:
    """Let Jean have said no to Amina."""
    _book(village, "Amina", REFUSED, village.vehicle("Clio"), days=4)
    command = RefuseBooking(coop_id=COOP, booking_id=REFUSED)
    Bookings(village.site.history).refuse_booking(command, village.asked("Jean"))


def taken(village: Village) -> None:
    """Let Amina have the keys of Claire's bicycle."""
    _book(village, "Amina", TAKEN, _bicycle(village), minutes=5)
    _approve(village, "Claire", TAKEN)
    _take(village, TAKEN)


def returned(village: Village) -> None:
    """Let Amina be back with Jean's car, which she took five minutes ago."""
    _book(village, "Amina", RETURNED, village.vehicle("Clio"), minutes=5)
    _approve(village, "Jean", RETURNED)
    _take(village, RETURNED, minutes=5, odometer_km=10_000)
    command = ReturnVehicle(coop_id=COOP, booking_id=RETURNED, odometer_km=10_000, level_percent=80)
    Bookings(village.site.history).return_vehicle(command, village.asked("Amina"), "EUR")
    village.settle()


def _approve(village: Village, by: str, booking_id: UUID) -> None:
    command = ApproveBooking(coop_id=COOP, booking_id=booking_id)
    Bookings(village.site.history).approve_booking(command, village.asked(by))


def _take(village: Village, booking_id: UUID, minutes: int = 0, odometer_km: int = 20) -> None:
    at = village.now - timedelta(minutes=minutes)
    command = TakeKeys(coop_id=COOP, booking_id=booking_id, taken_at=at, odometer_km=odometer_km, level_percent=80)
    Bookings(village.site.history).take_keys(command, village.asked("Amina"), "Europe/Paris")
    village.settle()


def proposed(village: Village) -> None:
    """Let Nadia have proposed a rule."""
    command = ProposeRule(
        coop_id=COOP,
        parameter="max_active_bookings",
        value="5",
        effective_from=(village.now + timedelta(days=60)).date(),
        rationale="Pour les familles",
    )
    Governance(village.site.history).propose_rule(command, village.asked("Nadia", PROPOSED))


def undriven(village: Village) -> None:
    """Let nobody have driven in hours of Nadia's that are over, as she says."""
    with village.site.reading() as connection:
        over = (bookings.c.status == "confirmed") & (bookings.c.ends_at < village.now)
        booking_id: UUID = connection.execute(select(bookings.c.booking_id).where(over)).scalars().one()
    command = SayUndriven(coop_id=COOP, booking_id=booking_id)
    Bookings(village.site.history).say_undriven(command, village.asked("Nadia"))


def said_now(village: Village) -> None:
    """Let Paul have said that the co-op has paid Nadia."""
    line = _to_nadia(village)
    command = DeclareCoopPaid(coop_id=COOP, plan_id=line.plan_id, line_id=line.line_id)
    ledger_in(village).declare_coop_paid(command, village.asked("Paul"))


def received_now(village: Village) -> None:
    """Let Nadia have said that it has come."""
    line = _to_nadia(village)
    command = ConfirmPaid(coop_id=COOP, plan_id=line.plan_id, line_id=line.line_id)
    ledger_in(village).confirm_paid(command, village.asked("Nadia"))


def denied_now(village: Village) -> None:
    """Let Nadia have said that what is said to be paid has not come."""
    said_now(village)
    line = _to_nadia(village)
    command = DenyPaid(coop_id=COOP, plan_id=line.plan_id, line_id=line.line_id)
    ledger_in(village).deny_paid(command, village.asked("Nadia"), village.member("Nadia"))


def _to_nadia(village: Village) -> PlanLineRow:
    with village.site.reading() as connection:
        plan = plans(connection, COOP)[0]
        lines = plan_lines(connection, COOP, plan.plan_id)
    return next(line for line in lines if line.receiver == village.member("Nadia"))


def _bicycle(village: Village) -> UUID:
    with village.site.reading() as connection:
        found: UUID = connection.execute(
            select(vehicles.c.vehicle_id).where(vehicles.c.coop_id == COOP, vehicles.c.kind == "bike")
        ).scalar_one()
    return found


def moments_ago(village: Village) -> None:
    """Do what can be undone, each at a booking of its own, and propose what can be taken back."""
    for do in (cancelled, approved, refused, taken, returned, proposed):
        do(village)
    village.settle()


FIRST_SAID = {
    "settlement.undo_declaration": said_now,
    "settlement.undo_receipt": received_now,
    "settlement.undo_denial": denied_now,
    "bookings.undo_undriven": undriven,
}
"""What can be undone of what others can use otherwise: it is done first."""
