"""All dated values of a co-op's rules, its own and its vehicles', asked for in one question."""

from datetime import date
from uuid import UUID

from governance.local_time import end_of_day
from governance.rules.catalogue import CATALOGUE
from governance.rules.queries import dated_rules, rule_history, rules_in_force
from tests.governance.given import COOP, DAY, KANGOO, NOON
from tests.governance.village import Village


def test_they_answer_for_the_co_op_and_every_vehicle_as_each_question_does(village: Village) -> None:
    village.kangoo_enters()
    dated = village.ask(dated_rules, COOP)
    assert dated.in_force(NOON) == village.ask(rules_in_force, COOP, NOON)
    assert dated.in_force(NOON, KANGOO) == village.ask(rules_in_force, COOP, NOON, KANGOO)
    for key, vehicle_id in (("price_per_km", None), ("price_per_km", KANGOO), ("quorum", None)):
        assert dated.histories().get((key, vehicle_id), ()) == village.ask(rule_history, COOP, key, vehicle_id)


def test_only_what_is_a_vehicles_own_is_told_as_its_own(village: Village) -> None:
    village.kangoo_enters("0.35")
    dated = village.ask(dated_rules, COOP)
    own = {vehicle: {key: row.value for key, row in rows.items()} for vehicle, rows in dated.own_in_force(NOON).items()}
    assert own == {KANGOO: {"price_per_km": "0.35"}}
    assert dated.own_in_force(NOON - DAY) == {}


def test_rules_stand_in_the_order_of_the_catalogue_from_the_start_on(village: Village) -> None:
    dated = village.ask(dated_rules, COOP)
    assert list(dated.in_force(NOON)) == list(CATALOGUE)
    assert dated.in_force(NOON - DAY) == {}
    assert village.ask(dated_rules, UUID(int=404)).histories() == {}


def test_the_first_and_the_last_day_of_the_calendar_have_an_end() -> None:
    assert end_of_day(date.max, "America/Guadeloupe") > NOON > end_of_day(date.min, "Pacific/Noumea")
