"""Joining by invitation, signed in or by a link, on pages and by programs."""

from governance.events import InvitationKind
from governance.queries import membership
from people.person import person_by_email
from tests.kit.village import COOP, Village, person_id_of
from tests.places.coming_in.links import accepted, link_in


def test_the_invitation_says_who_invites_to_what(village: Village) -> None:
    invited = village.invitation(InvitationKind.POSTER)
    seen = village.anyone().get(f"/invitations/{invited}")
    assert seen.status == 200
    shared = "6 neighbours. What is shared: Biporteur, Clio, Kangoo and Zoé."
    for said in ("Les Voisins du Diois", "Claire", "Die", shared):
        assert said in seen.text


def test_who_is_signed_in_sees_that_she_is(village: Village) -> None:
    invited = village.invitation(InvitationKind.POSTER)
    for path in (f"/invitations/{invited}", "/coops/new", f"/coops/{COOP}/accounts"):
        seen = village.as_("Sacha").get(path)
        assert ("Sacha" in seen.text, "Sign in" in seen.text) == (True, False), path
        assert "Sign in" in village.anyone().get(path).text, path


def test_a_newcomer_joins_by_the_link_she_is_sent(village: Village) -> None:
    invited = village.invitation(InvitationKind.MAIL)
    browser = village.anyone()
    seen = browser.post(f"/invitations/{invited}/acceptance", name="Vera", email="vera@example.org")
    assert "vera@example.org" in seen.text
    assert f'href="/invitations/{invited}"' in seen.html  # an address typed wrong is put right there
    assert "Vera" in browser.get(link_in(village, "Vera")).text
    home = accepted(village, "Vera", browser, name="Vera")
    assert home.path == f"/coops/{COOP}/"
    assert home.status == 200
    assert "Welcome: you are a member." in home.text
    community = browser.get(f"/coops/{COOP}/community")
    assert "7 neighbours" in community.text
    assert "Vera joined." in community.text


def test_a_mail_invitation_admits_one_person(village: Village) -> None:
    invited = village.invitation(InvitationKind.MAIL)
    village.as_("Sacha").post(f"/invitations/{invited}/acceptance", charter="yes")
    seen = village.as_("Olga").post(f"/invitations/{invited}/acceptance", charter="yes")
    assert "Someone already joined with this invitation" in seen.text
    assert village.ask(membership, COOP, person_id_of("Olga"), village.now) is None


def test_a_poster_admits_several_until_it_ends(village: Village) -> None:
    invited = village.invitation(InvitationKind.POSTER)
    for name in ("Sacha", "Olga"):
        home = village.as_(name).post(f"/invitations/{invited}/acceptance", charter="yes")
        assert home.path == f"/coops/{COOP}/"
        assert "Welcome: you are a member." in home.text
    village.pass_time(days=31)
    assert "This invitation is too old." in village.anyone().get(f"/invitations/{invited}").text


def test_the_charter_has_to_be_accepted(village: Village) -> None:
    seen = village.as_("Sacha").post(f"/invitations/{village.invitation(InvitationKind.MAIL)}/acceptance")
    assert seen.status == 422
    assert "Read the charter" in seen.text


def test_an_invitation_nobody_made_is_not_found(village: Village) -> None:
    assert village.anyone().get(f"/invitations/{COOP}").status == 404


def test_a_printed_code_of_before_leads_to_its_invitation(village: Village) -> None:
    invited = village.invitation(InvitationKind.POSTER)
    assert village.anyone().get(f"/join/{invited}").path == f"/invitations/{invited}"


def test_a_link_for_an_invitation_taken_meanwhile_lets_nobody_in(village: Village) -> None:
    invited, browser = village.invitation(InvitationKind.MAIL), village.anyone()
    browser.post(f"/invitations/{invited}/acceptance", name="Vera", email="vera@example.org")
    village.as_("Sacha").post(f"/invitations/{invited}/acceptance", charter="yes")
    refused = accepted(village, "Vera", browser, name="Vera")
    assert (refused.status, "session" in browser.cookies) == (409, False)
    assert village.ask(person_by_email, "vera@example.org") is None
