"""Who is made to owe something by another's hand is given time to contest it; where it is much, she is told at once."""

from uuid import UUID

from fleet.queries import vehicle_names
from governance.queries import known_coop
from kernel.command import Asked
from kernel.event import Recorded
from kernel.log.history import History
from kernel.money import EURO, PACIFIC_FRANC
from ledger.contesting.commands import GiveTimeToContest
from ledger.contesting.events import TimeToContestGiven
from ledger.contesting.queries import BurdenRow, bearers, burdens_of
from ledger.entries.events import EntryPosted, EntryReversed
from ledger.entries.queries import entry
from ledger.spending.events import ExpenseAgreed, ExpenseRecorded
from processes.write_letters import tell
from usecases.money.books import ledger_of
from usecases.money.contesting import to_contest_until

Put = ExpenseRecorded | ExpenseAgreed | EntryPosted | EntryReversed

TOLD_FROM = {EURO: 2_000, PACIFIC_FRANC: 2_400}
"""From 20 € on, about a fill of a small car's tank, a letter goes; below, one may learn of it on one's next visit."""


def give_time_to_contest(recorded: Recorded[Put], history: History) -> None:
    """Say until when those who bear something by another's hand may contest it, once it counts."""
    put, coop_id = recorded.event, recorded.coop_id
    burden_id = put.reversal_id if isinstance(put, EntryReversed) else recorded.stream_id
    if bearers(history.connection, coop_id, burden_id):
        until = to_contest_until(history.connection, coop_id, recorded.recorded_at)
        command = GiveTimeToContest(coop_id=coop_id, burden_id=burden_id, until=until)
        ledger_of(history, coop_id).give_time_to_contest(command, Asked.because_of(recorded, "give time to contest"))


def tell_who_bears(recorded: Recorded[TimeToContestGiven], history: History) -> None:
    """Tell those who bear much of something, and all whose trip was charged anew, until when they may contest it."""
    given, coop_id = recorded.event, recorded.coop_id
    coop, rows = known_coop(history.connection, coop_id), burdens_of(history.connection, coop_id, given.burden_id)
    facts = {"about": str(given.burden_id), "until": given.until.isoformat()}
    for row in rows:
        if row.cause == "trip":
            tell(recorded, history, "trip_charged_anew", (row.account,), facts | _trip(row, history, coop_id))
        elif _bears_much(row, coop.currency) and not _undoes_expense(row, history, coop_id):
            tell(recorded, history, "part_put_on_you", (row.account,), facts)


def _bears_much(row: BurdenRow, currency: str) -> bool:
    """Tell whether somebody bears so much that she is told at once: 20 € or more, or more than half."""
    return row.cents >= TOLD_FROM[currency] or 2 * row.cents > row.whole_cents


def _undoes_expense(row: BurdenRow, history: History, coop_id: UUID) -> bool:
    """Tell whether it undoes a part of an expense: of a whole one taken back she is told once."""
    undoing = entry(history.connection, coop_id, row.burden_id) if row.cause == "reversal" else None
    undone = entry(history.connection, coop_id, undoing.reverses) if undoing and undoing.reverses else None
    return undone is not None and undone.kind == "expense"


def _trip(row: BurdenRow, history: History, coop_id: UUID) -> dict[str, str]:
    """Return whose trip's readings were set right by whom: of which vehicle, that is."""
    vehicle = vehicle_names(history.connection, coop_id, [row.vehicle_id])[row.vehicle_id] if row.vehicle_id else ""
    return {"by_id": str(row.put_by), "vehicle": vehicle}
