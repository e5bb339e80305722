"""Vehicles for programs: the same doors as the pages, strictly."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from fleet.queries import access_code, vehicles_in_service
from governance.roles import Role
from governance.rules.queries import rules_in_force
from tests.kit.slices import walked
from tests.kit.village import COOP, NOW, Village

FREE = f"/coops/{COOP}/availability"
PAGE = f"/coops/{COOP}/vehicles"
BIKE: dict[str, Any] = {
    "name": "Bakfiets",
    "kind": "cargo_bike",
    "sharing": "group",
    "energy": "electric",
    "seats": 1,
    "home": {"text": "Rue du Viaduc", "latitude": "44.7521", "longitude": "5.3689"},
    "handover": "key_box",
}
CHANGES = [
    ("name", {"name": "La Rouge"}),
    ("colour", {"colour": "midnight blue"}),
    ("papers", {"paper": {"kind": "inspection", "valid_until": "2028-03-31"}}),
    ("home", {"home": {"text": "Valence"}}),
    ("handbook", {"text": "Choke on the left."}),
    ("withdrawal", {}),
]


def in_service(village: Village) -> int:
    return len(village.ask(vehicles_in_service, COOP, on=NOW.date()))


def test_a_program_says_from_where_it_walks_too(village: Village) -> None:
    nadia = village.as_("Nadia")
    [clio] = [
        row for row in nadia.api("GET", f"{FREE}?latitude=44.7521&longitude=5.3689").json() if row["name"] == "Clio"
    ]
    assert clio["walk_m"] == 253  # 116 m north and 156 m east of there, streets being 1.3 times as long
    alone = nadia.api("GET", f"{FREE}?latitude=44.7531")
    assert (alone.status, [*alone.json()["fields"]]) == (422, ["longitude"])


def test_a_program_is_told_prices_and_places_in_figures(village: Village) -> None:
    asked = "start=2026-11-03T18:00:00%2B01:00&end=2026-11-03T20:00:00%2B01:00"
    found = village.as_("Nadia").api("GET", f"{FREE}?{asked}").json()
    clio = next(each for each in found if each["name"] == "Clio")
    assert (clio["free"], clio["needs_approval"], clio["why_not"]) == (True, True, None)
    assert (clio["owner_name"], clio["per_km"], clio["estimate"]) == ("Jean", "0.30", {"cents": 600, "currency": "EUR"})
    assert len(found) == 4


@pytest.mark.parametrize("asked", ["start=tomorrow&end=tomorrow", "start=2026-11-03T18:00:00&end=2026-11-03T20:00:00"])
def test_a_program_says_exact_hours(village: Village, asked: str) -> None:
    seen = village.as_("Nadia").api("GET", f"{FREE}?{asked}")
    assert seen.status == 422
    assert seen.json()["fields"]


def test_vehicles_are_listed_with_names_for_their_fields(village: Village) -> None:
    renamed = village.as_("Claire").api("POST", f"{PAGE}/{village.vehicle('Biporteur')}/name", {"name": "éclair"})
    assert renamed.status == 201
    found = walked(village.as_("Nadia"), PAGE)
    assert [each["name"] for each in found] == ["Clio", "éclair", "Kangoo", "Zoé"]
    assert found[2]["owners"][0]["parts"] == 2
    assert found[0]["home"]["latitude"] == "44.75314"


def test_one_vehicle_its_papers_readings_and_damages(village: Village) -> None:
    here = f"{PAGE}/{village.vehicle('Clio')}"
    browser = village.as_("Nadia")
    village.drove("Jean", "Clio", 40)
    assert browser.api("GET", here).json()["plate"] == "AB-124-CD"
    papers = browser.api("GET", f"{here}/papers").json()
    assert {each["kind"]: each["state"] for each in papers}["inspection"] == "in_order"
    readings = walked(browser, f"{here}/readings")
    assert [each["km"] for each in readings] == [10_040, 10_000, 10_000]
    reported = browser.api("POST", f"{here}/damages", {"part": "left", "sentence": "A scratch"})
    (damage,) = browser.api("GET", f"{here}/damages").json()["items"]
    assert (damage["damage_id"], damage["sentence"]) == (reported.json()["id"], "A scratch")


def test_no_answer_ever_holds_the_code_of_a_key_box(village: Village) -> None:
    here = f"{PAGE}/{village.vehicle('Clio')}"
    browser = village.as_("Jean")
    body = {"text": "Choke on the left.", "access_code": "74-31-A"}
    assert browser.api("POST", f"{here}/handbook", body).status == 201
    for path in (PAGE, here, f"{here}/papers", f"{here}/readings", f"{here}/damages"):
        assert "74-31-A" not in browser.api("GET", path).text
    assert village.ask(access_code, COOP, village.vehicle("Clio")) == "74-31-A"


@pytest.mark.parametrize("path", ["", "/{clio}", "/{clio}/papers", "/{clio}/readings", "/{clio}/damages"])
def test_only_members_ask_about_vehicles(village: Village, path: str) -> None:
    here = PAGE + path.format(clio=village.vehicle("Clio"))
    assert village.anyone().api("GET", here).status == 401
    for who in ("Olga", "Sacha"):
        assert village.as_(who).api("GET", here).status == 403
    if path:
        assert village.as_("Nadia").api("GET", PAGE + path.format(clio=uuid4())).status == 404


def test_a_program_asks_on_which_terms_it_may_be_had(village: Village) -> None:
    terms = f"/coops/{COOP}/vehicles/{village.vehicle('Clio')}/terms"
    nadia, jean = (village.as_(who).api("GET", terms).json() for who in ("Nadia", "Jean"))
    assert (nadia["needs_approval"], jean["needs_approval"]) == (True, False)  # Jean lends it
    assert (nadia["why_not"], nadia["rate"]) == (None, jean["rate"])
    assert village.as_("Olga").api("GET", terms).status == 403
    village.as_("Jean").api("POST", terms.replace("terms", "withdrawal"), {})
    village.settle()
    assert village.as_("Nadia").api("GET", terms).json()["why_not"]["code"] == "not-in-service"


@pytest.mark.parametrize(
    ("days", "why"),
    [
        ({"registration": "2026-10-01"}, None),
        ({"insurance": "2026-10-01"}, "insurance"),
        ({"insurance": "2026-10-02", "inspection": "2026-10-01"}, "inspection"),
    ],
)
def test_its_terms_and_a_search_say_the_same_of_its_papers(
    village: Village, days: dict[str, str], why: str | None
) -> None:
    here, jean = f"/coops/{COOP}/vehicles/{village.vehicle('Clio')}", village.as_("Jean")
    for kind, day in days.items():
        filed = {"paper": {"kind": kind, "valid_until": day, "confirmed": day}}
        assert jean.api("POST", f"{here}/papers", filed).status == 201
    village.settle()
    told = jean.api("GET", f"{here}/terms").json()["why_not"]
    [found] = [row for row in jean.api("GET", f"/coops/{COOP}/availability").json() if row["name"] == "Clio"]
    assert told == found["why_not"]
    assert (told and told["details"]["paper"]) == why


def test_a_vehicle_enters_once_at_its_price_however_often_it_is_sent(village: Village) -> None:
    key = uuid4()
    body = BIKE | {"price": {"per_km": "0", "per_hour": "0.50", "day_cap_hours": 8}, "longest_hours": 336}
    answers = [village.as_("Claire").api("POST", PAGE, body, key=key) for _ in range(3)]
    assert {(each.status, each.json()["id"]) for each in answers} == {(201, str(key))}
    village.settle()
    assert in_service(village) == 5
    own = village.ask(rules_in_force, COOP, NOW, key)
    said = {"price_per_km": "0.00", "price_per_hour": "0.50", "day_cap_hours": "8", "max_duration_hours": "336"}
    assert {rule: own[rule].value for rule in said} == said
    assert village.as_("Claire").api("POST", PAGE, body | {"seats": 2}, key=key).code == "command-reused"


@pytest.mark.parametrize(
    ("who", "change", "status", "code"),
    [
        ("Nadia", {}, 403, "by-a-referent"),
        ("Nadia", {"sharing": "lent", "owners": ["Jean"]}, 409, "by-an-owner"),
        ("Nadia", {"sharing": "lent", "owners": ["Olga"]}, 409, "owners-are-members"),
        ("Claire", {"sharing": "lent"}, 409, "one-owner-lends"),
        ("Claire", {"kind": "car"}, 409, "plate-needed"),
        ("Claire", {"price": {"per_km": "9"}}, 409, "out-of-bounds"),
        ("Claire", {"papers": [{"kind": "inspection"}]}, 409, "last-day-needed"),
    ],
)
def test_what_the_rules_refuse_has_a_code_and_stores_nothing(
    village: Village, who: str, change: dict[str, Any], status: int, code: str
) -> None:
    if named := change.get("owners"):
        change = change | {"owners": [{"member_id": str(village.member(name))} for name in named]}
    seen = village.as_(who).api("POST", PAGE, BIKE | change)
    assert (seen.status, seen.code) == (status, code)
    assert seen.headers["content-type"] == "application/problem+json"
    assert in_service(village) == 4


@pytest.mark.parametrize(
    "change",
    [
        {"colour": "red"},
        {"home": {"text": "Die", "street": "x"}},
        {"price": {"per_mile": "1"}},
        {"longest_hours": 721},
        {"seats": "1"},
        {"seats": 10**30},
        {"seats": 1.5},
        {"odometer_km": -1},
        {"name": ""},
        {"name": "a\u0000b"},
        {"name": None},
        {"access_code": "25\u000080"},
        {"kind": "boat"},
        {"equipment": "pets"},
        {"papers": [{"kind": "inspection", "valid_until": 0}]},
        {"papers": [{"kind": "inspection", "valid_until": "10000-01-01"}]},
        {"papers": [{"kind": "inspection", "valid_until": "2027-02-30"}]},
        {"photo_id": "a photo"},
        {"home": {"text": "Die", "latitude": 44.75, "longitude": 5.37}},
    ],
)
def test_a_body_that_is_not_as_described_is_told_where(village: Village, change: dict[str, Any]) -> None:
    seen = village.as_("Claire").api("POST", PAGE, BIKE | change)
    assert (seen.status, seen.code) == (400, "unreadable")
    assert in_service(village) == 4


@pytest.mark.parametrize("key", ["", "tomorrow", str(UUID(int=5, version=5))])
def test_a_write_needs_a_key_made_by_chance(village: Village, key: str) -> None:
    browser = village.as_("Claire")
    headers = {"authorization": f"Bearer {browser.token}", "idempotency-key": key}
    assert village.client.post(f"/api{PAGE}", json=BIKE, headers=headers).status_code == 400
    assert in_service(village) == 4


def test_a_program_says_its_colour_and_takes_it_back(village: Village) -> None:
    here, jean = f"{PAGE}/{village.vehicle('Clio')}", village.as_("Jean")
    told = []
    for colour in ("midnight blue", None):
        assert jean.api("POST", f"{here}/colour", {"colour": colour}).status == 201
        told.append(village.as_("Nadia").api("GET", here).json()["card"]["colour"])
    assert told == ["midnight blue", None]


@pytest.mark.parametrize(("what", "body"), CHANGES)
def test_only_those_who_look_after_a_vehicle_change_it(village: Village, what: str, body: dict[str, Any]) -> None:
    here = f"{PAGE}/{village.vehicle('Clio')}/{what}"
    assert village.anyone().api("POST", here, body).status == 401
    for who in ("Nadia", "Olga", "Sacha"):
        assert village.as_(who).api("POST", here, body).status == 403
    assert village.as_("Nadia").api("POST", f"{PAGE}/{uuid4()}/{what}", body).status == 404
    for who in ("Jean", "Claire"):
        assert village.as_(who).api("POST", here, body).status == 201


@pytest.mark.parametrize(
    ("who", "role", "status"),
    [
        ("Jean", None, 201),
        ("Claire", None, 201),
        ("Paul", Role.STEWARD, 201),
        ("Luc", Role.TREASURER, 403),
        ("Nadia", None, 403),
        ("Olga", None, 403),
    ],
)
def test_who_looks_after_a_vehicle_takes_it_out_of_service(
    village: Village, who: str, role: Role | None, status: int
) -> None:
    if role:
        village.give_role(who, role)
    here = f"{PAGE}/{village.vehicle('Clio')}"
    assert village.as_(who).api("POST", f"{here}/withdrawal", {}).status == status
    left_at = village.as_("Nadia").api("GET", here).json()["card"]["left_at"]
    assert (left_at is None) == (status == 403)


def test_a_program_that_says_nothing_of_the_code_keeps_it(village: Village) -> None:
    here = f"{PAGE}/{village.vehicle('Clio')}/handbook"
    jean = village.as_("Jean")
    for body, code in [
        ({"text": "Choke", "access_code": "1914"}, "1914"),
        ({"text": "No choke"}, "1914"),
        ({"access_code": None}, None),
    ]:
        assert jean.api("POST", here, body).status == 201
        assert village.ask(access_code, COOP, village.vehicle("Clio")) == code


def test_a_damage_is_mended_by_those_who_look_after_its_vehicle(village: Village) -> None:
    here = f"{PAGE}/{village.vehicle('Clio')}/damages"
    damage_id = village.as_("Nadia").api("POST", here, {"part": "left", "sentence": "A scratch"}).json()["id"]
    mending = f"/coops/{COOP}/damages/{damage_id}/mending"
    assert village.as_("Nadia").api("POST", mending, {}).status == 403
    assert village.as_("Jean").api("POST", mending, {}).status == 201
    assert village.as_("Nadia").api("GET", here).json()["items"] == []
    assert village.as_("Jean").api("POST", f"/coops/{COOP}/damages/{uuid4()}/mending", {}).status == 404


def test_damages_are_listed_in_the_order_they_were_seen(village: Village) -> None:
    here, reported = f"{PAGE}/{village.vehicle('Clio')}/damages", list[str]()
    for name, part in (("Nadia", "left"), ("Paul", "rear"), ("Jean", "right"), ("Nadia", "front")):
        body = {"part": part, "sentence": f"Seen by {name}"}
        reported.append(village.as_(name).api("POST", here, body).json()["id"])
        village.pass_time(minutes=1)
    assert village.as_("Jean").api("POST", f"/coops/{COOP}/damages/{reported.pop(1)}/mending", {}).status == 201
    found = walked(village.as_("Paul"), here)
    assert [each["damage_id"] for each in found] == reported
    assert [each["sentence"] for each in found] == ["Seen by Nadia", "Seen by Jean", "Seen by Nadia"]
