"""The questions pages ask of bookings; the answers are ready to show."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import Connection, RowMapping, Select, Text, and_, bindparam, case, cast, func, or_, select, union_all

from booking.calendar import Calendar, Driver
from booking.policies import Wish, why_not
from booking.read_models import HELD, bookings, calendars, drivers, held, house_rules, occupancy, over, waiting
from booking.rules import Rules
from kernel.period import Period
from kernel.privacy import Keyring, Sealed
from kernel.refused import Refused
from kernel.slice import Slice, newest_first, oldest_first

BookingStatus = Literal["requested", "confirmed", "refused", "expired", "cancelled", "under_way", "over"]


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """One vehicle for wanted hours: `refusal` says why it is not available, `None` that it is."""

    vehicle_id: UUID
    refusal: Refused | None
    needs_approval: bool


class BookingRow(msgspec.Struct, frozen=True, kw_only=True):
    """A booking and the trip made of it, as its page and the lists show it. Times are aware UTC."""

    booking_id: UUID
    vehicle_id: UUID
    driver_id: UUID
    status: BookingStatus
    period: Period
    asked_at: datetime
    answer_until: datetime | None
    agreed_at: datetime | None
    cancel_free_until: datetime
    approvers: tuple[UUID, ...]
    flexible: bool
    destination: str | None
    reason: str | None
    started_at: datetime | None
    ended_at: datetime | None
    odometer_out_km: int | None
    odometer_in_km: int | None
    level_out_percent: int | None
    level_in_percent: int | None
    energy_paid_cents: int | None
    photos: tuple[UUID, ...]

    @property
    def distance_km(self) -> int | None:
        """Whole km driven, once returned."""
        if self.odometer_in_km is None or self.odometer_out_km is None:
            return None
        return self.odometer_in_km - self.odometer_out_km


def search(
    connection: Connection, coop_id: UUID, driver_id: UUID, period: Period, *, at: datetime, zone: str
) -> list[Found]:
    """Return every vehicle for these hours: those that are free first, the others with the reason why not."""
    known = connection.execute(_CALENDARS, {"coop": coop_id}).all()
    rules = {row.vehicle_id: msgspec.convert(row.rules, Rules) if row.rules else None for row in known}
    widest = max((voted.buffer_minutes for voted in rules.values() if voted), default=0)
    wanted = period.widened(timedelta(minutes=widest))
    near = connection.execute(_NEAR, {"coop": coop_id, "start": wanted.start, "end": wanted.end})
    taken: dict[UUID, list[Period]] = {}
    for row in near:
        taken.setdefault(row.vehicle_id, []).append(Period(row.starts_at, row.ends_at))
    driver = _driver(connection, coop_id, driver_id)
    active = active_bookings(connection, coop_id, driver_id, at)
    found = []
    for row in known:
        calendar = _calendar(row)
        wish = Wish(
            period=period,
            at=at,
            zone=ZoneInfo(zone),
            calendar=calendar,
            driver=driver,
            rules=rules[row.vehicle_id],
            taken=taken.get(row.vehicle_id, ()),
            active_bookings=active,
        )
        approval = calendar.needs_approval(driver_id)
        found.append(Found(vehicle_id=row.vehicle_id, refusal=why_not(wish), needs_approval=approval))
    return sorted(found, key=lambda vehicle: vehicle.refusal is not None)


def taken_near(
    connection: Connection, coop_id: UUID, vehicle_id: UUID, period: Period, rules: Rules | None
) -> Sequence[Period]:
    """Return the promises of one vehicle that touch a period widened by the voted gap, in order."""
    wanted = period.widened(timedelta(minutes=rules.buffer_minutes if rules else 0))
    near = {"coop": coop_id, "vehicle": vehicle_id, "start": wanted.start, "end": wanted.end}
    return [Period(row.starts_at, row.ends_at) for row in connection.execute(_NEAR_ONE, near)]


def active_bookings(connection: Connection, coop_id: UUID, driver_id: UUID, at: datetime) -> int:
    """Return how many bookings a driver holds that are not over at `at`."""
    return connection.execute(_ACTIVE, {"coop": coop_id, "driver": driver_id, "at": at}).scalar_one()


def booking(connection: Connection, keyring: Keyring, coop_id: UUID, booking_id: UUID) -> BookingRow | None:
    """Return one booking of a co-op with its texts opened, or `None`."""
    query = _bookings(coop_id).where(bookings.c.booking_id == booking_id)
    return next(iter(_asked(connection, keyring, query)), None)


def bookings_slice(
    connection: Connection,
    keyring: Keyring,
    coop_id: UUID,
    driver_id: UUID,
    *,
    after: str | None = None,
    most: int,
) -> Slice[BookingRow]:
    """Return a slice of a driver's bookings, latest first; refuses a text that is not a cursor."""
    query = _bookings(coop_id).where(bookings.c.driver_id == driver_id)
    key = (bookings.c.starts_at, bookings.c.booking_id)
    found = newest_first(connection, query, key, after=after, most=most)
    return Slice(items=tuple(_opened(connection, keyring, found.items)), after=found.after)


