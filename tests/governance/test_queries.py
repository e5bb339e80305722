"""Naming a few members without reading all: one question, whoever they are by now."""

from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import event

from governance.queries import members_of, members_slice, names_of
from tests.governance.given import COOP, start
from tests.governance.village import Village

ELSEWHERE = UUID(int=404)


def test_those_who_left_keep_their_name_and_those_erased_have_none(village: Village) -> None:
    bruno, chloe, dana = (village.join(name) for name in ("Bruno", "Chloé", "Dana"))
    village.leave(bruno)
    village.leave(dana)
    village.erase(dana)
    assert village.ask(names_of, COOP, [village.founder, bruno, dana]) == {village.founder: "Anna", bruno: "Bruno"}
    assert village.ask(names_of, COOP, [chloe]) == {chloe: "Chloé"}


def test_one_erased_here_has_no_name_here_though_another_coop_knows_her(village: Village) -> None:
    village.governance.start_coop(start(bruno := village.person("Bruno"), ELSEWHERE), village.asked())
    here = village.admit(bruno, village.invitation())
    village.leave(here)
    village.erase(here)
    assert village.ask(names_of, COOP, [here]) == {}


def test_two_of_one_name_are_told_apart_by_the_order_in_which_they_joined(village: Village) -> None:
    joined = []
    for name in ("Paul Girard", "Paul girard", "Paul Girard", "Chloé"):
        village.now += timedelta(hours=1)
        joined.append(village.join(name))
    called = ["Paul Girard (1)", "Paul girard", "Paul Girard (2)", "Chloé"]
    assert village.ask(names_of, COOP, joined) == dict(zip(joined, called, strict=True))
    assert village.ask(names_of, COOP, joined[2:3]) == {joined[2]: "Paul Girard (2)"}
    shown = {row.member_id: row.name for row in village.ask(members_of, COOP, village.now)}
    assert [shown[member_id] for member_id in joined] == called
    found = village.ask(members_slice, COOP, village.now, called="paul girard", most=9).items
    assert [row.name for row in found] == called[:3]
    village.leave(joined[0])
    assert village.ask(names_of, COOP, joined[:1]) == {joined[0]: "Paul Girard (1)"}
    village.erase(joined[0])
    assert village.ask(names_of, COOP, joined[2:3]) == {joined[2]: "Paul Girard"}


def test_a_namesake_in_another_coop_is_no_reason_to_number_anybody(village: Village) -> None:
    village.governance.start_coop(start(village.person("Bruno"), ELSEWHERE), village.asked())
    bruno = village.join("Bruno")
    assert village.ask(names_of, COOP, [bruno]) == {bruno: "Bruno"}


def test_neither_a_stranger_nor_a_member_of_another_coop_is_named(village: Village) -> None:
    assert village.ask(names_of, COOP, [uuid4()]) == village.ask(names_of, ELSEWHERE, [village.founder]) == {}


def test_however_many_are_named_one_question_is_asked(village: Village) -> None:
    everyone = [village.founder, *(village.join(name) for name in ("Bruno", "Chloé", "Dana"))]
    with village.reading() as connection:
        asked: list[object] = []
        event.listen(connection, "before_execute", lambda _connection, statement, *_: asked.append(statement))
        assert len(names_of(connection, COOP, everyone * 2)) == 4
        assert len(asked) == 1
        assert names_of(connection, COOP, []) == {}
        assert len(asked) == 1
