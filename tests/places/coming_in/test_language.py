"""The language of the pages on one device: chosen by everyone, kept there, and one stays on the page."""

import pytest

from tests.kit.village import COOP, Village

PAGE = f"/coops/{COOP}/community"


@pytest.mark.parametrize(("lang", "before", "after"), [("fr", "en", "fr"), ("en", "fr", "en")])
def test_a_stranger_reads_the_language_she_chose(village: Village, lang: str, before: str, after: str) -> None:
    browser = village.anyone(before)
    assert f'<html lang="{before}"' in browser.get("/sign-in").html
    seen = browser.post("/language", lang=lang, next="/sign-in")
    assert (seen.path, seen.status) == ("/sign-in", 200)
    assert f'<html lang="{after}"' in seen.html
    assert f'<html lang="{after}"' in browser.get("/offline").html


def test_what_a_member_chose_on_a_device_goes_before_her_profile(village: Village) -> None:
    nadia = village.as_("Nadia")
    assert '<html lang="en"' in nadia.get(PAGE).html
    assert '<html lang="fr"' in nadia.post("/language", lang="fr", next=PAGE).html
    assert nadia.api("GET", "/me").json()["language"] == "en"


def test_the_page_one_was_on_comes_back_with_what_it_asked(village: Village) -> None:
    wanted = f"/coops/{COOP}/availability?when=tomorrow"
    assert village.as_("Nadia").post("/language", lang="fr", next=wanted).path == wanted


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", ""])
def test_nobody_is_sent_to_another_site(village: Village, address: str) -> None:
    assert village.anyone().post("/language", lang="fr", next=address).path == "/"


@pytest.mark.parametrize("lang", ["de", "", "FR", "x" * 300])
def test_a_language_that_is_not_spoken_is_refused(village: Village, lang: str) -> None:
    browser = village.anyone()
    assert browser.post("/language", lang=lang, next="/sign-in").status == 404
    assert "lang" not in browser.cookies


def test_a_page_whose_address_is_not_ascii_comes_back_too(village: Village) -> None:
    assert village.anyone().post("/language", lang="fr", next="/communauté/日本").status == 404  # found, and not there
