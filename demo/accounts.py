"""A co-op's books kept by its treasurer: months closed, plans drawn up, each transfer declared and confirmed."""

from datetime import date, timedelta
from uuid import UUID

from demo.coop import Coop
from kernel.command import Asked
from ledger.entries.commands import ClosePeriod, Contribute
from ledger.settlement.commands import ConfirmPaid, DeclarePaid, IssueDraft, IssuePlan, WithdrawPlan
from ledger.settlement.queries import PlanLineRow, open_plan, plan_lines
from usecases.money import paying
from usecases.money.paying import confirm_paid, declare_paid

DRAFT = timedelta(hours=48)  # as the rules a co-op begins with say


def end_of_last_month(day: date) -> date:
    """Return the last day of the month before that of `day`."""
    return day.replace(day=1) - timedelta(days=1)


def close_month(coop: Coop) -> None:
    """Close the month before this one."""
    command = ClosePeriod(coop_id=coop.coop_id, month=end_of_last_month(coop.clock.today))
    coop.clock.ledger.close_period(command, _treasurer(coop))


def draw_up_plan(coop: Coop, as_of: date) -> UUID:
    """Draw up the plan that settles the balances of a day, giving up one that is under way; it begins as a draft."""
    ledger, connection = coop.clock.ledger, coop.clock.history.connection
    if unfinished := open_plan(connection, coop.coop_id):
        withdrawal = WithdrawPlan(coop_id=coop.coop_id, plan_id=unfinished.plan_id)
        ledger.withdraw_plan(withdrawal, _treasurer(coop))
    treasurer = coop.actor(coop.members[coop.treasurer])
    done = paying.issue_plan(treasurer, IssuePlan(coop_id=coop.coop_id, as_of=as_of), _treasurer(coop))
    coop.clock.wake(coop.clock.now + DRAFT)
    return done.stream_id


def transfers(coop: Coop, plan_id: UUID) -> list[PlanLineRow]:
    """Return the transfers of a plan, once it is issued."""
    return plan_lines(coop.clock.history.connection, coop.coop_id, plan_id)


def issue_draft(coop: Coop, plan_id: UUID) -> list[PlanLineRow]:
    """Issue a draft before its hours are over; return its transfers."""
    coop.clock.ledger.issue_draft(IssueDraft(coop_id=coop.coop_id, plan_id=plan_id), _treasurer(coop))
    return transfers(coop, plan_id)


def declare(coop: Coop, line: PlanLineRow) -> None:
    """Say that a transfer is made, as who owes it; the treasurer says it for the co-op, of one to her another."""
    who = _who_acts_for(coop, line.debtor, line.receiver)
    command = DeclarePaid(coop_id=coop.coop_id, plan_id=line.plan_id, line_id=line.line_id)
    declare_paid(coop.actor(who), command, coop.clock.asked(who))


def confirm(coop: Coop, line: PlanLineRow) -> None:
    """Say that a transfer has come, as who receives it; the treasurer says it for the co-op, of one of hers another."""
    who = _who_acts_for(coop, line.receiver, line.debtor)
    command = ConfirmPaid(coop_id=coop.coop_id, plan_id=line.plan_id, line_id=line.line_id)
    confirm_paid(coop.actor(who), command, coop.clock.asked(who))


def give(coop: Coop, member_id: UUID, cents: int) -> None:
    """Give part of what one is owed to the co-op."""
    coop.clock.ledger.contribute(Contribute(coop_id=coop.coop_id, cents=cents), coop.clock.asked(member_id))


def _treasurer(coop: Coop) -> Asked:
    return coop.clock.asked(coop.members[coop.treasurer])


def _who_acts_for(coop: Coop, account: UUID, across: UUID) -> UUID:
    """Return who speaks for an account in a transfer with another: of the co-op's, never that other."""
    if account != coop.coop_id:
        return account
    in_order = [coop.members[name] for name in (coop.treasurer, coop.referent, *coop.members)]
    return next(member_id for member_id in in_order if member_id != across)
