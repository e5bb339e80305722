"""Members, their roles, and the ways in: an invitation by mail, a poster."""

import re
from datetime import timedelta
from uuid import UUID

import pytest

from governance.inviting.queries import invitations_of
from governance.queries import member
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
    address = re.search(r"localhost:8000(/r/[a-z]+-[a-z]+-[a-z]+)", made.text)
    assert address is not None
    assert address[0] in again.text
    assert "Die" in made.text
    assert 'class="qr"' in made.html
    assert "No smartphone? Talk to Claire." in made.text
    joining = village.anyone().get(address[1])
    assert (joining.status, "Join Les Voisins du Diois" in joining.text) == (200, True)


def test_only_a_referent_invites(village: Village) -> None:
    nadia = village.as_("Nadia")
    assert nadia.get(f"{HERE}/invitations").status == 403
    assert nadia.post(f"{HERE}/mailed-invitations", email="vera@example.org").status == 403
    assert nadia.get(f"{HERE}/poster").status == 403
    assert nadia.post(f"{HERE}/invitations", kind="poster", days_valid="365").status == 403


def test_nobody_is_removed_or_erased_by_one_persons_tap(village: Village) -> None:
    page, claire = page_of(village, "Nadia"), village.as_("Claire")
    assert "it waits for a vote of all" in claire.get(page).text
    seen = claire.post(f"{page}/departure", understood="yes")
    assert (seen.status, "by a vote" in seen.text) == (409, True)
    for way in ("departure", "erasure"):
        assert claire.api("POST", f"{page}/{way}", {}).code == "needs-a-vote"
    village.leave("Nadia")
    assert claire.api("POST", f"{page}/erasure", {}).code == "needs-a-vote"
    assert "Nadia" in claire.get(page).text


LATE = "Three returns without a word, each hours late."


def test_a_referent_suspends_new_bookings_once_and_she_reads_why_and_answers(village: Village) -> None:
    page, claire, nadia = page_of(village, "Nadia"), village.as_("Claire"), village.as_("Nadia")
    held = village.booked("Nadia", "Zoé", village.now + timedelta(hours=3))
    seen = claire.post(f"{page}/suspension", reason=LATE)
    assert "New bookings are suspended for 15 days. She is told why." in seen.text
    (letter,) = village.letters_to("Nadia")
    assert letter.subject == "Les Voisins du Diois: your new bookings are suspended"
    assert f"http://localhost:8000{page}" in letter.body
    assert LATE not in letter.body
    assert "Your new bookings are suspended until Tuesday 17 November" in nadia.get(f"{HERE}/").text
    assert LATE in nadia.get(page).text
    assert LATE not in village.as_("Paul").get(page).text
    free = nadia.get(f"{HERE}/availability?when=tomorrow").text
    assert "Your new bookings are suspended until" in free
    nadia.post(f"{page}/suspension/answer", answer="I was in hospital.")
    assert "I was in hospital." in claire.get(page).text
    assert nadia.get(f"{HERE}/bookings/{held}").status == 200
    village.pass_time(days=15)
    assert "suspended" not in nadia.get(f"{HERE}/").text
    assert village.booked("Nadia", "Zoé")
    again = claire.post(f"{page}/suspension", reason=LATE)
    assert (again.status, "by a vote" in again.text) == (409, True)


def test_a_suspension_is_lifted_before_its_time(village: Village) -> None:
    page, claire = page_of(village, "Nadia"), village.as_("Claire")
    claire.post(f"{page}/suspension", reason=LATE)
    assert "She can book again." in claire.post(f"{page}/suspension/end").text
    assert village.booked("Nadia", "Zoé")
    assert claire.api("POST", f"{page}/suspension", {"reason": LATE}).code == "needs-a-vote"


def test_who_may_suspend_answer_and_read_it(village: Village) -> None:
    page, claire = page_of(village, "Nadia"), village.as_("Claire")
    assert claire.api("GET", f"{page}/suspensions").json() == []
    assert village.as_("Paul").api("POST", f"{page}/suspension", {"reason": LATE}).status == 403
    mine = page_of(village, "Claire")
    assert claire.api("POST", f"{mine}/suspension", {"reason": LATE}).code == "not-yours"
    assert claire.api("POST", f"{page}/suspension", {"reason": LATE}).status == 201
    for who, status in (("Claire", 200), ("Nadia", 200), ("Paul", 403), ("Olga", 403)):
        assert village.as_(who).api("GET", f"{page}/suspensions").status == status
    assert village.as_("Paul").api("GET", page).json()["suspended_until"] is None
    assert claire.api("GET", page).json()["suspended_until"] is not None
    assert village.as_("Paul").api("POST", f"{page}/suspension/answer", {"answer": "x"}).status == 403
    assert claire.api("POST", f"{page}/suspension/answer", {"answer": "x"}).status == 403
    assert village.as_("Nadia").api("POST", f"{page}/suspension/answer", {"answer": "Sorry."}).status == 201
    assert village.as_("Nadia").api("POST", f"{page}/suspension/answer", {"answer": "x"}).code == "not-suspended"
    [told] = village.as_("Nadia").api("GET", f"{page}/suspensions").json()
    assert (told["reason"], told["answer"]) == (LATE, "Sorry.")
