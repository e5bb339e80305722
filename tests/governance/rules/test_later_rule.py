"""A rule added to the catalogue later: older co-ops go on as if nothing had changed, until they vote on it."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from governance.commands import ProposeRule, TellOfNewRules
from governance.coop import Coop
from governance.events import NewRulesTold
from governance.rules.catalogue import CATALOGUE
from governance.rules.packs import values_of
from governance.rules.queries import coops_to_tell, rule_history, rules_in_force, rules_on
from governance.rules.rulebook import Rulebook
from tests.governance.given import COOP, DAY, KANGOO, NOON, dearer_km, opened
from tests.governance.village import Village
from tests.kit.releases import COOP_STARTED_BY_0_1_0, GRACE, RULES_ADOPTED_BY_0_1_0, as_read_today


@pytest.fixture
def later(village: Village, monkeypatch: pytest.MonkeyPatch) -> Village:
    """The village, founded before the catalogue had a rule on late returns."""
    monkeypatch.setitem(CATALOGUE, GRACE.key, GRACE)
    return village


def enact(village: Village, value: str, vehicle_id: UUID | None = None) -> None:
    command = ProposeRule(
        coop_id=COOP,
        parameter=GRACE.key,
        vehicle_id=vehicle_id,
        value=value,
        effective_from=date(2026, 4, 1),
        rationale="Roads are what they are.",
    )
    proposal_id = village.governance.propose_rule(command, village.asked(village.founder)).stream_id
    village.vote(proposal_id, village.founder)
    village.now += 7 * DAY
    village.close(proposal_id)
    village.now = datetime(2026, 3, 31, 22, tzinfo=UTC)
    village.enact(proposal_id)


def test_a_coop_of_before_lives_by_its_default_since_its_start_under_no_vote(later: Village) -> None:
    row = later.ask(rules_in_force, COOP, NOON)[GRACE.key]
    assert (row.value, row.number) == ("0", 0)
    assert (row.effective_at, row.version, row.proposal_id, row.vehicle_id) == (NOON, 0, None, None)
    assert later.ask(rules_on, COOP, NOON.date(), "Europe/Paris")[GRACE.key] == row
    assert later.ask(rule_history, COOP, GRACE.key) == (row,)


def test_before_its_start_a_coop_has_no_rules_whatever_their_age(later: Village) -> None:
    assert later.ask(rules_in_force, COOP, NOON - DAY) == {}
    assert later.ask(rule_history, UUID(int=404), GRACE.key) == ()


def test_a_vote_changes_it_like_any_other(later: Village) -> None:
    enact(later, "15")
    voted, default = later.ask(rule_history, COOP, GRACE.key)
    assert (voted.value, default.value) == ("15", "0")
    assert later.ask(rules_in_force, COOP, later.now)[GRACE.key] == voted
    assert later.ask(rules_in_force, COOP, later.now - DAY)[GRACE.key] == default


def test_a_vehicle_may_have_its_own_beside_the_default(later: Village) -> None:
    later.kangoo_enters()
    enact(later, "30", KANGOO)
    assert later.ask(rules_in_force, COOP, later.now, KANGOO)[GRACE.key].value == "30"
    assert later.ask(rules_in_force, COOP, later.now)[GRACE.key].value == "0"


def test_what_0_1_0_stored_still_says_every_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CATALOGUE, GRACE.key, GRACE)
    book = Rulebook().after([as_read_today("governance.RulesAdopted", RULES_ADOPTED_BY_0_1_0)])
    assert book.version == 1
    assert book.value_at("max_duration_hours", KANGOO, NOON) == "72"
    assert book.value_at(GRACE.key, KANGOO, NOON) == book.value_at(GRACE.key, None, NOON) == "0"
    assert book.value_at(GRACE.key, None, NOON - DAY) is None
    assert opened(dearer_km("5", parameter=GRACE.key), rulebook=book).value == "5"


def test_who_keeps_a_coop_of_before_is_told_once_for_each_version_of_the_catalogue(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    command = TellOfNewRules(coop_id=COOP)
    coop = Coop().after([as_read_today("governance.CoopStarted", COOP_STARTED_BY_0_1_0)])
    events = coop.tell_of_new_rules(command)
    assert events == (NewRulesTold(catalogue=2),)
    coop = coop.after(events)
    assert coop.tell_of_new_rules(command) == ()
    monkeypatch.setitem(CATALOGUE, GRACE.key, GRACE)
    assert coop.tell_of_new_rules(command) == (NewRulesTold(catalogue=3),)


def test_a_coop_waits_to_be_told_where_rules_came_after_it(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    assert village.ask(coops_to_tell) == []
    monkeypatch.setitem(CATALOGUE, GRACE.key, GRACE)
    assert village.ask(coops_to_tell) == [COOP]
    village.governance.tell_of_new_rules(TellOfNewRules(coop_id=COOP), village.asked())
    assert village.ask(coops_to_tell) == []


@pytest.mark.parametrize("key", CATALOGUE)
def test_every_rule_says_since_when_it_exists_and_what_those_without_it_live_by(key: str) -> None:
    rule = CATALOGUE[key]
    assert rule.since >= 1
    assert rule.canonical(rule.default) == rule.default


def test_the_rules_of_the_first_catalogue_are_those_every_coop_adopts() -> None:
    first = {key for key, rule in CATALOGUE.items() if rule.since == 1}
    assert first <= values_of("light", "EUR").keys()
