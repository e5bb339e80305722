"""Events are permanent: their names, their fields and what was stored of them."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

import msgspec
import pytest
from eventsourcing.persistence import StoredEvent
from msgspec import inspect

from kernel.event import Event, Recorded, Upcast, event_class
from kernel.log.mapper import EventMapper
from tests.kernel.jars import ANNA, COOP, NOON, CoinsAdded
from tests.kernel.stored_events import LIST, listed, samples, shape, stored_classes, stored_sample

STREAM = UUID(int=100)


class JarMoved(Event, frozen=True, kw_only=True):
    """A jar stands elsewhere: formerly in words, today by shelf and place."""

    shelf: int
    place: int

    formerly: ClassVar[Mapping[str, Upcast]] = {
        "tests.JarPut": lambda old: dict(zip(("shelf", "place"), map(int, old["where"].split("/")), strict=True)),
        "tests.JarMovedV1": lambda old: old | {"place": 0},
    }


def decoded(name: str, state: bytes) -> Recorded[Event]:
    return EventMapper().to_domain_event(StoredEvent(STREAM, 1, name, state))


def retired(event: Mapping[str, Any]) -> bytes:
    envelope = msgspec.json.decode(stored_sample(JarMoved))
    return msgspec.json.encode(envelope | {"event": event})


def test_every_stored_name_and_its_fields_are_those_of_the_list() -> None:
    assert listed() == LIST.read_text(), "events changed: see tests/kernel/stored_events.py"


def test_no_stored_name_ever_goes_away() -> None:
    assert samples().keys() == stored_classes().keys()


@pytest.mark.parametrize("name", sorted(samples()))
def test_what_was_stored_once_is_read_for_ever(name: str) -> None:
    stored = samples()[name]
    recorded = decoded(name, stored)
    if name == recorded.event.name():
        assert msgspec.json.decode(EventMapper().to_stored_event(recorded).state) == msgspec.json.decode(stored)


def test_two_classes_never_share_a_stored_name() -> None:
    every, waiting = [], [Event]
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        every += below
    assert len(every) >= len(stored_classes())
    assert [cls for cls in every if event_class(cls.name()) is not cls] == []


@pytest.mark.parametrize("name", sorted(stored_classes()))
def test_no_event_holds_a_float_nor_a_value_of_unknown_kind(name: str) -> None:
    assert shape(inspect.type_info(stored_classes()[name]))


def test_a_float_in_an_event_would_be_found() -> None:
    class Weighed(Event, frozen=True, kw_only=True):
        kilos: tuple[float | None, ...]

    with pytest.raises(TypeError, match="no place in an event"):
        shape(inspect.type_info(Weighed))


def test_a_name_says_the_context_and_the_class_never_the_file() -> None:
    assert CoinsAdded.name() == "tests.CoinsAdded"


def test_a_recorded_event_comes_back_as_it_was() -> None:
    recorded = Recorded(
        position=0, stream_id=STREAM, version=1, coop_id=COOP, by=ANNA, command_id=STREAM,
        effective_at=NOON, recorded_at=NOON, event=CoinsAdded(coins=3),
    )  # fmt: skip
    assert EventMapper().to_domain_event(EventMapper().to_stored_event(recorded)) == recorded


@pytest.mark.parametrize(
    ("name", "old"), [("tests.JarPut", {"where": "3/4"}), ("tests.JarMoved", {"shelf": 3, "place": 4})]
)
def test_an_event_stored_under_a_former_name_is_read_as_todays(name: str, old: Mapping[str, Any]) -> None:
    assert decoded(name, retired(old)).event == JarMoved(shelf=3, place=4)


def test_each_former_name_has_its_own_way_of_being_read() -> None:
    assert decoded("tests.JarMovedV1", retired({"shelf": 3})).event == JarMoved(shelf=3, place=0)


def test_what_is_stored_today_bears_todays_name() -> None:
    recorded = decoded("tests.JarPut", retired({"where": "3/4"}))
    assert EventMapper().to_stored_event(recorded).topic == "tests.JarMoved"


def test_an_unknown_name_is_never_guessed() -> None:
    with pytest.raises(KeyError):
        decoded("tests.NeverHappened", retired({}))


def test_what_follows_from_an_event_has_an_id_of_its_own_that_never_changes() -> None:
    recorded = decoded("tests.JarMoved", retired({"shelf": 3, "place": 4}))
    assert recorded.follow_up_id("charge") == recorded.follow_up_id("charge")
    assert recorded.follow_up_id("charge") != recorded.follow_up_id("mail")
