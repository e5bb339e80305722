"""What pages do about members, rules and votes, programs do too, by the same doors."""

import re
from uuid import uuid4

from api.speech.charter import VERSION
from people.person import person
from tests.kit.browser import Browser
from tests.kit.village import COOP, Village, person_id_of

HERE = f"/coops/{COOP}"


def bearer(village: Village, name: str) -> Browser:
    """Sign someone in as a program does: a link by mail, its token, a bearer."""
    program = village.anyone()
    asked = program.api("POST", "/sign-in-links", {"email": f"{name.lower()}@example.org"})
    assert asked.json() == {"minutes": 30}
    found = re.search(r"/sign-in/(\S+)", village.letters_to(name)[0].body)
    assert found is not None
    opened = program.api("POST", "/sessions", {"token": found[1]})
    assert opened.status == 200, opened.text
    return Browser(village.client, opened.json()["bearer"])


def test_a_program_signs_in_by_the_link_sent_by_mail_and_out(village: Village) -> None:
    program = bearer(village, "Nadia")
    me = program.api("GET", "/me").json()
    assert (me["name"], me["memberships"][0]["coop_id"]) == ("Nadia", str(COOP))
    assert [device["current"] for device in me["devices"]] == [True]
    assert program.api("DELETE", "/sessions/current").status == 200
    assert program.api("GET", "/me").status == 401


def test_another_device_is_signed_out(village: Village) -> None:
    first, second = bearer(village, "Nadia"), bearer(village, "Nadia")
    devices = second.api("GET", "/me").json()["devices"]
    other = next(each["session_id"] for each in devices if not each["current"])
    assert second.api("DELETE", f"/sessions/{other}").status == 200
    assert first.api("GET", "/me").status == 401


def test_a_link_is_used_once_and_a_stranger_gets_none(village: Village) -> None:
    program = village.anyone()
    assert program.api("POST", "/sessions", {"token": "nothing"}).code == "link-spent"
    assert program.api("POST", "/sign-in-links", {"email": "nobody@example.org"}).status == 200
    assert village.letters_to("Nobody") == []
    assert program.api("POST", "/sign-in-links", {"email": "nobody"}).status == 400


def test_a_profile_is_changed_whole(village: Village) -> None:
    program = village.as_("Nadia")
    body = {"name": "Nadia B.", "language": "fr", "latitude": "44.7531", "longitude": "5.3708"}
    changed = program.api("PUT", "/me", body).json()
    assert (changed["name"], changed["latitude"], changed["phone"]) == ("Nadia B.", "44.75310", None)
    refused = program.api("PUT", "/me", body | {"iban": "FR76"})
    assert refused.status == 422
    assert "iban" in refused.json()["fields"]


def test_a_co_op_is_started_once(village: Village) -> None:
    sacha, key = village.as_("Sacha"), uuid4()
    body = {"name": "La Roue", "commune_code": "26113", "charter_version": VERSION}
    first = sacha.api("POST", "/coops", body, key)
    assert first.status == 201, first.text
    assert sacha.api("POST", "/coops", body, key).json()["id"] == first.json()["id"] == str(key)
    started = sacha.api("GET", f"/coops/{key}").json()
    assert (started["commune_name"], started["departement"]) == ("Die", "Drôme")
    assert sacha.api("GET", f"/coops/{key}/members").json()[0]["roles"] == ["referent", "treasurer"]
    assert sacha.api("POST", "/coops", body | {"commune_code": "99999"}).code == "no-such-commune"
    assert sacha.api("POST", "/coops", body | {"charter_version": "old"}).code == "charter-changed"
    assert village.anyone().api("POST", "/coops", body).status == 401


def test_one_joins_by_invitation(village: Village) -> None:
    invited = village.as_("Claire").api("POST", f"{HERE}/invitations", {"kind": "mail"}).json()["id"]
    shown = village.anyone().api("GET", f"/invitations/{invited}").json()
    assert (shown["coop_name"], shown["state"], len(shown["charter"])) == ("Les Voisins du Diois", "valid", 6)
    path, body = f"{HERE}/invitations/{invited}/acceptance", {"charter_version": shown["charter_version"]}
    assert village.as_("Sacha").api("POST", path, {"charter_version": "old"}).code == "charter-changed"
    assert village.as_("Sacha").api("POST", path, body).json()["id"] == str(village.member("Sacha"))
    assert village.as_("Sacha").api("GET", f"{HERE}/members/{village.member('Sacha')}").json()["name"] == "Sacha"
    assert village.as_("Olga").api("POST", path, body).code == "invitation-already-used"


def test_one_leaves_and_is_erased(village: Village) -> None:
    nadia, member = village.as_("Nadia"), f"{HERE}/members/{village.member('Nadia')}"
    assert nadia.api("POST", f"{member}/erasure", {}).code == "still-a-member"
    assert village.as_("Paul").api("POST", f"{member}/departure", {}).code == "not-yours"
    assert nadia.api("POST", f"{member}/departure", {}).status == 201
    assert village.as_("Olga").api("POST", f"{member}/erasure", {}).code == "not-yours"
    assert nadia.api("POST", f"{member}/erasure", {}).status == 201
    assert nadia.api("GET", "/me").status == 401
    assert village.ask(person, person_id_of("Nadia")) is None


def test_what_stands_in_the_way_of_leaving_has_its_code(village: Village) -> None:
    jean, claire = village.member("Jean"), village.member("Claire")
    assert village.as_("Jean").api("POST", f"{HERE}/members/{jean}/departure", {}).code == "still-lends"
    assert village.as_("Claire").api("POST", f"{HERE}/members/{claire}/departure", {}).code == "last-referent"


def test_the_members_of_another_co_op_see_nothing(village: Village) -> None:
    olga = village.as_("Olga")
    for path in ("", "/members", "/rules", "/proposals", "/invitations"):
        assert olga.api("GET", f"{HERE}{path}").status == 403
        assert village.anyone().api("GET", f"{HERE}{path}").status == 401
