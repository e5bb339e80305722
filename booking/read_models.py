"""The tables booking's pages read, and how each event writes them."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Uuid,
    literal_column,
)

from booking.events import (
    BookingApproved,
    BookingCancelled,
    BookingNotDriven,
    BookingPutBack,
    BookingRefused,
    ReadingsAccepted,
    ReadingsCorrected,
    RequestExpired,
    TripEnded,
    TripPutBack,
    TripStarted,
    VehicleBooked,
)
from booking.occupancy import occupancy
from booking.readings.read_models import corrected
from booking.terms.read_models import terms
from kernel.event import Event, Recorded
from kernel.period import Period
from kernel.read_models.projection import Change, Put, Remove, Row, Write
from kernel.tables import Instant, derived
from people.photos import named

HELD = ("requested", "confirmed", "under_way")  # the statuses of a booking that holds its hours

bookings = Table(
    "booking_bookings",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("booking_id", Uuid, primary_key=True),
    Column("vehicle_id", Uuid, nullable=False),
    Column("driver_id", Uuid, nullable=False),
    Column("status", String(12), nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("answer_until", Instant),
    Column("agreed_at", Instant),
    Column("cancel_free_until", Instant, nullable=False),
    Column("cancelled_late", Boolean, nullable=False),
    Column("approvers", JSON, nullable=False),
    Column("destination", LargeBinary),
    Column("reason", LargeBinary),
    Column("flexible", Boolean, nullable=False),
    Column("started_at", Instant),
    Column("ended_at", Instant),
    Column("back_by", Instant),
    Column("told_by", Uuid),
    Column("odometer_out_km", Integer),
    Column("odometer_in_km", Integer),
    Column("level_out_percent", Integer),
    Column("level_in_percent", Integer),
    Column("energy_paid_cents", BigInteger),
    Column("photos_out", JSON),
    Column("photos_in", JSON),
    Column("odd", Boolean, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("first_revision", Integer, nullable=False),
    Column("corrected_by", Uuid),
    Index("booking_bookings_by_driver", "coop_id", "driver_id", "ends_at"),
    Index("booking_bookings_by_vehicle", "coop_id", "vehicle_id", "ends_at"),
)

# Few of all bookings wait for an answer or hold hours. Said with literals, so that SQLite knows its indexes fit.
waiting = bookings.c.status == literal_column("'requested'")
held = bookings.c.status.in_([literal_column(f"'{status}'") for status in HELD])
untaken = bookings.c.status == literal_column("'confirmed'")
over = bookings.c.status == literal_column("'over'")
begun = bookings.c.started_at.is_not(None)
odd = bookings.c.odd
for _name, _of, _columns in (
    ("waiting", waiting, (bookings.c.answer_until,)),
    ("asked", waiting, (bookings.c.coop_id, bookings.c.asked_at)),
    ("held", held, (bookings.c.coop_id, bookings.c.driver_id, bookings.c.starts_at)),
    ("untaken", untaken, (bookings.c.ends_at,)),
    ("over", over, (bookings.c.coop_id, bookings.c.ended_at)),
    ("begun", begun, (bookings.c.coop_id, bookings.c.vehicle_id, bookings.c.started_at)),
    ("odd", odd, (bookings.c.coop_id, bookings.c.ended_at)),
):
    Index(f"booking_bookings_{_name}", *_columns, sqlite_where=_of, postgresql_where=_of)

# With whom the keys of a vehicle are: with one driver, but for trips of before that was sure (`sole`).
keys_out = Table(
    "booking_keys_out",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("booking_id", Uuid, primary_key=True),
    Column("vehicle_id", Uuid, nullable=False),
    Column("driver_id", Uuid, nullable=False),
    Column("since", Instant, nullable=False),
    Column("sole", Boolean, nullable=False),
)
Index(
    "booking_keys_out_one_holder",
    keys_out.c.coop_id,
    keys_out.c.vehicle_id,
    unique=True,
    sqlite_where=keys_out.c.sole,
    postgresql_where=keys_out.c.sole,
)

_NOT_ENDED: Row = dict.fromkeys(
    ("ended_at", "odometer_in_km", "level_in_percent", "energy_paid_cents", "photos_in", "told_by")
) | {"revision": 0}
_NOT_STARTED: Row = dict.fromkeys(("started_at", "odometer_out_km", "level_out_percent", "photos_out", "back_by")) | {
    "odd": False
}


def project(recorded: Recorded[Event]) -> Iterable[Write]:
    """Return what an event changes in booking's tables."""
    match recorded.event:
        case VehicleBooked() as booked:
            yield from _booked(recorded, booked)
        case BookingApproved() as approved:
            yield _booking(recorded, status="confirmed", agreed_at=approved.agreed_at)
        case BookingRefused() as refused:
            yield _booking(recorded, status="refused", reason=refused.reason and refused.reason.cipher)
            yield _freed(recorded)
        case BookingCancelled(free=free):
            yield _booking(recorded, status="cancelled", cancelled_late=not free)
            yield _freed(recorded)
        case RequestExpired() | BookingNotDriven() as ended:
            yield _booking(recorded, status="expired" if isinstance(ended, RequestExpired) else "not_driven")
            yield _freed(recorded)
        case BookingPutBack() as back:
            yield from _put_back(recorded, back)
        case _:
            yield from _driven(recorded)
            yield from terms(recorded)


