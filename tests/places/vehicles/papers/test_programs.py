"""A vehicle's papers for programs: what it waits for has a code, a letter goes up alone, what is odd is asked back."""

from uuid import UUID, uuid4

import pytest

from people.photos import keep_photo
from tests.kit.pictures import PDF, jpeg
from tests.kit.village import COOP, ELSEWHERE, Village
from tests.places.vehicles.test_programs import BIKE, FREE, PAGE

FAR, SHOWN = UUID(int=0xFA), UUID(int=0x5E)
CAR = BIKE | {"kind": "car", "plate": "ZA-001-AZ", "seats": 5, "odometer_km": 90_000}


def test_a_program_is_told_what_a_vehicle_waits_for(village: Village) -> None:
    claire = village.as_("Claire")
    entered = claire.api("POST", PAGE, CAR | {"papers": [{"kind": "insurance", "valid_until": "2027-10-31"}]})
    village.settle()
    here = f"{PAGE}/{entered.json()['id']}"
    why = {"code": "waits-for-papers", "details": {"papers": ["consent", "inspection"]}}
    assert claire.api("GET", f"{here}/terms").json()["why_not"] == why
    [found] = [row for row in claire.api("GET", FREE).json() if row["name"] == "Bakfiets"]
    assert (found["free"], found["why_not"]) == (False, why)
    papers = {row["kind"]: (row["needed"], row["state"]) for row in claire.api("GET", f"{here}/papers").json()}
    assert papers == {
        "insurance": (True, "in_order"),
        "consent": (True, "missing"),
        "inspection": (True, "missing"),
        "registration": (False, "missing"),
    }
    hours = {"start": "2026-11-03T18:00:00+01:00", "end": "2026-11-03T20:00:00+01:00"}
    book = {"vehicle_id": entered.json()["id"], "period": hours}
    assert village.as_("Nadia").api("POST", f"/coops/{COOP}/bookings", book).code == "waits-for-papers"


def test_a_program_files_the_insurer_s_consent(village: Village) -> None:
    jean, here, key = village.as_("Jean"), f"{PAGE}/{village.vehicle('Clio')}", uuid4()
    headers = {"authorization": f"Bearer {jean.token}", "idempotency-key": str(key), "content-type": "application/pdf"}
    kept = village.client.post(f"/api/coops/{COOP}/papers", content=PDF + b" ", headers=headers)
    assert (kept.status_code, kept.json()) == (201, {"photo_id": str(key)})
    paper = {"kind": "consent", "given_on": "2026-10-20", "photo_id": str(key)}
    assert jean.api("POST", f"{here}/papers", {"paper": paper}).status == 201
    assert jean.api("GET", f"{here}/consent").content == PDF + b" "
    assert village.as_("Nadia").api("GET", f"{here}/consent").status == 403
    assert village.as_("Nadia").api("GET", f"/coops/{COOP}/photos/{key}").status == 404
    [row] = [row for row in village.as_("Nadia").api("GET", f"{here}/papers").json() if row["kind"] == "consent"]
    assert (row["given_on"], row["has_file"], "photo_id" in row) == ("2026-10-20", True, False)


def test_a_file_of_another_co_op_or_one_that_all_may_see_is_no_paper(village: Village) -> None:
    damages = f"{PAGE}/{village.vehicle('Kangoo')}/damages"
    with village.site.writing() as connection:
        for coop_id, photo_id in ((ELSEWHERE, FAR), (COOP, SHOWN)):
            keep_photo(connection, village.site.keyring, coop_id, photo_id, jpeg(), village.now)
    seen = {"part": "front", "sentence": "A scratch", "photo_id": str(SHOWN)}
    assert village.as_("Nadia").api("POST", damages, seen).status == 201
    for photo_id in (FAR, SHOWN, uuid4()):
        paper = {"paper": {"kind": "consent", "given_on": "2026-10-20", "photo_id": str(photo_id)}}
        answer = village.as_("Jean").api("POST", f"{PAGE}/{village.vehicle('Clio')}/papers", paper)
        assert (answer.status, answer.code) == (409, "no-such-photo")
        entering = CAR | {"papers": [paper["paper"]]}
        assert village.as_("Claire").api("POST", PAGE, entering).code == "no-such-photo"
    assert village.as_("Paul").get(f"/coops/{COOP}/photos/{SHOWN}").status == 200


@pytest.mark.parametrize(
    ("paper", "code"),
    [
        ({"kind": "inspection", "valid_until": "2026-11-01"}, "past-day"),
        ({"kind": "insurance", "valid_until": "2062-11-01"}, "far-day"),
        ({"kind": "inspection", "first_registered_on": "2026-11-03"}, "not-yet-given"),
        ({"kind": "consent", "given_on": "2026-10-01"}, "consent-needs-proof"),
        ({"kind": "insurance", "valid_until": "2027-11-01", "given_on": "2026-10-01"}, "of-another-paper"),
    ],
)
def test_an_odd_paper_has_a_code(village: Village, paper: dict[str, str], code: str) -> None:
    here = f"{PAGE}/{village.vehicle('Clio')}/papers"
    answer = village.as_("Jean").api("POST", here, {"paper": paper})
    assert (answer.status, answer.code) == (409, code)
    if code in ("past-day", "far-day"):
        meant = {"paper": paper | {"confirmed": paper["valid_until"]}}
        assert village.as_("Jean").api("POST", here, meant).status == 201


def test_a_paper_sent_again_is_filed_once(village: Village) -> None:
    here, key = f"{PAGE}/{village.vehicle('Clio')}/papers", uuid4()
    body = {"paper": {"kind": "inspection", "valid_until": "2027-11-01"}}
    answers = {village.as_("Jean").api("POST", here, body, key=key).json()["position"] for _ in range(3)}
    assert len(answers) == 1
