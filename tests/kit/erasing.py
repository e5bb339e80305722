"""Being erased without the month it takes: who has left asked for it thirty days ago, and was reminded a week ago."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from governance.application import Governance
from governance.commands import AskErasure, EraseMember, RemindOfErasure
from kernel.command import Asked, Done
from kernel.log.history import History
from usecases.leaving import erase


def ask_long_ago(history: History, coop_id: UUID, member_id: UUID, now: datetime) -> None:
    """Let a former member have asked to be erased, and have been reminded, so that her day has come."""
    governance, named = Governance(history), {"coop_id": coop_id, "member_id": member_id}
    governance.ask_erasure(AskErasure(**named), _asked(now - timedelta(days=30), member_id))
    governance.remind_of_erasure(RemindOfErasure(**named), _asked(now - timedelta(days=7)))


def erased(history: History, coop_id: UUID, member_id: UUID, now: datetime) -> Done:
    """Let a former member be erased now."""
    ask_long_ago(history, coop_id, member_id, now)
    return erase(history, EraseMember(coop_id=coop_id, member_id=member_id), _asked(now))


def _asked(at: datetime, by: UUID | None = None) -> Asked:
    return Asked(command_id=uuid4(), by=by, at=at)
