import pytest

from governance.commands import EndRole, GiveRole, SetBankAccount
from governance.mandates import LastReferent, RolesForMembers
from governance.queries import coop_row, member
from governance.roles import Role
from kernel.refused import NotYours, Unknown
from tests.governance.given import COOP, DAY, NOON
from tests.governance.given import member as stranger
from tests.governance.village import Village, at_once

IBAN = "FR14 2004 1010 0505 0001 3M02 606"


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


def test_a_role_is_ended_by_its_holder(village: Village) -> None:
    bruno, chloe = village.join("Bruno"), village.join("Chloé")
    village.give(bruno, Role.STEWARD)
    command = EndRole(coop_id=COOP, member_id=bruno, role=Role.STEWARD)
    with pytest.raises(NotYours):
        village.governance.end_role(command, village.asked(chloe))
    village.governance.end_role(command, village.asked(bruno))
    assert village.ask(member, COOP, bruno, NOON).roles == ()


def test_nobody_ends_a_role_of_someone_the_co_op_does_not_know(village: Village) -> None:
    command = EndRole(coop_id=COOP, member_id=stranger(9), role=Role.STEWARD)
    with pytest.raises(Unknown):
        village.governance.end_role(command, village.asked(village.founder))


def test_of_two_referents_stepping_down_at_once_one_remains(village: Village) -> None:
    bruno = village.join("Bruno")
    village.give(bruno, Role.REFERENT)

    def step_down(member_id: object) -> object:
        command = EndRole(coop_id=COOP, member_id=member_id, role=Role.REFERENT)  # type: ignore[arg-type]
        return village.governance.end_role(command, village.asked(village.founder))

    refusals = at_once(lambda: step_down(bruno), lambda: step_down(village.founder))
    assert len([refusal for refusal in refusals if isinstance(refusal, LastReferent | NotYours)]) == 1


def test_the_treasurer_says_where_the_co_op_is_paid(village: Village) -> None:
    bruno = village.join("Bruno")
    command = SetBankAccount(coop_id=COOP, holder="Les Voisins du Diois", iban=IBAN)
    with pytest.raises(NotYours):
        village.governance.set_bank_account(command, village.asked(bruno))
    village.give(bruno, Role.TREASURER)
    village.governance.set_bank_account(command, village.asked(bruno))
    paid = village.ask(coop_row, COOP)
    assert (paid.holder, paid.iban) == ("Les Voisins du Diois", IBAN.replace(" ", ""))
