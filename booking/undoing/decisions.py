"""What was done a moment ago is undone: the booking, or its trip, is as it was before."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from booking.booking import AnswerTooLate, Booking, HoursPast, NoLongerThere
from booking.events import (
    BookingApproved,
    BookingCancelled,
    BookingNotDriven,
    BookingPutBack,
    BookingRefused,
    TripEnded,
    TripPutBack,
    TripStarted,
    UndoneAtBooking,
)
from booking.policies import Taken, VehicleTaken
from booking.trip import Trip
from kernel.aggregate import LastAct
from kernel.event import Event
from kernel.period import Period
from kernel.refused import Refused


class YesStands(Refused):
    """The time to answer is over: the yes stands, and its hours are promised."""


class KeysTakenSince(Refused):
    """The keys were taken since: these hours are being driven."""


class NextHasKeys(Refused):
    """Somebody else has had these keys since: the return stands."""


KINDS: dict[UndoneAtBooking, type[Event]] = {
    "cancellation": BookingCancelled,
    "approval": BookingApproved,
    "refusal": BookingRefused,
    "not_driven": BookingNotDriven,
}
"""By which event what can be undone at a booking happened."""


def put_back(
    last: LastAct[Booking],
    undone: UndoneAtBooking,
    *,
    by: UUID | None,
    at: datetime,
    trip_started: bool,
    taken: Sequence[Taken],
) -> Sequence[Event]:
    """Return the booking to what it was before the last act; nothing when that was undone already.

    Refuses as `LastAct.check_undoable` does; with `KeysTakenSince`; with `VehicleTaken` where its hours are `taken`
    meanwhile; with `HoursPast` for hours that are over; and where the time to answer is over, with `YesStands` and
    `AnswerTooLate`.
    """
    happened = last.happened[-1]
    if isinstance(happened, BookingPutBack) and happened.undone == undone:
        return ()
    last.check_undoable(KINDS[undone], by=by, at=at)
    before = last.before
    if before.period is None or before.status not in ("requested", "confirmed"):
        raise NoLongerThere
    if trip_started:
        raise KeysTakenSince
    _check_in_time(before, before.period, undone, at)
    if undone != "approval":
        check_free(taken)
    return (
        BookingPutBack(
            vehicle_id=before.vehicle_id,
            driver_id=before.driver_id,
            period=before.period,
            undone=undone,
            status="requested" if before.status == "requested" else "confirmed",
            agreed_at=before.agreed_at,
        ),
    )


def _check_in_time(before: Booking, period: Period, undone: UndoneAtBooking, at: datetime) -> None:
    if undone != "not_driven" and at >= period.end:
        raise HoursPast
    if before.status == "requested" and before.answer_until is not None and at >= before.answer_until:
        raise YesStands if undone == "approval" else AnswerTooLate


def check_free(taken: Sequence[Taken]) -> None:
    """Refuse (`VehicleTaken`) hours that somebody was given meanwhile."""
    if taken:
        raise VehicleTaken(start=taken[0].period.start, end=taken[0].period.end)


def undo_keys(last: LastAct[Trip], *, by: UUID | None, at: datetime) -> Sequence[Event]:
    """Let the keys not have been taken; nothing when that was undone already. Refuses as `LastAct.check_undoable`."""
    happened = last.happened[-1]
    if isinstance(happened, TripPutBack) and happened.undone == "keys":
        return ()
    last.check_undoable(TripStarted, by=by, at=at)
    [started] = [event for event in last.happened if isinstance(event, TripStarted)]
    return (
        TripPutBack(
            booking_id=started.booking_id,
            vehicle_id=started.vehicle_id,
            driver_id=started.driver_id,
            undone="keys",
            read_at=started.started_at,
        ),
    )


def undo_return(
    last: LastAct[Trip], *, by: UUID | None, at: datetime, next_has_keys: bool, taken: Sequence[Taken]
) -> Sequence[Event]:
    """Let the trip go on; nothing when its return was undone already.

    Refuses as `LastAct.check_undoable` does, with `NextHasKeys`, and with `VehicleTaken` where what was left of its
    hours is `taken` meanwhile.
    """
    happened = last.happened[-1]
    if isinstance(happened, TripPutBack) and happened.undone == "return":
        return ()
    last.check_undoable(TripEnded, by=by, at=at)
    [ended] = [event for event in last.happened if isinstance(event, TripEnded)]
    if next_has_keys:
        raise NextHasKeys
    check_free(taken)
    return (
        TripPutBack(
            booking_id=ended.booking_id,
            vehicle_id=ended.vehicle_id,
            driver_id=ended.driver_id,
            undone="return",
            read_at=ended.ended_at,
            started=last.before.started,
            held=ended.booked,
            charge=None if ended.odd else ended.revision,
        ),
    )
