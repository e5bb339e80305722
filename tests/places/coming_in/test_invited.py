"""An invitation by mail: its link proves the mailbox, so one press lets in who is new; nobody else, and once."""

import re
from uuid import UUID

import pytest

from governance.inviting.queries import invitations_of
from people.limits import NEWCOMERS, spend
from people.person import person_by_email
from people.sign_in import sessions_of
from tests.kit.browser import Browser, Seen
from tests.kit.village import COOP, Village, person_id_of
from tests.places.coming_in.links import links_in

HERE = f"/coops/{COOP}"


def mailed(village: Village, name: str = "Vera") -> str:
    """Let Claire invite somebody by mail; return the path of the letter's link."""
    village.as_("Claire").post(f"{HERE}/mailed-invitations", email=f"{name}@Example.org")
    found = re.search(r"(/invitations/\S+)", village.letters_to(name)[0].body)
    assert found
    return found[1]


def joined(browser: Browser, link: str, **fields: str) -> Seen:
    """Press "Join" on the page that the link opens."""
    return browser.post(f"{link}/acceptance", **{"name": "Véra", "charter": "yes"} | fields)


def id_in(link: str) -> UUID:
    return UUID(link.split("/")[2])


def test_the_page_says_who_invites_to_what_and_what_will_be_seen_of_her(village: Village) -> None:
    seen = village.anyone().get(mailed(village))
    for said in (
        "Join Les Voisins du Diois",
        "Claire invites you.",
        "Die, 6 neighbours.",
        "What is shared: Biporteur, Clio, Kangoo and Zoé.",
        "What the members will see of you",
        "Your e-mail address vera@example.org",
        "I take care of the vehicles as if my neighbour were watching",
        "I accept the charter",
    ):
        assert said in seen.text
    assert 'name="email"' not in seen.html


def test_one_press_joins_and_comes_in_without_a_second_mail(village: Village) -> None:
    link, browser = mailed(village), village.anyone()
    for _ in range(3):
        assert village.anyone().get(link).status == 200  # scanners use nothing up
    home = joined(browser, link, phone="06 11 22 33 44")
    assert (home.path, "Welcome: you are a member." in home.text) == (f"{HERE}/", True)
    vera = village.ask(person_by_email, "vera@example.org")
    assert (vera.name, vera.phone, vera.language) == ("Véra", "06 11 22 33 44", "en")
    assert len(village.ask(sessions_of, vera.person_id)) == 1
    assert "marks" in browser.cookies
    assert links_in(village, "Vera") == []


def test_the_charter_and_a_name_are_asked_for(village: Village) -> None:
    link, browser = mailed(village), village.anyone()
    unread, nameless = joined(browser, link, charter=""), joined(browser, link, name="")
    assert (unread.status, "Read the charter" in unread.text) == (422, True)
    assert (nameless.status, "Your name – Fill this in." in nameless.text) == (422, True)
    assert 'value="Véra"' in unread.html
    assert village.ask(person_by_email, "vera@example.org") is None


def test_pressed_again_it_lets_nobody_else_in_and_tells_her_the_way(village: Village) -> None:
    link, browser = mailed(village), village.anyone()
    joined(browser, link)
    assert browser.get(link).path == joined(browser, link).path == f"{HERE}/"
    opened, pressed = village.anyone().get(link), joined(village.anyone(), link)
    assert (opened.status, "You have joined by this link already." in opened.text) == (410, True)
    assert (pressed.status, "You are known here by this address: come in first" in pressed.text) == (409, True)
    assert all(f'name="next" value="{HERE}/"' in again.html for again in (opened, pressed))
    vera = village.ask(person_by_email, "vera@example.org")
    assert len(village.ask(sessions_of, vera.person_id)) == 1


def test_a_seal_is_good_for_its_invitation_alone(village: Village) -> None:
    link, others = mailed(village), mailed(village, "Yann")
    _, _, invited, seal = others.split("/")
    mixed = f"/invitations/{id_in(link)}/{seal}"
    for forged in (mixed, f"{link}A", link[:-1], f"/invitations/{invited}/é", f"/invitations/{invited}/nothing"):
        seen = village.anyone().get(forged)
        assert (seen.status, 'name="email"' in seen.html) == (200, True), forged  # as without it
        assert joined(village.anyone(), forged).status == 404, forged
    assert village.ask(person_by_email, "vera@example.org") is None
    assert village.ask(person_by_email, "yann@example.org") is None


def test_of_an_address_that_is_known_here_it_takes_a_link_of_now(village: Village) -> None:
    link, browser = mailed(village, "Sacha"), village.anyone()
    seen = browser.get(link)
    assert (seen.status, 'name="email"' in seen.html) == (200, True)
    refused = joined(browser, link)
    assert (refused.status, "You are known here by this address: come in first" in refused.text) == (409, True)
    assert (browser.token, village.ask(sessions_of, person_id_of("Sacha"))) == ("", [])
    browser.post(f"/invitations/{id_in(link)}/acceptance", name="Sacha", email="sacha@example.org")
    assert len(links_in(village, "Sacha")) == 1


def test_who_is_signed_in_joins_by_one_press_as_herself(village: Village) -> None:
    link, sacha = mailed(village, "Sacha"), village.as_("Sacha")
    seen = sacha.get(link)
    assert ("I accept the charter" in seen.text, 'name="name"' in seen.html) == (True, False)
    assert sacha.post(f"/invitations/{id_in(link)}/acceptance", charter="yes").path == f"{HERE}/"


@pytest.mark.parametrize(
    ("ends", "said"),
    [("revoked", "This invitation was taken back."), ("expired", "too old"), ("used", "Someone already joined")],
)
def test_one_that_has_ended_says_so_and_what_to_do(village: Village, ends: str, said: str) -> None:
    link, browser = mailed(village), village.anyone()
    if ends == "revoked":
        village.as_("Claire").post(f"{HERE}/invitations/{id_in(link)}/revocation")
    elif ends == "expired":
        village.pass_time(days=31)
    else:
        village.as_("Sacha").post(f"/invitations/{id_in(link)}/acceptance", charter="yes")
    for seen in (browser.get(link), joined(browser, link)):
        assert (seen.status, said in seen.text, "Ask for" in seen.text) == (409, True, True)
    assert village.ask(person_by_email, "vera@example.org") is None


def test_who_invites_sees_the_link_without_its_seal(village: Village) -> None:
    link = mailed(village)
    shown = village.as_("Claire").get(f"{HERE}/invitations").html
    assert str(id_in(link)) in shown
    assert link not in shown
    assert "vera" not in str(village.ask(invitations_of, COOP, village.now)).lower()


def test_the_limit_of_newcomers_counts_for_her_too(village: Village) -> None:
    link = mailed(village)
    with village.site.writing() as connection:
        for number in range(NEWCOMERS.a_coop):
            spend(connection, NEWCOMERS, village.now, person_id=UUID(int=number), coop_id=COOP)
    refused = joined(village.anyone(), link)
    assert (refused.status, "people have joined within a day" in refused.text) == (429, True)
    assert village.ask(person_by_email, "vera@example.org") is None


def test_another_address_goes_the_ordinary_way(village: Village) -> None:
    link = mailed(village)
    assert f'href="/invitations/{id_in(link)}"' in village.anyone().get(link).html
