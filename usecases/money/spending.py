"""Shared expenses: that all an expense names is of this co-op, and who may take one back.

Page and program come through here, so that nobody is charged by a mistyped id and nobody takes back another's expense.
"""

from uuid import UUID

from fleet.queries import vehicle_look
from governance.queries import members_among
from kernel.command import Asked, Done
from kernel.refused import Refused, Unknown
from ledger.application import Ledger
from ledger.spending.commands import RecordExpense
from ledger.spending.queries import ExpenseRow, expense
from people.photos import check_photos
from usecases.actor import Actor
from usecases.money.accounts import acts_for
from usecases.money.unlikely import check_amount


class NotAnAccount(Refused):
    """Someone named here is not a member of this co-op."""


def record_expense(actor: Actor, command: RecordExpense, asked: Asked) -> Done:
    """Record an expense whose payers, bearers, vehicle and receipt are all of this co-op.

    Refuses with `NotAnAccount`, `Unknown` for another's vehicle, `NoSuchPhoto`, `Unlikely`, and as the ledger refuses.
    """
    named = {*command.paid, *command.among} - {actor.coop_id}
    if named != members_among(actor.connection, actor.coop_id, named):
        raise NotAnAccount
    if command.vehicle_id:
        vehicle_look(actor.connection, actor.coop_id, command.vehicle_id)

    def work(within: Actor) -> Done:
        check_photos(within.connection, actor.coop_id, command.receipt)
        check_amount(within, command)
        return Ledger(within.history, within.zone).record_expense(command, asked)

    return actor.together(work)


def known_expense(actor: Actor, expense_id: UUID) -> ExpenseRow:
    """Return an expense of this co-op; refuses `Unknown`."""
    found = expense(actor.connection, actor.coop_id, expense_id)
    if found is None:
        raise Unknown
    return found


def takes_back_expense(actor: Actor, expense_id: UUID) -> bool:
    """Recorded the expense, or is the treasurer."""
    return known_expense(actor, expense_id).recorded_by == actor.me or actor.coop_id in acts_for(actor)
