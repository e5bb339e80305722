"""A link that is over has the field for a new one, which leads where the first one did."""

import re

from governance.events import InvitationKind
from tests.kit.browser import Seen
from tests.kit.village import COOP, Village
from tests.places.coming_in.links import accepted, came_in, link_in, token_in

PAGE = f"/coops/{COOP}/community"


def next_of(seen: Seen) -> list[str]:
    """Return the page that a new link would lead to."""
    form = re.search(r'(?s)<form method="post" action="/sign-in-links".*?</form>', seen.html)
    assert form
    return re.findall(r'name="next" value="([^"]*)"', form[0])


def test_a_link_too_old_asks_for_the_address_and_leads_on_as_before(village: Village) -> None:
    village.anyone().post("/sign-in-links", email="nadia@example.org", next=PAGE)
    village.letters()  # their links' lives begin
    village.pass_time(minutes=31)
    browser = village.anyone("fr")
    seen = browser.get(link_in(village, "Nadia"))
    assert (seen.status, next_of(seen)) == (410, [PAGE])
    for said in ("Ce lien ne sert plus", "Ce lien a déjà servi ou est trop ancien.", "Votre adresse mail"):
        assert said in seen.text
    browser.post("/sign-in-links", email="nadia@example.org", next=next_of(seen)[0])
    assert came_in(village, "Nadia", browser).path == PAGE


def test_a_link_used_already_does_so_too_wherever_it_is_pressed(village: Village) -> None:
    village.anyone().post("/sign-in-links", email="nadia@example.org", next=PAGE)
    came_in(village, "Nadia", village.anyone())
    pressed = came_in(village, "Nadia", village.anyone())
    assert (pressed.status, next_of(pressed)) == (410, [PAGE])
    yes = accepted(village, "Nadia", village.anyone())
    assert (yes.status, next_of(yes)) == (410, [PAGE])
    assert next_of(village.anyone().post("/sessions", token="nothing")) == []
    assert "nadia@example.org" not in pressed.html


def test_a_link_to_join_tells_where_that_is_asked_again(village: Village) -> None:
    invited = village.invitation(InvitationKind.POSTER)
    village.anyone().post(f"/invitations/{invited}/acceptance", name="Vera", email="vera@example.org")
    village.letters()  # their links' lives begin
    village.pass_time(minutes=31)
    seen = village.anyone().get(link_in(village, "Vera"))
    assert (seen.status, next_of(seen)) == (410, [])
    assert f'href="/invitations/{invited}"' in seen.html
    assert "Not a member yet? Ask again here" in seen.text


def test_a_link_to_change_her_address_leads_to_her_profile(village: Village) -> None:
    village.as_("Nadia").post(f"/coops/{COOP}/profile/address", email="vera@example.org")
    village.letters()  # their links' lives begin
    village.pass_time(minutes=31)
    assert next_of(village.anyone().get(link_in(village, "Vera"))) == [f"/coops/{COOP}/profile"]


def test_a_program_is_told_as_before(village: Village) -> None:
    village.anyone().post("/sign-in-links", email="nadia@example.org")
    village.letters()  # their links' lives begin
    village.pass_time(minutes=31)
    refused = village.anyone().api("POST", "/sessions", {"token": token_in(village, "Nadia")})
    assert (refused.status, refused.code) == (410, "link-spent")
