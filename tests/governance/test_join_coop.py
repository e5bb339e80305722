from uuid import uuid4

import pytest

from governance.commands import IssueInvitation, JoinCoop
from governance.coop import CHARTER_VERSION
from governance.events import InvitationKind
from governance.invitation import InvitationAlreadyUsed
from governance.inviting.queries import invitation, invitations_of
from governance.member import CharterChanged, member_id_of
from governance.queries import coops_of, members_of, membership
from kernel.refused import NotYours, Unknown
from tests.governance.given import COOP, DAY, NOON
from tests.governance.village import Village
from tests.kit.races import refused_at_once


def test_a_neighbour_joins_by_a_mail_link(village: Village) -> None:
    invited = village.invitation(InvitationKind.MAIL)
    assert village.ask(invitation, invited, NOON).state == "valid"
    bruno = village.person("Bruno")
    member_id = village.admit(bruno, invited)
    assert member_id == member_id_of(COOP, bruno)
    assert village.ask(invitation, invited, NOON).state == "used"
    mine = village.ask(membership, COOP, bruno, NOON)
    assert (mine.member_id, mine.name, mine.roles, mine.is_member) == (member_id, "Bruno", (), True)
    assert [coop.coop_id for coop in village.ask(coops_of, bruno)] == [COOP]


def test_the_same_joining_sent_three_times_is_one(village: Village) -> None:
    invited, bruno, asked = village.invitation(InvitationKind.MAIL), village.person("Bruno"), village.asked()
    command = JoinCoop(coop_id=COOP, invitation_id=invited, person_id=bruno, charter_version=CHARTER_VERSION)
    answers = [village.governance.join_coop(command, asked) for _ in range(3)]
    assert answers == [answers[0]] * 3
    assert len(village.ask(members_of, COOP, NOON)) == 2


def test_a_mail_link_admits_one_even_when_two_take_it_at_once(village: Village) -> None:
    invited = village.invitation(InvitationKind.MAIL)
    people = [village.person(name) for name in ("Bruno", "Chloé", "Dalila", "Émile")]
    refusals = refused_at_once(*(lambda p=person: village.admit(p, invited) for person in people))
    assert [type(refusal) for refusal in refusals if refusal] == [InvitationAlreadyUsed] * 3
    assert len(village.ask(members_of, COOP, NOON)) == 2


def test_one_person_joining_twice_at_once_is_one_member(village: Village) -> None:
    bruno, poster = village.person("Bruno"), village.invitation()
    assert refused_at_once(*[lambda: village.admit(bruno, poster)] * 4) == [None] * 4
    assert len(village.ask(members_of, COOP, NOON)) == 2


def test_a_poster_admits_many(village: Village) -> None:
    poster = village.invitation()
    for name in ("Bruno", "Chloé"):
        village.admit(village.person(name), poster)
    assert [member.name for member in village.ask(members_of, COOP, NOON)] == ["Anna", "Bruno", "Chloé"]
    assert village.ask(invitation, poster, NOON).state == "valid"


def test_a_member_who_follows_another_link_does_not_use_it_up(village: Village) -> None:
    invited = village.invitation(InvitationKind.MAIL)
    village.admit(village.anna, invited)
    assert village.ask(invitation, invited, NOON).state == "valid"


def test_a_refused_joining_leaves_the_invitation_as_it_was(village: Village) -> None:
    invited, bruno = village.invitation(InvitationKind.MAIL), village.person("Bruno")
    command = JoinCoop(coop_id=COOP, invitation_id=invited, person_id=bruno, charter_version="light-0")
    with pytest.raises(CharterChanged):
        village.governance.join_coop(command, village.asked())
    assert village.ask(invitation, invited, NOON).state == "valid"


def test_an_invitation_nobody_made_is_unknown(village: Village) -> None:
    assert village.ask(invitation, uuid4(), NOON) is None
    with pytest.raises(Unknown):
        village.admit(village.person("Bruno"), uuid4())


def test_only_a_referent_invites(village: Village) -> None:
    bruno = village.join("Bruno")
    with pytest.raises(NotYours):
        village.governance.issue_invitation(
            IssueInvitation(coop_id=COOP, kind=InvitationKind.MAIL), village.asked(bruno)
        )


def test_invitations_are_listed_newest_first_with_their_state(village: Village) -> None:
    old = village.invitation()
    village.now = NOON + 29 * DAY
    new = village.invitation()
    listed = village.ask(invitations_of, COOP, NOON + 30 * DAY)
    assert [(invited.invitation_id, invited.state) for invited in listed] == [(new, "valid"), (old, "expired")]
