"""Replaying the log gives the same rows."""

from sqlalchemy import Engine, select

from governance.read_models import project
from governance.roles import Role
from kernel.log.rebuild import rebuild
from kernel.tables import derived
from tests.governance.given import DAY
from tests.governance.village import Village


def rows(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    tables = [table for table in derived.sorted_tables if table.name.startswith("governance_")]
    with engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in tables
        }


def test_a_rebuild_gives_the_same_rows(village: Village) -> None:
    village.kangoo_enters()
    bruno = village.join("Bruno")
    village.give(bruno, Role.REFERENT)
    village.leave(bruno)
    village.erase(bruno)
    village.ask_recovery(village.join("Chloé"))
    proposal_id = village.passed()
    village.now += 30 * DAY
    village.enact(proposal_id)
    before = rows(village.history.engine)
    assert all(before.values())
    rebuild(village.history.engine, {"governance": project})
    assert rows(village.history.engine) == before
