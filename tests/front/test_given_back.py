"""What was typed is given back by whoever refuses a form before its page is reached, and does nothing by itself."""

import html
import re
from typing import Any

import pytest

from tests.front.visitor import Visitor, position, visit
from tests.kit.databases import on_sqlite
from tests.kit.pictures import jpeg
from tests.kit.village import COOP, Village
from tests.places.conftest import village, village_rows

__all__ = ["village", "village_rows"]

pytestmark = on_sqlite

HERE = f"/coops/{COOP}"
TYPED = {"kind": "repair", "amount": "45,50", "split": "equal", "note": "Pneus neufs, posés à Crest"}
SAME = {"sec-fetch-site": "same-origin"}
BUTTON = "Back to my form"


def expense(village: Village) -> dict[str, str]:
    return TYPED | {"vehicle_id": str(village.vehicle("Kangoo"))}


def hidden_in(page: str) -> dict[str, Any]:
    """Return what the form that was kept would send."""
    form = re.search(r"(?s)<form method=\"post\" action=\"[^\"]*expenses\">.*?</form>", page)
    assert form
    return {name: html.unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form[0])}


def stale(village: Village, headers: dict[str, str], **more: Any) -> Any:
    """Send an expense with a token that is not the browser's."""
    return visit(village, "Amina").exactly_form(f"{HERE}/expenses", expense(village), headers, **more)


def test_a_page_open_for_too_long_gives_back_what_was_typed(village: Village) -> None:
    before = position(village)
    seen = stale(village, SAME)
    assert seen.status_code == 403
    assert "Pneus neufs, posés à Crest" in seen.text
    assert BUTTON in seen.text
    kept = hidden_in(seen.text)
    assert seen.cookies["csrftoken"] == kept["_csrf_token"]
    assert {name: kept[name] for name in expense(village)} == expense(village)
    shown = visit(village, "Amina").post(f"{HERE}/expenses", kept, csrf=kept["_csrf_token"])
    assert shown.status_code == 200
    for value in ('value="45,50"', 'value="Pneus neufs, posés à Crest"', f'value="{kept["command_id"]}"'):
        assert value in shown.text
    assert "Nothing is done yet" in shown.text
    assert position(village) == before


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": "cross-site", "origin": "http://localhost:8000"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ],
)
def test_a_form_that_another_site_may_have_sent_is_never_given_back(village: Village, headers: dict[str, str]) -> None:
    seen = stale(village, headers)
    assert (seen.status_code, "Pneus" in seen.text, "<form" in seen.text) == (403, False, False)


def test_an_old_browser_that_says_its_origin_alone_is_believed(village: Village) -> None:
    assert BUTTON in stale(village, {"origin": village.site.settings.base_url}).text


def test_a_photo_is_not_kept_and_that_is_said(village: Village) -> None:
    seen = stale(village, SAME, files={"receipt": ("a.jpg", jpeg(), "image/jpeg")})
    assert "The photo could not be kept: choose it again." in seen.text
    assert "The photo could not be kept" not in stale(village, SAME).text


def test_who_was_signed_out_meanwhile_comes_back_to_her_form(village: Village) -> None:
    seen = Visitor(village.client).post(f"{HERE}/expenses", expense(village))
    assert seen.status_code == 401
    assert "Pneus neufs, posés à Crest" in seen.text
    assert 'action="/sign-in-links" class="card" target="_blank"' in seen.text
    shown = visit(village, "Amina").post(f"{HERE}/expenses", hidden_in(seen.text))
    assert 'value="45,50"' in shown.text
    assert "Nothing is done yet" in shown.text


def test_while_the_house_is_put_in_order_the_form_is_kept(village: Village) -> None:
    village.site.rebuilding = 1
    seen = visit(village, "Amina").exactly_form(f"{HERE}/expenses", expense(village), SAME, valid=True)
    village.site.rebuilding = None
    assert (seen.status_code, seen.headers["retry-after"]) == (503, "5")
    assert "Pneus neufs, posés à Crest" in seen.text


def test_a_button_alone_has_nothing_to_give_back(village: Village) -> None:
    seen = visit(village, "Amina").exactly_form("/sessions/current", {}, SAME)
    assert (seen.status_code, BUTTON in seen.text) == (403, False)


def test_what_is_refused_on_its_way_is_said_in_the_language_of_the_page(village: Village) -> None:
    """She chose French in her profile, and her browser asks for English."""
    shown = visit(village, "Amina").get(f"{HERE}/", **{"accept-language": "fr"})
    assert shown.cookies["spoken"] == "en"  # she reads English, whatever the browser asks for
    nobody = Visitor(village.client)
    told = nobody.get("/nothing-here", cookie="spoken=en", **{"accept-language": "fr"})
    assert "<h1>Nothing here</h1>" in told.text
    assert "spoken" not in visit(village, "Amina").get(f"{HERE}/", **{"accept-language": "en"}).cookies
