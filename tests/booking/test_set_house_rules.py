"""The rules the members voted hold for what is booked from then on."""

import pytest
from msgspec.structs import replace

from booking.calendar import HouseRules
from booking.commands import SetHouseRules
from booking.events import HouseRulesSet
from booking.policies import NoRulesYet, TooLong
from kernel.log.history import History
from tests.booking.village import ANNA, CLIO, COOP, KANGOO, RULES, Village, asked, hours

SET = SetHouseRules(coop_id=COOP, vehicle_id=KANGOO, rules=RULES)
NARROW = replace(RULES, max_duration_hours=1)


def test_it_happens() -> None:
    assert HouseRules().set(SET) == (HouseRulesSet(vehicle_id=KANGOO, rules=RULES),)


def test_the_same_rules_again_change_nothing() -> None:
    assert HouseRules().evolve(HouseRulesSet(vehicle_id=KANGOO, rules=RULES)).set(SET) == ()


def test_without_rules_nothing_can_be_booked(history: History) -> None:
    village = Village(history)
    village.open(KANGOO)
    village.admit(ANNA)
    with pytest.raises(NoRulesYet):
        village.book()


def test_new_rules_hold_for_the_next_booking_and_leave_the_last_alone(village: Village) -> None:
    kept = village.book(hours(9, 12))
    village.rule(NARROW)
    assert village.shown(kept.stream_id).status == "confirmed"
    with pytest.raises(TooLong, match="1 hours"):
        village.book(hours(14, 16))


def test_each_vehicle_has_its_own(village: Village) -> None:
    village.rule(NARROW, CLIO)
    assert village.book(hours(9, 12), vehicle=KANGOO).changed


def test_asked_twice_it_happens_once(village: Village) -> None:
    once, before = asked(None), len(village.events())
    assert village.rule(NARROW, as_asked=once) == village.rule(NARROW, as_asked=once)
    assert len(village.events()) == before + 1
