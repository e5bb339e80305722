"""A reading that looks odd is read back before it counts; confirmed, its charge waits for another than who typed it."""

from uuid import UUID

import pytest

from tests.kit.databases import on_both
from tests.kit.village import COOP, Village
from tests.places.bookings.twingo import at, bring_back, enter, owed, row, set_right, take

HOME = f"/coops/{COOP}/"


@pytest.fixture
def booking_id(village: Village) -> UUID:
    """Nadia has booked the Twingo, whose odometer shows 12,345 km."""
    return enter(village, 12_345)


@pytest.fixture
def odd(village: Village, booking_id: UUID) -> UUID:
    """She took it so and brought it back an hour later, with a digit too many that she confirmed."""
    take(village, booking_id, 12_345)
    village.pass_time(hours=1)
    bring_back(village, booking_id, 123_460, confirmed=123_460)
    return booking_id


def test_keys_read_back_what_went_back(village: Village, booking_id: UUID) -> None:
    seen = take(village, booking_id, 1_234)
    assert seen.status == 409
    assert "1,234 km? It showed 12,345 km today 9 am, and no odometer goes back." in seen.text
    assert 'value="1234"' in seen.html  # what she typed is kept
    assert '<a class="button" href="#odometer_km">Correct it</a>' in seen.html
    assert '<button form="read-back" name="confirmed" value="1234">It is so</button>' in seen.html
    assert 'id="read-back"' in seen.html
    assert row(village, booking_id).status == "confirmed"
    assert take(village, booking_id, 1_234, confirmed=12).status == 409  # another number was confirmed
    assert "The keys are yours." in take(village, booking_id, 1_234, confirmed=1_234).text


def test_a_return_says_what_would_follow(village: Village, booking_id: UUID) -> None:
    take(village, booking_id, 12_345)
    village.pass_time(hours=1)
    seen = bring_back(village, booking_id, 123_460)
    assert seen.status == 409
    assert "123,460 km? It showed 12,345 km today 9:01 am: that makes 111,115 km, €37,779.10." in seen.text
    assert row(village, booking_id).status == "under_way"
    assert "Returned. Thank you." in bring_back(village, booking_id, 12_360).text
    assert owed(village, "Nadia") == -510


def test_both_ends_mistyped_cost_nobody_anything(village: Village, booking_id: UUID) -> None:
    """The case that was seen: 41,557.84 € for half a second."""
    take(village, booking_id, 1_234, confirmed=1_234)
    village.clock.now += village.now.resolution * 500_000
    assert "123,460 km?" in bring_back(village, booking_id, 123_460).text
    bring_back(village, booking_id, 123_460, confirmed=123_460)
    village.settle()
    assert (row(village, booking_id).waits, owed(village, "Nadia")) == (True, 0)
    village.pass_time(hours=1)
    assert village.booked("Paul", "Twingo")  # the vehicle is free


def test_what_waits_says_so_to_who_drove(village: Village, odd: UUID) -> None:
    seen = village.as_("Nadia").get(at(odd))
    assert "A reading looks odd, and was confirmed all the same. Nothing is charged until another" in seen.text
    assert "The readings are right" not in seen.text
    assert "set it right" in seen.text
    assert village.as_("Nadia").post(f"{at(odd)}/readings/acceptance").status == 403
    assert owed(village, "Nadia") == 0


def test_who_may_say_that_it_is_right_is_asked(village: Village, odd: UUID) -> None:
    [letter] = village.letters_to("Claire")
    assert letter.subject == "Twingo: is what Nadia read right?"
    assert at(odd) in letter.body
    assert "Nadia drove 111,115 km with the Twingo: is that right?" in village.as_("Claire").get(HOME).text
    for other in ("Nadia", "Paul"):
        assert "is that right?" not in village.as_(other).get(HOME).text
    assert village.as_("Paul").post(f"{at(odd)}/readings/acceptance").status == 403
    done = village.as_("Claire").post(f"{at(odd)}/readings/acceptance")
    assert "The trip is charged by these readings." in done.text
    assert "Claire said that the readings are right" in done.text
    assert owed(village, "Nadia") == -3_777_910
    assert village.odometer("Twingo") == 123_460
    assert "is that right?" not in village.as_("Claire").get(HOME).text
    village.as_("Claire").post(f"{at(odd)}/readings/acceptance")  # asked twice
    assert owed(village, "Nadia") == -3_777_910


