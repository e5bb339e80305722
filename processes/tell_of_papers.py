"""When a vehicle's papers are asked for, or one is about to end, whoever looks after the vehicle is told."""

from fleet.events import PaperNearsEnd, PapersAskedFor
from fleet.queries import owner_shares
from governance.queries import members_of
from governance.roles import Role
from kernel.event import Recorded
from kernel.log.history import History
from processes.write_letters import name_of, tell


def tell_papers_asked(recorded: Recorded[PapersAskedFor], history: History) -> None:
    """Tell until when the papers of a vehicle of before have to be there."""
    _tell(recorded, history, "papers_asked", day=recorded.event.until.isoformat())


def tell_paper_ends(recorded: Recorded[PaperNearsEnd], history: History) -> None:
    """Tell that a paper is about to end, or that the first inspection is about to be due."""
    paper = recorded.event.paper
    day = paper.valid_until.isoformat() if paper.valid_until else ""
    template = "first_inspection" if paper.first_registered_on else "paper_ends"
    _tell(recorded, history, template, paper=paper.kind, day=day)


def _tell(recorded: Recorded[PapersAskedFor | PaperNearsEnd], history: History, template: str, **facts: str) -> None:
    """Write to a vehicle's owners, or to the référents of the co-op whose it is."""
    connection, coop_id, vehicle_id = history.connection, recorded.coop_id, recorded.stream_id
    receivers = [owner.member_id for owner in owner_shares(connection, coop_id, vehicle_id)]
    if not receivers:
        members = members_of(connection, coop_id, recorded.recorded_at)
        receivers = [row.member_id for row in members if row.is_member and row.holds(Role.REFERENT)]
    about = {"about": str(vehicle_id), "vehicle": name_of(recorded, history, vehicle_id)}
    tell(recorded, history, template, receivers, about | facts)
