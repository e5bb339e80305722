"""A reading can be set right: the charge is undone and made anew, by who may, for a reason, and who loses is told."""

from datetime import timedelta
from uuid import UUID

import pytest

from booking.trip import trip_id
from governance.roles import Role
from ledger.entries.causes.trip import charge_id
from ledger.entries.commands import ClosePeriod
from ledger.entries.queries import books_total, journal
from tests.kit.money import ledger_in
from tests.kit.village import COOP, Village
from tests.places.bookings.twingo import at, enter, owed, row, set_right


@pytest.fixture
def charged(village: Village) -> UUID:
    """A trip from before odd readings were asked about: 122,226 km in half a second."""
    booking_id = enter(village, 12_345)
    village.taken("Nadia", booking_id, 1_234)
    village.clock.now += timedelta(milliseconds=500)
    village.returned("Nadia", booking_id, 123_460)
    return booking_id


def lines(village: Village) -> list[tuple[str, str, int]]:
    return [(str(e.effective_on), e.kind, min(line.cents for line in e.postings)) for e in village.ask(journal, COOP)]


def test_the_charge_is_reversed_and_made_anew(village: Village, charged: UUID) -> None:
    assert owed(village, "Nadia") == -4_155_684
    set_right(village, charged, 12_345, 12_360)
    assert (owed(village, "Nadia"), village.ask(books_total, COOP)) == (-510, 0)
    assert (row(village, charged).revision, row(village, charged).distance_km) == (2, 15)
    assert lines(village) == [
        ("2026-11-02", "trip", -4_155_684),
        ("2026-11-02", "reversal", -4_155_684),
        ("2026-11-02", "trip", -510),
    ]
    seen = village.as_("Nadia").get(at(charged))
    assert "From 1,234 to 123,460 km: that was typed." in seen.text
    assert "−€5.10" in seen.text
    assert "−€41,556.84" not in seen.text


def test_before_and_after_stand_side_by_side_in_the_form(village: Village, charged: UUID) -> None:
    seen = village.as_("Nadia").get(f"{at(charged)}/readings")
    assert "Until now: 1,234 km" in seen.text
    assert "Until now: 123,460 km" in seen.text


def test_of_a_closed_month_it_counts_in_the_open_one(village: Village, charged: UUID) -> None:
    village.pass_time(days=30)
    close = ClosePeriod(coop_id=COOP, month=village.now.date().replace(month=11, day=2))
    ledger_in(village).close_period(close, village.asked("Claire"))
    set_right(village, charged, 12_345, 12_360)
    assert [line[:2] for line in lines(village)] == [
        ("2026-11-02", "trip"),
        ("2026-12-01", "reversal"),
        ("2026-12-01", "trip"),
    ]
    assert owed(village, "Nadia") == -510


def test_what_the_treasurer_had_undone_is_charged_as_is_right(village: Village, charged: UUID) -> None:
    entry_id = village.ask(journal, COOP)[0].entry_id
    village.as_("Claire").post(f"/coops/{COOP}/entries/{entry_id}/reversal", reason="Erreur.")
    assert owed(village, "Nadia") == 0
    set_right(village, charged, 12_345, 12_360)
    assert owed(village, "Nadia") == -510


def test_set_right_twice_the_last_one_counts(village: Village, charged: UUID) -> None:
    set_right(village, charged, 12_345, 12_350)
    set_right(village, charged, 12_345, 12_360, who="Claire")
    set_right(village, charged, 12_345, 12_360)  # nothing changes
    assert (owed(village, "Nadia"), row(village, charged).revision) == (-510, 3)
    assert village.as_("Nadia").get(at(charged)).text.count("set the readings right") == 2


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        ({"reason": ""}, 422, "Fill this in."),
        ({"odometer_in_km": "many"}, 422, "Type a whole number."),
        ({"odometer_in_km": 12_344}, 409, "it cannot show 12,344 km now"),
        ({"odometer_in_km": 13_000}, 409, "13,000 km? It showed 12,345 km"),
        ({"odometer_out_km": 9_000, "odometer_in_km": 9_001}, 409, "9,000 km? It showed 12,345 km"),
    ],
)
def test_what_is_not_right_either_is_refused_or_asked(
    village: Village, charged: UUID, change: dict[str, object], status: int, said: str
) -> None:
    read = {"odometer_out_km": 12_345, "odometer_in_km": 12_360, "reason": "Mal lu."} | change
    seen = village.as_("Nadia").post(f"{at(charged)}/readings", **read)
    assert (seen.status, said in seen.text) == (status, True)
    assert owed(village, "Nadia") == -4_155_684