def test_where_all_with_a_role_typed_any_other_member_is_asked_and_led_home(village: Village) -> None:
    booking_id, start = village.booked("Claire", "Zoé"), village.odometer("Zoé")
    village.taken("Claire", booking_id, start)
    village.pass_time(hours=1)
    read = {"odometer_km": start + 500, "level_percent": 50, "confirmed": start + 500}
    village.as_("Claire").post(f"{at(booking_id)}/return", **read)
    assert "Claire drove 500 km with the Zoé: is that right?" in village.as_("Jean").get(HOME).text
    done = village.as_("Jean").post(f"{at(booking_id)}/readings/acceptance")
    assert (done.status, done.path) == (200, HOME)
    assert "The trip is charged by these readings." in done.text
    assert "is that right?" not in done.text
    assert owed(village, "Claire") == -12_500


def test_an_owner_is_asked_for_her_own_vehicle_and_answers(village: Village) -> None:
    booking_id = village.booked("Nadia", "Kangoo")
    village.taken("Nadia", booking_id, 10_000)
    village.pass_time(hours=1)
    bring_back(village, booking_id, 11_000, confirmed=11_000)
    owners = {"amina@example.org", "paul@example.org", "luc@example.org"}
    assert {letter.address for letter in village.letters()} == owners
    assert "Nadia drove 1,000 km with the Kangoo" in village.as_("Luc").get(HOME).text
    assert "The readings are right" in village.as_("Luc").get(at(booking_id)).text
    village.as_("Luc").post(f"{at(booking_id)}/readings/acceptance")
    assert owed(village, "Nadia") == -35_000


def test_set_right_it_is_charged_by_what_is_right(village: Village, odd: UUID) -> None:
    seen = set_right(village, odd, 12_345, 12_360)
    assert "The readings are set right" in seen.text
    assert "From 12,345 to 123,460 km: that was typed." in seen.text
    assert "From 12,345 to 12,360 km: that is right." in seen.text
    assert "Un chiffre de trop." in seen.text
    assert (owed(village, "Nadia"), row(village, odd).distance_km, row(village, odd).odd) == (-510, 15, False)
    assert village.odometer("Twingo") == 12_360


def test_a_slip_at_take_over_never_locks_the_return(village: Village) -> None:
    booking_id = enter(village, 160_449)
    take(village, booking_id, 1_604_490, confirmed=1_604_490)
    village.pass_time(hours=1)
    seen = bring_back(village, booking_id, 160_489)
    assert seen.status == 409
    said = "160,489 km? At the start you typed 1,604,490 km, where it had shown 160,449 km today 9 am."
    assert said in seen.text
    assert 'name="odometer_out_km"\n      value="160449">I mistyped at the start: 160,449 km</button>' in seen.html
    done = bring_back(village, booking_id, 160_489, odometer_out_km=160_449)
    assert "Returned. Thank you." in done.text
    back = row(village, booking_id)
    assert (back.distance_km, back.odd, back.revision) == (40, False, 1)
    assert owed(village, "Nadia") == -1_360  # 40 km at 0.34
    assert village.odometer("Twingo") == 160_489


def test_a_slip_no_limit_catches_does_not_lock_it_either(village: Village) -> None:
    booking_id = enter(village, 10_000)
    take(village, booking_id, 10_030)  # typed for 10,000
    village.pass_time(hours=1)
    assert "I mistyped at the start: 10,000 km" in bring_back(village, booking_id, 10_020).text
    bring_back(village, booking_id, 10_020, odometer_out_km=10_000)
    assert (row(village, booking_id).distance_km, village.odometer("Twingo")) == (20, 10_020)


def test_who_was_given_the_keys_is_not_kept_from_them_by_a_slip(village: Village, booking_id: UUID) -> None:
    pauls = village.booked("Paul", "Twingo", village.now.replace(hour=10, minute=5), hours=1)
    take(village, booking_id, 123_450, confirmed=123_450)
    village.pass_time(hours=1, minutes=50)
    sent = {"odometer_km": 12_360, "level_percent": 75, "given_by": village.member("Nadia"), "seen": "nothing_new"}
    assert "The keys are yours." in village.as_("Paul").post(f"{at(pauls)}/keys", **sent).text
    assert (row(village, booking_id).waits, row(village, pauls).odd) == (True, False)
    assert owed(village, "Nadia") == 0
    set_right(village, booking_id, 12_345, 12_360)
    assert owed(village, "Nadia") == -510


