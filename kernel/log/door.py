"""A context's door for writing: what its methods, one a command, have in common."""

from collections.abc import Callable, Sequence
from typing import Self, TypeVar
from uuid import UUID

from kernel.aggregate import Aggregate
from kernel.command import Asked, Command, Done
from kernel.event import Event
from kernel.log.history import History

A = TypeVar("A", bound=Aggregate)
C = TypeVar("C", bound=Command)


class Door:
    """Carries out commands on a history. A context's own door is a list of methods, most of them one line.

    `_start` and `_change` are for decisions that need nothing but their aggregate and the command (what else is known
    beforehand, such as who asks, is given with `partial`); those that look around go to the history itself.
    """

    def __init__(self, history: History) -> None:
        self._history = history

    def _start(
        self, kind: type[A], stream_id: UUID, command: C, asked: Asked, decide: Callable[[A, C], Sequence[Event]]
    ) -> Done:
        """Carry out a command on a stream that may be new."""
        return self._history.start(kind, stream_id, command, asked, lambda value, _: decide(value, command))

    def _change(
        self, kind: type[A], stream_id: UUID, command: C, asked: Asked, decide: Callable[[A, C], Sequence[Event]]
    ) -> Done:
        """Carry out a command on a stream that exists: `Unknown` when nothing is there."""
        return self._history.change(kind, stream_id, command, asked, lambda value, _: decide(value, command))

    def _together(self, work: Callable[[Self, C, Asked], Done], command: C, asked: Asked) -> Done:
        """Carry out a command that changes several streams: `work` is given a door bound to one transaction."""
        return self._history.together(lambda joined: work(type(self)(joined), command, asked))
