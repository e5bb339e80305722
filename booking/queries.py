"""The questions pages ask of bookings; the answers are ready to show."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import Connection, Select, and_, bindparam, func, or_, select

from booking.calendar import Calendar, Driver
from booking.policies import Wish, why_not
from booking.read_models import HELD, bookings, calendars, drivers, held, house_rules, occupancy, waiting
from booking.rules import Rules
from kernel.period import Period
from kernel.privacy import Keyring, Sealed
from kernel.refused import Refused
from kernel.slice import Slice, newest_first


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
    status: str
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
    def holds_hours(self) -> bool:
        """Whether it is asked for, confirmed or under way."""
        return self.status in HELD

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
        approval = calendar.approval == "owner" and driver_id not in calendar.owners
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
    rows = _opened(connection, keyring, query)
    return rows[0] if rows else None


def bookings_of(connection: Connection, keyring: Keyring, coop_id: UUID, driver_id: UUID) -> list[BookingRow]:
    """Return a driver's bookings, latest first, at most 200."""
    return list(bookings_slice(connection, keyring, coop_id, driver_id, most=200).items)


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
    return newest_first(connection, query, key, after=after, most=most).mapped(partial(_row, connection, keyring))


def next_booking(
    connection: Connection, keyring: Keyring, coop_id: UUID, driver_id: UUID, at: datetime
) -> BookingRow | None:
    """Return the trip under way, else the next booking not over, or `None`."""
    mine = _bookings(coop_id).where(
        bookings.c.driver_id == driver_id, held, or_(bookings.c.status == "under_way", bookings.c.ends_at > at)
    )
    rows = connection.execute(mine.order_by(bookings.c.starts_at)).mappings().all()  # few, and in their index's order
    first = min(rows, key=lambda row: row["status"] != "under_way", default=None)
    return _row(connection, keyring, first) if first else None


def plans(
    connection: Connection, keyring: Keyring, coop_id: UUID, vehicle_id: UUID, period: Period
) -> list[BookingRow]:
    """Return the bookings of a vehicle that touch a period, in order: its week, its neighbours' plans."""
    query = _bookings(coop_id).where(
        bookings.c.vehicle_id == vehicle_id,
        bookings.c.ends_at > period.start,
        bookings.c.starts_at < period.end,
        bookings.c.status.in_((*HELD, "over")),
    )
    return _opened(connection, keyring, query.order_by(bookings.c.starts_at))


def requests_to(connection: Connection, keyring: Keyring, coop_id: UUID, owner_id: UUID) -> list[BookingRow]:
    """Return the requests a member may answer, oldest first."""
    query = _bookings(coop_id).where(waiting).order_by(bookings.c.asked_at)
    return [row for row in _opened(connection, keyring, query) if owner_id in row.approvers]


def requests_due(connection: Connection, at: datetime) -> list[tuple[UUID, UUID]]:
    """Return (co-op, booking) of the requests whose time to be answered is over."""
    due = select(bookings.c.coop_id, bookings.c.booking_id).where(waiting, bookings.c.answer_until <= at)
    rows = connection.execute(due)
    return [(row.coop_id, row.booking_id) for row in rows]


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
_NEAR = (
    select(occupancy.c.vehicle_id, occupancy.c.starts_at, occupancy.c.ends_at)
    .where(
        occupancy.c.coop_id == bindparam("coop"),
        occupancy.c.ends_at > bindparam("start"),
        occupancy.c.starts_at < bindparam("end"),
    )
    .order_by(occupancy.c.starts_at)
)
_NEAR_ONE = _NEAR.where(occupancy.c.vehicle_id == bindparam("vehicle"))
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


def _opened(connection: Connection, keyring: Keyring, query: Select[Any]) -> list[BookingRow]:
    return [_row(connection, keyring, row) for row in connection.execute(query).mappings().all()]


def _row(connection: Connection, keyring: Keyring, row: Any) -> BookingRow:
    plain = {name: row[name] for name in BookingRow.__struct_fields__ if name in row}
    return BookingRow(
        **plain
        | {
            "period": Period(row["starts_at"], row["ends_at"]),
            "approvers": tuple(map(UUID, row["approvers"])),
            "photos": tuple(map(UUID, [*(row["photos_out"] or ()), *(row["photos_in"] or ())])),
            "destination": _text(connection, keyring, row, "destination", row["driver_id"]),
            "reason": row["reason"]
            and next(
                filter(None, (_text(connection, keyring, row, "reason", UUID(who)) for who in row["approvers"])), None
            ),
        }
    )


def _text(connection: Connection, keyring: Keyring, row: Any, column: str, subject: UUID) -> str | None:
    return keyring.open(connection, Sealed(row["coop_id"], subject, row[column])) if row[column] else None
