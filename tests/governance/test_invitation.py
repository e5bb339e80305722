from datetime import timedelta
from uuid import UUID

import pytest

from governance.commands import IssueInvitation
from governance.events import InvitationIssued, InvitationKind, InvitationRevoked, InvitationUsed
from governance.invitation import Invitation, InvitationAlreadyUsed, InvitationExpired, InvitationTakenBack
from tests.governance.given import COOP, DAY, NOON, member


def issued(kind: InvitationKind) -> Invitation:
    command = IssueInvitation(coop_id=COOP, kind=kind, days_valid=30)
    return Invitation().after(Invitation().issue(command, at=NOON))


def used(invitation: Invitation, by: UUID) -> Invitation:
    return invitation.after(invitation.admit(by, at=NOON + DAY))


def test_an_invitation_lasts_some_days() -> None:
    command = IssueInvitation(coop_id=COOP, kind=InvitationKind.MAIL, days_valid=30)
    assert Invitation().issue(command, at=NOON) == (
        InvitationIssued(kind=InvitationKind.MAIL, expires_at=NOON + 30 * DAY),
    )


def test_a_mail_link_admits_one_person() -> None:
    assert issued(InvitationKind.MAIL).admit(member(1), at=NOON) == (InvitationUsed(member_id=member(1)),)
    with pytest.raises(InvitationAlreadyUsed):
        used(issued(InvitationKind.MAIL), member(1)).admit(member(2), at=NOON + DAY)


def test_the_same_person_twice_changes_nothing() -> None:
    assert used(issued(InvitationKind.MAIL), member(1)).admit(member(1), at=NOON + DAY) == ()


def test_a_poster_admits_many_and_keeps_no_list() -> None:
    for number in range(3):
        assert issued(InvitationKind.POSTER).admit(member(number), at=NOON + DAY) == ()


@pytest.mark.parametrize("kind", InvitationKind)
def test_it_expires(kind: InvitationKind) -> None:
    with pytest.raises(InvitationExpired):
        issued(kind).admit(member(1), at=NOON + 30 * DAY)
    issued(kind).admit(member(1), at=NOON + 30 * DAY - timedelta(microseconds=1))


@pytest.mark.parametrize("kind", InvitationKind)
def test_it_can_be_taken_back_once(kind: InvitationKind) -> None:
    assert issued(kind).revoke() == (InvitationRevoked(),)
    revoked = issued(kind).after(issued(kind).revoke())
    assert revoked.revoke() == ()
    with pytest.raises(InvitationTakenBack):
        revoked.admit(member(1), at=NOON)
