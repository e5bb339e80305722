"""The treasurer or a référent says where the co-op is paid."""

import pytest

from governance.commands import SetBankAccount
from governance.queries import coop_row
from governance.roles import Role
from kernel.refused import NotYours
from people.bank_account import NotAnIban
from tests.governance.given import COOP
from tests.governance.village import Village
from tests.kit.races import refused_at_once

IBAN = "FR14 2004 1010 0505 0001 3M02 606"
OTHER = "DE89 3704 0044 0532 0130 00"


def account(iban: str = IBAN) -> SetBankAccount:
    return SetBankAccount(coop_id=COOP, holder="Les Voisins du Diois", iban=iban)


def kept(village: Village) -> tuple[str | None, str | None]:
    paid = village.ask(coop_row, COOP)
    return paid.holder, paid.iban


def test_the_treasurer_says_where_the_co_op_is_paid(village: Village) -> None:
    bruno = village.join("Bruno")
    with pytest.raises(NotYours):
        village.governance.set_bank_account(account(), village.asked(bruno))
    assert kept(village) == (None, None)
    village.give(bruno, Role.TREASURER)
    village.governance.set_bank_account(account(), village.asked(bruno))
    assert kept(village) == ("Les Voisins du Diois", IBAN.replace(" ", ""))


def test_what_is_no_iban_leaves_the_account_it_had(village: Village) -> None:
    village.governance.set_bank_account(account(), village.asked(village.founder))
    with pytest.raises(NotAnIban):
        village.governance.set_bank_account(account("FR14"), village.asked(village.founder))
    assert kept(village)[1] == IBAN.replace(" ", "")


def test_asked_twice_it_is_said_once(village: Village) -> None:
    again = village.asked(village.founder)
    first = village.governance.set_bank_account(account(), again)
    assert village.governance.set_bank_account(account(), again) == first
    assert not village.governance.set_bank_account(account(), village.asked(village.founder)).changed


def test_of_two_said_at_once_one_is_kept_whole(village: Village) -> None:
    said = [account(iban) for iban in (IBAN, OTHER)]
    acts = [lambda one=one: village.governance.set_bank_account(one, village.asked(village.founder)) for one in said]
    assert refused_at_once(*acts) == [None, None]
    assert kept(village)[1] in (IBAN.replace(" ", ""), OTHER.replace(" ", ""))
