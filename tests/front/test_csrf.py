"""Nobody acts in someone else's name: not by a form on another site, a planted cookie, an old link, a false address."""

import re
from datetime import timedelta

from people.sign_in import LINK_LASTS
from tests.front.ids import ids_of
from tests.front.visitor import Visitor, position, visit
from tests.front.ways import WAYS
from tests.kit.databases import once
from tests.kit.erasing import erased
from tests.kit.village import COOP, Village

LINK = re.compile(r"/sign-in/[\w-]+")
SENT_ELSEWHERE = (
    "http://[x",
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "/\t/evil.example/",
    "\\\\evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "evil.example",
    "/\r\nLocation: https://evil.example/",
    "/%0d%0aSet-Cookie: a=b",
)

pytestmark = once


def test_no_form_is_taken_without_its_token(lived: Village) -> None:
    nadia, ids, before = visit(lived, "Nadia"), ids_of(lived, COOP, "Nadia"), position(lived)
    for way in WAYS:
        if way.method == "POST" and not way.is_api:
            for token in ("", "forged", "0" * 128):
                response = nadia.post(way.to(ids), {"_csrf_token": token}, csrf="")
                assert response.status_code == 403, way
                assert "open for too long" in response.text
                assert "<h1>Open for too long</h1>" in response.text
    assert position(lived) == before


def test_another_visitors_token_is_no_token(lived: Village) -> None:
    response = visit(lived, "Nadia").post(
        "/sessions/current", {"_csrf_token": Visitor.csrf_token()}, csrf=Visitor.csrf_token()
    )
    assert response.status_code == 403


def test_programs_are_not_signed_in_by_a_cookie(lived: Village) -> None:
    ids, token = ids_of(lived, COOP, "Nadia"), lived.as_("Nadia").token
    nobody = Visitor(lived.client)
    for way in WAYS:
        if way.is_api and way.who != "everyone":
            response = nobody.api(way.method, way.to(ids), cookie=f"session={token}")
            assert response.status_code == 401, way


def test_pages_are_not_opened_by_a_bearer_token(lived: Village) -> None:
    token = lived.as_("Nadia").token
    assert Visitor(lived.client).get(f"/coops/{COOP}/", authorization=f"Bearer {token}").status_code == 401


def test_a_session_planted_before_sign_in_is_not_the_one_after(lived: Village) -> None:
    planted = "a-session-the-attacker-knows"
    link = asked_link(lived, "Nadia")
    response = Visitor(lived.client, planted).post("/sessions", token_of(link))
    assert response.status_code == 303
    assert response.cookies["session"] not in ("", planted)
    assert Visitor(lived.client, planted).get(f"/coops/{COOP}/").status_code == 401
    assert Visitor(lived.client, response.cookies["session"]).get(f"/coops/{COOP}/").status_code == 200


def test_signing_out_ends_the_session_itself(lived: Village) -> None:
    token = lived.as_("Nadia").token
    assert Visitor(lived.client, token).post("/sessions/current").status_code == 303
    assert Visitor(lived.client, token).get(f"/coops/{COOP}/").status_code == 401


def test_a_link_is_used_once(lived: Village) -> None:
    link, nobody = asked_link(lived, "Nadia"), Visitor(lived.client)
    assert nobody.get(link).status_code == 200  # a mail scanner opens it first
    assert nobody.get(link).status_code == 200
    assert nobody.post("/sessions", token_of(link)).status_code == 303
    again = nobody.post("/sessions", token_of(link))
    assert again.status_code == 410
    assert "session" not in again.cookies
    assert nobody.get(link).status_code == 410


def test_a_link_is_soon_too_old(lived: Village) -> None:
    link, nobody = asked_link(lived, "Nadia"), Visitor(lived.client)
    lived.clock.now += LINK_LASTS + timedelta(seconds=1)
    assert nobody.get(link).status_code == 410
    assert nobody.post("/sessions", token_of(link)).status_code == 410


def test_the_link_and_the_session_of_someone_erased_open_nothing(lived: Village) -> None:
    link, token = asked_link(lived, "Nadia"), lived.as_("Nadia").token
    departure = f"/coops/{COOP}/members/{lived.member('Nadia')}/departure"
    left = visit(lived, "Nadia").post(departure, {"understood": "on"})
    assert left.status_code == 303
    erased(lived.site.history, COOP, lived.member("Nadia"), lived.now)
    response = Visitor(lived.client).post("/sessions", token_of(link))
    assert response.status_code == 410
    assert "session" not in response.cookies
    assert Visitor(lived.client, token).get(f"/coops/{COOP}/").status_code == 401


def test_nobody_is_sent_to_another_site(lived: Village) -> None:
    nobody = Visitor(lived.client)
    for address in SENT_ELSEWHERE:
        stays(nobody.post("/language", {"lang": "fr", "next": address}).headers.get("location", "/"))
        lived.clock.now += timedelta(hours=1)  # links are few an hour
        stays(nobody.post("/sessions", token_of(asked_link(lived, "Nadia", next=address))).headers.get("location", "/"))
        nadia = visit(lived, "Nadia")
        left = nadia.post(f"/sessions/{ids_of(lived, COOP, 'Nadia')['session_id']}", referer=address)
        assert left.status_code < 500
        stays(left.headers.get("location", "/"))


def test_an_undo_read_from_a_cookie_stays_on_this_site(lived: Village) -> None:
    for address in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        said = f"%5B%22Done.%22%2C%22{address}%22%5D"
        assert "evil" not in visit(lived, "Nadia").get(f"/coops/{COOP}/", cookie=f"said={said}").text


def stays(address: str) -> None:
    assert re.match(r"/([^/\\\x00-\x20]|$)", address), address
    assert "\r" not in address
    assert "\n" not in address


def token_of(link: str) -> dict[str, str]:
    """Return what the page of a link sends."""
    return {"token": link.removeprefix("/sign-in/")}


def asked_link(village: Village, name: str, **more: str) -> str:
    """Ask for a link as someone does and return the address in the mail."""
    asked = Visitor(village.client).post("/sign-in-links", {"email": f"{name.lower()}@example.org"} | more)
    assert asked.status_code == 303
    return next(found[0] for letter in village.letters_to(name) if (found := LINK.search(letter.body)))
