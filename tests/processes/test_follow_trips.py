"""A trip that ends is charged once, at the price of the day it was agreed, and its readings join the chain."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from booking.trip import trip_id
from fleet.readings import readings_slice
from kernel.log.follower import Follower
from kernel.money import Money
from ledger.entries.causes.trip import charge_id
from ledger.entries.queries import balance, books_total, entry
from processes import PROCESSES
from tests.kit.village import COOP, Village
from tests.processes.acts import count, failed, propose


def owed(village: Village, name: str) -> int:
    """Return a member's balance in cents."""
    cents: int = village.ask(balance, COOP, village.member(name))
    return cents


def charge_of(booking_id: UUID) -> UUID:
    """Return the id of the entry that charges a booking's trip."""
    return charge_id(trip_id(booking_id))


def readings(village: Village, vehicle_id: UUID) -> list[tuple[int, str | None]]:
    """Return what the odometer showed, oldest first, and what is wrong with it."""
    return [(row.km, row.anomaly) for row in reversed(village.ask(readings_slice, COOP, vehicle_id, most=50).items)]


def test_the_driver_owes_the_price_and_is_owed_the_energy_she_paid(village: Village) -> None:
    village.drove("Nadia", "Clio", 100, paid=Money(6_000))
    assert (owed(village, "Nadia"), owed(village, "Jean")) == (3_000, -3_000)
    assert village.ask(books_total, COOP) == 0


def test_the_price_is_shared_among_co_owners(village: Village) -> None:
    village.drove("Nadia", "Kangoo", 100)
    assert [owed(village, name) for name in ("Nadia", "Amina", "Paul", "Luc")] == [-3_500, 1_400, 1_400, 700]


def test_it_is_charged_once_however_often_the_log_is_followed(village: Village) -> None:
    village.drove("Nadia", "Zoé", 100)
    posted = count(village, "ledger.EntryPosted")
    other = Follower("processes", village.site.history, PROCESSES, village.clock)
    for follower in (village.site.follower, other):
        follower.catch_up()
    assert count(village, "ledger.EntryPosted") == posted
    assert owed(village, "Nadia") == -2_500


def test_what_was_agreed_before_a_vote_keeps_its_price_what_is_agreed_later_has_the_new(village: Village) -> None:
    propose(village, "price_per_km", "0.28", village.vehicle("Zoé"))
    village.pass_time(days=8)
    before = village.booked("Nadia", "Zoé", village.now + timedelta(days=22))
    village.pass_time(days=22)
    for booking_id, agreed_after in ((before, False), (None, True)):
        km = village.odometer("Zoé")
        chosen = booking_id or village.booked("Luc", "Zoé")
        who = "Luc" if agreed_after else "Nadia"
        village.taken(who, chosen, km)
        village.pass_time(hours=1)
        village.returned(who, chosen, km + 100)
        village.pass_time(hours=2)
    assert (owed(village, "Nadia"), owed(village, "Luc")) == (-2_500, -2_800)
    assert failed(village) == []


def test_a_request_is_priced_by_the_day_the_owner_said_yes(village: Village) -> None:
    propose(village, "price_per_km", "0.40", village.vehicle("Clio"))
    village.pass_time(days=8)
    village.pass_time(days=20, hours=12)
    asked = village.booked("Nadia", "Clio", village.now + timedelta(days=1))
    village.pass_time(hours=10)
    village.approved("Jean", asked)
    village.pass_time(hours=14)
    village.taken("Nadia", asked, 10_000)
    village.pass_time(hours=1)
    village.returned("Nadia", asked, 10_100)
    because = village.ask(entry, COOP, charge_of(asked)).because
    assert (because.cents, because.agreed_at) == (4_000, village.now - timedelta(hours=15))


def test_readings_at_both_ends_make_the_chain(village: Village) -> None:
    village.drove("Nadia", "Zoé", 100)
    village.drove("Luc", "Zoé", 50)
    chain = readings(village, village.vehicle("Zoé"))
    assert chain == [(10_000, None), (10_000, None), (10_100, None), (10_100, None), (10_150, None)]


def test_a_reading_that_goes_back_is_kept_and_does_not_count(village: Village) -> None:
    village.drove("Nadia", "Zoé", 100)
    mistaken = village.booked("Luc", "Zoé")
    village.taken("Luc", mistaken, 9_000)
    assert readings(village, village.vehicle("Zoé"))[-1] == (9_000, "rolled_back")
    assert village.odometer("Zoé") == 10_100


@pytest.mark.parametrize(
    ("evening", "hours"),
    [
        (datetime(2026, 10, 24, 21, tzinfo=UTC), 9),  # 23:00 to 7:00, and an hour twice
        (datetime(2027, 3, 27, 22, tzinfo=UTC), 7),  # 23:00 to 7:00, and an hour never
    ],
)
def test_over_the_night_when_clocks_change_the_hours_that_passed_are_charged(
    village: Village, evening: datetime, hours: int
) -> None:
    village.clock.now = evening
    booking_id = village.drove("Nadia", "Zoé", 100, hours=hours)
    charged = village.ask(entry, COOP, charge_of(booking_id))
    assert charged.because.minutes == hours * 60
    assert charged.effective_on == (evening + timedelta(hours=hours)).date()
