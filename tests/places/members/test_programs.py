"""What pages do about members, roles and invitations, programs do too, by the same doors."""

from datetime import timedelta

import pytest

from governance.coop import CHARTER_VERSION
from governance.events import InvitationKind
from sending.mail import AddressRefusedError, Mail
from tests.kit.slices import walked
from tests.kit.village import COOP, Village

HERE = f"/coops/{COOP}"


def test_an_invitation_is_taken_back(village: Village) -> None:
    claire, invited = village.as_("Claire"), village.invitation(InvitationKind.POSTER)
    assert claire.api("POST", f"{HERE}/invitations/{invited}/revocation", {}).status == 201
    states = {row["invitation_id"]: row["state"] for row in claire.api("GET", f"{HERE}/invitations").json()["items"]}
    assert states[str(invited)] == "revoked"
    path = f"/invitations/{invited}/acceptance"
    assert village.as_("Sacha").api("POST", path, {"charter_version": CHARTER_VERSION}).code == "invitation-taken-back"
    assert village.anyone().api("GET", f"/invitations/{COOP}").status == 404


def test_invitations_are_listed_newest_first(village: Village) -> None:
    known = [row["invitation_id"] for row in walked(village.as_("Claire"), f"{HERE}/invitations")]
    village.pass_time(hours=1)
    issued = [str(village.invitation(kind)) for kind in (InvitationKind.POSTER, InvitationKind.MAIL)]
    village.pass_time(hours=1)
    last = str(village.invitation(InvitationKind.MAIL))
    found = [row["invitation_id"] for row in walked(village.as_("Claire"), f"{HERE}/invitations")]
    assert found == [last, *sorted(issued, reverse=True), *known]


def test_roles_are_given_and_ended(village: Village) -> None:
    claire, member = village.as_("Claire"), f"{HERE}/members/{village.member('Paul')}"
    assert claire.api("POST", f"{member}/roles", {"role": "treasurer", "until": "2027-06-30"}).status == 201
    assert claire.api("GET", member).json()["roles"] == ["treasurer"]
    assert claire.api("POST", f"{member}/roles", {"role": "steward", "until": "2030-01-01"}).code == "mandate-too-long"
    assert village.as_("Nadia").api("POST", f"{member}/roles/end", {"role": "treasurer"}).code == "not-yours"
    assert village.as_("Paul").api("POST", f"{member}/roles/end", {"role": "treasurer"}).status == 201
    own = f"{HERE}/members/{village.member('Claire')}/roles/end"
    assert claire.api("POST", own, {"role": "referent"}).code == "last-referent"
    assert village.as_("Nadia").api("POST", f"{member}/roles", {"role": "treasurer"}).code == "not-your-role"


def test_the_bank_account_is_the_treasurers(village: Village) -> None:
    body = {"holder": "Voisins", "iban": "FR76 3000 6000 0112 3456 7890 189"}
    assert village.as_("Claire").api("PUT", f"{HERE}/bank-account", body).status == 201
    assert village.as_("Claire").api("GET", HERE).json()["iban"] == "FR7630006000011234567890189"
    assert village.as_("Nadia").api("GET", HERE).json()["iban"] is None
    assert village.as_("Nadia").api("PUT", f"{HERE}/bank-account", body).code == "not-yours"
    assert village.as_("Claire").api("PUT", f"{HERE}/bank-account", body | {"iban": "FR761"}).code == "not-an-iban"


def test_the_open_poster_stays_the_only_one_until_it_is_taken_back(village: Village) -> None:
    claire = village.as_("Claire")
    first = claire.api("POST", f"{HERE}/invitations", {"kind": "poster"}).json()["id"]
    assert claire.api("POST", f"{HERE}/invitations", {"kind": "poster", "days_valid": 90}).json()["id"] == first
    assert claire.api("POST", f"{HERE}/invitations/{first}/revocation", {}).status == 201
    assert claire.api("POST", f"{HERE}/invitations", {"kind": "poster"}).json()["id"] != first


def test_a_mail_of_invitation_speaks_the_language_asked_for(village: Village) -> None:
    body = {"email": "vera@example.org", "language": "fr"}
    assert village.as_("Claire").api("POST", f"{HERE}/mailed-invitations", body).status == 201
    (letter,) = village.letters_to("Vera")
    assert "vous invite" in letter.subject.replace("\u00a0", " ")


