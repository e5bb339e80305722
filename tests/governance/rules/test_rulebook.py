"""Properties of the rulebook: R1 to R5, R8."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.commands import AdoptVehicleRules
from governance.events import RuleConflicted, RuleEnacted, RuleValue
from governance.rules.catalogue import UnknownRule
from governance.rules.rule import OutOfBounds
from governance.rules.rulebook import (
    Decision,
    NotPassed,
    NotPerVehicle,
    NotYetDue,
    Rulebook,
    VehicleRulesStand,
)
from tests.governance.given import COOP, DAY, KANGOO, NOON, decided, light_rules, person, rules_with_kangoo, start

prices = st.integers(10, 70).map(lambda cents: f"0.{cents}")
later = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=400)).map(lambda gap: NOON + gap)


def enacted(book: Rulebook, decision: Decision, at: datetime | None = None) -> Rulebook:
    return book.after(book.enact(decision, at=at or decision.effective_at))


def one_after_another(book: Rulebook, changes: list[tuple[datetime, str | None]]) -> Rulebook:
    for number, (at, value) in enumerate(sorted(changes, key=lambda change: change[0])):
        book = enacted(book, decided(value, number=number, vehicle_id=KANGOO, at=at, version=book.version))
    return book


@given(st.lists(st.tuples(later, prices | st.none()), max_size=8), later)
def test_r1_the_value_is_the_latest_not_after_the_instant_and_null_ends_it(
    changes: list[tuple[datetime, str | None]], at: datetime
) -> None:
    book = one_after_another(rules_with_kangoo("0.25"), changes)
    applied = [(NOON, "0.25"), *sorted(changes, key=lambda change: change[0])]
    latest = [value for since, value in applied if since <= at][-1]
    assert book.own_value("price_per_km", KANGOO, at) == latest
    assert book.value_at("price_per_km", KANGOO, at) == (latest or "0.30")


def test_r1_before_the_first_date_a_rule_is_undefined() -> None:
    assert light_rules().value_at("price_per_km", None, NOON - timedelta(microseconds=1)) is None
    assert light_rules().value_at("price_per_km", None, NOON) == "0.30"


@given(passed=st.booleans(), days_after=st.integers(-3, 3), changed_meanwhile=st.booleans())
def test_r2_enacted_exactly_when_passed_and_due_and_free_of_conflict(
    *, passed: bool, days_after: int, changed_meanwhile: bool
) -> None:
    base = light_rules()
    book = enacted(base, decided("0.40", number=2, at=NOON + DAY)) if changed_meanwhile else base
    decision = decided("0.34", passed=passed)
    at = decision.effective_at + days_after * DAY
    if passed and days_after >= 0:
        (event,) = book.enact(decision, at=at)
        assert isinstance(event, RuleConflicted if changed_meanwhile else RuleEnacted)
    else:
        with pytest.raises((NotPassed, NotYetDue)):
            book.enact(decision, at=at)


def test_r2_a_decision_is_enacted_exactly_once() -> None:
    once = enacted(light_rules(), decided("0.34"))
    assert once.enact(decided("0.34"), at=NOON + 31 * DAY) == ()


def test_r2_a_conflict_is_found_exactly_once() -> None:
    book = enacted(light_rules(), decided("0.34"))
    conflicted = enacted(book, decided("0.40", number=2))
    assert conflicted.enact(decided("0.40", number=2), at=NOON + 31 * DAY) == ()


@given(later, later)
def test_r3_nothing_enacted_changes_the_past(due: datetime, at: datetime) -> None:
    """A closed period is past, so no decision can reach into it, however late it is enacted."""
    book, decision = light_rules(), decided("0.34", at=due)
    if at >= due:
        after = enacted(book, decision, at)
        for moment in (due - timedelta(seconds=1), at - timedelta(microseconds=1)):
            assert after.value_at("price_per_km", None, moment) == book.value_at("price_per_km", None, moment)
        assert after.value_at("price_per_km", None, at) == "0.34"
    else:
        with pytest.raises(NotYetDue):
            book.enact(decision, at=at)


def test_r4_what_is_enacted_is_within_bounds() -> None:
    with pytest.raises(OutOfBounds):
        light_rules().enact(decided("9"), at=NOON + 30 * DAY)
    with pytest.raises(UnknownRule):
        light_rules().enact(decided("9", parameter="nothing"), at=NOON + 30 * DAY)


@given(prices, prices, later, later, later)
def test_r5_a_rollback_restores_the_earlier_value_and_leaves_the_past(
    old: str, new: str, one: datetime, other: datetime, instant: datetime
) -> None:
    change, rollback = sorted((one, other))
    before = rules_with_kangoo(old)
    changed = one_after_another(before, [(change, new)])
    restored = enacted(changed, decided(old, number=9, vehicle_id=KANGOO, at=rollback, version=changed.version))
    expected = before if instant >= rollback else changed
    assert restored.value_at("price_per_km", KANGOO, instant) == expected.value_at("price_per_km", KANGOO, instant)


@given(prices, st.integers(1, 10).map(str), later)
def test_r8_decisions_on_different_rules_commute(price: str, most: str, at: datetime) -> None:
    km, bookings = decided(price), decided(most, number=2, parameter="max_active_bookings")
    one, other = enacted(enacted(light_rules(), km), bookings), enacted(enacted(light_rules(), bookings), km)
    for key in ("price_per_km", "max_active_bookings"):
        assert one.value_at(key, None, at) == other.value_at(key, None, at)


@given(prices, prices)
def test_r8_of_two_on_the_same_rule_the_second_is_in_conflict(first: str, second: str) -> None:
    book = enacted(light_rules(), decided(first))
    (event,) = book.enact(decided(second, number=2), at=NOON + 30 * DAY)
    assert isinstance(event, RuleConflicted)
    assert event.changed_in_version == 2
    assert book.after((event,)).value_at("price_per_km", None, NOON + 30 * DAY) == first


def test_r8_a_vehicles_rule_and_the_co_ops_do_not_conflict() -> None:
    book = rules_with_kangoo()
    both = enacted(enacted(book, decided("0.34", version=2)), decided("0.20", number=2, vehicle_id=KANGOO, version=2))
    assert both.value_at("price_per_km", KANGOO, NOON + 30 * DAY) == "0.20"
    assert both.value_at("price_per_km", None, NOON + 30 * DAY) == "0.34"


def test_adopting_a_pack_twice_changes_nothing() -> None:
    assert light_rules().adopt(start(person(0)), at=NOON + DAY) == ()


def adopting(*values: RuleValue) -> AdoptVehicleRules:
    return AdoptVehicleRules(coop_id=COOP, vehicle_id=KANGOO, values=values)


def test_a_vehicle_without_rules_of_its_own_follows_the_co_ops() -> None:
    book = light_rules().after(light_rules().adopt_for_vehicle(adopting(), at=NOON))
    assert KANGOO in book.vehicles
    assert book.value_at("price_per_km", KANGOO, NOON) == "0.30"


def test_a_vehicles_first_rules_are_kept_in_one_way() -> None:
    assert rules_with_kangoo("0,250").value_at("price_per_km", KANGOO, NOON) == "0.25"


def test_adopting_the_same_vehicles_rules_twice_changes_nothing() -> None:
    assert rules_with_kangoo().adopt_for_vehicle(adopting(RuleValue("price_per_km", "0.300")), at=NOON) == ()


def test_a_vehicles_rules_are_not_adopted_anew_without_a_vote() -> None:
    with pytest.raises(VehicleRulesStand):
        rules_with_kangoo().adopt_for_vehicle(adopting(RuleValue("price_per_km", "0.10")), at=NOON)


def test_a_rule_that_is_the_same_for_all_is_not_adopted_for_one_vehicle() -> None:
    with pytest.raises(NotPerVehicle):
        light_rules().adopt_for_vehicle(adopting(RuleValue("quorum", "0")), at=NOON)
