"""When an expense is taken back, each of its parts that stands in the books is undone."""

from msgspec.structs import replace

from kernel.command import Asked
from kernel.event import Recorded
from kernel.log.history import History
from ledger.spending.commands import UndoSpreadPart
from ledger.spending.events import SpreadPartWithdrawn
from usecases.money.books import ledger_of


def undo_part(recorded: Recorded[SpreadPartWithdrawn], history: History) -> None:
    """Undo one monthly part, in the name of who took the expense back."""
    command = UndoSpreadPart(coop_id=recorded.coop_id, expense_id=recorded.stream_id, part=recorded.event.part)
    asked = Asked.because_of(recorded, "undo part")
    ledger_of(history, recorded.coop_id).undo_spread_part(command, replace(asked, by=recorded.by))
