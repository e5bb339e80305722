"""Commands: what is asked, and who asks it.

A command holds only content, so that a phone may send it three times and it is recognised. The edge adds who asks,
when, and the id the client made.
"""

import hashlib
from datetime import datetime
from uuid import UUID, uuid5

import msgspec

from kernel.event import Event, Recorded
from kernel.refused import Unreadable

_DERIVED = 5  # the version of every id made by `uuid5`


class Command(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something asked of a co-op, in the imperative."""

    coop_id: UUID


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks, when (aware, from the edge's clock), under which id.

    `by` is the asking member, or `None` when the system follows its own rules. `effective_at` differs from `at` only
    when the act happened earlier than it was sent (a return noted without network). `part_of` is the id of the whole,
    for one part of a command that changes several streams.
    """

    command_id: UUID
    by: UUID | None
    at: datetime
    effective_at: datetime | None = None
    part_of: UUID | None = None

    @classmethod
    def sent(cls, command_id: UUID, by: UUID | None, at: datetime) -> "Asked":
        """Return the asking of a command that came from outside, with a random id its sender made.

        Derived ids (version 5) are ours alone: someone who guessed one could use it first, and what should follow from
        an event, such as the charge for a trip, would never happen. Such an id is refused as `Unreadable`.
        """
        if command_id.version == _DERIVED:
            raise Unreadable(what="the id of a request must be random (UUID version 4 or 7)")
        return cls(command_id=command_id, by=by, at=at)

    @classmethod
    def because_of(cls, recorded: Recorded[Event], purpose: str) -> "Asked":
        """Return the asking that follows from `recorded`: the same each time, so it takes effect once."""
        return cls(
            command_id=recorded.follow_up_id(purpose),
            by=None,
            at=recorded.recorded_at,
            effective_at=recorded.effective_at,
        )

    @property
    def happened_at(self) -> datetime:
        """When it happened in the world: what waited for a network happened before it was sent."""
        return self.effective_at or self.at

    def part(self, name: str) -> "Asked":
        """Return the asking of one part of a command that changes several streams, with an id of its own."""
        return msgspec.structs.replace(self, command_id=uuid5(self.command_id, name), part_of=self.command_id)


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to a command: which stream it is about and the log's position after it, 0 when nothing happened."""

    stream_id: UUID
    position: int

    @property
    def changed(self) -> bool:
        """Whether anything happened: what was so already, or was done already by someone else, changes nothing."""
        return self.position > 0


def fingerprint(command: Command, asked: Asked) -> str:
    """Return a digest of what is asked and by whom, apart from when: equal for the same command sent again."""
    content = msgspec.to_builtins([type(command).__qualname__, command, asked.by], str_keys=True)
    return hashlib.sha256(msgspec.json.encode(content, order="sorted")).hexdigest()
