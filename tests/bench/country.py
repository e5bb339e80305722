"""A country's co-ops in the read models: a village's vehicles copied with all that is known of them, and bookings.

Rows and events nobody recorded, written in bulk; the bookings through the real projection.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from api.site import Site
from booking.booking import TIME_TO_TELL
from booking.events import BookingNotDriven, VehicleBooked
from booking.occupancy import occupancy
from booking.read_models import bookings as bookings_table
from booking.read_models import project
from kernel.database import writing
from kernel.event import Event, Recorded
from kernel.period import Period
from kernel.read_models.folding import Folded
from kernel.tables import derived
from tests.bench.world import COOP
from tests.kit.crowd import Row, copied, insert_all

COUNTRY = UUID(int=0xF2)
BATCH = 5_000


def settle_country(site: Site, village: list[UUID], vehicles: int, bookings: int) -> None:
    """Copy the vehicles of `village` into other co-ops, to `vehicles` in all, each with its share of `bookings`.

    Every table that knows a vehicle has its rows: vehicles, owners, papers, plates, calendars, rules, tariffs. The
    bookings are spread evenly from two years ago on.
    """
    coops = [uuid5(COUNTRY, f"coop {number}") for number in range(vehicles // len(village))]
    copies = [{COOP: coop_id} | {vehicle: uuid5(coop_id, vehicle.hex) for vehicle in village} for coop_id in coops]
    known = [table for table in derived.sorted_tables if "vehicle_id" in table.c]
    with writing(site.engine) as connection:
        for table in known:
            if table not in (bookings_table, occupancy):
                insert_all(connection, table, (_plated(row, n) for n, row in copied(connection, table, copies)))
    _settle_bookings(site, copies, bookings // vehicles)
    with site.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


def _plated(row: Row, number: int) -> Row:
    """Return a row with a plate of its own, if it has one: no two vehicles have the same."""
    return row | {"plate": f"{number}-{row['plate'][3:]}"} if row.get("plate") else row


def _settle_bookings(site: Site, copies: list[dict[UUID, UUID]], apiece: int) -> None:
    pending: list[Recorded[Event]] = []
    for recorded in _bookings(copies, apiece):
        pending.append(recorded)
        if len(pending) == BATCH:
            _fold(site, pending)
            pending.clear()
    _fold(site, pending)


def _fold(site: Site, recorded: list[Recorded[Event]]) -> None:
    with writing(site.engine) as connection:
        folded = Folded(connection)
        for event in recorded:
            folded.extend(project(event))
        folded.flush()


def _bookings(copies: list[dict[UUID, UUID]], apiece: int) -> Iterator[Recorded[Event]]:
    begin = datetime.now(UTC) - timedelta(days=730)
    apart = timedelta(days=740) / apiece
    for ids in copies:
        for original, vehicle_id in ids.items():
            if original == COOP:
                continue
            for number in range(apiece):
                start = begin + apart * number
                yield from _recorded(ids[COOP], vehicle_id, number, Period(start, start + timedelta(hours=2)))


def _recorded(coop_id: UUID, vehicle_id: UUID, number: int, period: Period) -> Iterator[Recorded[Event]]:
    """Give a booking, closed when its hours are long past: no clock has a million to close."""
    driver_id = uuid5(coop_id, f"driver {number % 60}")
    booked = VehicleBooked(
        vehicle_id=vehicle_id,
        driver_id=driver_id,
        period=period,
        approvers=(),
        answer_until=None,
        agreed_at=period.start,
        cancel_free_until=period.start,
        destination=None,
        flexible=False,
    )
    is_past = period.end + TIME_TO_TELL < datetime.now(UTC)
    closed = [BookingNotDriven(vehicle_id=vehicle_id, driver_id=driver_id)] if is_past else []
    for version, event in enumerate((booked, *closed), start=1):
        yield Recorded(
            position=0,
            stream_id=uuid5(vehicle_id, str(number)),
            version=version,
            coop_id=coop_id,
            by=driver_id,
            command_id=coop_id,
            effective_at=period.start,
            recorded_at=period.start,
            event=event,
        )
