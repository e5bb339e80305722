"""My trips: to come, on a month's calendar, done; many cost no more questions than few."""

from datetime import UTC, datetime, timedelta

import pytest

from api.places.bookings import mine
from fleet.application import Fleet
from fleet.commands import LeaveService
from tests.kit.browser import Seen
from tests.kit.plans import counted
from tests.kit.village import COOP, Village

MINE = f"/coops/{COOP}/bookings"
SIX = datetime(2026, 11, 3, 17, tzinfo=UTC)


def shown(village: Village, asked: str = "", who: str = "Nadia") -> Seen:
    return village.as_(who).get(f"{MINE}{asked}")


def drive(village: Village, times: int) -> None:
    for number in range(times):
        village.drove("Nadia", ("Zoé", "Kangoo", "Biporteur")[number % 3], 10 if number % 3 < 2 else 0)


def test_my_trips_are_listed_and_stand_on_a_calendar(village: Village) -> None:
    village.booked("Nadia", "Kangoo", SIX)
    village.drove("Nadia", "Zoé", 40)
    seen = shown(village)
    assert seen.text.index("Kangoo") < seen.text.index("Zoé")
    assert "−€10.00" in seen.text
    assert 'title="Kangoo"' in seen.html
    assert "Kangoo" not in shown(village, who="Paul").text


def test_a_month_shows_its_own_trips_and_leads_to_those_beside(village: Village) -> None:
    village.booked("Nadia", "Kangoo", SIX)
    village.booked("Nadia", "Kangoo", SIX.replace(day=30))
    december = shown(village, "?month=2026-12")
    assert "December 2026" in december.text
    assert 'title="Kangoo"' not in december.html
    assert "?month=2026-11" in december.html
    assert "?month=2027-01" in december.html
    assert "November 2026" in shown(village, "?month=soon").text


def test_a_trip_late_to_return_is_not_among_those_done(village: Village) -> None:
    village.taken("Nadia", village.booked("Nadia", "Zoé"), 10_000)
    village.pass_time(hours=5)
    coming, done = shown(village).text.split("Done")
    assert "Late" in coming
    assert "Late" not in done


def test_a_vehicle_gone_from_service_stays_in_the_list_and_on_the_calendar(village: Village) -> None:
    village.booked("Nadia", "Zoé", SIX)
    gone = LeaveService(coop_id=COOP, vehicle_id=village.vehicle("Zoé"))
    Fleet(village.site.history).leave_service(gone, village.asked("Claire"))
    village.settle()
    seen = shown(village)
    assert 'title="Zoé"' in seen.html
    assert "<strong>Zoé</strong>" in seen.html


def test_older_trips_follow_by_slices_none_missed_and_none_twice(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mine, "SHOWN", 2)
    booked = [village.drove("Nadia", "Zoé", 10) for _ in range(5)]
    seen, listed = shown(village), []
    for _ in range(3):
        listed += [booking_id for booking_id in reversed(booked) if f'bookings/{booking_id}"><strong>' in seen.html]
        if "Older trips" in seen.text:
            seen = shown(village, "?after=" + seen.html.split("bookings?after=")[1].split('"')[0])
    assert listed == booked[::-1]
    assert "Older trips" not in seen.text
    assert "To come" not in seen.text
    assert shown(village, "?after=yesterday").status == 400


@pytest.mark.parametrize("for_program", [False, True], ids=["page", "program"])
def test_twelve_trips_cost_as_many_questions_as_three(village: Village, *, for_program: bool) -> None:
    nadia = village.as_("Nadia")

    def questions() -> int:
        nadia.get(MINE)  # notes that she was seen today, which is no part of what is counted
        with counted(village.site.engine) as statements:
            seen = nadia.api("GET", MINE) if for_program else nadia.get(MINE)
        assert seen.status == 200
        return len(statements)

    drive(village, 3)
    village.booked("Nadia", "Zoé", village.now + timedelta(days=1))
    few = questions()
    drive(village, 9)
    for day in (2, 3):
        village.booked("Nadia", "Kangoo", village.now + timedelta(days=day))
    assert questions() == few
