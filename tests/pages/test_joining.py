"""Joining by invitation, signed in or by a link, and starting a co-op."""

import re

import pytest

from governance.events import InvitationKind
from governance.queries import coops_of, membership
from tests.kit.browser import Browser, Seen
from tests.kit.village import COOP, Village, person_id_of


def link_in(village: Village, name: str) -> str:
    """Return the path of the sign-in link last mailed to someone."""
    found = re.search(r"(/sign-in/\S+)", village.letters_to(name)[0].body)
    assert found is not None
    return found[1]


def came_in(village: Village, name: str, browser: Browser) -> Seen:
    return browser.post(link_in(village, name))


def test_the_invitation_says_who_invites_to_what(village: Village) -> None:
    invited = village.invitation(InvitationKind.POSTER)
    seen = village.anyone().get(f"/join/{invited}")
    assert seen.status == 200
    for said in ("Les Voisins du Diois", "Claire", "Die", "6 neighbours"):
        assert said in seen.text


def test_a_newcomer_joins_by_the_link_she_is_sent(village: Village) -> None:
    invited = village.invitation(InvitationKind.MAIL)
    browser = village.anyone()
    seen = browser.post(f"/join/{invited}", name="Vera", email="vera@example.org", charter="yes")
    assert "vera@example.org" in seen.text
    assert "Vera" in browser.get(link_in(village, "Vera")).text
    home = came_in(village, "Vera", browser)
    assert home.path == f"/coops/{COOP}/"
    assert home.status == 200
    community = browser.get(f"/coops/{COOP}/community")
    assert "7 neighbours" in community.text
    assert "Vera joined." in community.text


def test_a_mail_invitation_admits_one_person(village: Village) -> None:
    invited = village.invitation(InvitationKind.MAIL)
    village.as_("Sacha").post(f"/join/{invited}", charter="yes")
    seen = village.as_("Olga").post(f"/join/{invited}", charter="yes")
    assert "Someone already joined with this invitation" in seen.text
    assert village.ask(membership, COOP, person_id_of("Olga"), village.now) is None


def test_a_poster_admits_several_until_it_ends(village: Village) -> None:
    invited = village.invitation(InvitationKind.POSTER)
    for name in ("Sacha", "Olga"):
        assert village.as_(name).post(f"/join/{invited}", charter="yes").path == f"/coops/{COOP}/"
    village.pass_time(days=31)
    assert "This invitation is too old." in village.anyone().get(f"/join/{invited}").text


def test_the_charter_has_to_be_accepted(village: Village) -> None:
    seen = village.as_("Sacha").post(f"/join/{village.invitation(InvitationKind.MAIL)}")
    assert seen.status == 422
    assert "Read the charter" in seen.text


def test_an_invitation_nobody_made_is_not_found(village: Village) -> None:
    assert village.anyone().get(f"/join/{COOP}").status == 404


def test_a_commune_is_found_and_a_co_op_started_by_a_newcomer(village: Village) -> None:
    browser = village.anyone()
    assert "26113" in browser.get("/start?q=die").html
    fields = {"commune": "26113", "pack": "light", "accent": "plum", "name": "La Roue", "founder_name": "Vera"}
    assert browser.post("/start", email="vera@example.org", **fields).status == 200
    home = came_in(village, "Vera", browser)
    assert home.status == 200
    assert "La Roue" in home.text
    assert "Each km costs €0.30/km." in browser.get(f"{home.path}community").text


def test_who_is_signed_in_starts_at_once(village: Village) -> None:
    sacha = village.as_("Sacha")
    fields = {"commune": "26113", "pack": "light", "accent": "blue", "name": "La Roue"}
    seen = sacha.post("/start", **fields)
    assert "The co-op is started." in seen.text
    assert [each.name for each in village.ask(coops_of, person_id_of("Sacha"))] == ["La Roue"]


@pytest.mark.parametrize(
    "wrong", [{"commune": "99999"}, {"accent": "pink"}, {"name": ""}, {"pack": ""}, {"name": "x" * 81}]
)
def test_what_is_missing_is_told(village: Village, wrong: dict[str, str]) -> None:
    fields = {"commune": "26113", "pack": "light", "accent": "blue", "name": "La Roue"}
    assert village.as_("Sacha").post("/start", **fields | wrong).status == 422
