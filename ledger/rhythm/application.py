"""The door for writing of a co-op's rhythm: what its rules say, and what the clock brings."""

from functools import partial

from kernel.command import Asked, Done
from kernel.log.door import Door
from kernel.log.transaction import Transaction
from ledger.door import Events
from ledger.rhythm import queries
from ledger.rhythm.commands import EndPeriod, NoteOverdue, SetRhythm
from ledger.rhythm.rhythm import Rhythm, rhythm_id


class Rhythms(Door):
    """How often accounts are settled, and the periods that end."""

    def set_rhythm(self, command: SetRhythm, asked: Asked) -> Done:
        """Settle so often, by the rules in force."""
        return self._start(Rhythm, rhythm_id(command.coop_id), command, asked, partial(Rhythm.set, at=asked.at))

    def end_period(self, command: EndPeriod, asked: Asked) -> Done:
        """Say that a period is over, and whether its accounts were settled."""

        def decide(rhythm: Rhythm, transaction: Transaction) -> Events:
            until = rhythm.ended(asked.at, command.time_zone)
            settled = queries.is_settled(transaction.connection, command.coop_id, until, command.floor_cents)
            return rhythm.end(until, at=asked.at, time_zone=command.time_zone, settled=settled)

        return self._history.change(Rhythm, rhythm_id(command.coop_id), command, asked, decide)

    def note_overdue(self, command: NoteOverdue, asked: Asked) -> Done:
        """Say that nobody settled a period in time."""
        return self._change(Rhythm, rhythm_id(command.coop_id), command, asked, partial(Rhythm.overdue, at=asked.at))
