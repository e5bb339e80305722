"""Shared expenses: that all an expense names is of this co-op, which wait for a yes and whose, who may take one back.

Page and program come through here, so that nobody is charged by a mistyped id, nor much by a single hand, and nobody
takes back another's expense.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from uuid import UUID

from fleet.queries import vehicle_look
from governance.queries import current_members, members_among, roles_of
from governance.roles import Role
from governance.rules.queries import rules_in_force
from kernel.command import Asked, Done
from kernel.money import Money
from kernel.refused import Refused, Unknown
from ledger.spending.commands import AgreeToExpense, RecordExpense, WithdrawExpense
from ledger.spending.queries import ExpenseRow, expense, waiting_expenses
from people.photos import check_kept
from usecases.actor import Actor
from usecases.money.books import books_of
from usecases.money.contesting import deciders
from usecases.money.undoing import undoers
from usecases.money.unlikely import check_amount, check_weights
from usecases.money.witnessed import (
    KeptApart,
    bearing,
    check_no_witness_gains,
    gaining,
    gaining_by_taking_back,
    kept_apart,
)


class NotAnAccount(Refused):
    """Someone named here is not a member of this co-op."""


def record_expense(actor: Actor, command: RecordExpense, asked: Asked) -> Done:
    """Record an expense whose payers, bearers, vehicle and receipt are all of this co-op, nobody erased among them.

    Refuses with `NotAnAccount`, `Unknown` for another's vehicle, `NoSuchPhoto`, `Unlikely`, `WitnessGains`, and as the
    ledger refuses.
    """
    named = {*command.paid, *command.among} - {actor.coop_id}
    if named != members_among(actor.connection, actor.coop_id, named):
        raise NotAnAccount
    if command.vehicle_id:
        vehicle_look(actor.connection, actor.coop_id, command.vehicle_id)

    def work(within: Actor) -> Done:
        check_kept(within.connection, actor.coop_id, command.receipt)
        check_amount(within, command)
        check_weights(within, command)
        over = limit_waited_over(within, asked.by, command.paid, lambda: command.among)
        check_no_witness_gains(within, gaining(command.paid, command.among))
        return books_of(within).record_expense(command, asked, waits=over is not None)

    return actor.together(work)


def agree_to_expense(actor: Actor, command: AgreeToExpense, asked: Asked) -> Done:
    """Say yes to an expense that waits for it. Refuses with `WitnessGains`, and as the ledger does."""
    found = known_expense(actor, command.expense_id)
    if found.waiting:
        check_no_witness_gains(actor, gaining(found.paid, found.weights))
    return books_of(actor).agree_to_expense(command, asked)


def withdraw_expense(actor: Actor, command: WithdrawExpense, asked: Asked) -> Done:
    """Take an expense back. Refuses with `WitnessGains` unless she noted it herself since, and as the ledger does."""
    found = known_expense(actor, command.expense_id)
    check_no_witness_gains(actor, gaining_by_taking_back(found), noted_at=_noted_at(actor, found))
    return books_of(actor).withdraw_expense(command, asked)


def known_expense(actor: Actor, expense_id: UUID) -> ExpenseRow:
    """Return an expense of this co-op; refuses `Unknown`."""
    found = expense(actor.connection, actor.coop_id, expense_id)
    if found is None:
        raise Unknown
    return found


def kept_from(actor: Actor, expense_id: UUID) -> KeptApart | None:
    """Return for whom the reader does not say yes to an expense that waits, else does not take it back."""
    found = known_expense(actor, expense_id)
    if found.waiting:
        return kept_apart(actor, gaining(found.paid, found.weights))
    return kept_apart(actor, gaining_by_taking_back(found), noted_at=_noted_at(actor, found))


def takes_back_expense(actor: Actor, expense_id: UUID) -> bool:
    """Recorded it, or is a treasurer who gains nothing by it; else, or where the purse pays her, one in her stead."""
    known = known_expense(actor, expense_id)
    if known.recorded_by == actor.me:
        return True
    return actor.me in undoers(actor, bearing(known.paid, known.weights), gaining(known.paid, known.weights))


def may_say_yes(
    roles: Mapping[UUID, Collection[Role]],
    typed_by: UUID,
    paid: Mapping[UUID, int],
    weights: Mapping[UUID, int],
    members: Collection[UUID],
) -> frozenset[UUID]:
    """Return who of all the `members` may say yes to an expense: those who bear more than they paid, and the treasurer.

    Never who typed it, nor who gains by it; a référent, where the treasurer is one of these, and where nobody with a
    role is free of it, any other member. Where all gain, anyone but who typed it: else a cent said of each would make
    it wait for nobody. Who has left bears what she bears, and says nothing any more.
    """
    left_out = {typed_by, *gaining(paid, weights)}
    others = frozenset(members) - {typed_by}
    return (deciders(roles, left_out, members) | bearing(paid, weights)) & others or others


def asked_for_yes(actor: Actor) -> list[ExpenseRow]:
    """Return the expenses that wait for a yes the reader may give, the oldest first."""
    rows = waiting_expenses(actor.connection, actor.coop_id)
    roles = roles_of(actor.connection, actor.coop_id, actor.now) if rows else {}
    members = current_members(actor.connection, actor.coop_id) if rows else ()
    return [row for row in rows if actor.me in yes_sayers(row, roles, members)]


def yes_sayers(row: ExpenseRow, roles: Mapping[UUID, Collection[Role]], members: Collection[UUID]) -> frozenset[UUID]:
    """Return who of all the `members` may say yes to an expense, by the roles held now."""
    if row.recorded_by is None:
        return frozenset()
    return may_say_yes(roles, row.recorded_by, row.paid, row.weights, members)


def says_yes_to_expense(actor: Actor, expense_id: UUID) -> bool:
    """Bears more of it than she paid, or decides as of a contest; never who typed it, nor who gains by it."""
    roles = roles_of(actor.connection, actor.coop_id, actor.now)
    members = current_members(actor.connection, actor.coop_id)
    return actor.me in yes_sayers(known_expense(actor, expense_id), roles, members)


def limit_waited_over(
    actor: Actor, typed_by: UUID | None, paid: Mapping[UUID, int], among: Callable[[], Mapping[UUID, int]]
) -> Money | None:
    """Return the voted limit over which what was `paid` (payer → cents) waits for a yes.

    `None` where it does not wait: it is not over it, nobody else bears it (`among`: account → weight, asked once it is
    over), or nobody else is in the co-op.
    """
    in_force = rules_in_force(actor.connection, actor.coop_id, actor.now)
    limit = Money(in_force["steward_spend_limit"].cents, actor.currency)
    if typed_by is None or sum(paid.values()) <= limit.cents:
        return None
    weights = {account: weight for account, weight in among().items() if weight}
    if not {*weights} - {typed_by}:
        return None
    roles = roles_of(actor.connection, actor.coop_id, actor.now)
    members = current_members(actor.connection, actor.coop_id)
    return limit if may_say_yes(roles, typed_by, paid, weights, members) else None


def _noted_at(actor: Actor, expense: ExpenseRow) -> datetime | None:
    """Return when the reader noted an expense herself."""
    return expense.recorded_at if expense.recorded_by == actor.me else None