def bookings_to_come(
    connection: Connection, keyring: Keyring, coop_id: UUID, driver_id: UUID, at: datetime
) -> list[BookingRow]:
    """Return a driver's trip under way and the bookings she holds that are not over at `at`, the first to start first.

    There are few: a house rule bounds them.
    """
    mine = _bookings(coop_id).where(
        bookings.c.driver_id == driver_id, held, or_(bookings.c.status == "under_way", bookings.c.ends_at > at)
    )
    return _asked(connection, keyring, mine.order_by(bookings.c.starts_at))  # in their index's order


def bookings_during(
    connection: Connection, keyring: Keyring, coop_id: UUID, driver_id: UUID, period: Period
) -> list[BookingRow]:
    """Return a driver's bookings that touch a period and were not given back, in order: her calendar."""
    query = _promised(coop_id, period).where(bookings.c.driver_id == driver_id)
    return _asked(connection, keyring, query)


def next_booking(
    connection: Connection, keyring: Keyring, coop_id: UUID, driver_id: UUID, at: datetime
) -> BookingRow | None:
    """Return the trip under way, else the next booking not over, or `None`."""
    coming = bookings_to_come(connection, keyring, coop_id, driver_id, at)
    return min(coming, key=lambda booking: booking.status != "under_way", default=None)


def plans(
    connection: Connection, keyring: Keyring, coop_id: UUID, vehicle_id: UUID, period: Period
) -> list[BookingRow]:
    """Return the bookings of a vehicle that touch a period, in order: its week, its neighbours' plans."""
    query = _promised(coop_id, period).where(bookings.c.vehicle_id == vehicle_id)
    return _asked(connection, keyring, query)


def requests_to(connection: Connection, keyring: Keyring, coop_id: UUID, owner_id: UUID) -> list[BookingRow]:
    """Return the requests a member may answer, oldest first."""
    return _asked(connection, keyring, _requests(coop_id, owner_id).order_by(*_AS_ASKED))


def requests_slice(
    connection: Connection,
    keyring: Keyring,
    coop_id: UUID,
    owner_id: UUID,
    *,
    after: str | None = None,
    most: int,
) -> Slice[BookingRow]:
    """Return a slice of the requests a member may answer, oldest first; refuses a text that is not a cursor."""
    found = oldest_first(connection, _requests(coop_id, owner_id), _AS_ASKED, after=after, most=most)
    return Slice(items=tuple(_opened(connection, keyring, found.items)), after=found.after)


def requests_due(connection: Connection, at: datetime) -> list[tuple[UUID, UUID]]:
    """Return (co-op, booking) of the requests whose time to be answered is over."""
    due = select(bookings.c.coop_id, bookings.c.booking_id).where(waiting, bookings.c.answer_until <= at)
    rows = connection.execute(due)
    return [(row.coop_id, row.booking_id) for row in rows]


_AS_ASKED = (bookings.c.asked_at, bookings.c.booking_id)

