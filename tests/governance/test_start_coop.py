from uuid import UUID, uuid4

import pytest

from governance.coop import CoopExists
from governance.queries import coop_row, coops_of, members_of
from governance.roles import Role
from governance.rules.queries import rules_in_force
from kernel.command import Asked
from kernel.refused import CommandReused
from tests.governance.given import COOP, NOON, start
from tests.governance.village import Village


def test_a_co_op_starts_with_its_founder_her_roles_and_its_rules(village: Village) -> None:
    started = village.ask(coop_row, COOP)
    assert (started.name, started.commune_name, started.time_zone) == ("Les Voisins du Diois", "Die", "Europe/Paris")
    (anna,) = village.ask(members_of, COOP, NOON)
    assert (anna.name, anna.person_id, anna.roles) == ("Anna", village.anna, (Role.REFERENT, Role.TREASURER))
    assert village.ask(rules_in_force, COOP, NOON)["price_per_km"].value == "0.30"


def test_the_same_command_sent_again_gives_the_same_answer(village: Village) -> None:
    asked, coop_id = Asked(command_id=uuid4(), by=None, at=NOON), UUID(int=7)
    first = village.governance.start_coop(start(village.anna, coop_id), asked)
    assert village.governance.start_coop(start(village.anna, coop_id), asked) == first
    assert [coop.coop_id for coop in village.ask(coops_of, village.anna)] == [COOP, coop_id]


def test_the_same_command_id_with_other_content_is_refused(village: Village) -> None:
    asked = Asked(command_id=uuid4(), by=None, at=NOON)
    village.governance.start_coop(start(village.anna, UUID(int=7)), asked)
    with pytest.raises(CommandReused):
        village.governance.start_coop(start(village.anna, UUID(int=8)), asked)


def test_it_starts_only_once_and_nothing_is_left_of_the_second(village: Village) -> None:
    with pytest.raises(CoopExists):
        village.governance.start_coop(start(village.person("Bruno")), village.asked())
    assert len(village.ask(members_of, COOP, NOON)) == 1


def test_a_co_op_nobody_started_is_unknown(village: Village) -> None:
    assert village.ask(coop_row, UUID(int=99)) is None
