from uuid import UUID

import pytest

from governance.commands import EraseMember, LeaveCoop
from governance.mandates import LastReferent
from governance.member import StillAMember
from governance.queries import coops_of, current_members, member, members_of, membership
from governance.roles import Role
from governance.votes.queries import proposal
from kernel.refused import NotYours, Unknown
from people.person import person
from tests.governance.given import COOP, DAY, NOON, start
from tests.governance.village import Village, at_once


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
    refusals = at_once(lambda: village.leave(bruno), lambda: village.leave(village.founder))
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


def test_nobody_makes_another_leave_but_a_referent(village: Village) -> None:
    bruno, chloe = village.join("Bruno"), village.join("Chloé")
    with pytest.raises(NotYours):
        village.governance.leave_coop(LeaveCoop(coop_id=COOP, member_id=bruno), village.asked(chloe))
    village.governance.leave_coop(LeaveCoop(coop_id=COOP, member_id=bruno), village.asked(village.founder))
    assert bruno not in village.ask(current_members, COOP)


def test_erasing_forgets_the_person_and_what_she_wrote(village: Village) -> None:
    bruno = village.join("Bruno")
    village.give(bruno, Role.REFERENT)
    proposal_id = village.propose()
    person_id = village.ask(member, COOP, village.founder, NOON).person_id
    village.leave(village.founder)
    village.erase(village.founder)
    erased = village.ask(member, COOP, village.founder, NOON)
    assert (erased.name, erased.email, erased.person_id, erased.erased_at) == (None, None, None, NOON)
    assert village.ask(person, person_id) is None
    rationale = village.ask(proposal, COOP, proposal_id, bruno, NOON).rationale
    assert village.ask(village.history.keyring.open, rationale) is None


def test_before_that_her_words_can_be_read(village: Village) -> None:
    rationale = village.ask(proposal, COOP, village.propose(), village.founder, NOON).rationale
    assert village.ask(village.history.keyring.open, rationale) == "Fuel costs more."


def test_erasing_twice_changes_nothing(village: Village) -> None:
    bruno = village.join("Bruno")
    village.leave(bruno)
    village.erase(bruno)
    village.now += DAY
    village.erase(bruno)
    assert village.ask(member, COOP, bruno, NOON).erased_at == NOON


def test_a_member_is_not_erased(village: Village) -> None:
    with pytest.raises(StillAMember):
        village.erase(village.founder)


def test_a_person_known_in_another_co_op_keeps_her_profile_there(village: Village) -> None:
    bruno = village.person("Bruno")
    village.governance.start_coop(start(bruno, UUID(int=7)), village.asked())
    here = village.admit(bruno, village.invitation())
    village.leave(here)
    village.erase(here)
    assert village.ask(member, COOP, here, NOON).name is None
    assert village.ask(membership, COOP, bruno, NOON) is None
    assert village.ask(membership, UUID(int=7), bruno, NOON).name == "Bruno"


def test_a_member_of_another_co_op_is_unknown_here(village: Village) -> None:
    other = UUID(int=7)
    village.governance.start_coop(start(village.person("Bruno"), other), village.asked())
    with pytest.raises(Unknown):
        village.governance.erase_member(EraseMember(coop_id=other, member_id=village.founder), village.asked())
