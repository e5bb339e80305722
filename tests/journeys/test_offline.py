"""Without a network: my next booking stays readable, nothing of mine after signing out; and the app installs."""

import httpx
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.lived import HERE, Lived

CONTROLLED = "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"


def at_home(context: BrowserContext) -> Page:
    """Open the home page once the service worker watches over it."""
    page = context.new_page()
    page.goto(f"{HERE}/")
    page.wait_for_function(CONTROLLED)
    page.goto(f"{HERE}/")
    return page


def test_my_next_booking_stays_readable_without_network(busy: Lived) -> None:
    context = busy.device("Amina")
    page = at_home(context)
    context.set_offline(True)
    page.goto("/")
    expect(page.locator("main")).to_contain_text("Kangoo")
    expect(page.locator("main")).to_contain_text("Prendre les clés")
    expect(page.get_by_text("Pas de réseau : voici ce que vous avez vu à")).to_be_visible()
    page.goto(f"{HERE}/accounts")
    expect(page.locator("main")).to_contain_text("Votre prochaine réservation est gardée sur ce téléphone.")


def test_a_page_that_is_not_kept_is_no_sign_out_and_opens_once_there_is_a_network(busy: Lived) -> None:
    context = busy.device("Amina")
    page = at_home(context)
    context.set_offline(True)
    page.goto(f"{HERE}/accounts")
    expect(page.get_by_text("Vous êtes toujours connectée.")).to_be_visible()
    expect(page.locator("header")).to_contain_text("Amina")
    expect(page.locator("header")).to_contain_text("Les Voisins du Diois")
    page.get_by_role("navigation", name="Les cinq lieux").get_by_role("link", name="Accueil").tap()
    expect(page.locator("main")).to_contain_text("Kangoo")
    page.goto(f"{HERE}/accounts")
    expect(page.get_by_role("heading", name="Pas de réseau")).to_be_visible()
    context.set_offline(False)
    expect(page.get_by_role("heading", name="Pas de réseau")).to_be_hidden()
    assert page.url.endswith("/accounts")


def test_nothing_of_mine_stays_after_signing_out(busy: Lived) -> None:
    context = busy.device("Paul")
    page = at_home(context)
    page.goto(f"{HERE}/profile")
    page.get_by_role("button", name="Se déconnecter").last.tap()
    expect(page.get_by_role("button", name="M’envoyer le lien")).to_be_visible()
    context.set_offline(True)
    page.goto("/")
    expect(page.get_by_role("heading", name="Pas de réseau")).to_be_visible()
    expect(page.get_by_text("Vous êtes toujours connectée.")).to_be_hidden()
    assert "Zoé" not in page.inner_text("body")
    assert page.evaluate("caches.open('mine').then((mine) => mine.keys()).then((kept) => kept.length)") == 0


def test_it_can_be_installed(busy: Lived) -> None:
    context = busy.device()
    page = context.new_page()
    page.goto("/")
    found = context.new_cdp_session(page).send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [error["errorId"] for error in found if error["errorId"] != "in-incognito"] == []
    address = busy.site.settings.base_url
    manifest = httpx.get(f"{address}/manifest.webmanifest").json()
    assert (manifest["lang"], manifest["display"], manifest["start_url"]) == ("fr", "standalone", "/")
    sent = [httpx.get(f"{address}{icon['src']}") for icon in manifest["icons"]]
    assert [picture.headers["content-type"] for picture in sent] == [icon["type"] for icon in manifest["icons"]]
    assert all(picture.is_success for picture in sent)
