"""Without a network a form waits on the phone, with its photos, says so, and is sent by itself, once."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Dialog, FilePayload, Page, Route, expect

from people.photos import photo
from tests.journeys.lived import HERE, Lived
from tests.kit.pictures import jpeg
from tests.kit.village import COOP
from tests.places.bookings.twingo import at, enter, row

WAITS = "Pas de réseau : gardez cette page ouverte, nous enverrons dès que possible."
RUNS = "import(document.getElementById('sending').dataset.script).then(() => true)"


def large_jpeg() -> bytes:
    """Return a picture as heavy as a phone's, of 12 megapixels: its grain is what weighs."""
    grain, light = Image.effect_noise((4032, 3024), 12), Image.linear_gradient("L").resize((4032, 3024))
    made = io.BytesIO()
    Image.merge("RGB", [ImageChops.add(light, grain, scale=2), grain, light]).save(made, "JPEG", quality=98)
    return made.getvalue()


def on_the_road(busy: Lived, name: str, car: str) -> UUID:
    booking_id = enter(busy.village, 12_345, car) if name == "Nadia" else busy.village.booked(name, car)
    busy.village.taken(name, booking_id, 12_345)
    busy.site.wind(busy.village.now + timedelta(hours=1))
    return booking_id


@contextmanager
def returning(busy: Lived, booking_id: UUID, **options: str) -> Iterator[Page]:
    """Open the return on her phone, all of it running, and fill it in."""
    with busy.device("Nadia", **options) as device:
        page = device.new_page()
        page.goto(f"{at(booking_id)}/return")
        page.evaluate(RUNS)
        page.get_by_label("Compteur maintenant").fill("12 360")
        page.get_by_label("3/4").check()
        yield page


def choose(page: Page, field: str, content: bytes) -> None:
    page.locator(field).set_input_files(FilePayload(name="IMG_2034.jpg", mimeType="image/jpeg", buffer=content))
    expect(page.locator(f"{field} ~ .chosen")).to_contain_text("IMG_2034.jpg")


def stay(dialog: Dialog, asked: list[str]) -> None:
    asked.append(dialog.type)
    dialog.dismiss()


def waits(page: Page) -> None:
    """See that it is said, that what was typed is still there, and that leaving the page would be asked back."""
    expect(page.get_by_role("status").filter(has_text=WAITS)).to_be_visible()
    expect(page.get_by_role("button", name="Modifier avant l’envoi")).to_be_focused()
    assert page.url.endswith("/return")
    assert page.get_by_label("Compteur maintenant").input_value() == "12 360"


def returned_once(busy: Lived, page: Page, booking_id: UUID) -> None:
    expect(page.locator("main")).to_contain_text("C’est rendu. Merci.", use_inner_text=True)
    assert page.url.endswith(at(booking_id))
    assert page.get_by_text("Nadia a rendu le véhicule").count() == 1
    assert row(busy.village, booking_id).distance_km == 15


def test_a_return_with_a_photo_waits_and_is_sent_once_when_the_network_is_back(busy: Lived) -> None:
    booking_id = on_the_road(busy, "Nadia", "Ritmo")
    with returning(busy, booking_id) as page:
        heavy = large_jpeg()
        assert len(heavy) > 6_000_000
        choose(page, "#photo", heavy)
        assert page.evaluate("document.getElementById('photo').files[0].size") < 1_000_000
        page.context.set_offline(True)
        page.get_by_role("button", name="Je l’ai rendu").tap()
        waits(page)
        assert row(busy.village, booking_id).status == "under_way"
        page.context.set_offline(False)
        returned_once(busy, page, booking_id)
    (kept,) = row(busy.village, booking_id).photos
    shown = busy.village.ask(photo, COOP, kept)
    assert Image.open(io.BytesIO(shown)).size == (1600, 1200)


def test_an_answer_lost_on_its_way_is_asked_for_again_and_counts_once(busy: Lived) -> None:
    booking_id, sent = on_the_road(busy, "Nadia", "Regata"), list[int]()

    def lose_the_first(route: Route) -> None:
        sent.append(route.fetch().status if route.request.method == "POST" and not sent else 0)
        route.continue_() if sent[-1] == 0 else route.abort("connectionreset")

    with returning(busy, booking_id, service_workers="block") as page:
        page.route("**/return", lose_the_first)
        choose(page, "#photo", jpeg())
        page.get_by_role("button", name="Je l’ai rendu").tap()
        returned_once(busy, page, booking_id)
    assert sent[:2] == [204, 0]
    assert len(row(busy.village, booking_id).photos) == 1


