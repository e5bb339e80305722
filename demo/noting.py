"""Noting an expense: one over the voted limit gets its yes at once, from a neighbour who bears it or the treasurer."""

from uuid import UUID

from demo.clock import Clock
from governance.queries import current_members, roles_of
from kernel.command import Asked
from ledger.spending.commands import AgreeToExpense, RecordExpense
from ledger.spending.queries import expense
from usecases.actor import Actor
from usecases.money.spending import record_expense, yes_sayers


def note_expense(clock: Clock, actor: Actor, command: RecordExpense, asked: Asked) -> UUID:
    """Note an expense, and let the first of those who may say yes to it, where it waits; return it."""
    done = record_expense(actor, command, asked)
    connection, coop_id = clock.history.connection, command.coop_id
    noted = expense(connection, coop_id, done.stream_id)
    if noted is not None and noted.waiting:
        roles, members = roles_of(connection, coop_id, asked.at), current_members(connection, coop_id)
        by = min(yes_sayers(noted, roles, members))
        clock.ledger.agree_to_expense(AgreeToExpense(coop_id=coop_id, expense_id=done.stream_id), clock.asked(by))
    return done.stream_id
