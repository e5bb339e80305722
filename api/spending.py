"""What the front door checks of an expense before the ledger takes it: that all it names is of this co-op.

Page and program come through here, so that nobody is charged by a mistyped id and nobody takes back another's expense.
"""

from api.holders import accounts_here, acting_for
from api.web.visit import Visit
from fleet.queries import vehicle_page
from kernel.command import Asked, Done
from kernel.refused import NotYours, Refused, Unknown
from ledger.application import Ledger
from ledger.spending.commands import RecordExpense, WithdrawExpense
from ledger.spending.queries import ExpenseRow, expense
from people.photos import check_photos


class NotAnAccount(Refused):
    """Someone named here is not a member of this co-op."""


def record_expense(visit: Visit, command: RecordExpense, asked: Asked) -> Done:
    """Record an expense whose payers, bearers, vehicle and receipt are all of this co-op."""
    if not {*command.paid, *command.among} <= accounts_here(visit):
        raise NotAnAccount
    if command.vehicle_id:
        vehicle_page(visit.connection, visit.coop_id, command.vehicle_id, on=visit.now.date())
    check_photos(visit.connection, visit.coop_id, command.receipt)
    return Ledger(visit.site.history).record_expense(command, asked)


def withdraw_expense(visit: Visit, command: WithdrawExpense, asked: Asked) -> Done:
    """Take back an expense, for who recorded it or the treasurer."""
    found = expense(visit.connection, visit.coop_id, command.expense_id)
    if found is None:
        raise Unknown
    if not may_withdraw(visit, found):
        raise NotYours
    return Ledger(visit.site.history).withdraw_expense(command, asked)


def may_withdraw(visit: Visit, found: ExpenseRow) -> bool:
    """Tell whether the reader may take an expense back: she recorded it, or acts for the co-op."""
    return found.recorded_by == visit.me or visit.coop_id in acting_for(visit)
