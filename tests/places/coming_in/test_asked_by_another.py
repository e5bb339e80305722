"""Anybody may type somebody's address: the letter and the page of its link say who asked and what for, and ask her."""

from collections.abc import Callable

import pytest

from governance.events import InvitationKind
from governance.queries import coops_of, membership
from people.person import person, person_by_email
from tests.kit.browser import Seen
from tests.kit.village import COOP, Village, person_id_of
from tests.places.coming_in.links import accepted, came_in, link_in

Asking = Callable[[Village], Seen]

TYPED = {"name": "Eve", "email": "sacha@example.org"}
LA_ROUE = {"commune": "26113", "pack": "light", "accent": "plum", "name": "La Roue"}


def asked_to_join(village: Village, **typed: str) -> Seen:
    """Let somebody who is not signed in type an address at an invitation."""
    invited = village.invitation(InvitationKind.POSTER)
    return village.anyone().post(f"/invitations/{invited}/acceptance", **TYPED | typed)


def asked_to_start(village: Village) -> Seen:
    return village.anyone().post("/coops", founder_name="Eve", email="sacha@example.org", **LA_ROUE)


def belongs(village: Village, name: str) -> list[str]:
    return [coop.name for coop in village.ask(coops_of, person_id_of(name))]


def test_the_letter_says_who_asks_her_to_join_what_and_that_nothing_is_done(village: Village) -> None:
    assert asked_to_join(village).status == 200
    letter = village.letters_to("Sacha")[0]
    assert letter.subject == "Join Les Voisins du Diois: your link"
    said = "Somebody who gave the name “Eve” and your mail address asks to join Les Voisins du Diois."
    assert said in letter.body
    assert "Nothing is done yet." in letter.body


def test_the_letter_says_who_asks_her_to_start_what(village: Village) -> None:
    assert asked_to_start(village).status == 200
    letter = village.letters_to("Sacha")[0]
    assert letter.subject == "Start La Roue: your link"
    assert "Somebody who gave the name “Eve” and your mail address asks to start a co-op, La Roue." in letter.body


def test_the_page_shows_what_would_be_seen_of_her_to_whom_and_the_charter(village: Village) -> None:
    asked_to_join(village, phone="06 66 66 66 66")
    village.as_("Sacha").api("PUT", "/me", {"name": "Sacha", "language": "en", "phone": "06 11 22 33 44"})
    seen = village.anyone().get(link_in(village, "Sacha")).text
    for said in (
        "Join Les Voisins du Diois",
        "Claire invites you.",
        "6 neighbours",
        "Somebody who gave the name “Eve” asked for this, with your address sacha@example.org.",
        "If it was not you, close this page: nothing is done.",
        "What the members will see of you Your name Sacha Your e-mail address sacha@example.org",
        "06 11 22 33 44",
        "I take care of the vehicles as if my neighbour were watching",
        "I accept the charter",
    ):
        assert said in seen
    assert "06 66 66 66 66" not in seen


@pytest.mark.parametrize("ask", [asked_to_join, asked_to_start])
def test_coming_in_by_the_link_joins_and_starts_nothing(village: Village, ask: Asking) -> None:
    ask(village)
    before = village.ask(person, person_id_of("Sacha"))
    browser = village.anyone()
    assert "Only come in" in browser.get(link_in(village, "Sacha")).text
    assert came_in(village, "Sacha", browser).path == "/coops/new"
    assert browser.token
    assert belongs(village, "Sacha") == []
    assert village.ask(membership, COOP, person_id_of("Sacha"), village.now) is None
    assert village.ask(person, person_id_of("Sacha")) == before


@pytest.mark.parametrize(("ask", "coop"), [(asked_to_join, "Les Voisins du Diois"), (asked_to_start, "La Roue")])
def test_she_says_yes_there_once_the_charter_is_accepted(village: Village, ask: Asking, coop: str) -> None:
    ask(village)
    browser = village.anyone()
    unread = accepted(village, "Sacha", browser, charter="")
    assert (unread.status, "Read the charter" in unread.text, browser.token) == (422, True, "")
    assert belongs(village, "Sacha") == []
    assert coop in accepted(village, "Sacha", browser).text
    assert belongs(village, "Sacha") == [coop]


def test_what_was_typed_of_a_newcomer_is_shown_to_her_to_put_right(village: Village) -> None:
    asked_to_join(village, name="Verra", email="vera@example.org", phone="06 66 66 66 66")
    browser = village.anyone()
    seen = browser.get(link_in(village, "Vera"))
    shown = seen.html
    assert "Your e-mail address vera@example.org The charter" in seen.text
    assert 'name="name" type="text" value="Verra"' in shown
    assert 'name="phone" type="tel" value="06 66 66 66 66"' in shown
    assert accepted(village, "Vera", browser, name="Vera", phone="").status == 200
    vera = village.ask(person_by_email, "vera@example.org")
    assert vera is not None
    assert (vera.name, vera.phone) == ("Vera", None)


def test_who_only_comes_in_keeps_no_phone_that_another_typed(village: Village) -> None:
    asked_to_join(village, name="Vera", email="vera@example.org", phone="06 66 66 66 66")
    assert came_in(village, "Vera", village.anyone()).status == 200
    vera = village.ask(person_by_email, "vera@example.org")
    assert vera is not None
    assert vera.phone is None


def test_a_plain_link_has_nothing_to_say_yes_to(village: Village) -> None:
    village.anyone().post("/sign-in-links", email="sacha@example.org")
    assert "it does nothing else" in village.letters_to("Sacha")[0].body
    assert accepted(village, "Sacha", village.anyone()).path == "/coops/new"
    assert belongs(village, "Sacha") == []


def test_a_link_asked_for_under_a_name_says_the_name(village: Village) -> None:
    village.anyone().api("POST", "/sign-in-links", {"email": "sacha@example.org", "name": "Eve"})
    said = "Somebody who gave the name “Eve” asked for this"
    assert said in village.letters_to("Sacha")[0].body
    assert said in village.anyone().get(link_in(village, "Sacha")).text


def test_an_invitation_that_has_ended_mails_nobody(village: Village) -> None:
    invited = village.invitation(InvitationKind.MAIL)
    assert village.as_("Olga").post(f"/invitations/{invited}/acceptance", charter="yes").status == 200
    seen = village.anyone().post(f"/invitations/{invited}/acceptance", **TYPED)
    assert (seen.status, "Someone already joined with this invitation" in seen.text) == (409, True)
    assert village.letters_to("Sacha") == []


def test_rules_to_begin_with_that_nobody_knows_mail_nobody(village: Village) -> None:
    fields = LA_ROUE | {"pack": "heavy"}
    assert village.anyone().post("/coops", founder_name="Eve", email="sacha@example.org", **fields).status == 409
    assert village.letters_to("Sacha") == []
