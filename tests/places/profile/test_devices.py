"""The devices one is signed in on, on the page and by programs."""

from tests.kit.browser import Browser
from tests.kit.village import COOP, Village

PAGE = f"/coops/{COOP}/profile"


def test_another_device_can_be_signed_out(village: Village) -> None:
    mine = village.as_("Nadia")
    phone = Browser(village.client, village.session("Nadia", "Mozilla/5.0 (Android 14) Firefox/130"), "en")
    seen = mine.get(PAGE)
    assert seen.text.count("This one") == 1
    assert "Firefox, Android" in seen.text
    device = seen.html.split('action="/sessions/')[1].split('"')[0]
    after = mine.post(f"/sessions/{device}")
    assert after.status == 200
    assert phone.get(PAGE).status == 401
    assert mine.get(PAGE).status == 200
