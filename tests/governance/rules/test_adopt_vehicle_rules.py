"""A vehicle comes with its own first rules; from then on they change by votes alone."""

import pytest

from governance.commands import AdoptVehicleRules
from governance.events import RuleValue
from governance.rules.queries import rules_in_force
from governance.rules.rule import OutOfBounds
from governance.rules.rulebook import VehicleRulesStand
from tests.governance.given import COOP, KANGOO, NOON
from tests.governance.village import Village
from tests.kit.races import refused_at_once


def adopting(price: str) -> AdoptVehicleRules:
    return AdoptVehicleRules(coop_id=COOP, vehicle_id=KANGOO, values=(RuleValue("price_per_km", price),))


def price(village: Village) -> str | None:
    rule = village.ask(rules_in_force, COOP, NOON, KANGOO)["price_per_km"]
    return str(rule.value) if rule.vehicle_id == KANGOO else None


def test_its_first_rules_are_in_force_at_once(village: Village) -> None:
    assert price(village) is None
    village.governance.adopt_vehicle_rules(adopting("0.25"), village.asked())
    assert price(village) == "0.25"


def test_a_price_beyond_what_may_be_voted_is_not_adopted(village: Village) -> None:
    with pytest.raises(OutOfBounds):
        village.governance.adopt_vehicle_rules(adopting("9"), village.asked())
    assert price(village) is None


def test_asked_twice_they_are_adopted_once(village: Village) -> None:
    again = village.asked()
    first = village.governance.adopt_vehicle_rules(adopting("0.25"), again)
    assert village.governance.adopt_vehicle_rules(adopting("0.25"), again) == first
    assert not village.governance.adopt_vehicle_rules(adopting("0.250"), village.asked()).changed


def test_of_two_prices_adopted_at_once_the_first_stands(village: Village) -> None:
    prices = ("0.25", "0.40")
    acts = [lambda one=one: village.governance.adopt_vehicle_rules(adopting(one), village.asked()) for one in prices]
    refusals = refused_at_once(*acts)
    assert [type(refusal) for refusal in refusals if refusal] == [VehicleRulesStand]
    assert price(village) == prices[refusals.index(None)]
