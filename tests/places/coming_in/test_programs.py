"""What pages do about coming in, programs do too, by the same doors."""

import re
from uuid import uuid4

import pytest

from governance.coop import CHARTER_VERSION
from governance.events import InvitationKind
from tests.kit.browser import Browser
from tests.kit.village import COOP, Village, person_id_of
from tests.places.coming_in.links import bearer, code_in, token_in, wrong


def test_its_version_is_the_one_that_starting_a_co_op_accepts(village: Village) -> None:
    version = village.anyone().api("GET", "/charter").json()["version"]
    body = {"name": "Les Voisins", "commune_code": "26113", "charter_version": version}
    assert village.as_("Sacha").api("POST", "/coops", body).status == 201
    refused = village.as_("Sacha").api("POST", "/coops", body | {"charter_version": "2020-01"})
    assert (refused.status, refused.code) == (409, "charter-changed")


def test_a_co_op_is_started_once(village: Village) -> None:
    sacha, key = village.as_("Sacha"), uuid4()
    body = {"name": "La Roue", "commune_code": "26113", "charter_version": CHARTER_VERSION}
    first = sacha.api("POST", "/coops", body, key)
    assert first.status == 201, first.text
    assert sacha.api("POST", "/coops", body, key).json()["id"] == first.json()["id"] == str(key)
    started = sacha.api("GET", f"/coops/{key}").json()
    assert (started["commune_name"], started["departement"]) == ("Die", "Drôme")
    assert sacha.api("GET", f"/coops/{key}/members").json()["items"][0]["roles"] == ["referent", "treasurer"]
    assert sacha.api("POST", "/coops", body | {"commune_code": "99999"}).code == "no-such-commune"
    assert sacha.api("POST", "/coops", body | {"charter_version": "old"}).code == "charter-changed"
    assert village.anyone().api("POST", "/coops", body).status == 401


def test_sent_twice_one_joins_once(village: Village) -> None:
    sacha, invited, key = village.as_("Sacha"), village.invitation(InvitationKind.MAIL), uuid4()
    body = {"charter_version": CHARTER_VERSION}
    first, second = (sacha.api("POST", f"/invitations/{invited}/acceptance", body, key).json() for _ in range(2))
    assert first == second


def test_one_joins_by_invitation(village: Village) -> None:
    invited = village.as_("Claire").api("POST", f"/coops/{COOP}/invitations", {"kind": "mail"}).json()["id"]
    shown = village.anyone().api("GET", f"/invitations/{invited}").json()
    assert (shown["coop_name"], shown["state"]) == ("Les Voisins du Diois", "valid")
    charter = village.anyone().api("GET", "/charter").json()
    assert (shown["charter_version"], len(charter["sentences"])) == (charter["version"], 6)
    path, body = f"/invitations/{invited}/acceptance", {"charter_version": shown["charter_version"]}
    assert village.as_("Sacha").api("POST", path, {"charter_version": "old"}).code == "charter-changed"
    assert village.as_("Sacha").api("POST", path, body).json()["id"] == str(village.member("Sacha"))
    assert village.as_("Sacha").api("GET", f"/coops/{COOP}/members/{village.member('Sacha')}").json()["name"] == "Sacha"
    assert village.as_("Olga").api("POST", path, body).code == "invitation-already-used"


def test_a_program_signs_in_by_the_link_sent_by_mail_and_out(village: Village) -> None:
    program = bearer(village, "Nadia")
    me = program.api("GET", "/me").json()
    assert (me["name"], me["memberships"][0]["coop_id"]) == ("Nadia", str(COOP))
    assert [device["current"] for device in me["devices"]] == [True]
    assert program.api("DELETE", "/sessions/current").status == 200
    assert program.api("GET", "/me").status == 401


def test_a_link_is_used_once_and_a_stranger_gets_none(village: Village) -> None:
    program = village.anyone()
    assert program.api("POST", "/sessions", {"token": "nothing"}).code == "link-spent"
    assert program.api("POST", "/sign-in-links", {"email": "nobody@example.org"}).status == 200
    assert village.letters_to("Nobody") == []
    assert program.api("POST", "/sign-in-links", {"email": "nobody"}).status == 400


def test_a_link_that_another_asked_to_join_by_only_signs_a_program_in(village: Village) -> None:
    invited, program = village.invitation(InvitationKind.MAIL), village.anyone()
    village.anyone().post(
        f"/invitations/{invited}/acceptance", name="Eve", email="sacha@example.org", phone="0666666666"
    )
    opened = program.api("POST", "/sessions", {"token": token_in(village, "Sacha"), "name": "Eva"})
    assert opened.json()["person_id"] == str(person_id_of("Sacha"))
    sacha = Browser(village.client, opened.json()["bearer"])
    me = sacha.api("GET", "/me").json()
    assert (me["name"], me["phone"], me["memberships"]) == ("Sacha", None, [])
    body = {"charter_version": CHARTER_VERSION}
    assert sacha.api("POST", f"/invitations/{invited}/acceptance", body).status == 201


