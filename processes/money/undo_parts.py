"""What stands in the books is undone: each part of an expense taken back, and what somebody bears no more.

That is taken off her in each entry it stands in, now and as later parts are posted, and where what was undone is given
back.
"""

from uuid import UUID

from msgspec.structs import replace

from kernel.command import Asked
from kernel.event import Event, Recorded
from kernel.log.history import History
from ledger.contesting.events import BurdenDropped
from ledger.contesting.parts import dropped_in, entries_of_burden
from ledger.entries.causes.correction import reversal_id
from ledger.entries.causes.expense import part_id
from ledger.entries.commands import LiftPart
from ledger.entries.events import PartLifted
from ledger.spending.commands import UndoSpreadPart
from ledger.spending.events import SpreadPartPosted, SpreadPartWithdrawn
from ledger.spending.queries import expense
from usecases.money.books import ledger_of


def undo_part(recorded: Recorded[SpreadPartWithdrawn], history: History) -> None:
    """Undo one monthly part, in the name of who took the expense back."""
    command = UndoSpreadPart(coop_id=recorded.coop_id, expense_id=recorded.stream_id, part=recorded.event.part)
    asked = Asked.because_of(recorded, "undo part")
    ledger_of(history, recorded.coop_id).undo_spread_part(command, replace(asked, by=recorded.by))


def lift_dropped(recorded: Recorded[BurdenDropped], history: History) -> None:
    """Take what is dropped off each entry it stands in."""
    dropped, coop_id = recorded.event, recorded.coop_id
    noted = expense(history.connection, coop_id, dropped.burden_id) if dropped.cause == "expense" else None
    for entry_id in entries_of_burden(dropped.burden_id, noted.posted if noted else None):
        _lift(recorded, history, entry_id, dropped.account, recorded.stream_id)


def lift_next_part(recorded: Recorded[SpreadPartPosted], history: History) -> None:
    """Take off a monthly part of an expense, as it is posted, those who bear the expense no more."""
    _lift_all(recorded, history, part_id(recorded.stream_id, recorded.event.part))


def lift_given_back(recorded: Recorded[PartLifted], history: History) -> None:
    """Where some of an entry that was undone is given back, take it off those who bear the entry no more."""
    if recorded.event.because.entry_id == reversal_id(recorded.stream_id):
        _lift_all(recorded, history, recorded.stream_id)


def _lift_all(recorded: Recorded[Event], history: History, entry_id: UUID) -> None:
    dropped = dropped_in(history.connection, recorded.coop_id, entry_id)
    for account, contest_id in sorted(dropped.items()):
        _lift(recorded, history, entry_id, account, contest_id)


def _lift(recorded: Recorded[Event], history: History, entry_id: UUID, account: UUID, contest_id: UUID) -> None:
    command = LiftPart(coop_id=recorded.coop_id, entry_id=entry_id, account=account, contest_id=contest_id)
    ledger_of(history, recorded.coop_id).lift_part(
        command, Asked.because_of(recorded, f"lift {account} off {entry_id}")
    )
