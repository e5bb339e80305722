"""Bookings and trips for programs: the same doors as the pages, strictly, each request counted once."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from ledger.entries.queries import balance
from tests.kit.browser import Seen
from tests.kit.slices import walked
from tests.kit.village import COOP, Village

PATH = f"/coops/{COOP}/bookings"
TOMORROW = {"start": "2026-11-03T18:00:00+01:00", "end": "2026-11-03T20:00:00+01:00"}
AT_NINE = {"start": "2026-11-02T09:00:00+01:00", "end": "2026-11-02T11:00:00+01:00"}


def book(village: Village, who: str, vehicle: str, key: UUID | None = None, **change: Any) -> Seen:
    body = {"vehicle_id": str(village.vehicle(vehicle)), "period": TOMORROW} | change
    seen = village.as_(who).api("POST", PATH, body, key=key)
    village.settle()
    return seen


def mine(village: Village, who: str = "Nadia") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = village.as_(who).api("GET", PATH).json()["items"]
    return found


def test_what_is_free_and_why_the_others_are_not(village: Village) -> None:
    book(village, "Paul", "Kangoo")
    asked = "start=2026-11-03T18:00:00%2B01:00&end=2026-11-03T19:00:00%2B01:00"
    found = village.as_("Nadia").api("GET", f"/coops/{COOP}/availability?{asked}").json()
    by_id = {offer["vehicle_id"]: offer for offer in found}
    taken, lent = by_id[str(village.vehicle("Kangoo"))], by_id[str(village.vehicle("Clio"))]
    assert (taken["free"], taken["why_not"]["code"]) == (False, "vehicle-taken")
    assert taken["why_not"]["details"]["end"] == taken["free_from"] == "2026-11-03T19:00:00Z"
    assert (lent["free"], lent["needs_approval"]) == (True, True)


def test_the_same_key_books_once_and_answers_the_same(village: Village) -> None:
    key = uuid4()
    answers = [book(village, "Nadia", "Zoé", key=key) for _ in range(3)]
    assert {(answer.status, answer.json()["id"]) for answer in answers} == {(201, str(key))}
    assert [booking["booking_id"] for booking in mine(village)] == [str(key)]
    assert book(village, "Nadia", "Clio", key=key).code == "command-reused"


def test_who_comes_second_is_refused_with_the_reason(village: Village) -> None:
    book(village, "Nadia", "Zoé")
    seen = book(village, "Paul", "Zoé")
    assert (seen.status, seen.code) == (409, "vehicle-taken")
    assert seen.headers["content-type"] == "application/problem+json"
    assert "Already booked from tomorrow 6 pm to 8 pm" in seen.text
    assert mine(village, "Paul") == []


@pytest.mark.parametrize(
    "change",
    [
        {"colour": "red"},
        {"vehicle_id": 1},
        {"vehicle_id": "the clio"},
        {"flexible": 1},
        {"flexible": "yes"},
        {"destination": ""},
        {"destination": "x" * 281},
        {"period": {"start": TOMORROW["start"]}},
        {"period": TOMORROW | {"start": 0}},
        {"period": TOMORROW | {"start": "2026-11-03T18:00:00"}},
        {"period": TOMORROW | {"end": "10000-01-01T00:00:00Z"}},
        {"period": TOMORROW | {"end": "9999-12-31T23:59:59-14:00"}},
        {"period": TOMORROW | {"start": "0001-01-01T00:00:00+14:00"}},
        {"period": TOMORROW | {"end": TOMORROW["start"]}},
        {"period": TOMORROW | {"hours": 2}},
    ],
)
def test_a_body_that_is_not_as_described_holds_nothing(village: Village, change: dict[str, Any]) -> None:
    seen = book(village, "Nadia", "Zoé", **change)
    assert (seen.status, seen.code) == (400, "unreadable")
    assert mine(village) == []


@pytest.mark.parametrize("body", [b"{", b"[]", b"null", b"\xff\xfe", b'{"period":' + b"[" * 9000, b"1" * 5000])
def test_what_is_no_json_object_is_refused(village: Village, body: bytes) -> None:
    headers = {"authorization": f"Bearer {village.as_('Nadia').token}", "idempotency-key": str(uuid4())}
    answer = village.client.post(f"/api{PATH}", content=body, headers=headers)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("period", "code"),
    [
        ({"start": "2026-11-01T18:00:00Z", "end": "2026-11-01T20:00:00Z"}, "in-the-past"),
        ({"start": "2026-11-03T18:00:00Z", "end": "2026-11-03T18:10:00Z"}, "too-short"),
        ({"start": "2026-11-03T18:00:00Z", "end": "2026-11-09T18:00:00Z"}, "too-long"),
        ({"start": "2027-11-03T18:00:00Z", "end": "2027-11-03T20:00:00Z"}, "too-early"),
        ({"start": "8999-11-03T18:00:00Z", "end": "8999-11-03T20:00:00Z"}, "too-early"),
    ],
)
def test_the_house_rules_hold_for_programs_too(village: Village, period: dict[str, str], code: str) -> None:
    seen = book(village, "Nadia", "Zoé", period=period)
    assert (seen.status, seen.code) == (409, code)


def test_an_owner_answers_and_a_driver_gives_back(village: Village) -> None:
    asked = book(village, "Nadia", "Clio").json()["id"]
    assert village.as_("Nadia").api("POST", f"{PATH}/{asked}/approval", {}).status == 403
    assert village.as_("Jean").api("POST", f"{PATH}/{asked}/approval", {}).status == 201
    assert mine(village)[0]["status"] == "confirmed"
    assert village.as_("Jean").api("POST", f"{PATH}/{asked}/refusal", {"reason": "No."}).code == "already-answered"
    assert village.as_("Nadia").api("POST", f"{PATH}/{asked}/cancellation", {}).status == 201
    assert mine(village)[0]["status"] == "cancelled"


def test_a_trip_from_keys_to_charge(village: Village) -> None:
    booking_id = book(village, "Nadia", "Kangoo", period=AT_NINE).json()["id"]
    here = f"{PATH}/{booking_id}"
    taken = {"odometer_km": 10_000, "level_percent": 75}
    assert village.as_("Paul").api("POST", f"{here}/keys", taken).status == 403
    keys = [uuid4(), uuid4()]
    for _ in range(3):
        assert village.as_("Nadia").api("POST", f"{here}/keys", taken, key=keys[0]).status == 201
        village.pass_time(minutes=20)
    back = {"odometer_km": 10_100, "level_percent": 50, "energy_paid": {"cents": 6000, "currency": "EUR"}}
    for _ in range(3):
        assert village.as_("Nadia").api("POST", f"{here}/return", back, key=keys[1]).status == 201
        village.pass_time(minutes=5)
    returned = village.as_("Nadia").api("GET", here).json()
    assert (returned["status"], returned["odometer_in_km"], returned["energy_paid_cents"]) == ("over", 10_100, 6000)
    assert village.ask(balance, COOP, village.member("Nadia")) == 2500  # 60.00 given back less 100 km at 0.35


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"odometer_km": "10100"}, 400),
        ({"odometer_km": 10**20}, 400),
        ({"odometer_km": 10_100.5}, 400),
        ({"level_percent": 101}, 400),
        ({"returned_at": "2026-11-02T10:00:00"}, 400),
        ({"returned_at": "yesterday"}, 400),
        ({"returned_at": "2026-11-02T08:30:00Z", "odometer_km": 9}, 409),
        ({"returned_at": "2026-11-05T08:30:00Z"}, 409),
        ({"energy_paid": {"cents": 6000, "currency": "EUR", "tip": 1}}, 400),
        ({"energy_paid": {"cents": 60.0, "currency": "EUR"}}, 400),
        ({"energy_paid": {"cents": 10**30, "currency": "EUR"}}, 409),
        ({"energy_paid": {"cents": -1, "currency": "EUR"}}, 409),
        ({"photos": ["none"]}, 400),
        ({"photos": [str(uuid4())] * 7}, 400),
    ],
)
def test_a_return_that_cannot_be_ends_no_trip(village: Village, change: dict[str, Any], status: int) -> None:
    booking_id = village.booked("Nadia", "Zoé")
    village.taken("Nadia", booking_id, 10_000)
    village.pass_time(hours=1)
    body = {"odometer_km": 10_100, "level_percent": 50} | change
    assert village.as_("Nadia").api("POST", f"{PATH}/{booking_id}/return", body).status == status
    assert mine(village)[0]["status"] == "under_way"


def test_a_damage_seen_is_reported_with_the_readings_once_or_nothing_is_kept(village: Village) -> None:
    here, key = f"{PATH}/{village.booked('Nadia', 'Zoé')}", uuid4()
    body: dict[str, Any] = {"odometer_km": 10_000, "level_percent": 75}
    wrong = body | {"damage": {"part": "sail", "sentence": "Torn"}}
    assert village.as_("Nadia").api("POST", f"{here}/keys", wrong).code == "unreadable"
    seen = body | {"damage": {"part": "left", "sentence": "A scratch"}}
    for _ in range(3):
        assert village.as_("Nadia").api("POST", f"{here}/keys", seen, key=key).status == 201
    damages = f"/coops/{COOP}/vehicles/{village.vehicle('Zoé')}/damages"
    assert [damage["sentence"] for damage in village.as_("Paul").api("GET", damages).json()["items"]] == ["A scratch"]
    early = body | {"returned_at": "2026-11-02T07:00:00Z", "damage": {"part": "rear", "sentence": "A dent"}}
    assert village.as_("Nadia").api("POST", f"{here}/return", early).code == "returned-before-taken"
    assert len(village.as_("Paul").api("GET", damages).json()["items"]) == 1


@pytest.mark.parametrize("act", ["keys", "return"])
def test_a_photo_that_is_not_there_stops_the_readings(village: Village, act: str) -> None:
    booking_id = village.booked("Nadia", "Zoé")
    if act == "return":
        village.taken("Nadia", booking_id, 10_000)
    body = {"odometer_km": 10_000, "level_percent": 75, "photos": [str(uuid4())]}
    assert village.as_("Nadia").api("POST", f"{PATH}/{booking_id}/{act}", body).code == "no-such-photo"


def test_my_bookings_come_by_slices(village: Village) -> None:
    booked = [str(village.drove("Nadia", "Zoé", 10)) for _ in range(3)]
    top = village.as_("Nadia").api("GET", f"{PATH}?limit=2").json()
    rest = village.as_("Nadia").api("GET", f"{PATH}?limit=2&after={top['after']}").json()
    assert [booking["booking_id"] for booking in (*top["items"], *rest["items"])] == booked[::-1]
    assert rest["after"] is None
    assert village.as_("Nadia").api("GET", f"{PATH}?after=yesterday").code == "unreadable"
    assert village.as_("Nadia").api("GET", f"{PATH}?limit=0").status == 422


def test_a_booking_is_read_by_those_concerned(village: Village) -> None:
    here = f"{PATH}/{book(village, 'Nadia', 'Clio', destination='Valence').json()['id']}"
    for who in ("Nadia", "Jean", "Claire"):
        assert village.as_(who).api("GET", here).json()["destination"] == "Valence"
    for who in ("Paul", "Olga", "Sacha"):
        assert village.as_(who).api("GET", here).status == 403
    assert village.anyone().api("GET", here).status == 401
    assert village.as_("Nadia").api("GET", f"{PATH}/{uuid4()}").status == 404


@pytest.mark.parametrize("act", ["approval", "refusal", "cancellation", "not-driven", "keys", "return"])
def test_only_members_act_and_only_on_what_is_there(village: Village, act: str) -> None:
    body = {"odometer_km": 1, "level_percent": 1} if act in ("keys", "return") else {}
    here = f"{PATH}/{village.booked('Nadia', 'Zoé')}/{act}"
    assert village.anyone().api("POST", here, body).status == 401
    for who in ("Olga", "Sacha"):
        assert village.as_(who).api("POST", here, body).status == 403
    assert village.as_("Nadia").api("POST", f"{PATH}/{uuid4()}/{act}", body).status == 404


def test_who_is_asked_sees_the_request_and_says_no(village: Village) -> None:
    asked = book(village, "Nadia", "Clio").json()["id"]
    requests = village.as_("Jean").api("GET", f"/coops/{COOP}/requests").json()["items"]
    assert [each["booking_id"] for each in requests] == [asked]
    assert village.as_("Paul").api("GET", f"/coops/{COOP}/requests").json()["items"] == []
    body = {"reason": "I need it myself"}
    assert village.as_("Paul").api("POST", f"{PATH}/{asked}/refusal", body).code == "not-yours"
    assert village.as_("Jean").api("POST", f"{PATH}/{asked}/refusal", body).status == 201
    assert village.as_("Jean").api("GET", f"/coops/{COOP}/requests").json()["items"] == []
    assert mine(village)[0]["status"] == "refused"
    assert village.as_("Jean").api("POST", f"{PATH}/{asked}/approval", {}).status == 409


def test_requests_are_listed_oldest_first(village: Village) -> None:
    asked = []
    for hour in (18, 12, 8):
        hours = {"start": f"2026-11-03T{hour:02}:00:00+01:00", "end": f"2026-11-03T{hour + 1:02}:00:00+01:00"}
        asked.append(book(village, "Nadia", "Clio", period=hours, destination=f"Valence, {hour} h").json()["id"])
        village.pass_time(minutes=1)
    found = walked(village.as_("Jean"), f"/coops/{COOP}/requests")
    assert [each["booking_id"] for each in found] == asked
    assert [each["destination"] for each in found] == ["Valence, 18 h", "Valence, 12 h", "Valence, 8 h"]
    assert village.as_("Jean").api("POST", f"{PATH}/{asked[1]}/approval", {}).status == 201
    assert [each["booking_id"] for each in walked(village.as_("Jean"), f"/coops/{COOP}/requests")] == asked[::2]
    assert walked(village.as_("Amina"), f"/coops/{COOP}/requests") == []


def test_the_code_of_the_key_box_is_told_to_who_has_the_vehicle(village: Village) -> None:
    body = {"text": "The key turns the other way.", "access_code": "2580"}
    path = f"/coops/{COOP}/vehicles/{village.vehicle('Zoé')}/handbook"
    assert village.as_("Claire").api("POST", path, body).status == 201
    booked = book(village, "Nadia", "Zoé", period=AT_NINE).json()["id"]
    told = {who: village.as_(who).api("GET", f"{PATH}/{booked}/to-know") for who in ("Nadia", "Claire", "Paul")}
    to_nadia = told["Nadia"].json()
    assert (to_nadia["handbook"], to_nadia["access_code"]) == ("The key turns the other way.", "2580")
    assert told["Claire"].json()["access_code"] is None
    assert told["Paul"].code == "not-yours"


def test_keys_that_are_out_pass_from_hand_to_hand(village: Village) -> None:
    pauls, nadias = village.booked("Paul", "Kangoo", hours=0.5), f"{PATH}/{{}}"
    village.taken("Paul", pauls, 10_000)
    village.pass_time(minutes=20)
    after = {"start": "2026-11-02T09:30:00+01:00", "end": "2026-11-02T10:30:00+01:00"}
    here = nadias.format(book(village, "Nadia", "Kangoo", period=after).json()["id"])
    nadia, read = village.as_("Nadia"), {"odometer_km": 10_050, "level_percent": 75}
    refused = nadia.api("POST", f"{here}/keys", read)
    assert (refused.status, refused.code, "Paul has had these keys" in refused.text) == (409, "still-out", True)
    has = nadia.api("GET", f"{here}/to-know").json()["with_another"]
    assert (has["driver_id"], has["name"], has["late"]) == (str(village.member("Paul")), "Paul", False)
    assert nadia.api("POST", f"{here}/keys", read | {"given_by": has["driver_id"]}).status == 201
    village.settle()
    his = village.as_("Paul").api("GET", f"{PATH}/{pauls}").json()
    assert (his["status"], his["odometer_in_km"], his["told_by"]) == ("over", 10_050, str(village.member("Nadia")))
    assert village.ask(balance, COOP, village.member("Paul")) == -1750 + 700  # 50 km at 0.35, 2 of 5 parts his own


def test_kilometres_no_trip_tells_of_are_told(village: Village) -> None:
    zoe = village.vehicle("Zoé")
    gaps = f"/coops/{COOP}/vehicles/{zoe}/gaps"
    village.drove("Paul", "Zoé", 40)
    assert village.as_("Nadia").api("GET", gaps).json() == {"gaps": [], "overlaps": []}
    since = village.now
    village.pass_time(hours=5)
    booking_id = village.booked("Nadia", "Zoé")
    village.taken("Nadia", booking_id, 10_540)  # it came back at 10,040
    [gap] = village.as_("Nadia").api("GET", gaps).json()["gaps"]
    assert (gap["km"], gap["booking_id"]) == (500, str(booking_id))
    assert [datetime.fromisoformat(gap[name]) for name in ("since", "until")] == [since, village.now]


def test_hours_that_are_over_are_told_or_said_not_to_be_driven(village: Village) -> None:
    here, nadia = f"{PATH}/{village.booked('Nadia', 'Zoé')}", village.as_("Nadia")
    assert nadia.api("POST", f"{here}/not-driven", {}).code == "hours-to-come"
    village.pass_time(hours=2)
    assert nadia.api("GET", f"{here}/to-know").json()["to_do"] == "tell"
    late = {"taken_at": "2026-11-02T11:00:00+01:00", "odometer_km": 10_000, "level_percent": 75}
    assert nadia.api("POST", f"{here}/keys", late).code == "taken-too-late"
    assert village.as_("Paul").api("POST", f"{here}/not-driven", {}).status == 403
    key = uuid4()
    for _ in range(2):
        assert nadia.api("POST", f"{here}/not-driven", {}, key=key).status == 201
    assert nadia.api("GET", here).json()["status"] == "not_driven"
