"""Readings set right by which the common purse loses: whoever speaks for it is told, and may set them right again."""

from uuid import UUID, uuid4

from governance.roles import Role
from tests.kit.browser import Seen
from tests.kit.money import HERE
from tests.kit.village import MEMBERS, Village

LOWER = "the common purse is lower by it than before"


def driven(village: Village, by: str = "Claire") -> UUID:
    """Let someone drive the Zoé, whose price the purse receives, 200 km at 0.25."""
    return village.drove(by, "Zoé", 200, hours=4)


def set_right(village: Village, by: str, booking_id: UUID, km: int, *, key: UUID | None = None, **more: int) -> Seen:
    body = {"odometer_out_km": 10_000, "odometer_in_km": 10_000 + km, "reason": "Misread"} | more
    seen = village.as_(by).api("POST", f"{HERE}/bookings/{booking_id}/readings", body, key=key)
    village.settle()
    return seen


def owed(village: Village, name: str) -> int:
    return int(village.as_(name).api("GET", f"{HERE}/balance").json()["cents"])


def told(village: Village) -> set[str]:
    """Return who was told that the purse is lower by a trip."""
    return {kept.address.split("@")[0].capitalize() for kept in village.letters() if LOWER in kept.body}


def test_all_others_are_told_and_may_set_it_right_where_nobody_else_holds_a_role(village: Village) -> None:
    booking_id = driven(village)
    assert set_right(village, "Luc", booking_id, 100).status == 403
    assert (set_right(village, "Claire", booking_id, 1).status, owed(village, "Claire")) == (201, -25)
    assert told(village) == {*MEMBERS} - {"Claire"}
    assert village.as_("Luc").api("GET", f"{HERE}/bookings/{booking_id}").status == 200
    assert (set_right(village, "Luc", booking_id, 200).status, owed(village, "Claire")) == (201, -5_000)
    assert set_right(village, "Nadia", booking_id, 100).status == 403  # the purse has what it had
    assert village.as_("Nadia").api("GET", f"{HERE}/bookings/{booking_id}").status == 403


def test_the_same_sent_twice_is_answered_twice_and_set_right_once(village: Village) -> None:
    booking_id, key = driven(village), uuid4()
    set_right(village, "Claire", booking_id, 1)
    assert [set_right(village, "Luc", booking_id, 200, key=key).status for _ in range(2)] == [201, 201]
    shown = village.as_("Luc").api("GET", f"{HERE}/bookings/{booking_id}").json()
    assert (shown["revision"], owed(village, "Claire")) == (3, -5_000)
    assert set_right(village, "Nadia", booking_id, 100).status == 403


def at_home(village: Village) -> set[str]:
    card = "Zoé: a trip was set right, and the common purse has less by it"
    return {name for name in MEMBERS if card in village.as_(name).get(f"{HERE}/").text}


def test_she_finds_it_at_home_until_it_is_set_right_or_her_time_is_over(village: Village) -> None:
    first = driven(village)
    assert at_home(village) == set()
    set_right(village, "Claire", first, 0)
    assert at_home(village) == {*MEMBERS} - {"Claire"}
    set_right(village, "Luc", first, 200)
    assert at_home(village) == set()
    set_right(village, "Claire", first, 100)
    village.pass_time(days=13)
    assert at_home(village) == {*MEMBERS} - {"Claire"}
    village.pass_time(days=2)
    assert at_home(village) == set()


def test_a_second_step_hides_nothing(village: Village) -> None:
    booking_id = driven(village)
    set_right(village, "Claire", booking_id, 1)
    set_right(village, "Claire", booking_id, 2)
    assert set_right(village, "Luc", booking_id, 200).status == 201


def test_a_referent_is_told_and_before_her_another_treasurer(village: Village) -> None:
    booking_id = driven(village)
    village.give_role("Amina", Role.REFERENT)
    set_right(village, "Claire", booking_id, 100)
    assert told(village) == {"Amina"}
    village.give_role("Paul", Role.TREASURER)
    assert set_right(village, "Paul", booking_id, 200).status == 201
    set_right(village, "Claire", booking_id, 50)
    assert told(village) == {"Amina", "Paul"}
    assert set_right(village, "Luc", booking_id, 200).status == 403


def test_the_treasurer_is_told_of_a_neighbours_and_sets_it_right(village: Village) -> None:
    village.give_role("Amina", Role.REFERENT)
    booking_id = driven(village, "Nadia")
    assert set_right(village, "Nadia", booking_id, 20).status == 201
    assert told(village) == {"Claire"}
    assert (set_right(village, "Claire", booking_id, 200).status, owed(village, "Nadia")) == (201, -5_000)


def test_of_what_brings_the_purse_more_nobody_speaks_for_it(village: Village) -> None:
    booking_id = driven(village)
    assert set_right(village, "Claire", booking_id, 250).status == 201
    assert told(village) == set()
    assert set_right(village, "Luc", booking_id, 100).status == 403
