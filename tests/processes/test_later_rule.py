"""A booking rule added later: what was stored without it is read, and applied, as if nothing had changed."""

from datetime import UTC, datetime
from importlib import import_module
from typing import Any
from uuid import UUID

import msgspec
import pytest

from booking.calendar import HouseRules
from booking.events import HouseRulesSet
from booking.rules import Rules
from governance.rules.catalogue import CATALOGUE
from governance.rules.rulebook import Rulebook
from tests.kit.releases import GRACE, HOUSE_RULES_SET_BY_0_1_0, RULES_ADOPTED_BY_0_1_0, as_read_today
from tests.kit.village import Village
from tests.processes.acts import failed, propose, rules_of, wait_until_december

OF_0_1_0 = {
    "min_duration_minutes": 30,
    "max_duration_hours": 72,
    "min_notice_hours": 0,
    "advance_horizon_days": 60,
    "max_active_bookings": 3,
    "buffer_minutes": 0,
    "early_take_minutes": 30,
    "approval_timeout_hours": 12,
    "cancel_free_hours": 24,
}


class LaterRules(Rules, frozen=True, kw_only=True):
    """The house rules of a later release."""

    late_grace_minutes: int = 0


@pytest.fixture
def later(village: Village, monkeypatch: pytest.MonkeyPatch) -> Village:
    """The village, whose vehicles got their rules before there was one on late returns."""
    monkeypatch.setitem(CATALOGUE, GRACE.key, GRACE)
    monkeypatch.setattr(import_module("processes.apply_rules"), "Rules", LaterRules)
    return village


def test_what_0_1_0_stored_of_a_vehicles_rules_still_applies() -> None:
    event = as_read_today("booking.HouseRulesSet", HOUSE_RULES_SET_BY_0_1_0)
    rules = HouseRules().evolve(event).rules
    assert rules is not None
    assert {name: getattr(rules, name) for name in OF_0_1_0} == OF_0_1_0
    assert isinstance(event, HouseRulesSet)
    assert event.vehicle_id == UUID(int=2)


def test_a_release_with_one_rule_more_reads_the_former_ones_rules_with_its_default() -> None:
    stored = msgspec.json.decode(HOUSE_RULES_SET_BY_0_1_0)["rules"]
    since = {"suspend_after_days": 0, GRACE.key: 0}
    assert msgspec.structs.asdict(msgspec.convert(stored, LaterRules)) == OF_0_1_0 | since


def test_what_0_1_0_stored_of_a_coops_rules_says_each_of_a_vehicles() -> None:
    book = Rulebook().after([as_read_today("governance.RulesAdopted", RULES_ADOPTED_BY_0_1_0)])
    noon = datetime(2026, 3, 2, 11, tzinfo=UTC)
    assert {name: int(str(book.value_at(name, None, noon))) for name in OF_0_1_0} == OF_0_1_0


def test_when_another_rule_changes_the_default_goes_to_the_calendars_too(later: Village) -> None:
    zoe = later.vehicle("Zoé")
    assert GRACE.key not in rules_of(later, zoe)
    propose(later, "max_duration_hours", "10")
    wait_until_december(later)
    assert (rules_of(later, zoe)[GRACE.key], failed(later)) == (0, [])


def test_what_is_voted_of_it_goes_to_the_calendars(later: Village) -> None:
    propose(later, GRACE.key, "15")
    wait_until_december(later)
    assert (rules_of(later, later.vehicle("Zoé"))[GRACE.key], failed(later)) == (15, [])


def test_a_rule_the_catalogue_does_not_have_is_never_guessed(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("processes.apply_rules"), "Rules", LaterRules)
    propose(village, "max_duration_hours", "10")
    wait_until_december(village)
    assert failed(village)
    assert rules_of(village, village.vehicle("Zoé"))["max_duration_hours"] == 72


@pytest.mark.parametrize("field", msgspec.structs.fields(Rules), ids=lambda field: field.name)
def test_a_field_without_default_is_a_rule_of_the_first_catalogue_and_a_default_is_the_catalogues(field: Any) -> None:
    rule = CATALOGUE[field.name]
    if field.required:
        assert rule.since == 1
    else:
        assert rule.since > 1
        assert field.default == rule.read(rule.default)
