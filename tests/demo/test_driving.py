"""What is drawn so rarely that two months may hold none of it: here it comes each time."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import select

from booking.read_models import bookings
from demo.drawn import driving
from demo.drawn.generator import Life
from demo.story import STORY_DAYS, Story
from fleet.read_models import readings
from tests.kit.databases import on_sqlite

FORTNIGHT = timedelta(days=14)


@on_sqlite
def test_who_mistypes_a_reading_sets_it_right_before_anyone_else_drives(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    since = story.day(STORY_DAYS)
    story.clock.play(since)
    monkeypatch.setattr(driving, "_MISTYPED", 1)
    life = Life(story.coop, since + FORTNIGHT, number=1)
    for vehicle in story.coop.vehicles.values():
        life.use(vehicle, since.date())
    story.clock.play(since + FORTNIGHT)
    drawn = bookings.c.started_at >= since, bookings.c.ended_at.is_not(None)
    with story.clock.history.engine.connect() as connection:
        trips = connection.execute(select(bookings).where(*drawn).order_by(bookings.c.started_at)).all()
        for vehicle in story.coop.vehicles.values():
            _shows_what_it_ran([trip for trip in trips if trip.vehicle_id == vehicle.vehicle_id], vehicle.km)
        assert connection.execute(select(readings).where(readings.c.anomaly.is_not(None))).all() == []
    right = [trip for trip in trips if trip.revision > 1]
    assert len(right) > len(trips) / 2  # the others were read back at once, or both figures are the same
    assert all(trip.corrected_by == trip.driver_id and not trip.odd for trip in right)


def _shows_what_it_ran(trips: list[Any], km: int) -> None:
    assert trips[-1].odometer_in_km == km
    assert all(earlier.odometer_in_km == later.odometer_out_km for earlier, later in pairwise(trips))