def test_an_odd_correction_is_undone_and_waits_for_another(village: Village, charged: UUID) -> None:
    set_right(village, charged, 12_345, 13_000, confirmed=13_000)
    assert (owed(village, "Nadia"), row(village, charged).waits) == (0, True)
    assert "−€" not in village.as_("Nadia").get(at(charged)).text
    village.as_("Claire").post(f"{at(charged)}/readings/acceptance")
    assert (owed(village, "Nadia"), row(village, charged).revision) == (-22_270, 2)  # 655 km at 0.34


def test_who_set_them_right_does_not_accept_them(village: Village, charged: UUID) -> None:
    village.give_role("Paul", Role.TREASURER)
    set_right(village, charged, 12_345, 13_000, who="Claire", confirmed=13_000)
    assert village.as_("Claire").post(f"{at(charged)}/readings/acceptance").status == 403
    assert village.as_("Paul").post(f"{at(charged)}/readings/acceptance").status == 200
    assert owed(village, "Nadia") == -22_270


def test_who_set_them_right_in_turn_are_asked_nothing_and_accept_nothing(village: Village) -> None:
    booking_id, asked = village.drove("Nadia", "Kangoo", 40), []
    for who, km in (("Paul", 40_000), ("Amina", 41_000)):
        set_right(village, booking_id, 10_000, km, who=who, confirmed=km)
        asked.append(sum("is what Nadia read right?" in letter.subject for letter in village.letters()))
    assert asked == [2, 3]  # of three owners, first two and then the last
    for who, status in (("Paul", 403), ("Amina", 403), ("Luc", 200)):
        assert village.as_(who).post(f"{at(booking_id)}/readings/acceptance").status == status


def test_who_may(village: Village) -> None:
    booking_id = village.drove("Nadia", "Kangoo", 40)
    village.give_role("Jean", Role.STEWARD)
    page = f"{at(booking_id)}/readings"
    for who in ("Nadia", "Amina", "Paul", "Luc", "Jean", "Claire"):
        assert village.as_(who).get(page).status == 200
    for who in ("Olga", "Sacha"):
        assert village.as_(who).get(page).status == 403
        assert set_right(village, booking_id, 10_000, 10_030, who=who).status == 403
    assert village.anyone().get(page).status == 401
    other = village.drove("Paul", "Zoé", 10)
    assert village.as_("Nadia").get(f"{at(other)}/readings").status == 403


def test_who_set_it_right_for_the_purse_reads_what_she_did_and_may_again(village: Village) -> None:
    booking_id = village.drove("Claire", "Zoé", 200, hours=4)
    set_right(village, booking_id, 10_000, 10_001, who="Claire")
    seen = set_right(village, booking_id, 10_000, 10_200, who="Luc")
    assert (seen.status, seen.path) == (200, at(booking_id))
    assert "The readings are set right, and the trip is charged anew." in seen.text
    assert f'href="{at(booking_id)}/readings"' in village.as_("Luc").get(at(booking_id)).html
    assert village.as_("Nadia").get(at(booking_id)).status == 403
    set_right(village, booking_id, 10_000, 10_201, who="Claire")
    assert village.as_("Luc").get(at(booking_id)).status == 403


def test_a_trip_under_way_is_set_right_as_it_ends(village: Village) -> None:
    booking_id = village.booked("Nadia", "Zoé")
    village.taken("Nadia", booking_id, 10_000)
    seen = set_right(village, booking_id, 10_000, 10_010)
    assert (seen.status, "This trip is not over" in seen.text) == (409, True)


def test_who_loses_by_it_is_told_and_nobody_else(village: Village) -> None:
    booking_id = village.drove("Nadia", "Kangoo", 40)
    village.letters()
    set_right(village, booking_id, 10_000, 10_020)
    told = {letter.address for letter in village.letters() if "were set right" in letter.subject}
    assert told == {f"{name}@example.org" for name in ("amina", "paul", "luc")}
    [letter] = village.letters_to("Amina")
    assert f"/burdens/{charge_id(trip_id(booking_id), 2)}" in letter.body
    set_right(village, booking_id, 10_000, 10_040, who="Paul")
    [hers] = village.letters_to("Nadia")
    assert hers.subject == "Kangoo: the readings of a trip were set right"
    assert len(village.letters_to("Amina")) == 1
