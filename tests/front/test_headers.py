"""What every answer carries, and what no page may hold: nothing inline, nothing from anyone else."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from httpx import Response
from msgspec.structs import replace

from api.app import HEADERS, create_app
from tests.front.ids import ids_of
from tests.front.visitor import Visitor, visit
from tests.front.ways import WAYS, Way
from tests.kit.databases import once
from tests.kit.still_site import client_of
from tests.kit.village import COOP, Clock, StillSite, Village, person_id_of, settings_of

LICENSE = "https://www.gnu.org/licenses/"
OPENED_BY_THE_PHONE = ("mailto", "tel", "geo")
SAVED = {"Content-Security-Policy": "default-src 'none'; sandbox"}  # of a file, which no page opens
GETS = [way for way in WAYS if way.method == "GET"]


class _Page(HTMLParser):
    """Collects what a page holds that the policy would block or that leads elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.inline: list[str] = []
        self.elsewhere: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "style" or (tag == "script" and "src" not in given):
            self.inline.append(tag)
        self.inline += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        for name in ("href", "src", "action", "srcset", "poster", "data", "formaction", "xlink:href"):
            if urlsplit(given.get(name, "")).scheme not in ("", *OPENED_BY_THE_PHONE) or given.get(name, "").startswith(
                "//"
            ):
                self.elsewhere.append(f"{tag} {given[name]}")


def answers(village: Village, name: str | None) -> list[tuple[Way, Response]]:
    """Return what every GET answers someone."""
    someone, ids = visit(village, name), ids_of(village, COOP, "Nadia")
    return [(way, someone.get(way.to(ids))) for way in GETS]


@once
@pytest.mark.parametrize("name", [None, "Nadia", "Claire", "Olga"])
def test_every_answer_carries_the_headers_and_is_not_stored(lived: Village, name: str | None) -> None:
    for way, response in answers(lived, name):
        saved = SAVED if "content-disposition" in response.headers else {}
        for header, value in (HEADERS | saved).items():
            assert response.headers[header] == value, (way, header)
        assert response.headers["cache-control"] == "no-store", way


@once
def test_answers_of_no_route_carry_them_too(lived: Village) -> None:
    nobody = Visitor(lived.client)
    lost = [nobody.get("/no/such/page"), nobody.get("/api/no/such/thing"), nobody.get("/static/no-such-file.css")]
    refused = [
        nobody.post("/sign-in-links", {"_csrf_token": "forged"}),
        nobody.api("POST", "/sign-in-links"),
        nobody.post("/manifest.webmanifest"),
    ]
    for response in (*lost, *refused):
        assert 400 <= response.status_code < 500
        assert response.headers.items() >= {key.lower(): value for key, value in HEADERS.items()}.items()


def test_the_policy_lets_nothing_inline_and_nobody_else_in() -> None:
    policy = dict(part.strip().split(" ", 1) for part in HEADERS["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert {name: value for name, value in policy.items() if "unsafe" in value or "http" in value or "*" in value} == {}
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["form-action"] == "'self'"


@once
@pytest.mark.parametrize("name", [None, "Nadia", "Claire"])
def test_no_page_holds_anything_inline_or_from_elsewhere(lived: Village, name: str | None) -> None:
    pages = 0
    for way, response in answers(lived, name):
        if response.headers.get("content-type", "").startswith("text/html"):
            page = _Page()
            page.feed(response.text)
            assert page.inline == [], way
            assert [each for each in page.elsewhere if LICENSE not in each] == [], way
            pages += 1
    assert pages > 10


@once
def test_scripts_styles_and_the_worker_ask_nobody_else(lived: Village) -> None:
    nobody = Visitor(lived.client)
    served = ("voisiture.css", "voisiture.js", "finding.js", "sending.js", "photos.js", "sharing.js", "offline.js")
    for address in (*(f"/static/{name}" for name in served), "/service-worker.js", "/manifest.webmanifest"):
        text = nobody.get(address).text
        assert not re.search(r"https?:(?!//www\.w3\.org/2000/svg)|url\(['\"]?//|@import|\beval\(|innerHTML", text), (
            address
        )


@once
def test_static_files_may_be_kept_for_ever(lived: Village) -> None:
    page = Visitor(lived.client).get("/sign-in").text
    kept = re.findall(r'"(/static/[^"]+)"', page)
    assert len(kept) >= 3
    for address in kept:
        response = Visitor(lived.client).get(address)
        assert response.status_code == 200
        assert "v=" in address
        assert "immutable" in response.headers["cache-control"]
        assert response.headers["x-content-type-options"] == "nosniff"


@once
@pytest.mark.parametrize(
    ("base_url", "secure"), [("http://localhost:8000", False), ("https://voisiture.example", True)]
)
def test_cookies_are_kept_from_scripts_and_other_sites(lived: Village, base_url: str, secure: bool) -> None:  # noqa: FBT001
    settings = replace(settings_of(str(lived.site.engine.url)), base_url=base_url, smtp_url="smtp://localhost")
    site = StillSite(settings, Clock(lived.now))
    with client_of(create_app(site)) as client:
        nobody = Visitor(client)
        set_by_sign_in = nobody.post(f"/people/{person_id_of('Nadia')}")
        answers = [
            nobody.get("/sign-in"),
            set_by_sign_in,
            nobody.post("/language", {"lang": "en"}),
            nobody.post("/sessions/current"),
        ]
        cookies = [line.lower() for each in answers for line in each.headers.get_list("set-cookie")]
    ours = "__host-" if secure else ""
    assert {line.split("=")[0] for line in cookies} == {f"{ours}csrftoken", f"{ours}marks", "session", "lang"}
    assert {answer.headers.get("strict-transport-security") for answer in answers} == {
        "max-age=31536000" if secure else None
    }
    assert answers[-1].headers["clear-site-data"] == '"cache"'
    for line in cookies:
        assert "httponly" in line
        assert "samesite=lax" in line
        assert ("secure" in line) == secure
        assert "domain=" not in line


@once
def test_a_signed_in_page_tells_no_cache_and_no_referrer_whose_it_is(lived: Village) -> None:
    response = visit(lived, "Nadia").get(f"/coops/{COOP}/")
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["referrer-policy"] == "same-origin"


@once
@pytest.mark.parametrize("name", [None, "Nadia"])
def test_who_asks_for_the_head_alone_is_answered_as_who_asks_for_all(lived: Village, name: str | None) -> None:
    ids, _varying = ids_of(lived, COOP, "Nadia"), {"set-cookie", "content-length", "date"}
    for way in GETS:
        someone = visit(lived, name)
        whole, head = someone.get(way.to(ids)), someone.exactly("HEAD", way.to(ids), b"", {})
        assert head.status_code == whole.status_code, way
        assert set(head.headers) == set(whole.headers), way
