"""A trip nobody told of yet: what its page, my trips and home say of it, and how it is told or closed."""

from datetime import datetime, timedelta
from uuid import UUID

from booking.queries import booking
from ledger.entries.queries import balance
from tests.kit.browser import Seen
from tests.kit.village import COOP, Village

HERE = f"/coops/{COOP}"


def untold(village: Village, days: int = 1) -> str:
    """Let Nadia book the Zoé from 10 am to noon and say nothing of it; return its page, some days after."""
    booking_id = village.booked("Nadia", "Zoé", village.now + timedelta(hours=1))
    village.pass_time(days=days)
    return f"{HERE}/bookings/{booking_id}"


def row(village: Village, page: str) -> object:
    return village.ask(booking, village.site.keyring, COOP, UUID(page.rsplit("/", 1)[1]))


def told(village: Village, page: str, **more: object) -> Seen:
    read = {"taken_at_day": "2026-11-02", "taken_at_hour": "10:15", "odometer_km": "10 000", "level_percent": 80}
    read["seen"] = "nothing_new"
    return village.as_("Nadia").post(f"{page}/keys", **{**read, **more})


def test_its_page_says_that_nobody_told_and_offers_to(village: Village) -> None:
    page = untold(village)
    seen = village.as_("Nadia").get(page)
    assert "Not told yet" in seen.text
    assert "Confirmed" not in seen.text
    assert "Tell of my trip" in seen.text
    assert "Cancel this booking" not in seen.text
    to_the_referent = village.as_("Claire").get(page).text
    assert "Not told yet" in to_the_referent
    assert "Tell of my trip" not in to_the_referent


def test_home_and_my_trips_say_so_until_it_is_told(village: Village) -> None:
    page = untold(village)
    home = village.as_("Nadia").get(f"{HERE}/")
    assert "You had booked the Zoé" in home.text
    assert f'href="{page}"' in home.html
    assert "Not told yet" in village.as_("Nadia").get(f"{HERE}/bookings").text
    assert "You had booked" not in village.as_("Paul").get(f"{HERE}/").text
    told(village, page)
    assert "You had booked" not in village.as_("Nadia").get(f"{HERE}/").text


def test_both_ends_are_told_with_their_hours_and_charged(village: Village) -> None:
    page = untold(village)
    form = village.as_("Nadia").get(f"{page}/keys")
    assert 'value="2026-11-02"' in form.html
    assert 'value="10:00"' in form.html
    back = told(village, page)
    assert back.path == f"{page}/return"
    assert "Noted. Now say what you read as you came back." in back.text
    assert "Late" in village.as_("Nadia").get(page).text
    assert 'value="12:00"' in back.html
    hours = {"returned_at_day": "2026-11-02", "returned_at_hour": "11:45"}
    done = village.as_("Nadia").post(f"{page}/return", **hours, odometer_km="10 040", level_percent=60)
    assert "Returned. Thank you." in done.text
    trip = row(village, page)
    assert trip.started_at == datetime.fromisoformat("2026-11-02T10:15+01:00")  # type: ignore[attr-defined]
    assert trip.ended_at == datetime.fromisoformat("2026-11-02T11:45+01:00")  # type: ignore[attr-defined]
    assert village.ask(balance, COOP, village.member("Nadia")) == -1_000  # 40 km at 0.25


def test_an_hour_outside_the_booking_is_refused_kindly_and_kept(village: Village) -> None:
    page = untold(village)
    seen = told(village, page, taken_at_hour="13:00")
    assert seen.status == 409
    assert "The booked hours end" in seen.text
    assert 'value="13:00"' in seen.html
    half = told(village, page, taken_at_hour="")
    assert half.status == 422
    assert row(village, page).status == "confirmed"  # type: ignore[attr-defined]


def test_a_return_told_late_the_same_day_may_say_when_it_was_back(village: Village) -> None:
    booking_id = village.booked("Nadia", "Zoé")
    village.taken("Nadia", booking_id, 10_000)
    page = f"{HERE}/bookings/{booking_id}"
    assert "It was back before now" not in village.as_("Nadia").get(f"{page}/return").text
    village.pass_time(hours=5)
    assert "It was back before now" in village.as_("Nadia").get(f"{page}/return").text
    hours = {"returned_at_day": "2026-11-02", "returned_at_hour": "11:00"}
    village.as_("Nadia").post(f"{page}/return", **hours, odometer_km="10 040", level_percent=60)
    assert row(village, page).ended_at == datetime.fromisoformat("2026-11-02T11:00+01:00")  # type: ignore[attr-defined]


def test_who_did_not_drive_says_so_in_one_tap(village: Village) -> None:
    page = untold(village)
    assert village.as_("Paul").post(f"{page}/not-driven").status == 403
    done = village.as_("Nadia").post(f"{page}/not-driven")
    assert "Noted: nobody drove. Nothing is charged." in done.text
    assert "Not driven" in done.text
    assert "Nadia says that nobody drove" in done.text
    assert "You had booked" not in village.as_("Nadia").get(f"{HERE}/").text


def test_hours_that_are_not_over_are_cancelled_instead(village: Village) -> None:
    page = f"{HERE}/bookings/{village.booked('Nadia', 'Zoé')}"
    seen = village.as_("Nadia").post(f"{page}/not-driven")
    assert (seen.status, "These hours are not over yet" in seen.text) == (409, True)


def test_after_its_week_it_is_closed_as_not_driven_and_asks_nothing(village: Village) -> None:
    page = untold(village, days=8)
    seen = village.as_("Nadia").get(page)
    assert "Not driven" in seen.text
    assert "Tell of my trip" not in seen.text
    assert "You had booked" not in village.as_("Nadia").get(f"{HERE}/").text
