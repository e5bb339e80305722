"""Commands: the same one is recognised, and nobody outside can take the place of one that follows from an event."""

from uuid import UUID, uuid4, uuid5

import pytest

from kernel.command import Asked, fingerprint
from kernel.refused import Unreadable
from tests.kernel.jars import ANNA, COOP, NOON, AddCoins, LabelJar, asked

ADD = AddCoins(coop_id=COOP, coins=3)


@pytest.mark.parametrize("made", [uuid4(), UUID("0190a5f0-7c1e-7d3a-9f00-5a1b2c3d4e5f"), UUID(int=7)])
def test_an_id_made_by_chance_is_taken_from_outside(made: UUID) -> None:
    assert Asked.sent(made, ANNA, NOON) == Asked(command_id=made, by=ANNA, at=NOON)


def test_an_id_that_could_be_foreseen_is_not() -> None:
    with pytest.raises(Unreadable, match="must be random"):
        Asked.sent(uuid5(uuid4(), "2/charge trip"), ANNA, NOON)


def test_the_same_asked_again_later_has_the_same_fingerprint() -> None:
    later = asked(at=NOON.replace(hour=13))
    assert fingerprint(ADD, asked()) == fingerprint(AddCoins(coop_id=COOP, coins=3), later)


def test_other_content_other_words_or_another_person_do_not() -> None:
    others = [
        fingerprint(AddCoins(coop_id=COOP, coins=4), asked()),
        fingerprint(AddCoins(coop_id=UUID(int=9), coins=3), asked()),
        fingerprint(LabelJar(coop_id=COOP, label="3"), asked()),
        fingerprint(ADD, asked(by=None)),
    ]
    assert fingerprint(ADD, asked()) not in others
    assert len(set(others)) == 4


def test_each_part_of_an_asking_has_an_id_of_its_own_always_the_same() -> None:
    once = asked()
    assert once.part("a") == once.part("a")
    assert len({once.command_id, once.part("a").command_id, once.part("b").command_id}) == 3
