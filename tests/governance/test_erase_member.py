"""A former member is forgotten, and what she wrote with her."""

from uuid import UUID

import pytest

from governance.commands import EraseMember
from governance.member import MembershipErased, StillAMember
from governance.queries import member, membership
from governance.roles import Role
from governance.votes.queries import proposal
from kernel.refused import NotYours, Unknown
from people.person import person
from tests.governance.given import COOP, DAY, NOON, start
from tests.governance.village import Village
from tests.kit.erasing import ask_long_ago
from tests.kit.races import refused_at_once


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


def test_only_herself_has_her_erased(village: Village) -> None:
    bruno, chloe = village.join("Bruno"), village.join("Chloé")
    village.leave(bruno)
    ask_long_ago(village.history, COOP, bruno, village.now)
    with pytest.raises(NotYours):
        village.governance.erase_member(EraseMember(coop_id=COOP, member_id=bruno), village.asked(chloe))
    assert village.ask(member, COOP, bruno, NOON).name == "Bruno"


def test_asked_twice_she_is_erased_once(village: Village) -> None:
    bruno = village.join("Bruno")
    village.leave(bruno)
    ask_long_ago(village.history, COOP, bruno, village.now)
    command, again = EraseMember(coop_id=COOP, member_id=bruno), village.asked()
    first = village.governance.erase_member(command, again)
    assert village.governance.erase_member(command, again) == first
    assert not village.governance.erase_member(command, village.asked()).changed


def test_erased_as_she_comes_back_she_is_a_member_or_forgotten(village: Village) -> None:
    bruno, invited = village.person("Bruno"), village.invitation()
    here = village.admit(bruno, invited)
    village.leave(here)
    ask_long_ago(village.history, COOP, here, village.now)
    forget = EraseMember(coop_id=COOP, member_id=here)
    back, erased = refused_at_once(
        lambda: village.admit(bruno, invited), lambda: village.governance.erase_member(forget, village.asked())
    )
    assert (type(back), type(erased)) in ((type(None), StillAMember), (MembershipErased, type(None)))
    known = village.ask(member, COOP, here, NOON)
    assert (known.is_member, known.name) == ((True, "Bruno") if back is None else (False, None))
