import pytest

from governance.commands import GiveRole
from governance.mandates import RolesForMembers
from governance.queries import member
from governance.roles import Role
from kernel.refused import NotYours
from tests.governance.given import COOP, DAY, NOON
from tests.governance.given import member as stranger
from tests.governance.village import Village


def test_a_role_is_held_from_now_until_its_date(village: Village) -> None:
    bruno = village.join("Bruno")
    village.give(bruno, Role.TREASURER)
    assert village.ask(member, COOP, bruno, NOON).holds(Role.TREASURER)
    assert village.ask(member, COOP, bruno, NOON - DAY).roles == ()


def test_only_a_member_is_given_one_by_a_referent(village: Village) -> None:
    bruno = village.join("Bruno")
    with pytest.raises(RolesForMembers):
        village.give(stranger(9), Role.TREASURER)
    command = GiveRole(coop_id=COOP, member_id=bruno, role=Role.REFERENT)
    with pytest.raises(NotYours):
        village.governance.give_role(command, village.asked(bruno))
