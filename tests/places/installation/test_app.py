"""What makes the pages an app, and the local mailbox."""

import pytest
from msgspec.structs import replace

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


def test_the_service_worker_is_a_script_of_ours(village: Village) -> None:
    told = village.anyone().get("/service-worker.js")
    assert told.headers["content-type"].startswith("text/javascript")
    assert told.content == (STATIC / "service-worker.js").read_bytes()


def test_what_is_shown_without_network_names_nobody(village: Village) -> None:
    seen = village.as_("Nadia").get("/offline")
    assert seen.status == 200
    assert "Nadia" not in seen.text
    assert "Sign in" not in seen.text  # she may well be


@pytest.mark.parametrize("told", [{"smtp_url": "smtp://mail.example"}, {"base_url": "https://voisiture.example"}])
def test_where_letters_leave_there_is_no_mailbox(village: Village, told: dict[str, str]) -> None:
    village.site.settings = replace(village.site.settings, **told)
    assert village.anyone().get("/mailbox").status == 404


def test_the_local_mailbox_shows_the_letters_and_leads_to_their_links(village: Village) -> None:
    assert "No mail yet." in village.anyone().get("/mailbox").text
    village.anyone().post("/sign-in-links", email="nadia@example.org")
    village.letters()
    seen = village.anyone().get("/mailbox")
    assert "nadia@example.org" in seen.text
    assert 'href="/sign-in/' in seen.html
