"""A receiver says that what is said to be paid has not come: it is put aside, and owed as before."""

from uuid import UUID

import pytest

from kernel.command import Asked
from kernel.log.history import History
from kernel.refused import NotYours, Unknown
from ledger.application import Ledger
from ledger.settlement import queries
from ledger.settlement.commands import DenyPaid
from ledger.settlement.plan import NotSaidPaid, PlanClosed
from tests.ledger.given import ANNA, BEN, CHLOE, COOP, DAVID, asked, balances
from tests.ledger.settlement.given import ISSUE, confirm, declare, lines, planned, withdraw


def deny(
    history: History, ledger: Ledger, plan_id: UUID, debtor: UUID, by: UUID = ANNA, again: Asked | None = None
) -> None:
    command = DenyPaid(coop_id=COOP, plan_id=plan_id, line_id=lines(history, plan_id)[debtor].line_id)
    ledger.deny_paid(command, again or asked(by), by)


def standing(history: History, plan_id: UUID, debtor: UUID) -> tuple[str, int, int, bool]:
    line = lines(history, plan_id, ANNA)[debtor]
    return line.state, line.received_cents, line.said_cents, line.can_be_denied


def test_it_is_to_be_paid_as_before(history: History) -> None:
    ledger, plan_id = planned(history)
    before = balances(history)
    declare(history, ledger, plan_id, BEN)
    assert standing(history, plan_id, BEN) == ("declared", 0, 3000, True)
    deny(history, ledger, plan_id, BEN)
    assert standing(history, plan_id, BEN) == ("to_pay", 0, 0, False)
    assert lines(history, plan_id)[BEN].declared_at is None
    assert balances(history) == before
    declare(history, ledger, plan_id, BEN)  # paid by now
    assert standing(history, plan_id, BEN) == ("declared", 0, 3000, True)


def test_what_had_come_stays(history: History) -> None:
    ledger, plan_id = planned(history)
    declare(history, ledger, plan_id, BEN, 1000)
    confirm(history, ledger, plan_id, BEN)
    declare(history, ledger, plan_id, BEN)
    deny(history, ledger, plan_id, BEN)
    assert standing(history, plan_id, BEN) == ("to_pay", 1000, 0, False)
    with pytest.raises(NotSaidPaid):
        deny(history, ledger, plan_id, BEN)


def test_nobody_denies_what_nobody_said(history: History) -> None:
    ledger, plan_id = planned(history)
    assert not lines(history, plan_id, ANNA)[BEN].can_be_denied
    with pytest.raises(NotSaidPaid):
        deny(history, ledger, plan_id, BEN)


def test_only_its_receiver_says_so_and_of_its_own_plan(history: History) -> None:
    ledger, plan_id = planned(history)
    declare(history, ledger, plan_id, BEN)
    assert not lines(history, plan_id, BEN)[BEN].can_be_denied
    for someone in (BEN, CHLOE, DAVID):
        with pytest.raises(NotYours):
            deny(history, ledger, plan_id, BEN, by=someone)
    with pytest.raises(Unknown):
        ledger.deny_paid(DenyPaid(coop_id=COOP, plan_id=plan_id, line_id=COOP), asked(ANNA), ANNA)


def test_asked_twice_it_is_put_aside_once(history: History) -> None:
    ledger, plan_id = planned(history)
    declare(history, ledger, plan_id, BEN)
    again = asked(ANNA)
    for _ in range(2):
        deny(history, ledger, plan_id, BEN, again=again)
    assert standing(history, plan_id, BEN) == ("to_pay", 0, 0, False)


def test_after_a_withdrawal_the_next_plan_asks_for_it(history: History) -> None:
    ledger, plan_id = planned(history)
    declare(history, ledger, plan_id, BEN)
    withdraw(ledger, plan_id)
    deny(history, ledger, plan_id, BEN)
    with history.engine.connect() as connection:
        assert queries.said_paid(connection, COOP) == []
        assert queries.lines_asked_of(connection, COOP, ANNA) == []
    with pytest.raises(PlanClosed):
        declare(history, ledger, plan_id, BEN)
    asked_for = lines(history, ledger.issue_plan(ISSUE, asked()).stream_id)
    assert (asked_for[BEN].receiver, asked_for[BEN].cents) == (ANNA, 3000)