def test_what_costs_twenty_times_what_its_hours_usually_do_is_read_back(village: Village) -> None:
    enter(village, 12_345)
    for _ in range(5):
        village.drove("Paul", "Zoé", 2)
    village.pass_time(hours=1)
    booking_id = village.booked("Nadia", "Twingo")
    take(village, booking_id, 12_345)
    village.pass_time(hours=1)
    seen = bring_back(village, booking_id, 12_385)
    assert seen.status == 409
    assert "12,385 km? That makes 40 km, €13.60: the same hours usually cost €0.68 here." in seen.text
    assert "Returned. Thank you." in bring_back(village, booking_id, 12_385, confirmed=12_385).text
    assert (row(village, booking_id).odd, owed(village, "Nadia")) == (False, -1_360)  # it is dear, and nothing is odd


def test_a_little_less_is_not(village: Village) -> None:
    enter(village, 12_345)
    for _ in range(5):
        village.drove("Paul", "Zoé", 2)
    village.pass_time(hours=1)
    booking_id = village.booked("Nadia", "Twingo")
    take(village, booking_id, 12_345)
    village.pass_time(hours=1)
    assert "Returned. Thank you." in bring_back(village, booking_id, 12_384).text


def test_an_hour_more_than_seven_days_ago_is_read_back(village: Village, booking_id: UUID) -> None:
    take(village, booking_id, 12_345)
    village.pass_time(days=9)
    hour = {"returned_at_day": "2026-11-02", "returned_at_hour": "10:30"}
    seen = bring_back(village, booking_id, 12_360, **hour)
    assert (seen.status, "Monday 2 November 10:30 am? That was 9 days ago." in seen.text) == (409, True)
    assert '<a class="button" href="#returned_at_day">Correct it</a>' in seen.html
    assert '<button form="read-back" name="confirmed_days" value="9">It is so</button>' in seen.html
    assert 'id="returned_at_day"' in seen.html
    assert 'value="2026-11-02"' in seen.html  # what she typed is kept
    assert bring_back(village, booking_id, 12_360, confirmed_days=8, **hour).status == 409
    assert "Returned. Thank you." in bring_back(village, booking_id, 12_360, confirmed_days=9, **hour).text


def test_of_two_odd_numbers_what_was_confirmed_first_is_kept(village: Village, booking_id: UUID) -> None:
    take(village, booking_id, 12_345)
    village.pass_time(days=9)
    hour = {"returned_at_day": "2026-11-02", "returned_at_hour": "10:30"}
    seen = bring_back(village, booking_id, 123_460, confirmed_days=9, **hour)
    assert "123,460 km? It showed 12,345 km" in seen.text
    assert '<input type="hidden" form="read-back" name="confirmed_days" value="9">' in seen.html
    sure = {"confirmed": 123_460, "confirmed_days": 9}
    assert "Returned. Thank you." in bring_back(village, booking_id, 123_460, **sure, **hour).text


def test_seven_days_ago_is_no_question(village: Village, booking_id: UUID) -> None:
    take(village, booking_id, 12_345)
    village.pass_time(days=7)
    hour = {"returned_at_day": "2026-11-02", "returned_at_hour": "10:30"}
    assert "Returned. Thank you." in bring_back(village, booking_id, 12_360, **hour).text


@on_both
def test_hours_more_than_seven_days_ago_are_confirmed_by_repeating_the_days(village: Village) -> None:
    three_days = {"start": "2026-11-02T09:00:00+01:00", "end": "2026-11-05T09:00:00+01:00"}
    nadia, bookings = village.as_("Nadia"), f"/coops/{COOP}/bookings"
    wanted = {"vehicle_id": str(village.vehicle("Kangoo")), "period": three_days}
    here = f"{bookings}/{nadia.api('POST', bookings, wanted).json()['id']}"
    village.pass_time(days=9)
    taken = {"odometer_km": 10_000, "level_percent": 75, "taken_at": "2026-11-02T10:00:00+01:00"}
    back = {"odometer_km": 10_010, "level_percent": 50, "returned_at": "2026-11-02T12:00:00+01:00"}
    for act, body in (("keys", taken), ("return", back)):
        seen = nadia.api("POST", f"{here}/{act}", body)
        assert (seen.status, seen.code) == (409, "unlikely")
        assert "That was 9 days ago." in seen.json()["detail"]
        assert nadia.api("POST", f"{here}/{act}", body | {"confirmed_days": 8}).code == "unlikely"
        assert nadia.api("POST", f"{here}/{act}", body | {"confirmed_days": 9}).status == 201
    assert nadia.api("GET", here).json()["status"] == "over"
