"""Rules changed by votes, on a real database."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from governance.rules.queries import rule_history, rules_in_force, rules_on
from governance.rules.rulebook import NotPassed, NotYetDue
from governance.votes.proposal import VoteStillOpen
from governance.votes.queries import decisions_to_enact, proposal
from kernel.refused import Unknown
from tests.governance.given import COOP, DAY, KANGOO, NOON
from tests.governance.village import Village
from tests.kit.races import refused_at_once

APRIL = datetime(2026, 3, 31, 22, tzinfo=UTC)  # 1 April in Die


def price(village: Village, at: datetime, vehicle_id: object = None) -> object:
    return village.ask(rules_in_force, COOP, at, vehicle_id)["price_per_km"].exact


def state(village: Village, proposal_id: object) -> str:
    return str(village.ask(proposal, COOP, proposal_id, village.founder, village.now).state)


def test_a_passed_proposal_takes_effect_at_its_date(village: Village) -> None:
    proposal_id = village.passed()
    assert village.ask(decisions_to_enact, APRIL - timedelta(seconds=1)) == ()
    village.now = APRIL
    assert [due.proposal_id for due in village.ask(decisions_to_enact, APRIL)] == [proposal_id]
    village.enact(proposal_id)
    assert price(village, APRIL) == Decimal("0.34")
    assert price(village, APRIL - timedelta(microseconds=1)) == Decimal("0.30")
    assert (state(village, proposal_id), village.ask(decisions_to_enact, APRIL)) == ("enacted", ())


def test_not_before_nor_when_the_vote_is_open_or_failed(village: Village) -> None:
    proposal_id = village.propose()
    with pytest.raises(VoteStillOpen):
        village.enact(proposal_id)
    village.now += 7 * DAY
    village.close(proposal_id)
    with pytest.raises(NotPassed):
        village.enact(proposal_id)
    passed = village.passed("0.35")
    with pytest.raises(NotYetDue):
        village.enact(passed)


def test_it_takes_effect_once_even_when_asked_at_once(village: Village) -> None:
    proposal_id = village.passed()
    village.now = APRIL
    assert refused_at_once(*[lambda: village.enact(proposal_id)] * 4) == [None] * 4
    assert [row.value for row in village.ask(rule_history, COOP, "price_per_km")] == ["0.34", "0.30"]


def test_the_second_decision_on_a_rule_is_in_conflict(village: Village) -> None:
    first = village.propose("0.34")
    second = village.propose("0.36")
    for proposal_id in (first, second):
        village.vote(proposal_id, village.founder)
    village.now += 7 * DAY
    for proposal_id in (first, second):
        village.close(proposal_id)
    village.now = APRIL
    village.enact(first)
    village.enact(second)
    assert (state(village, first), state(village, second)) == ("enacted", "conflicted")
    assert price(village, APRIL) == Decimal("0.34")


def test_what_applied_on_a_day_can_always_be_said(village: Village) -> None:
    proposal_id = village.passed()
    village.now = APRIL
    village.enact(proposal_id)

    def applied(day: date) -> str:
        return str(village.ask(rules_on, COOP, day, "Europe/Paris")["price_per_km"].value)

    assert applied(date(2026, 3, 31)) == "0.30"
    assert applied(date(2026, 4, 1)) == "0.34"
    assert applied(date(2026, 5, 3)) == "0.34"
    assert village.ask(rules_on, COOP, date(2026, 3, 1), "Europe/Paris") == {}


def test_a_rules_history_names_the_decisions(village: Village) -> None:
    proposal_id = village.passed()
    village.now = APRIL
    village.enact(proposal_id)
    newest, oldest = village.ask(rule_history, COOP, "price_per_km")
    assert (newest.proposal_id, newest.version, newest.effective_at) == (proposal_id, 2, APRIL)
    assert (oldest.proposal_id, oldest.version) == (None, 1)


def test_a_vehicles_own_value_comes_before_the_co_ops_until_it_is_ended(village: Village) -> None:
    village.kangoo_enters("0.25")
    assert price(village, NOON, KANGOO) == Decimal("0.25")
    assert price(village, NOON) == Decimal("0.30")
    proposal_id = village.propose(None, vehicle_id=KANGOO)
    village.vote(proposal_id, village.founder)
    village.now += 7 * DAY
    village.close(proposal_id)
    village.now = APRIL
    village.enact(proposal_id)
    assert price(village, APRIL, KANGOO) == Decimal("0.30")
    ended = village.ask(rule_history, COOP, "price_per_km", KANGOO)[0]
    assert (ended.value, ended.exact) == (None, None)


def test_a_proposal_nobody_made_cannot_take_effect(village: Village) -> None:
    with pytest.raises(Unknown):
        village.enact(uuid4())
