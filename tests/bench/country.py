"""A country's bookings in the read model: events nobody recorded, through the real projections, in bulk."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from api.site import Site
from booking.events import VehicleBooked
from booking.read_models import project
from kernel.database import writing
from kernel.event import Event, Recorded
from kernel.period import Period
from kernel.read_models.folding import Folded

COUNTRY = UUID(int=0xF2)
VEHICLES_A_COOP = 18
BATCH = 5_000


def settle_country(site: Site, vehicles: int, bookings: int) -> None:
    """Add `bookings` of `vehicles`, evenly, from two years ago on, to what is there already."""
    apiece = bookings // vehicles
    pending: list[Recorded[Event]] = []
    for recorded in _bookings(vehicles, apiece):
        pending.append(recorded)
        if len(pending) == BATCH:
            _fold(site, pending)
            pending.clear()
    _fold(site, pending)
    with site.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


def _fold(site: Site, recorded: list[Recorded[Event]]) -> None:
    with writing(site.engine) as connection:
        folded = Folded(connection)
        for event in recorded:
            folded.extend(project(event))
        folded.flush()


def _bookings(vehicles: int, apiece: int) -> Iterator[Recorded[Event]]:
    begin = datetime.now(UTC) - timedelta(days=730)
    apart = timedelta(days=740) / apiece
    for vehicle in range(vehicles):
        coop_id = uuid5(COUNTRY, f"coop {vehicle // VEHICLES_A_COOP}")
        vehicle_id = uuid5(COUNTRY, f"vehicle {vehicle}")
        for number in range(apiece):
            start = begin + apart * number
            yield _recorded(coop_id, vehicle_id, number, Period(start, start + timedelta(hours=2)))


def _recorded(coop_id: UUID, vehicle_id: UUID, number: int, period: Period) -> Recorded[Event]:
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
    return Recorded(
        position=0,
        stream_id=uuid5(vehicle_id, str(number)),
        version=1,
        coop_id=coop_id,
        by=driver_id,
        command_id=coop_id,
        effective_at=period.start,
        recorded_at=period.start,
        event=booked,
    )
