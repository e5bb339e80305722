"""The questions pages ask of bookings; the answers are ready to show."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec
from sqlalchemy import Connection, RowMapping, Select, Text, and_, cast, exists, func, or_, select

from booking.booking import TIME_TO_TELL
from booking.read_models import HELD, bookings, held, odd, over, untaken, waiting
from booking.readings.read_models import corrections
from kernel.period import Period
from kernel.privacy import Keyring, Sealed
from kernel.slice import Slice, newest_first, oldest_first

BookingStatus = Literal["requested", "confirmed", "refused", "expired", "cancelled", "not_driven", "under_way", "over"]


class BookingRow(msgspec.Struct, frozen=True, kw_only=True):
    """A booking and the trip made of it, as its page and the lists show it. Times are aware UTC.

    `odd`: a reading was confirmed though it looks so, and nobody else has accepted it yet. `revision` counts charges
    from `first_revision` (above 1 after an undone return), as one was set right, lastly by `corrected_by`.
    """

    booking_id: UUID
    vehicle_id: UUID
    driver_id: UUID
    status: BookingStatus
    period: Period
    asked_at: datetime
    answer_until: datetime | None
    agreed_at: datetime | None
    cancel_free_until: datetime
    cancelled_late: bool
    approvers: tuple[UUID, ...]
    flexible: bool
    destination: str | None
    reason: str | None
    started_at: datetime | None
    ended_at: datetime | None
    told_by: UUID | None
    odometer_out_km: int | None
    odometer_in_km: int | None
    level_out_percent: int | None
    level_in_percent: int | None
    energy_paid_cents: int | None
    photos: tuple[UUID, ...]
    odd: bool
    revision: int
    first_revision: int
    corrected_by: UUID | None

    @property
    def held(self) -> Period | None:
        """The hours it really holds or held: an early return gave the rest back; `None` when it gave all of them."""
        end = min(self.period.end, self.ended_at) if self.ended_at else self.period.end
        return Period(self.period.start, end) if end > self.period.start else None

    @property
    def distance_km(self) -> int | None:
        """Whole km driven, once returned."""
        if self.odometer_in_km is None or self.odometer_out_km is None:
            return None
        return self.odometer_in_km - self.odometer_out_km

    @property
    def waits(self) -> bool:
        """Whether it is over, and not charged until somebody says that its readings are right."""
        return self.odd and self.status == "over"


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
    return found.mapped_together(lambda rows: _opened(connection, keyring, rows))


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


def cancelled_late(connection: Connection, coop_id: UUID, driver_id: UUID, since: datetime) -> int:
    """Return how many bookings of a driver, of hours that ended since an instant or are to come, she cancelled late."""
    hers = (bookings.c.coop_id == coop_id, bookings.c.driver_id == driver_id, bookings.c.ends_at >= since)
    return connection.execute(select(func.count()).where(*hers, bookings.c.cancelled_late)).scalar_one()


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
    return _first(bookings_to_come(connection, keyring, coop_id, driver_id, at))


def next_and_untold(
    connection: Connection, keyring: Keyring, coop_id: UUID, driver_id: UUID, at: datetime
) -> tuple[BookingRow | None, list[BookingRow]]:
    """Return a driver's next booking, and those whose hours are over of which she can still tell a trip, in order."""
    ends = bookings.c.ends_at > at - TIME_TO_TELL
    mine = (bookings.c.driver_id == driver_id, held, or_(bookings.c.status == "under_way", ends))
    rows = _asked(connection, keyring, _bookings(coop_id).where(*mine).order_by(bookings.c.starts_at))
    coming = [row for row in rows if row.status == "under_way" or row.period.end > at]
    return _first(coming), [row for row in rows if row.status == "confirmed" and row.period.end <= at]


def plans(
    connection: Connection, keyring: Keyring, coop_id: UUID, vehicle_id: UUID, period: Period
) -> list[BookingRow]:
    """Return the bookings of a vehicle that touch a period, in order: its week, its neighbours' plans."""
    query = _promised(coop_id, period).where(bookings.c.vehicle_id == vehicle_id)
    return _asked(connection, keyring, query)


def asked_or_out(connection: Connection, keyring: Keyring, coop_id: UUID) -> list[BookingRow]:
    """Return a co-op's requests and its trips under way, those asked for first; there are few at once."""
    query = _bookings(coop_id).where(bookings.c.status.in_(("requested", "under_way")))
    return _asked(connection, keyring, query.order_by(*_AS_ASKED))


