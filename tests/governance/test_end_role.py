"""A role ends before its date: by its holder, or by a référent."""

from uuid import UUID

import pytest

from governance.commands import EndRole
from governance.mandates import LastReferent
from governance.queries import member
from governance.roles import Role
from kernel.refused import NotYours, Unknown
from tests.governance.given import COOP, NOON
from tests.governance.given import member as stranger
from tests.governance.village import Village
from tests.kit.races import refused_at_once


def ending(member_id: UUID, role: Role = Role.STEWARD) -> EndRole:
    return EndRole(coop_id=COOP, member_id=member_id, role=role)


def test_a_role_is_ended_by_its_holder(village: Village) -> None:
    bruno, chloe = village.join("Bruno"), village.join("Chloé")
    village.give(bruno, Role.STEWARD)
    with pytest.raises(NotYours):
        village.governance.end_role(ending(bruno), village.asked(chloe))
    village.governance.end_role(ending(bruno), village.asked(bruno))
    assert village.ask(member, COOP, bruno, NOON).roles == ()


def test_a_referent_ends_it_and_no_other_role_with_it(village: Village) -> None:
    bruno = village.join("Bruno")
    village.give(bruno, Role.STEWARD)
    village.give(bruno, Role.TREASURER)
    village.governance.end_role(ending(bruno), village.asked(village.founder))
    assert village.ask(member, COOP, bruno, NOON).roles == (Role.TREASURER,)


def test_the_last_referent_keeps_hers(village: Village) -> None:
    with pytest.raises(LastReferent):
        village.governance.end_role(ending(village.founder, Role.REFERENT), village.asked(village.founder))
    assert village.ask(member, COOP, village.founder, NOON).holds(Role.REFERENT)


def test_nobody_ends_a_role_of_someone_the_co_op_does_not_know(village: Village) -> None:
    with pytest.raises(Unknown):
        village.governance.end_role(ending(stranger(9)), village.asked(village.founder))


def test_asked_twice_it_ends_once(village: Village) -> None:
    bruno = village.join("Bruno")
    village.give(bruno, Role.STEWARD)
    again = village.asked(bruno)
    first = village.governance.end_role(ending(bruno), again)
    assert village.governance.end_role(ending(bruno), again) == first
    assert not village.governance.end_role(ending(bruno), village.asked(bruno)).changed


def test_of_two_referents_stepping_down_at_once_one_remains(village: Village) -> None:
    bruno = village.join("Bruno")
    village.give(bruno, Role.REFERENT)

    def step_down(member_id: UUID) -> object:
        return village.governance.end_role(ending(member_id, Role.REFERENT), village.asked(village.founder))

    refusals = refused_at_once(lambda: step_down(bruno), lambda: step_down(village.founder))
    assert len([refusal for refusal in refusals if isinstance(refusal, LastReferent | NotYours)]) == 1
