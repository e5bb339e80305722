"""A passed vote changes the software by itself: prices and house rules, at its date, for whom it concerns."""

from datetime import timedelta
from decimal import Decimal

import pytest

from booking.policies import TooLong
from governance.rules.queries import rules_in_force
from ledger.entries.causes.gift import TooLittleOwed
from ledger.entries.commands import Contribute
from tests.kit.money import ledger_in
from tests.kit.village import COOP, NOW, Village
from tests.processes.acts import (
    count,
    enter,
    failed,
    leave_service,
    propose,
    rate_of,
    rules_of,
    wait_until_december,
)


def test_a_vehicle_enters_at_its_own_price_or_at_the_coops(village: Village) -> None:
    assert rate_of(village, enter(village)).per_km == Decimal("0.30")
    assert rate_of(village, enter(village, price="0.42")).per_km == Decimal("0.42")


def test_the_price_changes_at_its_date_and_not_before(village: Village) -> None:
    vehicle_id = enter(village)
    proposal_id = propose(village, "price_per_km", "0.34")
    village.pass_time(days=28)  # the last evening of November in Die
    assert rate_of(village, vehicle_id).per_km == Decimal("0.30")
    village.pass_time(days=1)
    rate = rate_of(village, vehicle_id)
    assert (rate.per_km, rate.decision_id) == (Decimal("0.34"), proposal_id)
    assert failed(village) == []


def test_a_price_holds_since_its_vote_not_since_the_vehicle_entered(village: Village) -> None:
    proposal_id = propose(village, "price_per_km", "0.34")
    wait_until_december(village)
    voted = village.ask(rules_in_force, COOP, village.now)["price_per_km"].effective_at
    village.pass_time(days=10)
    rate = rate_of(village, enter(village))
    assert (rate.per_km, rate.decision_id, rate.since) == (Decimal("0.34"), proposal_id, voted)
    assert village.now - rate.since >= timedelta(days=10)


def test_a_price_of_its_own_holds_since_the_vehicle_entered(village: Village) -> None:
    village.pass_time(days=10)
    assert rate_of(village, enter(village, price="0.42")).since == village.now


def test_a_vehicle_with_a_price_of_its_own_keeps_it(village: Village) -> None:
    propose(village, "price_per_km", "0.34")
    wait_until_december(village)
    assert rate_of(village, village.vehicle("Zoé")).per_km == Decimal("0.25")


def test_a_vote_on_one_vehicle_changes_that_one(village: Village) -> None:
    other = enter(village)
    propose(village, "price_per_km", "0.28", village.vehicle("Zoé"))
    wait_until_december(village)
    assert rate_of(village, village.vehicle("Zoé")).per_km == Decimal("0.28")
    assert rate_of(village, other).per_km == Decimal("0.30")


def test_a_vote_may_give_a_vehicle_back_to_the_coops_price(village: Village) -> None:
    propose(village, "price_per_km", None, village.vehicle("Zoé"))
    wait_until_december(village)
    assert rate_of(village, village.vehicle("Zoé")).per_km == Decimal("0.30")


def test_house_rules_change_for_every_vehicle_but_one_with_its_own(village: Village) -> None:
    propose(village, "max_duration_hours", "5", village.vehicle("Zoé"))
    propose(village, "max_duration_hours", "10")
    wait_until_december(village)
    lasts = {name: rules_of(village, village.vehicle(name))["max_duration_hours"] for name in ("Zoé", "Clio", "Kangoo")}
    assert lasts == {"Zoé": 5, "Clio": 10, "Kangoo": 10}
    with pytest.raises(TooLong):
        village.booked("Nadia", "Kangoo", hours=11)


def test_a_vehicle_that_enters_later_gets_what_is_in_force(village: Village) -> None:
    propose(village, "price_per_km", "0.34")
    propose(village, "max_duration_hours", "10")
    wait_until_december(village)
    vehicle_id = enter(village)
    assert rate_of(village, vehicle_id).per_km == Decimal("0.34")
    assert rules_of(village, vehicle_id)["max_duration_hours"] == 10


def test_a_vehicle_that_enters_before_a_decision_was_followed_gets_it_too(village: Village) -> None:
    propose(village, "price_per_km", "0.34")
    village.pass_time(days=8)
    village.clock.now += timedelta(days=21)
    village.site.keep_time()  # the rule is enacted; nothing has followed from it yet
    vehicle_id = enter(village)
    assert rate_of(village, vehicle_id).per_km == Decimal("0.34")
    assert failed(village) == []


def test_a_vehicle_out_of_service_is_left_alone(village: Village) -> None:
    leave_service(village, village.vehicle("Clio"))
    before = rules_of(village, village.vehicle("Clio"))
    propose(village, "max_duration_hours", "10")
    wait_until_december(village)
    assert rules_of(village, village.vehicle("Clio")) == before


def test_a_vote_that_fails_changes_nothing(village: Village) -> None:
    vehicle_id = enter(village)
    propose(village, "price_per_km", "0.34", agree=())
    wait_until_december(village)
    assert rate_of(village, vehicle_id).per_km == Decimal("0.30")
    assert village.ask(rules_in_force, COOP, village.now)["price_per_km"].value == "0.30"
    assert count(village, "governance.RuleEnacted") == 0


def test_the_lowest_balance_is_the_ledgers_from_the_start_and_as_voted(village: Village) -> None:
    def may_give(cents: int) -> bool:
        try:
            ledger_in(village).contribute(Contribute(coop_id=COOP, cents=cents), village.asked("Nadia"))
        except TooLittleOwed:
            return False
        return True

    assert not may_give(15_001)
    assert may_give(5_000)
    propose(village, "balance_limit", "-50")
    wait_until_december(village)
    assert village.now.date() > NOW.date()
    assert not may_give(1)