def still_promised(
    connection: Connection, keyring: Keyring, coop_id: UUID, vehicle_id: UUID, at: datetime
) -> list[BookingRow]:
    """Return the bookings of a vehicle that are not over at an instant and whose keys nobody has taken yet."""
    untaken_yet = bookings.c.ends_at > at, bookings.c.status.in_(("requested", "confirmed"))
    of_vehicle = (bookings.c.vehicle_id == vehicle_id, *untaken_yet)
    return _asked(connection, keyring, _bookings(coop_id).where(*of_vehicle).order_by(bookings.c.starts_at))


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
    return found.mapped_together(lambda rows: _opened(connection, keyring, rows))


def typists(connection: Connection, coop_id: UUID, booking_ids: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Return, by trip, who ever typed a reading of it, set right since or not: none of them accepts what looks odd."""
    query = select(bookings.c.booking_id, bookings.c.driver_id, bookings.c.told_by, corrections.c.corrected_by)
    query = query.select_from(bookings.outerjoin(corrections, _SET_RIGHT))
    found = {booking_id: frozenset[UUID]() for booking_id in booking_ids}
    of_trips = query.where(bookings.c.coop_id == coop_id, bookings.c.booking_id.in_(booking_ids))
    for booking_id, *typed in connection.execute(of_trips):
        found[booking_id] |= {member_id for member_id in typed if member_id}
    return found


def odd_trips(connection: Connection, keyring: Keyring, coop_id: UUID, member_id: UUID) -> list[BookingRow]:
    """Return the trips that wait for a yes to readings of which a member typed none, the first to end first."""
    typed = (bookings.c.driver_id, bookings.c.told_by)
    query = _bookings(coop_id).where(odd, bookings.c.status == "over")
    query = query.where(*(column.is_distinct_from(member_id) for column in typed))
    query = query.where(~exists().where(_SET_RIGHT, corrections.c.corrected_by == member_id))
    return _asked(connection, keyring, query.order_by(bookings.c.ended_at))


def lately_set_right(connection: Connection, keyring: Keyring, coop_id: UUID, most: int) -> list[BookingRow]:
    """Return the `most` trips whose readings were set right last, the latest first."""
    last = func.max(corrections.c.position).label("last")
    of_coop = select(corrections.c.booking_id, last).where(corrections.c.coop_id == coop_id)
    newest = of_coop.group_by(corrections.c.booking_id).order_by(last.desc()).limit(most).subquery()
    query = _bookings(coop_id).join(newest, newest.c.booking_id == bookings.c.booking_id)
    return _asked(connection, keyring, query.order_by(newest.c.last.desc()))


def last_trip_ended(connection: Connection, coop_id: UUID, driver_id: UUID) -> datetime | None:
    """Return when a driver gave keys back last; `None` when she never drove."""
    hers = (bookings.c.coop_id == coop_id, bookings.c.driver_id == driver_id)
    ended: datetime | None = connection.execute(select(func.max(bookings.c.ended_at)).where(*hers)).scalar()
    return ended


def driven_lately(connection: Connection, coop_id: UUID, most: int) -> list[tuple[Period, int]]:
    """Return the booked hours and km of the co-op's last `most` trips that went somewhere, odd readings left out."""
    columns = (bookings.c.starts_at, bookings.c.ends_at, bookings.c.odometer_out_km, bookings.c.odometer_in_km)
    query = select(*columns).where(bookings.c.coop_id == coop_id, over, bookings.c.odd.is_(False))
    query = query.where(bookings.c.odometer_in_km > bookings.c.odometer_out_km)
    rows = connection.execute(query.order_by(bookings.c.ended_at.desc()).limit(most))
    return [(Period(start, end), km_in - km_out) for start, end, km_out, km_in in rows]


def requests_due(connection: Connection, at: datetime) -> list[tuple[UUID, UUID]]:
    """Return (co-op, booking) of the requests whose time to be answered is over."""
    due = select(bookings.c.coop_id, bookings.c.booking_id).where(waiting, bookings.c.answer_until <= at)
    rows = connection.execute(due)
    return [(row.coop_id, row.booking_id) for row in rows]


def undriven_due(connection: Connection, at: datetime) -> list[tuple[UUID, UUID]]:
    """Return (co-op, booking) of the bookings nobody took, whose time to be told as driven is over."""
    due = select(bookings.c.coop_id, bookings.c.booking_id).where(untaken, bookings.c.ends_at <= at - TIME_TO_TELL)
    return [(row.coop_id, row.booking_id) for row in connection.execute(due)]


_AS_ASKED = (bookings.c.asked_at, bookings.c.booking_id)
_SET_RIGHT = and_(corrections.c.coop_id == bookings.c.coop_id, corrections.c.booking_id == bookings.c.booking_id)


def _first(coming: list[BookingRow]) -> BookingRow | None:
    return min(coming, key=lambda booking: booking.status != "under_way", default=None)


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
