"""Trips of one vehicle that overlap in an old log: shown with what two of them tell, and no rebuild stops at them."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from booking.commands import TakeKeys
from booking.events import TripEnded, TripStarted
from booking.trip import Trip, trip_id
from kernel.log.rebuild import rebuild
from kernel.period import Period
from processes import PROJECTIONS
from tests.kit.databases import on_both
from tests.kit.rows import dump
from tests.kit.village import COOP, NOW, Village

pytestmark = on_both

HALF_HOUR = timedelta(minutes=30)


def drove(village: Village, who: str, booked: Period, trip: Period, km: tuple[int, int]) -> UUID:
    """Let somebody have driven as was possible before trips excluded each other: the log has it, nothing refused it."""
    booking_id = village.booked(who, "Zoé", booked.start, hours=booked.length / timedelta(hours=1))
    mine: dict[str, Any] = {
        "booking_id": booking_id,
        "vehicle_id": village.vehicle("Zoé"),
        "driver_id": village.member(who),
        "started_at": trip.start,
        "level_percent": 80,
        "photos": (),
    }
    started = TripStarted(**mine, odometer_km=km[0])
    ended = TripEnded(
        **mine,
        agreed_at=village.now,
        booked=booked,
        ended_at=trip.end,
        odometer_out_km=km[0],
        odometer_in_km=km[1],
        energy_paid=None,
        receipt=None,
    )
    take = TakeKeys(coop_id=COOP, booking_id=booking_id, odometer_km=km[0], level_percent=80)
    village.site.history.start(
        Trip, trip_id(booking_id), take, village.asked(who), lambda _trip, _transaction: [started, ended]
    )
    village.settle()
    return booking_id


@pytest.mark.parametrize(
    ("nadias", "km", "said"),
    [
        ((10_030, 10_090), 20, "20 km told by two trips, between today 9:30 am and today 10 am"),
        ((10_050, 10_090), 0, "Two trips at once, between today 9:30 am and today 10 am"),
    ],
)
def test_trips_that_overlap_are_shown(village: Village, nadias: tuple[int, int], km: int, said: str) -> None:
    ten = NOW + 2 * HALF_HOUR
    pauls = drove(village, "Paul", Period(NOW, ten), Period(NOW, ten), (10_000, 10_050))
    hers = Period(NOW + HALF_HOUR, ten + HALF_HOUR)
    mine = drove(village, "Nadia", Period(ten, ten + 2 * HALF_HOUR), hers, nadias)
    village.pass_time(hours=4)
    path = f"/coops/{COOP}/vehicles/{village.vehicle('Zoé')}"
    told = village.as_("Nadia").api("GET", f"{path}/gaps").json()
    [overlap] = told["overlaps"]
    assert [datetime.fromisoformat(overlap[name]) for name in ("since", "until")] == [hers.start, ten]
    assert (overlap["booking_id"], overlap["earlier_booking_id"]) == (str(mine), str(pauls))
    assert (overlap["km"], told["gaps"]) == (km, [])
    shown = village.as_("Nadia").get(path).text
    assert "Trips that overlap" in shown
    assert said in shown
    live = dump(village.site.engine)
    rebuild(village.site.engine, PROJECTIONS)
    assert dump(village.site.engine) == live


def test_one_after_the_other_overlaps_nothing(village: Village) -> None:
    for _ in range(2):
        village.drove("Paul", "Zoé", 40)
    path = f"/coops/{COOP}/vehicles/{village.vehicle('Zoé')}"
    assert village.as_("Nadia").api("GET", f"{path}/gaps").json() == {"gaps": [], "overlaps": []}
    assert "Trips that overlap" not in village.as_("Nadia").get(path).text