def test_what_the_rules_refuse_once_it_leaves_is_shown_with_all_that_was_typed(busy: Lived) -> None:
    booking_id = on_the_road(busy, "Nadia", "Tempra")
    with returning(busy, booking_id) as page:
        page.get_by_label("Compteur maintenant").fill("12 300")
        choose(page, "#photo", jpeg())
        page.context.set_offline(True)
        page.get_by_role("button", name="Je l’ai rendu").tap()
        expect(page.get_by_role("status").filter(has_text=WAITS)).to_be_visible()
        page.context.set_offline(False)
        expect(page.get_by_role("alert")).to_be_focused()
        expect(page.locator("main")).to_contain_text("Votre photo est gardée")
        page.get_by_label("Compteur maintenant").fill("12 360")
        page.get_by_role("button", name="Je l’ai rendu").tap()
        returned_once(busy, page, booking_id)


def test_who_closes_a_page_that_waits_is_asked_and_may_change_what_she_typed(busy: Lived) -> None:
    booking_id, asked = on_the_road(busy, "Nadia", "Croma"), list[str]()
    with returning(busy, booking_id) as page:
        page.context.set_offline(True)
        page.get_by_role("button", name="Je l’ai rendu").tap()
        waits(page)
        page.once("dialog", lambda dialog: stay(dialog, asked))
        page.close(run_before_unload=True)
        page.get_by_role("button", name="Modifier avant l’envoi").tap()
        assert asked == ["beforeunload"]
        page.get_by_label("Compteur maintenant").fill("12 355")
        page.context.set_offline(False)
        expect(page.get_by_text(WAITS)).to_be_hidden()
        assert row(busy.village, booking_id).status == "under_way"
        page.get_by_role("button", name="Je l’ai rendu").tap()
        expect(page.locator("main")).to_contain_text("10 km", use_inner_text=True)


def test_a_form_that_was_open_for_too_long_comes_back_as_it_was_typed(busy: Lived) -> None:
    with busy.device("Nadia", service_workers="block") as device:
        page = device.new_page()
        page.goto(f"{HERE}/expenses/new")
        page.evaluate(RUNS)
        page.locator("#amount").fill("30")
        page.get_by_label("Réparation").check()
        page.locator("#vehicle_id").select_option("coop")
        page.evaluate("document.querySelector('main [name=_csrf_token]').value = 'old'")
        page.get_by_role("button", name="Ajouter la dépense").tap()
        expect(page.get_by_role("heading", name="Ouverte depuis trop longtemps")).to_be_visible()
        page.get_by_role("button", name="Retrouver mon formulaire").tap()
        expect(page.locator("#amount")).to_have_value("30")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_photo_is_taken_or_chosen_and_shown(busy: Lived, *, scripts: bool) -> None:
    with busy.device("Nadia", java_script_enabled=scripts, service_workers="block") as device:
        page = device.new_page()
        page.goto(f"{HERE}/expenses/new")
        field = page.locator("#receipt")
        assert field.get_attribute("capture") is None  # the gallery stays
        assert field.get_attribute("accept") == "image/*,application/pdf"
        expect(page.get_by_role("button", name="Prendre une photo")).to_be_visible(visible=scripts)
        if not scripts:
            box = field.bounding_box()
            assert box is not None
            assert box["height"] >= 48
            return
        with page.expect_file_chooser() as choosing:
            page.locator("label.button").filter(has_text="Choisir une photo ou un PDF").tap()
        choosing.value.set_files(FilePayload(name="reçu.jpg", mimeType="image/jpeg", buffer=jpeg()))
        expect(page.locator(".chosen")).to_have_text("reçu.jpg, 0,1 Mo")
        expect(page.locator(".chosen img")).to_be_visible()
        with page.expect_file_chooser():
            page.get_by_role("button", name="Prendre une photo").tap()
        heavy = FilePayload(name="facture.pdf", mimeType="application/pdf", buffer=b"%PDF-1.7".ljust(3_100_000))
        field.set_input_files(heavy)
        expect(page.locator(".chosen")).to_contain_text("facture.pdf, 3,1 Mo. C’est trop lourd pour être envoyé")
        assert field.evaluate("(field) => field.validity.customError")


def test_nothing_of_sending_is_seen_until_something_is_sent(busy: Lived) -> None:
    with busy.device("Nadia") as device:
        page = device.new_page()
        page.goto(f"{HERE}/expenses/new")
        page.evaluate(RUNS)
        for hidden in ("#sending-stop", "#sending-progress", "#sending-told"):
            expect(page.locator(hidden)).to_be_hidden()
