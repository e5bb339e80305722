"""When the rules say how often accounts are settled, the ledger is told; when a period is over, so is the treasurer.

A co-op of before there were such periods is told of its own as its next entry is posted: one in which nothing is posted
has nothing to settle.
"""

from governance.events import RuleEnacted, RulesAdopted
from governance.queries import known_coop, members_of
from governance.roles import Role
from governance.rules.queries import rules_in_force
from kernel.command import Asked
from kernel.event import Event, Recorded
from kernel.log.history import History
from ledger.entries.events import EntryPosted
from ledger.rhythm.commands import SetRhythm
from ledger.rhythm.events import PeriodEnded, PeriodOverdue
from ledger.rhythm.queries import rhythm
from processes.write_letters import tell
from usecases.money.books import ledger_of
from usecases.money.settling import draw_overdue

OBEYED = ("settlement_period", "settlement_overdue_days")


def set_rhythm(recorded: Recorded[RulesAdopted | RuleEnacted], history: History) -> None:
    """Tell the ledger how often accounts are settled, as the co-op begins and as it is voted."""
    if isinstance(recorded.event, RulesAdopted) or recorded.event.parameter in OBEYED:
        _tell_rhythm(recorded, history)


def begin_rhythm(recorded: Recorded[EntryPosted], history: History) -> None:
    """Tell the ledger of a co-op that was never told."""
    if rhythm(history.connection, recorded.coop_id) is None:
        _tell_rhythm(recorded, history)


def remind_treasurer(recorded: Recorded[PeriodEnded], history: History) -> None:
    """Tell the treasurer that a period is over, unless it was settled or holds nothing to settle."""
    ended = recorded.event
    if ended.settled:
        return
    members = members_of(history.connection, recorded.coop_id, recorded.recorded_at)
    treasurers = [row.member_id for row in members if row.is_member and row.holds(Role.TREASURER)]
    until = ended.overdue_at.isoformat() if ended.overdue_at else ""
    tell(recorded, history, "settlement_due", treasurers, {"about": str(recorded.coop_id), "until": until})


def draw_plan(recorded: Recorded[PeriodOverdue], history: History) -> None:
    """Draw up the plan of a period that nobody settled in time."""
    asked = Asked.because_of(recorded, "draw plan")
    draw_overdue(history, recorded.coop_id, recorded.event.until, asked)


def _tell_rhythm(recorded: Recorded[Event], history: History) -> None:
    connection, coop_id = history.connection, recorded.coop_id
    coop, in_force = known_coop(connection, coop_id), rules_in_force(connection, coop_id, recorded.recorded_at)
    command = SetRhythm(
        coop_id=coop_id,
        period=in_force["settlement_period"].exact,  # type: ignore[arg-type]  # one of its choices
        overdue_days=int(in_force["settlement_overdue_days"].number),
        time_zone=coop.time_zone,
    )
    ledger_of(history, coop_id).set_rhythm(command, Asked.because_of(recorded, "set rhythm"))
