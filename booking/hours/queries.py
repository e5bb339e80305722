"""What a search and a booking ask: which hours are taken, and what keeps someone from the others."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import Connection, and_, bindparam, case, exists, func, null, or_, select, union_all

from booking.calendar import Calendar, Driver
from booking.hours.usual import Had
from booking.occupancy import occupancy
from booking.policies import Taken, Wish, closed, free_from, why_not
from booking.read_models import bookings, held, over, waiting
from booking.rules import Rules
from booking.terms.read_models import calendars, drivers, house_rules
from kernel.period import Period
from kernel.refused import Refused


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """One vehicle for wanted hours: `refusal` says why it is not available, `None` that it is.

    `free_from` says from when it can be had for as long, should that be within a day.
    """

    vehicle_id: UUID
    refusal: Refused | None
    needs_approval: bool
    free_from: datetime | None


class EverBooked(msgspec.Struct, frozen=True, kw_only=True):
    """Whether hours were ever booked, whatever became of them: by one driver, and by anyone."""

    by_her: bool
    by_anyone: bool


LOOK_AHEAD = timedelta(days=1)


def search(
    connection: Connection, coop_id: UUID, driver_id: UUID, period: Period, *, at: datetime, zone: str
) -> list[Found]:
    """Return every vehicle for these hours: those that are free first, the others with the reason why not."""
    after = period.widened(period.length + LOOK_AHEAD)
    found = []
    for vehicle_id, wish in wishes(connection, coop_id, driver_id, period, at=at, zone=zone, until=after.end).items():
        refusal = why_not(wish)
        found.append(
            Found(
                vehicle_id=vehicle_id,
                refusal=refusal,
                needs_approval=wish.calendar.needs_approval(driver_id),
                free_from=free_from(wish, after.end) if refusal else None,
            )
        )
    return sorted(found, key=lambda vehicle: vehicle.refusal is not None)


def wishes(
    connection: Connection,
    coop_id: UUID,
    driver_id: UUID,
    period: Period,
    *,
    at: datetime,
    zone: str,
    until: datetime | None = None,
) -> dict[UUID, Wish]:
    """Return what a rule may look at, should a driver wish for these hours, for every vehicle by its id.

    The hours taken are known from them, with the voted gap, to their end or until a later instant.
    """
    known = connection.execute(_CALENDARS, {"coop": coop_id}).all()
    rules = {row.vehicle_id: msgspec.convert(row.rules, Rules) if row.rules else None for row in known}
    widest = max((voted.buffer_minutes for voted in rules.values() if voted), default=0)
    wanted = period.widened(timedelta(minutes=widest))
    span = {"coop": coop_id, "start": wanted.start, "end": max(wanted.end, until or wanted.end)}
    taken: dict[UUID, list[Taken]] = {}
    for row in connection.execute(_NEAR, span):
        taken.setdefault(row.vehicle_id, []).append(_taken(row))
    driver = _driver(connection, coop_id, driver_id)
    active = active_bookings(connection, coop_id, driver_id, at)
    return {
        row.vehicle_id: Wish(
            period=period,
            at=at,
            zone=ZoneInfo(zone),
            calendar=_calendar(row),
            driver=driver,
            rules=rules[row.vehicle_id],
            taken=taken.get(row.vehicle_id, ()),
            active_bookings=active,
        )
        for row in known
    }


def taken_near(
    connection: Connection, coop_id: UUID, vehicle_id: UUID, period: Period, rules: Rules | None
) -> Sequence[Taken]:
    """Return the hours held of one vehicle that touch a period widened by the voted gap, in order."""
    wanted = period.widened(timedelta(minutes=rules.buffer_minutes if rules else 0))
    near = {"coop": coop_id, "vehicle": vehicle_id, "start": wanted.start, "end": wanted.end}
    return [_taken(row) for row in connection.execute(_NEAR_ONE, near)]


def promised_within(connection: Connection, coop_id: UUID, vehicle_id: UUID, period: Period) -> Sequence[Taken]:
    """Return the hours promised of one vehicle that overlap a period, in order."""
    within = {"coop": coop_id, "vehicle": vehicle_id, "start": period.start, "end": period.end}
    return [_taken(row) for row in connection.execute(_PROMISED_ONE, within)]


def owing(connection: Connection, coop_id: UUID, driver_ids: Collection[UUID] | None = None) -> dict[UUID, datetime]:
    """Return who owes more than she may, of some drivers or of all, and since when she was warned."""
    query = select(drivers.c.driver_id, drivers.c.owes_since).where(
        drivers.c.coop_id == coop_id, drivers.c.owes_since.is_not(None)
    )
    if driver_ids is not None:
        query = query.where(drivers.c.driver_id.in_(driver_ids))
    return {row.driver_id: row.owes_since for row in connection.execute(query)}


def had_lately(connection: Connection, coop_id: UUID, driver_id: UUID, since: datetime) -> list[Had]:
    """Return the hours that a driver had since an instant, and those that she holds, in order."""
    hers = {"coop": coop_id, "driver": driver_id, "since": since}
    return [
        Had(period=Period(row.starts_at, row.ends_at), vehicle_id=row.vehicle_id, in_service=bool(row.open))
        for row in connection.execute(_HAD, hers)
    ]


def ever_booked(connection: Connection, coop_id: UUID, driver_id: UUID) -> EverBooked:
    """Return whether a driver, and whether anyone, ever booked in a co-op. One statement."""
    by_anyone = exists().where(bookings.c.coop_id == coop_id)
    row = connection.execute(select(by_anyone.where(bookings.c.driver_id == driver_id), by_anyone)).one()
    return EverBooked(by_her=bool(row[0]), by_anyone=bool(row[1]))


def active_bookings(connection: Connection, coop_id: UUID, driver_id: UUID, at: datetime) -> int:
    """Return how many bookings a driver holds that are not over at `at`."""
    return connection.execute(_ACTIVE, {"coop": coop_id, "driver": driver_id, "at": at}).scalar_one()


class ForAll(msgspec.Struct, frozen=True, kw_only=True):
    """On what a vehicle's calendar lets a driver have it today: by an owner's yes, or not at all (`refusal`)."""

    needs_approval: bool
    refusal: Refused | None


def for_all_hours(
    connection: Connection, coop_id: UUID, vehicle_id: UUID, driver_id: UUID, today: date
) -> ForAll | None:
    """Return what holds for a vehicle whatever the hours; `None` in the first moments of a new one.

    It is what `search` says too: one calendar decides.
    """
    row = connection.execute(_CALENDAR, {"coop": coop_id, "vehicle": vehicle_id}).one_or_none()
    if row is None:
        return None
    calendar = _calendar(row)
    return ForAll(needs_approval=calendar.needs_approval(driver_id), refusal=closed(calendar, today))


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
_CALENDAR = select(calendars).where(
    calendars.c.coop_id == bindparam("coop"), calendars.c.vehicle_id == bindparam("vehicle")
)
_DRIVER = select(drivers.c.admitted, drivers.c.suspended_until, drivers.c.owes_since).where(
    drivers.c.coop_id == bindparam("coop"), drivers.c.driver_id == bindparam("driver")
)
_PROMISED = (
    select(
        occupancy.c.vehicle_id,
        occupancy.c.starts_at,
        occupancy.c.ends_at,
        bookings.c.booking_id,
        bookings.c.driver_id,
        case((waiting, bookings.c.answer_until)).label("answer_until"),
    )
    .join_from(
        occupancy,
        bookings,
        and_(bookings.c.coop_id == occupancy.c.coop_id, bookings.c.booking_id == occupancy.c.booking_id),
    )
    .where(
        occupancy.c.coop_id == bindparam("coop"),
        occupancy.c.ends_at > bindparam("start"),
        occupancy.c.starts_at < bindparam("end"),
    )
)
# A trip that is over took its hours until it ended, or until they did: from then on the voted gap counts.
_TAKEN_UNTIL = case((bookings.c.ended_at < bookings.c.ends_at, bookings.c.ended_at), else_=bookings.c.ends_at)
_OVER = select(
    bookings.c.vehicle_id,
    bookings.c.starts_at,
    _TAKEN_UNTIL.label("ends_at"),
    bookings.c.booking_id,
    bookings.c.driver_id,
    null().label("answer_until"),
).where(
    bookings.c.coop_id == bindparam("coop"),
    over,
    bookings.c.ended_at > bindparam("start"),
    bookings.c.ended_at > bookings.c.starts_at,
    bookings.c.starts_at < bindparam("end"),
    bookings.c.ends_at > bindparam("start"),
)
_NEAR = union_all(_PROMISED, _OVER).order_by("starts_at")
_OF_ONE = _PROMISED.where(occupancy.c.vehicle_id == bindparam("vehicle"))
_PROMISED_ONE = _OF_ONE.order_by(occupancy.c.starts_at)
_NEAR_ONE = union_all(
    _OF_ONE,
    _OVER.where(bookings.c.vehicle_id == bindparam("vehicle")),
).order_by("starts_at")
_HAD = (
    select(bookings.c.starts_at, bookings.c.ends_at, bookings.c.vehicle_id, calendars.c.open)
    .outerjoin(
        calendars, and_(calendars.c.coop_id == bookings.c.coop_id, calendars.c.vehicle_id == bookings.c.vehicle_id)
    )
    .where(
        bookings.c.coop_id == bindparam("coop"),
        bookings.c.driver_id == bindparam("driver"),
        bookings.c.ends_at > bindparam("since"),
        or_(held, over),
    )
    .order_by(bookings.c.starts_at)
)
_ACTIVE = select(func.count()).where(
    bookings.c.coop_id == bindparam("coop"),
    bookings.c.driver_id == bindparam("driver"),
    bookings.c.ends_at > bindparam("at"),
    held,
)


def _taken(row: Any) -> Taken:
    return Taken(
        period=Period(row.starts_at, row.ends_at),
        booking_id=row.booking_id,
        driver_id=row.driver_id,
        answer_until=row.answer_until,
    )


def _driver(connection: Connection, coop_id: UUID, driver_id: UUID) -> Driver:
    row = connection.execute(_DRIVER, {"coop": coop_id, "driver": driver_id}).mappings().one_or_none()
    known = {name: row[name] for name in ("admitted", "suspended_until", "owes_since")} if row else {}
    return Driver(driver_id=driver_id, **known)


def _calendar(row: Any) -> Calendar:
    until: date | None = row.papers_until
    return Calendar(
        vehicle_id=row.vehicle_id,
        open=row.open,
        approval=row.approval,
        owners=tuple(map(UUID, row.owners)),
        papers_until=until,
        paper=row.paper or "",
        missing=tuple((row.missing or "").split()),
        waits_after=row.waits_after,
    )
