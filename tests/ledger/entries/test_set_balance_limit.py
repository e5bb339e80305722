"""How low a gift may bring its giver's balance, as the co-op voted it."""

import pytest

from kernel.command import Done
from kernel.log.history import History
from ledger.application import Ledger
from ledger.entries.books import Books
from ledger.entries.causes.gift import TooLittleOwed
from ledger.entries.commands import Contribute, SetBalanceLimit
from ledger.entries.events import BalanceLimitSet
from tests.kit.races import refused_at_once
from tests.ledger.given import COOP, DIE, EVE, OTHER_COOP, asked, balances


def limit(ledger: Ledger, cents: int) -> Done:
    return ledger.set_balance_limit(SetBalanceLimit(coop_id=COOP, cents=cents), asked(None))


def give(ledger: Ledger, cents: int) -> Done:
    return ledger.contribute(Contribute(coop_id=COOP, cents=cents), asked(EVE))


def test_the_co_ops_balance_limit_lets_her_go_that_low(history: History) -> None:
    ledger = Ledger(history, DIE, "EUR")
    limit(ledger, -15_000)
    give(ledger, 15_000)
    with pytest.raises(TooLittleOwed):
        give(ledger, 1)
    assert balances(history) == {"Eve": -15_000, "coop": 15_000}


def test_a_limit_raised_later_takes_nothing_back(history: History) -> None:
    ledger = Ledger(history, DIE, "EUR")
    limit(ledger, -5_000)
    give(ledger, 4_000)
    limit(ledger, -1_000)
    with pytest.raises(TooLittleOwed):
        give(ledger, 1)
    assert balances(history) == {"Eve": -4_000, "coop": 4_000}


def test_another_co_op_keeps_its_own(history: History) -> None:
    ledger = Ledger(history, DIE, "EUR")
    ledger.set_balance_limit(SetBalanceLimit(coop_id=OTHER_COOP, cents=-15_000), asked(None))
    with pytest.raises(TooLittleOwed):
        give(ledger, 1)


def test_setting_the_same_limit_again_changes_nothing() -> None:
    command = SetBalanceLimit(coop_id=COOP, cents=-100)
    assert Books().set_limit(command) == (BalanceLimitSet(cents=-100),)
    assert Books(floor_cents=-100).set_limit(command) == ()


def test_asked_twice_it_is_set_once(history: History) -> None:
    ledger, again = Ledger(history, DIE, "EUR"), asked(None)
    command = SetBalanceLimit(coop_id=COOP, cents=-15_000)
    first = ledger.set_balance_limit(command, again)
    assert ledger.set_balance_limit(command, again) == first
    assert not limit(ledger, -15_000).changed


def test_set_as_someone_gives_it_counts_before_or_after(history: History) -> None:
    ledger = Ledger(history, DIE, "EUR")
    refused, set_ = refused_at_once(lambda: give(ledger, 5_000), lambda: limit(ledger, -5_000))
    assert set_ is None
    assert refused is None or isinstance(refused, TooLittleOwed)
    assert balances(history) == ({"Eve": -5_000, "coop": 5_000} if refused is None else {})
