"""A trip set right that costs more, a line undone: who loses by another's hand contests it, from home or her letter."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from booking.trip import trip_id
from governance.roles import Role
from kernel.log.story import latest
from ledger.contesting.events import TimeToContestGiven
from ledger.entries.causes.correction import reversal_id
from ledger.entries.causes.trip import charge_id
from tests.kit.money import HERE, charged, read, spent
from tests.kit.village import COOP, Village
from tests.places.bookings.twingo import enter, owed, set_right


@pytest.fixture
def trip(village: Village) -> UUID:
    """Nadia drove the Twingo 15 km at 0.34, 5.10; Claire set right that it was 150 km, 51.00. Return the booking."""
    booking_id = enter(village, 12_345)
    village.taken("Nadia", booking_id, 12_345)
    village.clock.now += timedelta(hours=2)
    village.returned("Nadia", booking_id, 12_360)
    assert owed(village, "Nadia") == -510
    set_right(village, booking_id, 12_345, 12_495, who="Claire")
    assert owed(village, "Nadia") == -5_100
    return booking_id


def anew(booking_id: UUID, revision: int = 2) -> str:
    return f"{HERE}/burdens/{charge_id(trip_id(booking_id), revision)}"


def asked(village: Village) -> dict[str, int]:
    """Return what a plan drawn up now asks of whom; it is withdrawn at once."""
    claire = village.as_("Claire")
    plan = claire.api("POST", f"{HERE}/plans", {"as_of": "2026-11-02"}).json()["id"]
    lines: list[dict[str, Any]] = claire.api("GET", f"{HERE}/plans/{plan}").json()["transfers"]
    claire.api("POST", f"{HERE}/plans/{plan}/withdrawal", {})
    return {line["debtor"]: line["cents"] for line in lines}


def test_it_is_contested_from_home_and_by_its_page(village: Village, trip: UUID) -> None:
    home = village.as_("Nadia").get(f"{HERE}/")
    assert "A trip, its readings set right, Twingo · €45.90" in home.text
    assert "Put on your account by Claire" in home.text
    assert "You can contest it until Monday 16 November" in read(home)
    assert f'href="{anew(trip)}"' in home.html
    assert f'href="{anew(trip)}"' in village.as_("Nadia").get(anew(trip).replace("burdens", "entries")).html
    assert "Put on your account" not in village.as_("Claire").get(f"{HERE}/").text
    seen = village.as_("Nadia").post(f"{anew(trip)}/contest", reason="It was 15 km")
    assert "You contest your part" in seen.text
    assert owed(village, "Nadia") == -5_100
    assert asked(village) == {str(village.member("Nadia")): 510}


def test_her_letter_names_the_last_hour_and_leads_there(village: Village, trip: UUID) -> None:
    (letter,) = [mail for mail in village.letters_to("Nadia") if "were set right" in mail.subject]
    assert anew(trip) in letter.body
    assert "you may contest it there until Monday 16 November" in letter.body.replace("\u00a0", " ")
    assert "5.10" not in letter.body


def test_who_set_it_right_never_decides_a_referent_does(village: Village, trip: UUID) -> None:
    page = village.as_("Nadia").post(f"{anew(trip)}/contest", reason="It was 15 km").path
    assert village.as_("Claire").post(f"{page}/decision", outcome="borne", reason="Mine").status == 403
    village.give_role("Amina", Role.REFERENT)
    seen = village.as_("Amina").post(f"{page}/decision", outcome="dropped", reason="The photo says 12,360")
    assert "Amina decided: it is not hers to bear" in seen.text
    assert owed(village, "Nadia") == -510
    assert asked(village) == {str(village.member("Nadia")): 510}


def test_set_right_twice_by_another_the_whole_difference_can_be_contested(village: Village, trip: UUID) -> None:
    set_right(village, trip, 12_345, 12_496, who="Claire")
    (burden,) = village.as_("Nadia").api("GET", f"{HERE}/burdens").json()
    assert (burden["cause"], burden["cents"]) == ("trip", 4_624)  # 51.34 less 5.10


def test_past_its_days_what_was_not_contested_is_where_the_next_one_begins(village: Village, trip: UUID) -> None:
    village.pass_time(days=15)
    set_right(village, trip, 12_345, 12_496, who="Claire")
    (burden,) = village.as_("Nadia").api("GET", f"{HERE}/burdens").json()
    assert burden["cents"] == 34


def test_what_one_set_right_oneself_one_does_not_contest(village: Village, trip: UUID) -> None:
    set_right(village, trip, 12_345, 12_496, who="Nadia")
    assert village.as_("Nadia").api("GET", f"{HERE}/burdens").json() == []


def test_an_odd_correction_is_contested_as_from_who_typed_it_once_another_accepts_it(village: Village) -> None:
    booking_id = enter(village, 12_345)
    village.taken("Nadia", booking_id, 12_345)
    village.clock.now += timedelta(hours=2)
    village.returned("Nadia", booking_id, 12_360)
    village.give_role("Paul", Role.TREASURER)
    set_right(village, booking_id, 12_345, 13_000, who="Claire", confirmed=13_000)
    village.as_("Paul").post(f"{HERE}/bookings/{booking_id}/readings/acceptance")
    (burden,) = village.as_("Nadia").api("GET", f"{HERE}/burdens").json()
    assert (burden["cents"], burden["put_by"]) == (22_270 - 510, str(village.member("Claire")))


def test_a_charge_that_the_treasurer_undid_is_contested_by_those_who_lose_it(village: Village) -> None:
    booking_id = village.drove("Nadia", "Kangoo", 100)
    hers, entry_id = owed(village, "Amina"), charged(booking_id)
    village.as_("Claire").post(f"{HERE}/entries/{entry_id}/reversal", reason="Misread")
    assert owed(village, "Amina") == 0
    burden = f"{HERE}/burdens/{reversal_id(entry_id)}"
    assert f'href="{burden}"' in village.as_("Amina").get(f"{HERE}/").html
    page = village.as_("Amina").post(f"{burden}/contest", reason="She drove it").path
    assert village.as_("Claire").post(f"{page}/decision", outcome="borne", reason="Mine").status == 403
    village.give_role("Jean", Role.REFERENT)
    village.as_("Jean").post(f"{page}/decision", outcome="dropped", reason="She drove it")
    assert owed(village, "Amina") == hers


def test_its_last_hour_is_never_at_night_and_is_kept(village: Village) -> None:
    village.clock.now = village.now.replace(hour=20, minute=30)  # half past nine in the evening in Die
    expense_id = spent(village, "Paul", 9_000, "Paul", "Nadia", "Luc")
    (burden,) = village.as_("Nadia").api("GET", f"{HERE}/burdens").json()
    eight_in_the_morning = (village.now + timedelta(days=15)).replace(hour=7, minute=0)
    assert datetime.fromisoformat(burden["until"]) == eight_in_the_morning
    with village.site.reading() as connection:
        (kept,) = latest(connection, COOP, [TimeToContestGiven.name()], 9)
    assert isinstance(kept.event, TimeToContestGiven)
    assert (kept.event.burden_id, kept.event.until) == (expense_id, eight_in_the_morning)
    village.clock.now = eight_in_the_morning - timedelta(minutes=1)
    assert village.as_("Nadia").post(f"{HERE}/burdens/{expense_id}/contest", reason="Not mine").status == 200
    village.clock.now = eight_in_the_morning
    late = village.as_("Luc").post(f"{HERE}/burdens/{expense_id}/contest", reason="Not mine")
    assert (late.status, "This could be contested until" in late.text) == (409, True)
