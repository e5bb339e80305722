"""Naming a few members without reading all: one question, whoever they are by now."""

from uuid import UUID, uuid4

from sqlalchemy import event

from governance.queries import names_of
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
