"""Who may say yes to an expense is asked for it; who noted or paid it learns that it counts no more."""

from uuid import UUID

from governance.queries import current_members, roles_of
from kernel.event import Recorded
from kernel.log.history import History
from ledger.spending.events import ExpenseRecorded, ExpenseRefused, ExpenseWithdrawn
from ledger.spending.queries import expense
from processes.write_letters import tell
from usecases.money.contesting import to_contest_until
from usecases.money.spending import yes_sayers


def ask_for_yes(recorded: Recorded[ExpenseRecorded], history: History) -> None:
    """Ask those who may say yes to an expense that waits for it."""
    noted = expense(history.connection, recorded.coop_id, recorded.stream_id)
    if noted is not None and noted.waiting:
        roles = roles_of(history.connection, recorded.coop_id, recorded.recorded_at)
        members = current_members(history.connection, recorded.coop_id)
        asked = yes_sayers(noted, roles, members)
        tell(recorded, history, "expense_awaits_yes", asked, {"about": str(recorded.stream_id)})


def tell_of_refusal(recorded: Recorded[ExpenseRefused], history: History) -> None:
    """Tell who noted an expense, and those who paid it, that somebody said no to it."""
    refused = expense(history.connection, recorded.coop_id, recorded.stream_id)
    if refused is not None:
        noted_by = {refused.recorded_by} if refused.recorded_by else set[UUID]()
        concerned = noted_by.union(refused.paid) - {recorded.by, recorded.coop_id}
        tell(recorded, history, "expense_refused", concerned, {"about": str(recorded.stream_id)})


def tell_of_withdrawal(recorded: Recorded[ExpenseWithdrawn], history: History) -> None:
    """Tell those who paid an expense that somebody else took it back."""
    taken_back = expense(history.connection, recorded.coop_id, recorded.stream_id)
    if taken_back is not None:
        payers = taken_back.paid.keys() - {recorded.by, recorded.coop_id}
        until = to_contest_until(history.connection, recorded.coop_id, recorded.recorded_at)
        facts = {"about": str(recorded.stream_id), "until": until.isoformat()}
        tell(recorded, history, "expense_taken_back", payers, facts)