# Asked at every search or booking: made once.
_CALENDARS = (
    select(calendars, house_rules.c.rules)
    .outerjoin(
        house_rules,
        and_(house_rules.c.coop_id == calendars.c.coop_id, house_rules.c.vehicle_id == calendars.c.vehicle_id),
    )
    .where(calendars.c.coop_id == bindparam("coop"))
    .order_by(calendars.c.vehicle_id)
)
_ADMITTED = select(drivers.c.admitted).where(
    drivers.c.coop_id == bindparam("coop"), drivers.c.driver_id == bindparam("driver")
)
_PROMISED = select(occupancy.c.vehicle_id, occupancy.c.starts_at, occupancy.c.ends_at).where(
    occupancy.c.coop_id == bindparam("coop"),
    occupancy.c.ends_at > bindparam("start"),
    occupancy.c.starts_at < bindparam("end"),
)
# A trip that is over took its hours until it ended, or until they did: from then on the voted gap counts.
_TAKEN_UNTIL = case((bookings.c.ended_at < bookings.c.ends_at, bookings.c.ended_at), else_=bookings.c.ends_at)
_OVER = select(bookings.c.vehicle_id, bookings.c.starts_at, _TAKEN_UNTIL.label("ends_at")).where(
    bookings.c.coop_id == bindparam("coop"),
    over,
    bookings.c.ended_at > bindparam("start"),
    bookings.c.ended_at > bookings.c.starts_at,
    *(bookings.c.starts_at < bindparam("end"), bookings.c.ends_at > bindparam("start")),
)
_NEAR = union_all(_PROMISED, _OVER).order_by("starts_at")
_NEAR_ONE = union_all(
    _PROMISED.where(occupancy.c.vehicle_id == bindparam("vehicle")),
    _OVER.where(bookings.c.vehicle_id == bindparam("vehicle")),
).order_by("starts_at")
_ACTIVE = select(func.count()).where(
    bookings.c.coop_id == bindparam("coop"),
    bookings.c.driver_id == bindparam("driver"),
    bookings.c.ends_at > bindparam("at"),
    held,
)


def _driver(connection: Connection, coop_id: UUID, driver_id: UUID) -> Driver:
    admitted = connection.execute(_ADMITTED, {"coop": coop_id, "driver": driver_id}).scalar()
    return Driver(driver_id=driver_id, admitted=bool(admitted))


def _calendar(row: Any) -> Calendar:
    until: date | None = row.papers_until
    return Calendar(
        vehicle_id=row.vehicle_id,
        open=row.open,
        approval=row.approval,
        owners=tuple(map(UUID, row.owners)),
        papers_until=until,
        paper=row.paper or "",
    )


def _bookings(coop_id: UUID) -> Select[Any]:
    return select(bookings).where(bookings.c.coop_id == coop_id)


def _requests(coop_id: UUID, owner_id: UUID) -> Select[Any]:
    among = cast(bookings.c.approvers, Text).contains(str(owner_id))  # a list of ids, whole in its text
    return _bookings(coop_id).where(waiting, among)


def _promised(coop_id: UUID, period: Period) -> Select[Any]:
    touching = (bookings.c.ends_at > period.start, bookings.c.starts_at < period.end)
    kept = bookings.c.status.in_((*HELD, "over"))
    return _bookings(coop_id).where(*touching, kept).order_by(bookings.c.starts_at)


def _asked(connection: Connection, keyring: Keyring, query: Select[Any]) -> list[BookingRow]:
    return _opened(connection, keyring, connection.execute(query).mappings().all())


def _opened(connection: Connection, keyring: Keyring, rows: Sequence[RowMapping]) -> list[BookingRow]:
    """Return bookings with their texts, all opened at once."""
    texts = keyring.open_all(connection, (sealed for row in rows for sealed in (*_destination(row), *_reasons(row))))
    return [_row(row, texts) for row in rows]


def _row(row: RowMapping, texts: Mapping[Sealed, str]) -> BookingRow:
    plain = {name: row[name] for name in BookingRow.__struct_fields__ if name in row}
    return BookingRow(
        **plain
        | {
            "period": Period(row["starts_at"], row["ends_at"]),
            "approvers": tuple(map(UUID, row["approvers"])),
            "photos": tuple(map(UUID, [*(row["photos_out"] or ()), *(row["photos_in"] or ())])),
            "destination": next((texts[sealed] for sealed in _destination(row) if sealed in texts), None),
            "reason": next((texts[sealed] for sealed in _reasons(row) if sealed in texts), None),
        }
    )


def _destination(row: RowMapping) -> list[Sealed]:
    return [Sealed(row["coop_id"], row["driver_id"], row["destination"])] if row["destination"] else []


def _reasons(row: RowMapping) -> list[Sealed]:
    """Return why a request was refused, as each of those who may have written it would have sealed it."""
    return [Sealed(row["coop_id"], UUID(who), row["reason"]) for who in row["approvers"]] if row["reason"] else []
