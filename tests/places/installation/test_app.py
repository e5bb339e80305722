"""What makes the pages an app, the installation's health, and the local mailbox."""

import pytest

from api.web.frame import STATIC
from tests.kit.village import Village


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_manifest_is_json_and_its_icons_are_there(village: Village, lang: str) -> None:
    answer = village.anyone(lang).get("/manifest.webmanifest")
    assert answer.headers["content-type"].startswith("application/manifest+json")
    manifest = answer.json()
    assert (manifest["lang"], manifest["start_url"]) == (lang, "/")
    for icon in manifest["icons"]:
        assert (STATIC / str(icon["src"]).removeprefix("/static/")).exists()


def test_health_tells_how_many_processes_are_parked(village: Village) -> None:
    assert village.anyone().get("/health").json() == {"status": "ok", "parked": 0}


def test_the_local_mailbox_shows_the_letters_and_leads_to_their_links(village: Village) -> None:
    assert "No mail yet." in village.anyone().get("/mailbox").text
    village.anyone().post("/sign-in-links", email="nadia@example.org")
    village.letters()
    seen = village.anyone().get("/mailbox")
    assert "nadia@example.org" in seen.text
    assert 'href="/sign-in/' in seen.html
