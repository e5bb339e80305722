"""The treasurer says that the money has come to the co-op, and the books follow."""

from uuid import UUID

import pytest

from kernel.command import Asked, Done
from kernel.log.history import History
from kernel.refused import NotYours
from ledger.application import Ledger
from ledger.settlement.commands import ConfirmCoopPaid, ConfirmPaid
from tests.kit.races import refused_at_once
from tests.ledger.given import ANNA, BEN, CHLOE, COOP, DAVID, DIE, asked, balances, books, owe, total
from tests.ledger.settlement.given import ISSUE, lines


def owed(history: History) -> tuple[Ledger, UUID]:
    """Ben owes the co-op 10.00, and Chloé owes Anna 5.00."""
    ledger = Ledger(history, DIE, "EUR")
    owe(ledger, BEN, COOP, 1000)
    owe(ledger, CHLOE, ANNA, 500)
    return ledger, ledger.issue_plan(ISSUE, asked()).stream_id


def confirm(history: History, ledger: Ledger, plan_id: UUID, debtor: UUID = BEN, again: Asked | None = None) -> Done:
    line_id = lines(history, plan_id)[debtor].line_id
    command = ConfirmCoopPaid(coop_id=COOP, plan_id=plan_id, line_id=line_id)
    return ledger.confirm_coop_paid(command, again or asked(DAVID))


def test_what_the_co_op_receives_is_confirmed_for_it(history: History) -> None:
    ledger, plan_id = owed(history)
    confirm(history, ledger, plan_id)
    assert books(history)[-1] == "2026-05-04 settlement: Ben +10.00, coop -10.00"
    assert balances(history) == {"Chloé": -500, "Anna": 500}


def test_a_member_does_not_confirm_it_as_her_own(history: History) -> None:
    ledger, plan_id = owed(history)
    command = ConfirmPaid(coop_id=COOP, plan_id=plan_id, line_id=lines(history, plan_id)[BEN].line_id)
    with pytest.raises(NotYours):
        ledger.confirm_paid(command, asked(DAVID))


def test_what_a_member_receives_is_not_confirmed_for_her(history: History) -> None:
    ledger, plan_id = owed(history)
    with pytest.raises(NotYours):
        confirm(history, ledger, plan_id, CHLOE)
    assert lines(history, plan_id)[CHLOE].state == "to_pay"


def test_asked_twice_it_is_posted_once(history: History) -> None:
    (ledger, plan_id), again = owed(history), asked(DAVID)
    first = confirm(history, ledger, plan_id, again=again)
    assert confirm(history, ledger, plan_id, again=again) == first
    assert not confirm(history, ledger, plan_id).changed
    assert balances(history) == {"Chloé": -500, "Anna": 500}


def test_confirmed_by_many_at_once_it_counts_once(history: History) -> None:
    ledger, plan_id = owed(history)
    assert refused_at_once(*[lambda: confirm(history, ledger, plan_id)] * 6) == [None] * 6
    assert balances(history) == {"Chloé": -500, "Anna": 500}
    assert total(history) == 0
