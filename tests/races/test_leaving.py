"""Leaving while taking something on: one of the two is refused, and nothing is left without who answers for it."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from api.places.vehicles.entering import ENTERING
from fleet.queries import vehicles_owned_by
from governance.inviting.queries import invitations_of
from governance.queries import member, members_of
from governance.roles import Role
from tests.kit.browser import Seen
from tests.kit.races import at_once
from tests.kit.scale import DEPARTURES
from tests.kit.village import COOP, Village
from tests.places.conftest import village, village_rows

__all__ = ["village", "village_rows"]

HERE = f"/coops/{COOP}"
ROUNDS = range(DEPARTURES)

pytestmark = pytest.mark.parametrize("number", ROUNDS)


def statuses(*acts: Callable[[], Seen]) -> list[int]:
    return [seen.status for seen in at_once(*acts)]


def leaving(village: Village, name: str) -> Callable[[], Seen]:
    path, browser = f"{HERE}/members/{village.member(name)}/departure", village.as_(name)
    return lambda: browser.api("POST", path, {})


def is_member(village: Village, name: str) -> bool:
    return bool(village.ask(member, COOP, village.member(name), village.now).is_member)


def test_nobody_drives_off_as_she_leaves(village: Village, number: int) -> None:
    assert number in ROUNDS
    path = f"{HERE}/bookings/{village.booked('Nadia', 'Zoé')}/keys"
    body = {"taken_at": village.now.isoformat(), "odometer_km": village.odometer("Zoé"), "level_percent": 75}
    nadia = village.as_("Nadia")
    left, taken = statuses(leaving(village, "Nadia"), lambda: nadia.api("POST", path, body))
    assert (left == 201) != (taken == 201)
    assert is_member(village, "Nadia") == (taken == 201)


def test_no_vehicle_is_left_to_who_has_left(village: Village, number: int) -> None:
    assert number in ROUNDS
    owned = {"sharing": "lent", "owners": [{"member_id": str(village.member("Nadia")), "parts": 1}]}
    twingo: dict[str, Any] = msgspec.to_builtins(ENTERING) | {"plate": "XX-124-CD"} | owned
    nadia = village.as_("Nadia")
    left, entered = statuses(leaving(village, "Nadia"), lambda: nadia.api("POST", f"{HERE}/vehicles", twingo))
    assert (left == 201) != (entered == 201)
    assert bool(village.ask(vehicles_owned_by, COOP, village.member("Nadia"))) == is_member(village, "Nadia")


def test_there_is_always_a_referent(village: Village, number: int) -> None:
    assert number in ROUNDS
    claire, nadia = village.as_("Claire"), village.member("Nadia")
    statuses(
        leaving(village, "Nadia"), lambda: claire.api("POST", f"{HERE}/members/{nadia}/roles", {"role": "referent"})
    )
    leaving(village, "Claire")()
    rows = village.ask(members_of, COOP, village.now)
    assert [row for row in rows if row.is_member and row.holds(Role.REFERENT)]


def test_one_poster_is_open_however_many_ask_for_it(village: Village, number: int) -> None:
    assert number in ROUNDS
    claire, body = village.as_("Claire"), {"kind": "poster", "days_valid": 90}
    assert statuses(*[lambda: claire.api("POST", f"{HERE}/invitations", body)] * 4) == [201] * 4
    known = village.ask(invitations_of, COOP, village.now)
    assert len([row for row in known if row.kind == "poster" and row.state == "valid"]) == 1
