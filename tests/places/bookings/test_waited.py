"""A form that waited for the network: keys and return happened when they were pressed, whenever they come."""

from datetime import timedelta

import pytest

from tests.kit.village import COOP, Village
from tests.places.bookings.twingo import at, bring_back, enter, row, take


@pytest.mark.parametrize(("seconds", "counted"), [(0, 0), (59, 0), (1_800, 1_800), (3_500, 3_500)])
def test_keys_and_return_happened_when_they_were_pressed(village: Village, seconds: int, counted: int) -> None:
    booking_id = enter(village, 12_345)
    take(village, booking_id, 12_345, waited_seconds=0)
    village.pass_time(hours=1)
    assert "Returned. Thank you." in bring_back(village, booking_id, 12_355, waited_seconds=seconds).text
    assert row(village, booking_id).ended_at == village.now - timedelta(seconds=counted)


def test_however_long_it_waited_no_trip_ends_before_it_began(village: Village) -> None:
    booking_id = enter(village, 12_345)
    take(village, booking_id, 12_345)
    village.pass_time(hours=1)
    seen = bring_back(village, booking_id, 12_355, waited_seconds=90_000_000)
    assert (seen.status, "The vehicle cannot come back before it left." in seen.text) == (409, True)


def test_no_other_act_is_dated_back(village: Village) -> None:
    path = f"/coops/{COOP}/vehicles/{village.vehicle('Kangoo')}/damages"
    seen = village.as_("Nadia").post(path, part="front", sentence="A scratch", waited_seconds=7_200)
    assert seen.status == 422


def test_the_same_return_sent_again_later_is_answered_the_same(village: Village) -> None:
    booking_id = enter(village, 12_345)
    take(village, booking_id, 12_345)
    village.pass_time(hours=1)
    key, form = "3f0c1f43-4f9e-4f0a-8a4e-2f6d5c1b7a90", {"odometer_km": 12_355, "level_percent": 50}
    for waited in (0, 600):
        seen = village.as_("Nadia").post(f"{at(booking_id)}/return", command_id=key, waited_seconds=waited, **form)
        assert "Returned. Thank you." in seen.text
        village.pass_time(minutes=10)
    assert seen.text.count("Nadia returned it") == 1
