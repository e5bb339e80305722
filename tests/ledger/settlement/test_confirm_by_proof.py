"""The treasurer confirms, with what proves it, what its receiver does not."""

from uuid import UUID

import pytest

from kernel.command import Asked, Done
from kernel.log.history import History
from kernel.refused import NotYours
from ledger.application import Ledger
from ledger.settlement import queries
from ledger.settlement.commands import ConfirmByProof, DeclareCoopPaid, DenyPaid
from ledger.settlement.plan import NotSaidPaid
from tests.ledger.given import ANNA, BEN, CHLOE, COOP, DAVID, DIE, EVE, asked, balances, books, owe
from tests.ledger.settlement.given import ISSUE, declare, lines, planned, withdraw


def prove(
    history: History, ledger: Ledger, plan_id: UUID, *, by: UUID | None = EVE, again: Asked | None = None
) -> Done:
    line_id = lines(history, plan_id)[BEN].line_id
    command = ConfirmByProof(coop_id=COOP, plan_id=plan_id, line_id=line_id, proof="Bank statement of 12 May")
    return ledger.confirm_by_proof(command, again or asked(by))


def test_it_is_posted_and_the_words_are_sealed(history: History) -> None:
    ledger, plan_id = planned(history)
    declare(history, ledger, plan_id, BEN)
    prove(history, ledger, plan_id)
    assert books(history)[-1] == "2026-05-04 settlement: Ben +30.00, Anna -30.00"
    line = lines(history, plan_id)[BEN]
    (proven,) = line.proofs
    assert (line.state, proven.proven_by) == ("confirmed", EVE)
    assert b"statement" not in proven.proof.cipher
    with history.engine.connect() as connection:
        assert history.keyring.open(connection, proven.proof) == "Bank statement of 12 May"


@pytest.mark.parametrize("by", [ANNA, BEN, None])
def test_never_by_who_pays_or_receives_it(history: History, by: UUID | None) -> None:
    ledger, plan_id = planned(history)
    declare(history, ledger, plan_id, BEN)
    with pytest.raises(NotYours):
        prove(history, ledger, plan_id, by=by)


def test_never_by_who_said_for_the_co_op_that_it_was_made(history: History) -> None:
    ledger = Ledger(history, DIE, "EUR")
    owe(ledger, COOP, ANNA, 3000)
    plan_id = ledger.issue_plan(ISSUE, asked()).stream_id
    line_id = lines(history, plan_id)[COOP].line_id
    proof = ConfirmByProof(coop_id=COOP, plan_id=plan_id, line_id=line_id, proof="Bank statement of 12 May")

    def say(by: UUID, cents: int) -> UUID | None:
        ledger.declare_coop_paid(
            DeclareCoopPaid(coop_id=COOP, plan_id=plan_id, line_id=line_id, cents=cents), asked(by)
        )
        return lines(history, plan_id)[COOP].declared_by

    assert say(EVE, 1000) == EVE
    with pytest.raises(NotYours):
        ledger.confirm_by_proof(proof, asked(EVE), EVE)
    ledger.confirm_by_proof(proof, asked(DAVID), EVE)
    assert say(DAVID, 3000) == DAVID
    with pytest.raises(NotYours):
        ledger.confirm_by_proof(proof, asked(DAVID), DAVID)
    assert say(DAVID, 1000) is None
    assert say(EVE, 2500) == EVE
    deny = DenyPaid(coop_id=COOP, plan_id=plan_id, line_id=line_id)
    ledger.deny_paid(deny, asked(ANNA), ANNA)
    assert lines(history, plan_id)[COOP].declared_by is None
    say(DAVID, 3000)
    ledger.confirm_by_proof(proof, asked(EVE), DAVID)
    assert balances(history) == {}


def test_what_nobody_said_was_made_cannot_be_proven(history: History) -> None:
    ledger, plan_id = planned(history)
    with pytest.raises(NotSaidPaid):
        prove(history, ledger, plan_id)


def test_after_a_withdrawal_it_still_can_and_the_next_plan_is_not_touched(history: History) -> None:
    ledger, plan_id = planned(history)
    declare(history, ledger, plan_id, BEN)
    withdraw(ledger, plan_id)
    following = ledger.issue_plan(ISSUE, asked()).stream_id
    prove(history, ledger, plan_id)
    assert set(lines(history, following)) == {CHLOE}
    assert balances(history) == {"Chloé": -2000, "David": 2000}


def test_with_the_last_one_the_plan_is_complete(history: History) -> None:
    ledger = Ledger(history, DIE, "EUR")
    owe(ledger, BEN, DAVID, 674)
    plan_id = ledger.issue_plan(ISSUE, asked()).stream_id
    declare(history, ledger, plan_id, BEN)
    prove(history, ledger, plan_id)
    with history.engine.connect() as connection:
        assert [plan.state for plan in queries.plans(connection, COOP)] == ["complete"]


def test_asked_twice_it_is_posted_once(history: History) -> None:
    (ledger, plan_id), again = planned(history), asked(EVE)
    declare(history, ledger, plan_id, BEN)
    first = prove(history, ledger, plan_id, again=again)
    assert prove(history, ledger, plan_id, again=again) == first
    assert not prove(history, ledger, plan_id).changed
    assert balances(history) == {"Chloé": -2000, "David": 2000}
