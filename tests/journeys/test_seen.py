"""At the keys: nothing is chosen beforehand; who sees something says what, with its own photo."""

import pytest
from playwright.sync_api import FilePayload, expect

from tests.journeys.lived import Lived
from tests.kit.pictures import jpeg
from tests.places.bookings.twingo import at, enter

PICTURE = FilePayload(name="rayure.jpg", mimeType="image/jpeg", buffer=jpeg("red"))


@pytest.mark.parametrize(("scripts", "car"), [(True, "Alto"), (False, "Swift")])
def test_what_is_seen_at_the_keys_is_told_with_its_photo(busy: Lived, car: str, *, scripts: bool) -> None:
    booking_id = enter(busy.village, 12_345, car)
    with busy.device("Nadia", java_script_enabled=scripts, service_workers="block") as device:
        page = device.new_page()
        page.goto(f"{at(booking_id)}/keys")
        nothing, something = page.get_by_label("Rien de neuf"), page.get_by_label("Je vois quelque chose")
        assert not nothing.is_checked()
        assert not something.is_checked()
        what = page.get_by_label("Que voyez-vous ?")
        expect(what).to_be_hidden()
        page.get_by_label("Plein").check()
        page.get_by_role("button", name="J’ai les clés").tap()
        assert page.url.endswith("/keys")  # the browser asks for one of both
        something.check()
        expect(what).to_be_visible()
        what.fill("Une rayure")
        page.locator("#damage_photo").set_input_files(PICTURE)
        page.get_by_role("button", name="J’ai les clés").tap()
        expect(page.locator("main")).to_contain_text("Tour du véhicule : quelque chose de nouveau", use_inner_text=True)
        page.get_by_role("link", name="Voir :").tap()
        damage = page.locator("li").filter(has_text="Une rayure")
        expect(damage.get_by_role("link", name="Voir la photo")).to_be_visible()