def test_members_are_listed_with_what_they_are_trusted_with(village: Village) -> None:
    village.leave("Luc")
    village.leave("Amina")
    listed = walked(village.as_("Nadia"), f"{HERE}/members")
    assert [each["name"] for each in listed] == ["Claire", "Jean", "Nadia", "Paul", "Amina", "Luc"]
    assert [each["name"] for each in listed if "referent" in each["roles"]] == ["Claire"]
    assert village.as_("Olga").api("GET", f"{HERE}/members").code == "not-a-member"


def test_who_has_left_is_erased_by_herself_alone(village: Village) -> None:
    luc = f"{HERE}/members/{village.member('Luc')}"
    assert village.as_("Luc").api("POST", f"{luc}/erasure", {}).code == "still-a-member"
    village.leave("Luc")
    assert village.as_("Nadia").api("POST", f"{luc}/erasure", {}).code == "not-yours"
    assert village.as_("Claire").api("POST", f"{luc}/erasure", {}).code == "needs-a-vote"
    assert village.as_("Luc").api("POST", f"{luc}/erasure", {}).status == 201
    village.pass_time(days=30)
    assert village.as_("Nadia").api("GET", luc).json()["name"] == "Luc"  # first she is reminded
    village.pass_time(days=7)
    assert village.as_("Nadia").api("GET", luc).json()["name"] is None


def test_only_a_referent_invites(village: Village) -> None:
    nadia, invited = village.as_("Nadia"), village.invitation(InvitationKind.POSTER)
    assert nadia.api("GET", f"{HERE}/invitations").code == "not-your-role"
    assert nadia.api("POST", f"{HERE}/invitations", {"kind": "poster"}).code == "not-your-role"
    assert nadia.api("POST", f"{HERE}/mailed-invitations", {"email": "vera@example.org"}).code == "not-your-role"
    assert nadia.api("POST", f"{HERE}/invitations/{invited}/revocation", {}).code == "not-your-role"
    assert village.letters_to("Vera") == []


def test_the_members_of_another_co_op_see_nothing(village: Village) -> None:
    olga = village.as_("Olga")
    for path in ("", "/members", "/rules", "/proposals", "/invitations"):
        assert olga.api("GET", f"{HERE}{path}").status == 403
        assert village.anyone().api("GET", f"{HERE}{path}").status == 401


def test_letters_that_could_not_leave_are_listed_and_sent_again(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Mail) -> None:
        raise AddressRefusedError("550 no such mailbox")

    claire, letters = village.as_("Claire"), f"{HERE}/unsent-letters"
    village.booked("Nadia", "Clio", village.now + timedelta(days=1))
    with monkeypatch.context() as broken:
        broken.setattr(village.site.postman, "send", refuse)
        village.letters()
    [kept] = walked(claire, letters)
    assert kept.keys() == {"letter_id", "address", "subject", "trouble", "written_at", "next_at"}
    assert (kept["address"], kept["trouble"]) == ("jean@example.org", "address")
    assert village.as_("Nadia").api("GET", letters).code == "not-your-role"
    assert village.as_("Nadia").api("POST", f"{letters}/attempts", {}).code == "not-your-role"
    assert claire.api("POST", f"{letters}/attempts", {}).json() == {"count": 1}
    assert len(village.letters_to("Jean")) == 1
    assert walked(claire, letters) == []
    assert claire.api("POST", f"{letters}/attempts", {}).json() == {"count": 0}


def test_how_often_she_cancelled_late_is_told_to_herself_and_a_referent(village: Village) -> None:
    path, nadia = f"{HERE}/members/{village.member('Nadia')}/late-cancellations", village.as_("Nadia")
    early = village.booked("Nadia", "Kangoo", village.now + timedelta(hours=25))
    assert nadia.api("POST", f"{HERE}/bookings/{early}/cancellation", {}).status == 201
    assert nadia.api("GET", path).json()["count"] == 0
    late = village.booked("Nadia", "Kangoo", village.now + timedelta(hours=23))
    village.clock.now += timedelta(minutes=10)  # until then what was just booked is taken back freely
    assert nadia.api("POST", f"{HERE}/bookings/{late}/cancellation", {}).status == 201
    for who in ("Nadia", "Claire"):
        assert village.as_(who).api("GET", path).json()["count"] == 1
    assert village.as_("Paul").api("GET", path).code == "not-yours"
