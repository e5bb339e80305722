"""For fourteen days after her address was given back, nothing she does gives money to the two who vouched for her."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from governance.roles import Role
from tests.kit.browser import Seen
from tests.kit.databases import on_both
from tests.kit.money import HERE, charged, lent, spent
from tests.kit.village import Village
from tests.places.members.recovery.ways import given_back, known_long

pytestmark = on_both

WHY = {"reason": "It is not so"}
NOTE = "Your mail address was given back by the word of Jean"


@pytest.fixture
def back(village: Village) -> Village:
    """Let Nadia, a treasurer and a référent, be given back her address by the word of Claire and of Jean."""
    known_long(village)
    for role in (Role.TREASURER, Role.REFERENT):
        village.give_role("Nadia", role)
    given_back(village)
    return village


def nadia(village: Village, path: str, body: dict[str, Any] | None = None) -> Seen:
    """Let her ask for something; what follows from it has followed."""
    seen = village.as_("Nadia").api("POST", f"{HERE}/{path}", {} if body is None else body)
    village.settle()
    return seen


def refused(seen: Seen) -> bool:
    return (seen.status, seen.code) == (409, "witness-gains")


def paid(village: Village, among: str, **cents: int) -> dict[str, Any]:
    """Return an expense that some paid and one bears."""
    by = {str(village.member(name)): amount for name, amount in cents.items()}
    bearing = {str(village.member(among)): 1}
    return {"kind": "repair", "paid_on": str(village.now.date()), "paid": by, "split": "equal", "among": bearing}


def contested(village: Village, by: str, expense_id: UUID) -> str:
    seen = village.as_(by).api("POST", f"{HERE}/burdens/{expense_id}/contest", WHY)
    return f"contests/{seen.json()['id']}"


def typed(village: Village, by: str, among: str, **cents: int) -> UUID:
    """Let one type what others paid for one; return the expense."""
    seen = village.as_(by).api("POST", f"{HERE}/expenses", paid(village, among, **cents))
    village.settle()
    return UUID(seen.json()["id"])


def test_she_agrees_on_the_fifteenth_day_to_what_one_of_the_two_contests(back: Village) -> None:
    of = {name: contested(back, name, typed(back, "Amina", name, Nadia=4_000)) for name in ("Jean", "Paul")}
    assert nadia(back, f"{of['Paul']}/agreement").status == 201
    page = back.as_("Nadia").get(f"{HERE}/{of['Jean']}").text
    assert NOTE in page
    assert "I agree" not in page
    back.pass_time(days=13, hours=23)
    assert refused(nadia(back, f"{of['Jean']}/agreement"))
    back.pass_time(hours=1)
    assert "I agree" in back.as_("Nadia").get(f"{HERE}/{of['Jean']}").text
    assert nadia(back, f"{of['Jean']}/agreement").status == 201


def test_she_decides_for_neither_of_the_two_though_she_may_against_them(back: Village) -> None:
    jean = contested(back, "Jean", typed(back, "Paul", "Jean", Amina=4_000))
    page = back.as_("Nadia").get(f"{HERE}/{jean}")
    assert NOTE in page.text
    assert ('value="borne"' in page.html, 'value="dropped"' in page.html) == (True, False)
    assert refused(nadia(back, f"{jean}/decision", WHY | {"outcome": "dropped"}))
    assert nadia(back, f"{jean}/decision", WHY | {"outcome": "borne"}).status == 201
    luc = contested(back, "Luc", typed(back, "Paul", "Luc", Jean=4_000))
    assert refused(nadia(back, f"{luc}/decision", WHY | {"outcome": "borne"}))
    assert nadia(back, f"{luc}/decision", WHY | {"outcome": "dropped"}).status == 201


def test_she_does_not_take_back_what_she_contests_of_what_is_owed_to_one_of_the_two(back: Village) -> None:
    of = {name: contested(back, "Nadia", spent(back, name, 4_000, "Nadia")) for name in ("Jean", "Paul")}
    assert "I bear it after all" not in back.as_("Nadia").get(f"{HERE}/{of['Jean']}").text
    assert refused(nadia(back, f"{of['Jean']}/withdrawal"))
    assert nadia(back, f"{of['Paul']}/withdrawal").status == 201


def test_she_notes_nothing_of_which_one_of_the_two_is_paid_more_than_she_bears(back: Village) -> None:
    for witness in ("Claire", "Jean"):
        assert refused(nadia(back, "expenses", paid(back, "Nadia", **{witness: 4_000})))
    assert refused(nadia(back, "expenses", paid(back, "Nadia", Paul=4_000, Jean=1)))
    assert refused(nadia(back, "expenses", paid(back, "Luc", Jean=4_000)))
    assert back.as_("Nadia").api("GET", f"{HERE}/balance").json()["cents"] == 0
    assert nadia(back, "expenses", paid(back, "Jean", Paul=4_000, Jean=1)).status == 201
    assert nadia(back, "expenses", paid(back, "Nadia", Paul=4_000)).status == 201
    back.pass_time(days=14)
    assert nadia(back, "expenses", paid(back, "Nadia", Jean=4_000)).status == 201


def test_she_says_no_yes_to_what_one_of_the_two_paid_for_her_though_she_may_say_no(back: Village) -> None:
    of = {name: typed(back, name, "Nadia", **{name: 90_000}) for name in ("Jean", "Paul")}
    page = back.as_("Nadia").get(f"{HERE}/expenses/{of['Jean']}").text
    assert (NOTE in page, "Say yes" in page, "Say no" in page) == (True, False, True)
    assert refused(nadia(back, f"expenses/{of['Jean']}/agreement"))
    assert nadia(back, f"expenses/{of['Jean']}/refusal", WHY).status == 201
    assert nadia(back, f"expenses/{of['Paul']}/agreement").status == 201


def test_she_takes_back_no_expense_that_one_of_the_two_bears_but_what_she_noted_since(village: Village) -> None:
    known_long(village)
    before = {name: spent(village, "Nadia", 4_000, name) for name in ("Jean", "Paul")}
    given_back(village)
    assert NOTE in village.as_("Nadia").get(f"{HERE}/expenses/{before['Jean']}").text
    assert refused(nadia(village, f"expenses/{before['Jean']}/withdrawal"))
    assert nadia(village, f"expenses/{before['Paul']}/withdrawal").status == 201
    since = nadia(village, "expenses", paid(village, "Jean", Nadia=4_000)).json()["id"]
    assert NOTE not in village.as_("Nadia").get(f"{HERE}/expenses/{since}").text
    assert nadia(village, f"expenses/{since}/withdrawal").status == 201


def test_as_treasurer_she_undoes_nothing_of_what_one_of_the_two_owes(back: Village) -> None:
    trips = {name: charged(back.drove(name, "Zoé", 100)) for name in ("Jean", "Paul")}
    assert refused(nadia(back, f"entries/{trips['Jean']}/reversal", WHY))
    assert nadia(back, f"entries/{trips['Paul']}/reversal", WHY).status == 201
    assert nadia(back, f"entries/{lent(back, 'Paul')}/reversal", WHY).status == 201  # Jean is owed less by it


@pytest.mark.parametrize(
    ("driver", "vehicle", "km", "status"),
    [
        ("Jean", "Zoé", 60, 409),
        ("Jean", "Zoé", 150, 201),
        ("Paul", "Zoé", 60, 201),
        ("Nadia", "Clio", 150, 409),
        ("Nadia", "Clio", 60, 201),
        ("Jean", "Clio", 60, 201),
        ("Jean", "Biporteur", 60, 201),
    ],
)
def test_she_sets_no_readings_right_by_which_one_of_the_two_gains(
    back: Village, driver: str, vehicle: str, km: int, status: int
) -> None:
    start, trip = back.odometer(vehicle), back.drove(driver, vehicle, 100)
    right = WHY | {"odometer_out_km": start, "odometer_in_km": start + km}
    seen = nadia(back, f"bookings/{trip}/readings", right)
    assert seen.status == status
    assert status == 201 or refused(seen)


@pytest.mark.parametrize(
    ("driver", "vehicle", "energy", "status"),
    [("Jean", "Zoé", 0, 201), ("Jean", "Zoé", 14_000, 409), ("Paul", "Clio", 0, 409), ("Paul", "Zoé", 0, 201)],
)
def test_she_accepts_no_readings_by_which_one_of_the_two_gains(
    back: Village, driver: str, vehicle: str, energy: int, status: int
) -> None:
    trip, start = back.booked(driver, vehicle), back.odometer(vehicle)
    if back.is_lent(vehicle, driver):
        back.approved("Jean", trip)
    back.taken(driver, trip, start)
    back.clock.now += timedelta(hours=1)
    home: dict[str, Any] = {"odometer_km": start + 500, "level_percent": 50, "confirmed": start + 500}
    if energy:
        home["energy_paid"] = {"cents": energy, "currency": "EUR"}
    assert back.as_(driver).api("POST", f"{HERE}/bookings/{trip}/return", home).status == 201
    back.settle()
    seen = nadia(back, f"bookings/{trip}/readings/acceptance")
    assert seen.status == status
    assert status == 201 or refused(seen)