@pytest.mark.parametrize(("says", "name"), [({}, "Verra"), ({"name": "Vera"}, "Vera")])
def test_who_is_new_bears_the_name_of_her_letter_or_the_one_she_says(
    village: Village, says: dict[str, str], name: str
) -> None:
    program = village.anyone()
    program.api("POST", "/sign-in-links", {"email": "vera@example.org", "name": "Verra"})
    assert "“Verra”" in village.letters_to("Vera")[0].body
    opened = program.api("POST", "/sessions", {"token": token_in(village, "Vera")} | says)
    assert Browser(village.client, opened.json()["bearer"]).api("GET", "/me").json()["name"] == name


@pytest.mark.parametrize("name", ["Eve\u2028Bcc: x@example.org", "Eve\x85", "\u2028", "Eve\n"])
def test_a_name_that_no_letter_can_carry_is_refused(village: Village, name: str) -> None:
    asked = village.anyone().api("POST", "/sign-in-links", {"email": "eve@example.org", "name": name})
    assert asked.status == 400


def test_a_posters_words_lead_a_program_to_its_invitation(village: Village) -> None:
    poster = village.invitation(InvitationKind.POSTER)
    claire, anyone = village.as_("Claire"), village.anyone()
    (words,) = [row["words"] for row in claire.api("GET", f"/coops/{COOP}/invitations").json()["items"] if row["words"]]
    answer = anyone.api("GET", f"/r/{words.upper().replace('-', '%20')}").json()
    assert answer == {"invitation_id": str(poster), "words": words}
    assert anyone.api("GET", f"/invitations/{answer['invitation_id']}").json()["commune_name"] == "Die"
    assert anyone.api("GET", "/r/agneau-agneau-agneau").status == 404


def test_the_six_digits_are_changed_for_a_link_once(village: Village) -> None:
    program = village.anyone()
    ticket = program.api("POST", "/sign-in-links", {"email": "nadia@example.org"}).json()["ticket"]
    code = code_in(village, "Nadia")
    refused = program.api("POST", "/sign-in-codes", {"ticket": ticket, "code": wrong(code)})
    assert (refused.status, refused.code) == (409, "wrong-code")
    assert "Tries left: 4." in refused.json()["detail"]
    token = program.api("POST", "/sign-in-codes", {"ticket": ticket, "code": code}).json()["token"]
    assert program.api("POST", "/sessions", {"token": token_in(village, "Nadia")}).code == "link-spent"
    opened = program.api("POST", "/sessions", {"token": token}).json()
    assert Browser(village.client, opened["bearer"]).api("GET", "/me").json()["name"] == "Nadia"
    assert program.api("POST", "/sign-in-codes", {"ticket": ticket, "code": code}).code == "wrong-code"
    for _ in range(3):
        program.api("POST", "/sign-in-codes", {"ticket": ticket, "code": code})
    assert program.api("POST", "/sign-in-codes", {"ticket": ticket, "code": code}).code == "code-over"
    assert program.api("POST", "/sign-in-codes", {"ticket": "nobody's", "code": code}).code == "link-spent"
    assert program.api("POST", "/sign-in-codes", {"ticket": ticket, "code": "12345"}).status == 400


def test_an_unknown_address_is_given_a_ticket_too_which_nothing_fits(village: Village) -> None:
    program = village.anyone()
    asked = program.api("POST", "/sign-in-links", {"email": "nobody@example.org"}).json()
    body = {"ticket": asked["ticket"], "code": "123456"}
    told = [program.api("POST", "/sign-in-codes", body) for _ in range(6)]
    assert [refused.code for refused in told] == ["wrong-code"] * 4 + ["code-over"] * 2


def test_who_is_invited_by_mail_joins_and_comes_in_at_once(village: Village) -> None:
    village.as_("Claire").api("POST", f"/coops/{COOP}/mailed-invitations", {"email": "Vera@example.org"})
    found = re.search(r"(/invitations/\S+)", village.letters_to("Vera")[0].body)
    assert found
    program, link = village.anyone(), f"{found[1]}/acceptance"
    body = {"name": "Vera", "phone": "0611223344", "language": "en", "charter_version": CHARTER_VERSION}
    assert program.api("POST", link, body | {"charter_version": "old"}).code == "charter-changed"
    assert program.api("POST", link.replace("/acceptance", "A/acceptance"), body).status == 404
    opened = program.api("POST", link, body).json()
    me = Browser(village.client, opened["bearer"]).api("GET", "/me").json()
    assert (me["name"], me["email"], me["memberships"][0]["coop_id"]) == ("Vera", "vera@example.org", str(COOP))
    assert program.api("POST", link, body).code == "known-here"
