"""All sides of a contest, and who may decide it, are told that there is one, and how it ends."""

from governance.queries import current_members, roles_of
from kernel.event import Recorded
from kernel.log.history import History
from ledger.contesting.events import BurdenContested, ContestAgreedTo, ContestDecided, ContestTakenBack
from ledger.contesting.queries import contest
from processes.write_letters import tell
from usecases.money.contesting import deciders, sides_of

ContestEnding = ContestTakenBack | ContestAgreedTo | ContestDecided


def tell_of_contest(recorded: Recorded[BurdenContested], history: History) -> None:
    """Tell those that it is owed to, who put it there, and those who may decide, that a part is contested."""
    known = contest(history.connection, recorded.coop_id, recorded.stream_id)
    if known is not None:
        sides, members = sides_of(known), current_members(history.connection, recorded.coop_id)
        may_decide = deciders(roles_of(history.connection, recorded.coop_id, recorded.recorded_at), sides, members)
        concerned = {*sides, *may_decide} - {known.account, recorded.coop_id}
        tell(recorded, history, "part_contested", concerned, {"about": str(recorded.stream_id)})


def tell_of_its_end(recorded: Recorded[ContestEnding], history: History) -> None:
    """Tell all sides but who ended it that a contest has ended."""
    if isinstance(recorded.event, ContestAgreedTo) and not recorded.event.ends:
        return
    known = contest(history.connection, recorded.coop_id, recorded.stream_id)
    if known is not None:
        concerned = sides_of(known) - {recorded.by, recorded.coop_id}
        tell(recorded, history, "contest_ended", concerned, {"about": str(recorded.stream_id)})
