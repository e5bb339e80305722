"""When a balance falls under the co-op's limit, booking is told, and who owes is warned; paid, she books as before.

What she contests does not count against her until that ends; what she says she paid counts once it is confirmed.
Nothing is noted while the rules let everyone book whatever she owes. Once they are voted otherwise, days are counted
from that vote on: nobody is kept from booking without having been warned first.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from booking.application import Bookings
from booking.commands import NoteOwing
from booking.events import DriverOwes
from booking.hours.queries import owing
from governance.events import RuleEnacted
from governance.queries import current_members, known_coop
from governance.rules.queries import rules_in_force
from kernel.command import Asked
from kernel.event import Recorded
from kernel.log.history import History
from ledger.contesting.events import BurdenContested, ContestDecided, ContestTakenBack
from ledger.contesting.queries import contest
from ledger.entries.events import EntryPosted, EntryReversed, PartLifted
from ledger.entries.queries import balances
from ledger.settlement.apart import contested_by
from processes.write_letters import tell
from usecases.money.owing import books_until

Moved = Recorded[EntryPosted] | Recorded[EntryReversed] | Recorded[PartLifted]
Contested = Recorded[BurdenContested] | Recorded[ContestTakenBack] | Recorded[ContestDecided]
Caused = Moved | Contested | Recorded[RuleEnacted]


def note_owing(recorded: Moved, history: History) -> None:
    """Compare the balances that an entry moved with the limit."""
    accounts = {posting.account for posting in recorded.event.postings} - {recorded.coop_id}
    _compare(recorded, history, recorded.recorded_at, accounts)


def note_contested(recorded: Contested, history: History) -> None:
    """Compare the balance of who contests something with the limit, as she does and as it ends."""
    known = contest(history.connection, recorded.coop_id, recorded.stream_id)
    if known is not None:
        _compare(recorded, history, recorded.recorded_at, {known.account})


def note_all_owing(recorded: Recorded[RuleEnacted], history: History) -> None:
    """Compare every balance with the limit when it was voted, or for how long one may stay under it."""
    enacted = recorded.event
    if enacted.parameter in ("balance_limit", "suspend_after_days"):
        _compare(recorded, history, enacted.effective_at, anew=enacted.parameter == "suspend_after_days")


def warn_owing(recorded: Recorded[DriverOwes], history: History) -> None:
    """Warn a member that her balance is under the limit, and say from when on she books nothing new."""
    driver_id, since = recorded.event.driver_id, recorded.event.since
    if since is None:
        return
    in_force = rules_in_force(history.connection, recorded.coop_id, recorded.recorded_at)
    until = books_until(since, in_force, ZoneInfo(known_coop(history.connection, recorded.coop_id).time_zone))
    facts = {"about": str(driver_id), "until": until.isoformat()}
    tell(recorded, history, "balance_low", (driver_id,), facts)


def _compare(
    recorded: Caused, history: History, at: datetime, accounts: Collection[UUID] | None = None, *, anew: bool = False
) -> None:
    """Note of each account whether it is under the limit, where that is news; of all again when its time is `anew`."""
    connection, coop_id = history.connection, recorded.coop_id
    in_force = rules_in_force(connection, coop_id, at)
    lowest = in_force["balance_limit"].cents if in_force["suspend_after_days"].number else None
    held, known = balances(connection, coop_id, accounts=accounts), owing(connection, coop_id, accounts)
    contested = contested_by(connection, coop_id)
    counted = {account: cents + contested.get(account, 0) for account, cents in held.items()}
    under = {account for account, cents in counted.items() if lowest is not None and cents < lowest} - {coop_id}
    for account in sorted(_news(history, coop_id, under, {*known}, anew=anew)):
        since = at if account in under else None
        command = NoteOwing(coop_id=coop_id, driver_id=account, since=since)
        Bookings(history).note_owing(command, Asked.because_of(recorded, f"owing of {account}"))


def _news(history: History, coop_id: UUID, under: set[UUID], known: set[UUID], *, anew: bool) -> set[UUID]:
    """Return of whom it is to be noted that she owes too much, or no more; who has left books nothing anyway."""
    fallen = under if anew else under - known
    members = current_members(history.connection, coop_id, fallen) if fallen else ()
    return {*members, *(known - under)}
