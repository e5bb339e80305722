"""A mail address is given back to who cannot open its mailbox: two vouch, three days pass, and she may refuse."""

from datetime import timedelta
from uuid import uuid4

from msgspec.structs import replace

from governance import commands as g
from governance.application import Governance
from governance.coop import CHARTER_VERSION
from governance.events import InvitationKind
from governance.recovery.commands import CompleteRecovery
from people.person import change_person
from tests.kit.village import COOP, ELSEWHERE, Village, person_id_of
from tests.places.members.recovery.ways import (
    HERE,
    NEW,
    OLD,
    address_of,
    ask,
    confirm,
    known_long,
    link_to,
    refuse,
    subjects_to,
    under_way,
    vouch,
    vouched,
    way_of,
)
from usecases.profile.recovering import complete_recovery

IBAN = {"iban": "FR7630006000011234567890189", "iban_holder": "Nadia"}
PROFILE = {"name": "Nadia", "language": "en"}


def test_two_vouch_and_after_three_days_her_mail_goes_to_the_new_address(village: Village) -> None:
    known_long(village)
    before, device = village.as_("Nadia"), village.session("Nadia", "A phone that was lost")
    assert ask(village).status == 201
    (asked,) = under_way(village)
    assert (asked["state"], asked["address"], asked["asked_by"]) == ("asked", NEW, str(village.member("Claire")))
    assert confirm(village).json() == {"member_id": str(village.member("Nadia"))}
    assert vouch(village).status == 201
    (waiting,) = under_way(village)
    assert (waiting["state"], waiting["vouched_by"]) == ("vouched", str(village.member("Jean")))
    village.pass_time(hours=71, minutes=59)
    assert (address_of(village), before.api("GET", "/me").status) == (OLD, 200)
    village.pass_time(minutes=1)
    assert address_of(village) == NEW
    assert under_way(village) == []
    assert before.api("GET", "/me").status == 401
    before.token = device
    assert before.api("GET", "/me").status == 401
    stranger = village.anyone()
    for email, links in ((NEW, 1), (OLD, 0)):
        letters = len(village.letters())
        stranger.api("POST", "/sign-in-links", {"email": email})
        assert len(village.letters()) - letters == links


def test_she_refuses_from_her_old_mailbox_a_minute_before(village: Village) -> None:
    vouched(village)
    link, anyone = link_to(village, OLD, "recoveries"), village.anyone()
    village.pass_time(hours=71, minutes=59)
    assert anyone.api("POST", f"{link}/refusal", {}).json() == {"member_id": str(village.member("Nadia"))}
    assert anyone.api("POST", f"{link}/refusal", {}).status == 200  # pressed twice
    village.pass_time(days=2)
    assert address_of(village) == OLD
    assert village.as_("Nadia").api("GET", "/me").status == 200
    told = {letter.address for letter in village.letters() if "does not change" in letter.subject}
    assert told == {"claire@example.org", "jean@example.org"}


def test_once_it_is_done_it_is_too_late_to_refuse(village: Village) -> None:
    vouched(village)
    link = link_to(village, OLD, "recoveries")
    village.pass_time(hours=72)
    assert village.anyone().api("POST", f"{link}/refusal", {}).code == "too-late-to-refuse"
    assert refuse(village, "Claire").code == "too-late-to-refuse"
    assert address_of(village) == NEW


def test_a_link_refuses_what_it_was_sent_for_and_nothing_later(village: Village) -> None:
    vouched(village)
    link = link_to(village, OLD, "recoveries")
    refuse(village, "Nadia")
    assert (ask(village).status, confirm(village).status, vouch(village).status) == (201, 200, 201)
    assert village.anyone().api("POST", f"{link}/refusal", {}).code == "recovery-over"
    for token in (link.removeprefix("/recoveries/")[:-2] + "AA", "a" * 72, "ü", "x"):
        assert village.anyone().api("POST", f"/recoveries/{token}/refusal", {}).status == 404
    village.pass_time(hours=72)
    assert address_of(village) == NEW


def test_she_or_a_referent_refuses_signed_in_and_nobody_else(village: Village) -> None:
    vouched(village)
    assert refuse(village, "Paul").code == "not-yours"
    assert refuse(village, "Nadia").status == 201
    assert under_way(village) == []
    assert (ask(village).status, refuse(village, "Claire").status) == (201, 201)
    assert under_way(village) == []


def test_only_a_referent_asks_and_never_for_herself(village: Village) -> None:
    known_long(village)
    assert ask(village, "Paul").code == "not-your-role"
    own = village.as_("Claire").api("POST", way_of(village, "Claire"), {"email": NEW})
    assert own.code == "not-yours"
    assert village.as_("Claire").api("POST", way_of(village, "Olga"), {"email": NEW}).status == 404
    assert ask(village, email=OLD).code == "same-address"
    assert village.letters() == []


def test_who_asked_does_not_vouch_nor_does_she(village: Village) -> None:
    known_long(village)
    ask(village)
    assert vouch(village, "Jean").code == "mailbox-silent"
    confirm(village)
    assert vouch(village, "Claire").code == "another-vouches"
    assert vouch(village, "Nadia").code == "not-yours"
    assert vouch(village, "Jean").status == 201


