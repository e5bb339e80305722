"""Members, their roles, and the ways in: an invitation by mail, a poster."""

import re
from uuid import UUID

import pytest

from governance.queries import invitations_of, member
from governance.roles import Role
from tests.kit.village import COOP, Village

HERE = f"/coops/{COOP}"


def page_of(village: Village, name: str) -> str:
    return f"{HERE}/members/{village.member(name)}"


def test_a_member_is_shown_with_what_she_owns_and_how_to_reach_her(village: Village) -> None:
    seen = village.as_("Nadia").get(page_of(village, "Jean"))
    assert "Member since 2 November 2026." in seen.text
    assert "jean@example.org" in seen.text
    assert "Owner or co-owner: Clio" in seen.text
    assert "Give a role" not in seen.text


def test_a_referent_gives_a_role_and_ends_it(village: Village) -> None:
    claire, page = village.as_("Claire"), page_of(village, "Nadia")
    given = claire.post(f"{page}/roles", role="steward")
    assert "The role is given, for a year." in given.text
    assert "Vehicle steward" in given.text
    ended = claire.post(f"{page}/roles/end", role="steward")
    assert "The role has ended." in ended.text
    assert village.ask(member, COOP, village.member("Nadia"), village.now).roles == ()


def test_one_gives_up_ones_own_role(village: Village) -> None:
    village.give_role("Paul", Role.MEDIATOR)
    seen = village.as_("Paul").post(f"{page_of(village, 'Paul')}/roles/end", role="mediator")
    assert "The role has ended." in seen.text


def test_the_last_referent_stays_until_another_is_found(village: Village) -> None:
    seen = village.as_("Claire").post(f"{page_of(village, 'Claire')}/roles/end", role="referent")
    assert seen.status == 409
    assert "The co-op would be left without a référent." in seen.text


def test_a_role_that_is_none_is_refused(village: Village) -> None:
    assert village.as_("Claire").post(f"{page_of(village, 'Nadia')}/roles", role="queen").status == 422


def test_only_a_referent_gives_roles(village: Village) -> None:
    page = page_of(village, "Nadia")
    assert village.as_("Nadia").post(f"{page}/roles", role="treasurer").status == 403
    assert village.as_("Nadia").post(f"{page_of(village, 'Claire')}/roles/end", role="treasurer").status == 403


def test_a_member_of_no_one_is_not_found(village: Village) -> None:
    assert village.as_("Claire").get(f"{HERE}/members/{UUID(int=5)}").status == 404


def test_a_referent_invites_by_mail(village: Village) -> None:
    seen = village.as_("Claire").post(f"{HERE}/mailed-invitations", email="vera@example.org")
    assert "The invitation is on its way." in seen.text
    assert "By mail, for one person" in seen.text
    (letter,) = village.letters_to("Vera")
    assert letter.subject == "Claire invites you to share vehicles: Les Voisins du Diois"
    path = re.search(r"http://localhost:8000(/invitations/\S+)", letter.body)
    assert path is not None
    assert "Les Voisins du Diois" in village.anyone().get(path[1]).text


def test_the_same_invitation_sent_twice_is_one_letter(village: Village) -> None:
    key = UUID(int=77)
    for _ in range(2):
        village.as_("Claire").post(f"{HERE}/mailed-invitations", email="vera@example.org", command_id=key)
    assert len(village.letters_to("Vera")) == 1


@pytest.mark.parametrize("address", ["", "vera", "vera@", "@example.org", "ve ra@example.org", "vera@localhost"])
def test_what_is_no_mail_address_is_told(village: Village, address: str) -> None:
    seen = village.as_("Claire").post(f"{HERE}/mailed-invitations", email=address)
    assert seen.status == 422
    assert ("This is not a mail address" if address else "Fill this in.") in seen.text
    assert village.letters() == []


def test_an_invitation_taken_back_admits_nobody(village: Village) -> None:
    claire = village.as_("Claire")
    claire.post(f"{HERE}/mailed-invitations", email="vera@example.org")
    (sent,) = [row for row in village.ask(invitations_of, COOP, village.now) if row.state == "valid"]
    seen = claire.post(f"{HERE}/invitations/{sent.invitation_id}/revocation")
    assert "The invitation is taken back." in seen.text
    assert "This invitation was taken back." in village.anyone().get(f"/invitations/{sent.invitation_id}").text


def test_the_poster_is_made_once_and_shows_a_code(village: Village) -> None:
    claire = village.as_("Claire")
    assert "Make the poster" in claire.get(f"{HERE}/poster").text
    made = claire.post(f"{HERE}/invitations", kind="poster", days_valid="365")
    again = claire.post(f"{HERE}/invitations", kind="poster", days_valid="365")
    address = re.search(r"http://localhost:8000/invitations/[0-9a-f-]{36}", made.text)
    assert address is not None
    assert address[0] in again.text
    assert 'class="qr"' in made.html
    assert "No smartphone? Talk to Claire." in made.text
    assert village.anyone().get(address[0].removeprefix("http://localhost:8000")).status == 200


def test_only_a_referent_invites(village: Village) -> None:
    nadia = village.as_("Nadia")
    assert nadia.get(f"{HERE}/invitations").status == 403
    assert nadia.post(f"{HERE}/mailed-invitations", email="vera@example.org").status == 403
    assert nadia.get(f"{HERE}/poster").status == 403
    assert nadia.post(f"{HERE}/invitations", kind="poster", days_valid="365").status == 403


def test_a_referent_erases_a_former_member_who_asked(village: Village) -> None:
    village.leave("Nadia")
    page = page_of(village, "Nadia")
    assert village.as_("Claire").post(f"{page}/erasure").status == 422
    seen = village.as_("Claire").post(f"{page}/erasure", understood="yes")
    assert "These data are erased for good." in seen.text
    assert "A former member joined." in seen.text
    assert village.as_("Claire").get(page).text.count("Nadia") == 0
    assert village.as_("Nadia").get("/").path == "/"
    assert "Sign in" in village.as_("Nadia").get("/").text


def test_a_member_still_there_is_not_erased(village: Village) -> None:
    page = page_of(village, "Nadia")
    seen = village.as_("Claire").post(f"{page}/erasure", understood="yes")
    assert seen.status == 409
    assert "Leave the co-op first" in seen.text
