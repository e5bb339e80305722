"""What led somewhere in version 0.1.0: it still does, leads on to its successor, or is said to be gone."""

import re
from pathlib import Path

from tests.front.ids import ids_of
from tests.front.visitor import stands, visit
from tests.front.ways import WAYS
from tests.kit.databases import once
from tests.kit.village import COOP, Village

HERE = Path(__file__).parent
FORMER = [tuple(line.split()) for line in (HERE / "ways_of_0_1_0.txt").read_text(encoding="utf-8").splitlines()]
CHANGELOG = (HERE.parents[1] / "CHANGELOG.md").read_text(encoding="utf-8").partition("## 0.1.0")[0]

MOVED = {
    "/start": "/coops/new",
    "/join/{invitation_id:uuid}": "/invitations/{invitation_id:uuid}",
    "/coops/{coop_id:uuid}/vehicles": "/coops/{coop_id:uuid}/availability",
    "/coops/{coop_id:uuid}/gift": "/coops/{coop_id:uuid}/contributions/new",
    "/coops/{coop_id:uuid}/accounts/{entry_id:uuid}": "/coops/{coop_id:uuid}/entries/{entry_id:uuid}",
    "/coops/{coop_id:uuid}/vehicles/{vehicle_id:uuid}/book": "/coops/{coop_id:uuid}/bookings/new",
}
"""Pages: where each is now."""

FORMS_SENT_ELSEWHERE = {
    "/start": "/coops",
    "/join/{invitation_id:uuid}": "/invitations/{invitation_id:uuid}/acceptance",
    "/sign-in": "/sign-in-links",
    "/sign-in/{token:str}": "/sessions",
    "/sign-out": "/sessions/current",
    "/devices/{device_id:uuid}/sign-out": "/sessions/{session_id:uuid}",
    "/coops/{coop_id:uuid}/accounts/{entry_id:uuid}/reversal": "/coops/{coop_id:uuid}/entries/{entry_id:uuid}/reversal",
    "/coops/{coop_id:uuid}/gift": "/coops/{coop_id:uuid}/contributions",
    "/coops/{coop_id:uuid}/leave": "/coops/{coop_id:uuid}/members/{member_id:uuid}/departure",
    "/coops/{coop_id:uuid}/poster": "/coops/{coop_id:uuid}/invitations",
    "/coops/{coop_id:uuid}/vehicles/{vehicle_id:uuid}/damages/{damage_id:uuid}/mending": (
        "/coops/{coop_id:uuid}/damages/{damage_id:uuid}/mending"
    ),
}
"""Where a page's form was sent, and where today's page sends its own: a page still open from before is told so."""

LOST_TO_PROGRAMS = {
    "/api/coops/{coop_id:uuid}/invitations/{invitation_id:uuid}/acceptance": (
        "/api/invitations/{invitation_id:uuid}/acceptance"
    ),
    "/api/coops/{coop_id:uuid}/plans/{plan_id:uuid}/transfers/{line_id:uuid}/coop-payment": (
        "/api/coops/{coop_id:uuid}/plans/{plan_id:uuid}/transfers/{line_id:uuid}/payment"
    ),
    "/api/coops/{coop_id:uuid}/plans/{plan_id:uuid}/transfers/{line_id:uuid}/coop-receipt": (
        "/api/coops/{coop_id:uuid}/plans/{plan_id:uuid}/transfers/{line_id:uuid}/receipt"
    ),
}
"""What a program sent, and where it sends it now."""


def filled(path: str, ids: dict[str, str]) -> str:
    """Return an address of before with these ids."""
    return re.sub(r"\{(\w+):\w+\}", lambda found: ids.get(found[1], ids["session_id"]), path)


def test_nothing_of_before_is_lost_in_silence() -> None:
    now = {(way.method, way.path) for way in WAYS}
    gone = [each for each in FORMER if each not in now]
    told = {("POST", path) for path in FORMS_SENT_ELSEWHERE | LOST_TO_PROGRAMS}
    assert sorted(gone) == sorted(told)
    successors = (FORMS_SENT_ELSEWHERE | LOST_TO_PROGRAMS).values()
    assert [path for path in successors if ("POST", path) not in now] == []
    assert [path for path in MOVED.values() if ("GET", path) not in now] == []


def test_what_programs_have_lost_is_told_in_the_changelog() -> None:
    for before, now in LOST_TO_PROGRAMS.items():
        lost, successor = before.rsplit("/", 1)[-1], now.rsplit("/", 1)[-1]
        assert f"/{lost}" in CHANGELOG, before
        assert f"/{successor}" in CHANGELOG, now


@once
def test_a_page_of_before_leads_to_its_successor_with_what_it_asked_for(lived: Village) -> None:
    ids, nadia = ids_of(lived, COOP, "Nadia"), visit(lived, "Nadia")
    for before, now in MOVED.items():
        response = nadia.get(filled(before, ids) + "?start=2026-11-05T18%3A00%2B01%3A00")
        assert response.status_code == 308, before
        address, _, asked = response.headers["location"].partition("?")
        assert address == filled(now, ids)
        assert "start=2026-11-05T18%3A00%2B01%3A00" in asked
        assert nadia.get(response.headers["location"]).status_code == 200, before


@once
def test_each_is_led_to_her_own_way_out(lived: Village) -> None:
    nadia = visit(lived, "Nadia")
    response = nadia.get(f"/coops/{COOP}/leave")
    assert response.status_code == 303
    assert response.headers["location"] == f"/coops/{COOP}/members/{lived.member('Nadia')}/departure"
    assert nadia.get(response.headers["location"]).status_code == 200
    assert visit(lived, None).get(f"/coops/{COOP}/leave").status_code == 401


@once
def test_a_form_open_since_before_is_refused_clearly_and_does_nothing(lived: Village) -> None:
    ids, before = ids_of(lived, COOP, "Claire"), stands(lived)
    for path in FORMS_SENT_ELSEWHERE:
        response = visit(lived, "Claire").post(filled(path, ids), {"email": "sam@example.org", "understood": "on"})
        assert response.status_code in (404, 405), path
        assert "This address leads nowhere" in response.text, path
        assert 'href="/"' in response.text, path
        assert stands(lived) == before, path


@once
def test_a_mail_address_sent_where_invitations_were_mailed_opens_no_poster(lived: Village) -> None:
    before = stands(lived)
    response = visit(lived, "Claire").post(f"/coops/{COOP}/invitations", {"email": "sam@example.org"})
    assert response.status_code == 422
    assert stands(lived) == before


@once
def test_what_a_program_sends_as_before_is_answered_by_a_problem(lived: Village) -> None:
    ids, before = ids_of(lived, COOP, "Claire"), stands(lived)
    for path in LOST_TO_PROGRAMS:
        response = visit(lived, "Claire").api("POST", filled(path, ids))
        assert response.status_code == 404, path
        assert response.headers["content-type"] == "application/problem+json"
        assert stands(lived) == before, path
