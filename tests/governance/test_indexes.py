"""Telling namesakes apart costs what those of one name cost, on SQLite that has not counted its tables yet too."""

from governance.queries import names_of
from tests.governance.given import COOP
from tests.governance.village import Village
from tests.kit.databases import on_sqlite
from tests.kit.plans import plan_of


@on_sqlite
def test_namesakes_are_found_by_their_name_not_among_all_members(village: Village) -> None:
    with village.reading() as connection:
        plan = plan_of(connection, lambda: names_of(connection, COOP, [village.founder]))
    assert plan.count("SEARCH people_1 USING INDEX people_by_name (name=?)") == 2, plan
    assert plan.count("COVERING INDEX governance_members_by_person (person_id=? AND coop_id=?") == 2, plan
