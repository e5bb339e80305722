"""What the front door checks of an expense before the ledger takes it: that all it names is of this co-op.

Page and program come through here, so that nobody is charged by a mistyped id and nobody takes back another's expense.
"""

from api.holders import accounts_here, acting_for
from api.web.asking import Asking
from api.web.sent_photos import photos_here
from fleet.queries import vehicle_page
from kernel.command import Asked, Done
from kernel.refused import NotYours, Refused, Unknown
from ledger.application import Ledger
from ledger.spending.commands import RecordExpense, WithdrawExpense
from ledger.spending.queries import ExpenseRow, expense


class NotAnAccount(Refused):
    """Someone named here is not a member of this co-op."""


def record_expense(asking: Asking, command: RecordExpense, asked: Asked) -> Done:
    """Record an expense whose payers, bearers, vehicle and receipt are all of this co-op."""
    if not {*command.paid, *command.among} <= accounts_here(asking):
        raise NotAnAccount
    if command.vehicle_id:
        vehicle_page(asking.connection, asking.coop_id, command.vehicle_id, on=asking.now.date())
    photos_here(asking, command.receipt)
    return Ledger(asking.site.history).record_expense(command, asked)


def withdraw_expense(asking: Asking, command: WithdrawExpense, asked: Asked) -> Done:
    """Take back an expense, for who recorded it or the treasurer."""
    found = expense(asking.connection, asking.coop_id, command.expense_id)
    if found is None:
        raise Unknown
    if not may_withdraw(asking, found):
        raise NotYours
    return Ledger(asking.site.history).withdraw_expense(command, asked)


def may_withdraw(asking: Asking, found: ExpenseRow) -> bool:
    """Tell whether the reader may take an expense back: she recorded it, or acts for the co-op."""
    return found.recorded_by == asking.me or asking.coop_id in acting_for(asking)
