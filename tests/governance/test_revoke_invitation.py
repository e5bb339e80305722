"""A référent takes an invitation back."""

from uuid import UUID, uuid4

import pytest

from governance.commands import RevokeInvitation
from governance.events import InvitationKind
from governance.invitation import InvitationTakenBack
from governance.inviting.queries import invitation
from governance.queries import current_members
from kernel.command import Done
from kernel.refused import NotYours, Unknown
from tests.governance.given import COOP, NOON
from tests.governance.village import Village
from tests.kit.races import refused_at_once


def revoke(village: Village, invited: UUID, by: UUID | None = None) -> Done:
    command = RevokeInvitation(coop_id=COOP, invitation_id=invited)
    return village.governance.revoke_invitation(command, village.asked(by or village.founder))


def test_an_invitation_taken_back_admits_nobody(village: Village) -> None:
    invited = village.invitation()
    revoke(village, invited)
    assert village.ask(invitation, invited, NOON).state == "revoked"
    with pytest.raises(InvitationTakenBack):
        village.admit(village.person("Bruno"), invited)


def test_only_a_referent_takes_one_back(village: Village) -> None:
    bruno, poster = village.join("Bruno"), village.invitation()
    with pytest.raises(NotYours):
        revoke(village, poster, by=bruno)
    assert village.ask(invitation, poster, NOON).state == "valid"


def test_one_that_nobody_made_is_unknown(village: Village) -> None:
    with pytest.raises(Unknown):
        revoke(village, uuid4())


def test_asked_twice_it_is_taken_back_once(village: Village) -> None:
    command = RevokeInvitation(coop_id=COOP, invitation_id=village.invitation())
    again = village.asked(village.founder)
    first = village.governance.revoke_invitation(command, again)
    assert village.governance.revoke_invitation(command, again) == first
    assert not village.governance.revoke_invitation(command, village.asked(village.founder)).changed


def test_taken_back_as_someone_joins_she_is_in_or_it_is_too_late(village: Village) -> None:
    invited, bruno = village.invitation(InvitationKind.MAIL), village.person("Bruno")
    late, taken_back = refused_at_once(lambda: village.admit(bruno, invited), lambda: revoke(village, invited))
    assert taken_back is None
    assert late is None or isinstance(late, InvitationTakenBack)
    assert len(village.ask(current_members, COOP)) == (2 if late is None else 1)
