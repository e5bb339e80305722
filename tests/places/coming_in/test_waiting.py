"""The page that waits for a letter: what comes next, and the six digits, typed where the letter's link cannot lead."""

import re

import pytest

from governance.events import InvitationKind
from people.codes import TRIES
from people.sign_in import LINKS_AN_HOUR
from tests.kit.browser import Browser, Seen
from tests.kit.village import COOP, Village
from tests.places.coming_in.links import accepted, came_in, code_in, link_in, wrong

HOME = f"/coops/{COOP}/"


def asked(browser: Browser, email: str = "nadia@example.org", **fields: str) -> Seen:
    """Ask for a link by the sign-in page; return the page that waits."""
    seen = browser.post("/sign-in-links", email=email, **fields)
    assert (seen.status, seen.path.startswith("/sign-in-codes/")) == (200, True)
    return seen


def without_secrets(seen: Seen) -> str:
    """Return a page without what it has anew each time."""
    return re.sub(r'value="[^"]*"|sign-in-codes/[\w-]*', "", seen.html)


def test_the_six_digits_come_in_on_the_page_that_waits_and_the_link_is_over(village: Village) -> None:
    waits, reads = village.anyone(), village.anyone()
    seen = asked(waits)
    for said in ('inputmode="numeric"', 'autocomplete="one-time-code"', 'maxlength="20"'):
        assert said in seen.html
    home = waits.post(seen.path, code=code_in(village, "Nadia"))
    assert (home.path, home.status, bool(waits.token), bool(reads.token)) == (HOME, 200, True, False)
    assert came_in(village, "Nadia", reads).status == 410
    assert village.anyone().post(seen.path, code=code_in(village, "Nadia")).status == 422


def test_the_page_that_waits_leads_where_she_was_going(village: Village) -> None:
    browser, page = village.anyone(), f"/coops/{COOP}/community"
    seen = asked(browser, next=page)
    assert browser.post(seen.path, code=code_in(village, "Nadia").replace("\u00a0", "")).path == page


def test_the_letter_begins_with_the_code_in_her_language(village: Village) -> None:
    asked(village.anyone("fr"))
    begins, *_ = village.letters_to("Nadia")[0].body.splitlines()
    assert re.fullmatch(r"Votre code\u00a0: \d{3}\u00a0\d{3}", begins)
    assert "ne le dites à personne" in village.letters_to("Nadia")[0].body


def test_a_link_that_was_pressed_leaves_the_code_no_use(village: Village) -> None:
    waits = village.anyone()
    seen = asked(waits)
    code = code_in(village, "Nadia")
    assert came_in(village, "Nadia", village.anyone()).status == 200
    assert waits.post(seen.path, code=code).status == 422
    assert not waits.token


def test_scanners_that_open_all_pages_use_nothing_up(village: Village) -> None:
    waits = village.anyone()
    seen = asked(waits)
    for path in (link_in(village, "Nadia"), seen.path) * 3:
        assert village.anyone().get(path).status == 200
    assert waits.post(seen.path, code=code_in(village, "Nadia")).path == HOME


def test_what_is_not_six_digits_is_no_try(village: Village) -> None:
    browser = village.anyone()
    seen = asked(browser)
    for typed in ("", "12345", "1234567", "12345O", "١٢٣٤٥٦") * 2:
        again = browser.post(seen.path, code=typed)
        assert (again.status, "Tries left" in again.text) == (422, False)
    assert "Type the six digits that the mail begins with." in again.text
    assert browser.post(seen.path, code=f" {code_in(village, 'Nadia')} ").path == HOME


def test_after_five_wrong_tries_the_page_says_so_and_the_link_still_works(village: Village) -> None:
    browser = village.anyone()
    seen, code = asked(browser), code_in(village, "Nadia")
    for left in range(TRIES - 1, 0, -1):
        told = browser.post(seen.path, code=wrong(code))
        assert (told.status, f"Tries left: {left}." in told.text) == (422, True)
        assert f'value="{wrong(code)}"' in told.html
    for typed in (wrong(code), code):
        dead = browser.post(seen.path, code=typed)
        assert (dead.status, "six digits" in dead.text) == (409, False)
        assert "This code cannot be tried any more. The link in the mail still works" in dead.text
        assert "Press the link in the mail" in dead.text
    assert came_in(village, "Nadia", browser).path == HOME


def test_nobody_learns_by_the_page_or_by_tries_who_is_a_member(village: Village) -> None:
    told = []
    for email in ("nadia@example.org", "nobody@example.org"):
        browser = village.anyone()
        seen = asked(browser, email)
        village.letters()
        pages = [browser.get(seen.path)]
        pages += [browser.post(seen.path, code="000000")]
        village.pass_time(minutes=31)
        pages += [browser.post(seen.path, code="000000") for _ in range(TRIES)]
        told.append([(page.status, without_secrets(page).replace(email, "")) for page in pages])
    assert told[0] == told[1]
    assert village.letters_to("Nobody") == []


def test_a_code_of_yesterday_asks_for_the_address_again(village: Village) -> None:
    browser = village.anyone()
    seen, code = asked(browser), code_in(village, "Nadia")
    village.pass_time(minutes=31)
    assert browser.post(seen.path, code=code).status == 422
    nowhere = browser.get("/sign-in-codes/nothing")
    assert (nowhere.status, "Send me a new link" in nowhere.text) == (410, True)
    assert browser.post("/sign-in-codes/nothing", code="123456").status == 410


@pytest.mark.parametrize("by_code", [False, True])
def test_joining_says_what_waits_for_her_yes_and_the_code_leads_to_it(village: Village, by_code: bool) -> None:  # noqa: FBT001
    invited, browser = village.invitation(InvitationKind.MAIL), village.anyone()
    seen = browser.post(f"/invitations/{invited}/acceptance", name="Vera", email="vera@example.org")
    assert "Les Voisins du Diois: only your yes is missing. Open the mail sent to vera@example.org." in seen.text
    assert f'href="/invitations/{invited}"' in seen.html
    page = browser.post(seen.path, code=code_in(village, "Vera")) if by_code else browser.get(link_in(village, "Vera"))
    assert (page.status, "I accept the charter" in page.text, browser.token) == (200, True, "")
    if by_code:
        assert village.anyone().get(link_in(village, "Vera")).status == 410
        home = browser.post(f"{page.path}/acceptance", name="Vera", charter="yes")
    else:
        home = accepted(village, "Vera", browser, name="Vera")
    assert (home.path, "Welcome: you are a member." in home.text) == (HOME, True)


def test_starting_says_what_is_ready_and_what_comes_next_in_french(village: Village) -> None:
    fields = {"commune": "26113", "pack": "light", "accent": "plum", "name": "Les roues de Saillans"}
    seen = village.anyone("fr").post("/coops", founder_name="Zoé", email="vera@example.org", **fields)
    said = "Les roues de Saillans : tout est prêt, il ne manque que votre oui."
    assert f"{said} Ouvrez le mail envoyé à vera@example.org." in seen.text
    assert village.letters_to("Vera")[0].subject == "Lancer Les roues de Saillans\u00a0: votre lien"
    known = asked(village.anyone("fr"))
    assert "Si l’adresse nadia@example.org est connue ici, un mail est en route." in known.text


def test_the_limit_of_links_is_that_of_codes(village: Village) -> None:
    browser = village.anyone()
    seen = [browser.post("/sign-in-links", email="nadia@example.org") for _ in range(LINKS_AN_HOUR + 1)]
    assert [page.status for page in seen] == [200] * LINKS_AN_HOUR + [429]
    assert not seen[-1].path.startswith("/sign-in-codes")
