"""A member gives part of what she is owed to the co-op."""

from datetime import date
from threading import Thread
from uuid import UUID

import pytest

from kernel.log.history import History
from kernel.money import Money
from kernel.refused import NotYours, Refused
from ledger.application import Ledger
from ledger.entries import queries
from ledger.entries.causes.gift import TooLittleOwed, gift
from ledger.entries.commands import ClosePeriod, Contribute, SetBalanceLimit
from tests.ledger.given import ANNA, BEN, COOP, DIE, EVE, TODAY, asked, balances, books, owe, total


def give(cents: int) -> Contribute:
    return Contribute(coop_id=COOP, cents=cents)


def test_she_is_owed_less_and_the_co_op_more(history: History) -> None:
    ledger = Ledger(history, DIE, "EUR")
    owe(ledger, BEN, ANNA, 3000)
    ledger.contribute(give(1000), asked(ANNA))
    assert books(history)[1] == "2026-05-04 contribution: Anna -10.00, coop +10.00"
    assert balances(history) == {"Anna": 2000, "Ben": -3000, "coop": 1000}


def test_more_than_she_is_owed_is_refused_with_what_she_can_give() -> None:
    with pytest.raises(TooLittleOwed, match=r"at most 30\.00 EUR"):
        gift(UUID(int=9), give(3001), giver=ANNA, balance=Money(3000), floor_cents=0, today=TODAY)


def test_only_a_member_can_give(history: History) -> None:
    with pytest.raises(NotYours):
        Ledger(history, DIE, "EUR").contribute(give(1), asked(None))


def test_sent_three_times_it_counts_once(history: History) -> None:
    ledger, once = Ledger(history, DIE, "EUR"), asked(ANNA)
    owe(ledger, BEN, ANNA, 3000)
    assert len({ledger.contribute(give(1000), once) for _ in range(3)}) == 1
    assert balances(history)["Anna"] == 2000


@pytest.mark.parametrize("owed", [0, 5000])
def test_many_at_once_never_pass_the_limit(history: History, owed: int) -> None:  # property E5
    ledger, refused = Ledger(history, DIE, "EUR"), []
    ledger.set_balance_limit(SetBalanceLimit(coop_id=COOP, cents=-5000), asked(None))
    if owed:
        owe(ledger, BEN, EVE, owed)

    def spend() -> None:
        try:
            ledger.contribute(give(2000), asked(EVE))
        except Refused as refusal:
            refused.append(type(refusal))

    threads = [Thread(target=spend) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    given = (owed + 5000) // 2000
    assert refused == [TooLittleOwed] * (8 - given)
    assert balances(history)["Eve"] == owed - 2000 * given
    assert total(history) == 0


def test_a_limit_set_back_to_nothing_leaves_the_books_open_to_change(history: History) -> None:
    ledger = Ledger(history, DIE, "EUR")
    for cents in (-15_000, 0, -5_000):
        ledger.set_balance_limit(SetBalanceLimit(coop_id=COOP, cents=cents), asked(None))
    ledger.set_balance_limit(SetBalanceLimit(coop_id=COOP, cents=0), asked(None))
    ledger.close_period(ClosePeriod(coop_id=COOP, month=date(2026, 4, 17)), asked(None))
    with history.engine.connect() as connection:
        assert [month.closed for month in queries.months(connection, COOP)] == [True]