def _driven(recorded: Recorded[Event]) -> Iterable[Write]:
    match recorded.event:
        case TripStarted() as started:
            yield from _started(recorded, started)
            yield from named(recorded, *started.photos)
        case TripEnded() as ended:
            yield from _ended(recorded, ended)
            yield from named(recorded, *ended.photos)
            yield from named(recorded, ended.receipt, outlives=True)
        case TripPutBack(started=None, booking_id=booking_id):
            yield _trip(recorded, booking_id, {"status": "confirmed", **_NOT_STARTED})
            yield Remove(keys_out, {"coop_id": recorded.coop_id, "booking_id": booking_id})
        case TripPutBack() as back:
            yield from _under_way_again(recorded, back)
        case ReadingsAccepted() as accepted:
            yield _read(recorded, accepted)
        case ReadingsCorrected(corrected_by=by) as right:
            yield _read(recorded, right, corrected_by=by)
            yield corrected(recorded, right)


def _booked(recorded: Recorded[Event], booked: VehicleBooked) -> Iterable[Write]:
    held = {
        "coop_id": recorded.coop_id,
        "booking_id": recorded.stream_id,
        "vehicle_id": booked.vehicle_id,
        "starts_at": booked.period.start,
        "ends_at": booked.period.end,
    }
    yield Put(occupancy, held)
    yield Put(
        bookings,
        held
        | {
            "driver_id": booked.driver_id,
            "status": "requested" if booked.approvers else "confirmed",
            "asked_at": recorded.recorded_at,
            "answer_until": booked.answer_until,
            "agreed_at": booked.agreed_at,
            "cancel_free_until": booked.cancel_free_until,
            "cancelled_late": False,
            "approvers": [str(approver) for approver in booked.approvers],
            "destination": booked.destination and booked.destination.cipher,
            "flexible": booked.flexible,
            "odd": False,
            "revision": 0,
            "first_revision": 1,
        },
    )


def _put_back(recorded: Recorded[Event], back: BookingPutBack) -> Iterable[Write]:
    as_before = {"status": back.status, "agreed_at": back.agreed_at, "cancelled_late": False, "reason": None}
    yield _booking(recorded, **as_before)
    if back.undone != "approval":  # a yes had freed nothing
        yield _held(recorded, recorded.stream_id, back.vehicle_id, back.period)


def _under_way_again(recorded: Recorded[Event], back: TripPutBack) -> Iterable[Write]:
    if back.started is None or back.held is None:
        return
    yield _trip(recorded, back.booking_id, _NOT_ENDED)
    yield from _started(recorded, back.started)
    yield _held(recorded, back.booking_id, back.vehicle_id, back.held)


def _started(recorded: Recorded[Event], started: TripStarted) -> Iterable[Write]:
    key = {"coop_id": recorded.coop_id, "booking_id": started.booking_id}
    out = {
        "status": "under_way",
        "started_at": started.started_at,
        "odometer_out_km": started.odometer_km,
        "level_out_percent": started.level_percent,
        "photos_out": [str(photo) for photo in started.photos],
        "back_by": started.back_by,
        "odd": started.odd,
    }
    yield _trip(recorded, started.booking_id, out)
    if started.back_by is None:  # told after the next trip began, it is back already
        holding = {"vehicle_id": started.vehicle_id, "driver_id": started.driver_id, "since": started.started_at}
        yield Put(keys_out, key | holding | {"sole": started.sole})


def _ended(recorded: Recorded[Event], ended: TripEnded) -> Iterable[Write]:
    key = {"coop_id": recorded.coop_id, "booking_id": ended.booking_id}
    yield Change(
        bookings,
        key,
        {
            "status": "over",
            "ended_at": ended.ended_at,
            "odometer_out_km": ended.odometer_out_km,
            "odometer_in_km": ended.odometer_in_km,
            "odd": ended.odd,
            "revision": 0 if ended.odd else ended.revision,
            "first_revision": ended.revision,
            "level_in_percent": ended.level_percent,
            "energy_paid_cents": ended.energy_paid.cents if ended.energy_paid else None,
            "photos_in": [str(photo) for photo in (*ended.photos, ended.receipt) if photo],
            "told_by": ended.told_by,
        },
    )
    yield Remove(keys_out, key)
    yield Remove(occupancy, key)  # what is past needs no promise, and an early return frees the rest


def _read(recorded: Recorded[Event], read: ReadingsAccepted | ReadingsCorrected, **by: UUID) -> Write:
    """Return what is written where readings of a trip that is over were accepted, or corrected."""
    trip = read.trip
    key = {"coop_id": recorded.coop_id, "booking_id": trip.booking_id}
    values = {"odometer_out_km": trip.odometer_out_km, "odometer_in_km": trip.odometer_in_km, "odd": trip.odd}
    charged = {} if trip.odd else {"revision": read.revision}
    return Change(bookings, key, values | charged | by)


def _held(recorded: Recorded[Event], booking_id: UUID, vehicle_id: UUID, period: Period) -> Write:
    key = {"coop_id": recorded.coop_id, "booking_id": booking_id}
    return Put(occupancy, key | {"vehicle_id": vehicle_id, "starts_at": period.start, "ends_at": period.end})


def _trip(recorded: Recorded[Event], booking_id: UUID, values: Row) -> Write:
    return Change(bookings, {"coop_id": recorded.coop_id, "booking_id": booking_id}, values)


def _booking(recorded: Recorded[Event], **values: object) -> Write:
    return Change(bookings, {"coop_id": recorded.coop_id, "booking_id": recorded.stream_id}, values)


def _freed(recorded: Recorded[Event]) -> Write:
    return Remove(occupancy, {"coop_id": recorded.coop_id, "booking_id": recorded.stream_id})