def test_asked_twice_one_letter_leaves_and_the_second_to_vouch_is_told(village: Village) -> None:
    known_long(village)
    key, twice = uuid4(), uuid4()
    assert {ask(village, key=key).status for _ in range(2)} == {201}
    assert len(village.letters()) == 1
    confirm(village)
    assert {vouch(village, key=twice).status for _ in range(2)} == {201}
    assert vouch(village, "Jean").status == 201  # nothing more happens
    assert vouch(village, "Paul").code == "already-vouched"  # Jean got in first
    assert ask(village, email="other@example.org").code == "recovery-under-way"


def test_what_is_asked_anew_takes_the_place_of_what_was_asked(village: Village) -> None:
    known_long(village)
    ask(village, email="nadia.typo@example.org")
    ask(village)
    assert confirm(village, "nadia.typo@example.org").code == "recovery-over"
    assert confirm(village).status == 200
    assert confirm(village).status == 410  # the link works once


def test_nobody_vouches_once_a_week_is_over(village: Village) -> None:
    known_long(village)
    ask(village)
    confirm(village)
    village.pass_time(days=7)
    assert under_way(village) == []
    assert vouch(village).code == "recovery-over"


def test_an_address_of_somebody_here_is_refused_only_to_who_has_its_mailbox(village: Village) -> None:
    known_long(village)
    assert ask(village, email="paul@example.org").status == 201  # nobody learns who is here
    assert confirm(village, "paul@example.org").code == "address-taken"
    assert vouch(village).code == "mailbox-silent"


def test_it_is_dropped_where_she_changed_her_address_or_the_new_one_is_taken(village: Village) -> None:
    for name, email in (("Nadia", "nadia.herself@example.org"), ("Sacha", NEW)):
        vouched(village)
        with village.site.writing() as connection:
            change_person(connection, person_id_of(name), email=email)
        village.pass_time(hours=72)
        assert under_way(village) == []
        assert address_of(village) == "nadia.herself@example.org"
        assert village.as_("Nadia").api("GET", "/me").status == 200
    assert [letter.subject for letter in village.letters() if "does not change" in letter.subject]


def test_a_link_to_change_it_that_was_asked_from_the_old_address_ends(village: Village) -> None:
    vouched(village)
    village.pass_time(hours=71, minutes=50)
    village.as_("Nadia").api("POST", "/me/address", {"email": "thief@example.org"})
    link = link_to(village, "thief@example.org")
    village.pass_time(minutes=10)
    assert village.anyone().api("POST", f"{link}/address", {}).status == 410
    assert address_of(village) == NEW


def test_her_iban_stays_for_fourteen_days(village: Village) -> None:
    assert village.as_("Nadia").api("PUT", "/me", PROFILE | IBAN).status == 200
    vouched(village)
    village.pass_time(hours=72)
    village.as_("Nadia").token = village.session("Nadia")
    other = {"iban": "FR7630001007941234567890185", "iban_holder": "Nadia"}
    for changed in (PROFILE, PROFILE | other):
        assert village.as_("Nadia").api("PUT", "/me", changed).status == 422
    assert village.as_("Nadia").api("PUT", "/me", PROFILE | IBAN | {"phone": "0612345678"}).status == 200
    village.pass_time(days=13, hours=23, minutes=59)
    assert village.as_("Nadia").api("PUT", "/me", PROFILE | other).status == 422
    village.pass_time(minutes=1)
    assert village.as_("Nadia").api("PUT", "/me", PROFILE | other).json()["iban"] == other["iban"]


def test_the_clock_does_it_once(village: Village) -> None:
    vouched(village)
    village.clock.now += timedelta(hours=72)
    command, asked = CompleteRecovery(coop_id=COOP, member_id=village.member("Nadia")), village.asked()
    done = [complete_recovery(village.site.history, command, asked) for _ in range(2)]
    assert done[0] == done[1]
    village.pass_time(hours=1)
    assert subjects_to(village, OLD).count("Your address for Voisiture has changed") == 1
    assert subjects_to(village, NEW).count("Your address for Voisiture is this one now") == 1


def test_referents_of_all_her_co_ops_are_told_and_of_where_by_none(village: Village) -> None:
    elsewhere, olga = Governance(village.site.history), village.member("Olga", ELSEWHERE)
    issue = g.IssueInvitation(coop_id=ELSEWHERE, kind=InvitationKind.POSTER)
    invited = elsewhere.issue_invitation(issue, replace(village.asked(), by=olga)).stream_id
    join = g.JoinCoop(
        coop_id=ELSEWHERE, invitation_id=invited, person_id=person_id_of("Nadia"), charter_version=CHARTER_VERSION
    )
    elsewhere.join_coop(join, village.asked())
    vouched(village)
    watched = {letter.address: letter for letter in village.letters() if "is about to change" in letter.subject}
    assert watched.keys() == {"claire@example.org", "olga@example.org"}
    assert f"/coops/{ELSEWHERE}/members/{village.member('Nadia', ELSEWHERE)}" in watched["olga@example.org"].body
    assert "Voisins" not in watched["olga@example.org"].body
    assert all(NEW not in letter.body for letter in village.letters())
    village.pass_time(hours=72)
    assert address_of(village) == NEW
    assert f"{HERE}/" in watched["claire@example.org"].body
