import pytest

from governance.commands import LeaveCoop
from governance.mandates import LastReferent
from governance.queries import coops_of, current_members, member, members_of
from governance.roles import Role
from kernel.refused import NotYours
from tests.governance.given import COOP, NOON
from tests.governance.village import Village
from tests.kit.races import refused_at_once


def test_a_member_leaves_and_is_still_known_by_name(village: Village) -> None:
    bruno = village.join("Bruno")
    village.leave(bruno)
    gone = village.ask(member, COOP, bruno, NOON)
    assert (gone.name, gone.is_member, gone.left_at) == ("Bruno", False, NOON)
    assert village.ask(current_members, COOP) == (village.founder,)
    assert village.ask(coops_of, gone.person_id) == ()


def test_current_members_are_listed_first(village: Village) -> None:
    village.leave(village.join("Albert"))
    village.join("Zoé")
    assert [member.name for member in village.ask(members_of, COOP, NOON)] == ["Anna", "Zoé", "Albert"]


def test_the_last_referent_stays(village: Village) -> None:
    with pytest.raises(LastReferent):
        village.leave(village.founder)
    assert village.ask(current_members, COOP) == (village.founder,)


def test_of_two_referents_leaving_at_once_one_stays(village: Village) -> None:
    bruno = village.join("Bruno")
    village.give(bruno, Role.REFERENT)
    refusals = refused_at_once(lambda: village.leave(bruno), lambda: village.leave(village.founder))
    assert [type(refusal) for refusal in refusals if refusal] == [LastReferent]
    assert len(village.ask(current_members, COOP)) == 1


def test_leaving_ends_all_roles(village: Village) -> None:
    bruno = village.join("Bruno")
    village.give(bruno, Role.STEWARD)
    assert village.ask(member, COOP, bruno, NOON).roles == (Role.STEWARD,)
    village.leave(bruno)
    assert village.ask(member, COOP, bruno, NOON).roles == ()


def test_one_who_left_may_come_back_as_the_same_member(village: Village) -> None:
    bruno = village.person("Bruno")
    village.leave(village.admit(bruno, village.invitation()))
    assert village.admit(bruno, village.invitation()) in village.ask(current_members, COOP)


def test_nobody_makes_another_leave(village: Village) -> None:
    bruno, chloe = village.join("Bruno"), village.join("Chloé")
    with pytest.raises(NotYours):
        village.governance.leave_coop(LeaveCoop(coop_id=COOP, member_id=bruno), village.asked(chloe))
    assert bruno in village.ask(current_members, COOP)
