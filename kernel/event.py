"""Events: what has happened, for good.

An event is stored under a stable name (`booking.VehicleBooked`), never under a module path. When the shape of a
stored event must change, the class says under which old names it was stored and how to read them (`formerly`).
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID, uuid5

import msgspec

Upcast = Callable[[dict[str, Any]], dict[str, Any]]

_classes: dict[str, type["Event"]] = {}


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened, in the past tense, with all its readers need.

    `formerly` maps a retired stored name to the function that turns its old fields into today's.
    """

    formerly: ClassVar[Mapping[str, Upcast]] = {}

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        for name in (cls.name(), *cls.formerly):
            _classes[name] = cls

    @classmethod
    def name(cls) -> str:
        """Return the stable stored name: the context, a dot, the class."""
        return f"{cls.context()}.{cls.__name__}"

    @classmethod
    def context(cls) -> str:
        """Return the context it happened in: the package of its class."""
        return cls.__module__.partition(".")[0]


def event_class(name: str) -> type[Event]:
    """Return the class stored under `name`; `KeyError` when this version knows no such event."""
    return _classes[name]


def event_classes() -> dict[str, type[Event]]:
    """Return every stored name, retired ones included, with its class."""
    return dict(_classes)


E_co = TypeVar("E_co", bound=Event, covariant=True)


class Recorded(msgspec.Struct, Generic[E_co], frozen=True, kw_only=True):
    """An event with its place in the log: which co-op, whose act, under which command, when.

    `effective_at` is when it took effect in the world, `recorded_at` when the log learned of it; both aware, UTC.
    `position` counts from 1 over the whole log, `version` from 1 within its stream.
    """

    position: int
    stream_id: UUID
    version: int
    coop_id: UUID
    by: UUID | None
    command_id: UUID
    effective_at: datetime
    recorded_at: datetime
    event: E_co

    @property
    def originator_id(self) -> UUID:
        """The stream's id, in the event store's word."""
        return self.stream_id

    @property
    def originator_version(self) -> int:
        """The version within the stream, in the event store's word."""
        return self.version

    def follow_up_id(self, purpose: str) -> UUID:
        """Return the id of the one command that follows from this event for `purpose`: always the same."""
        return uuid5(self.stream_id, f"{self.version}/{purpose}")
