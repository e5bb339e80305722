"""Settlement plans: drawn up for the balances of a day, shown with all a bank wants, given up."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import ClassVar, Literal
from uuid import UUID

import msgspec

from api.places import COOP
from api.places.accounts.books import books
from api.web.acts import act
from api.web.answers import Page, View
from api.web.routes import page, question
from api.web.visit import Visit
from kernel.command import Asked, Done
from kernel.money import Money
from kernel.refused import Unknown
from kernel.slice import Slice, Wanted
from kernel.text import N_
from ledger.application import Ledger
from ledger.settlement import queries
from ledger.settlement.commands import IssuePlan, WithdrawPlan
from ledger.settlement.events import Method
from ledger.settlement.queries import PlanState
from usecases.actor import Actor
from usecases.copied import copied
from usecases.money.accounts import Holder, Holders, acts_for
from usecases.money.paying import Payable, iban_lacking, payable

PLANS = f"{COOP}/plans"
PLAN = f"{PLANS}/{{plan_id:uuid}}"


class Transfer(Payable, frozen=True, kw_only=True):
    """A transfer of a plan, for any member, and all a bank wants where the reader still has to pay it."""

    line_id: UUID
    receiver: UUID
    cents: int
    reference: str
    declared_at: datetime | None
    confirmed_at: datetime | None
    entry_id: UUID | None
    can_be_declared: bool
    can_be_confirmed: bool

    @property
    def amount(self) -> Money:
        """What is to be paid."""
        return Money(self.cents)


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A plan with its transfers; `state` is open, complete or withdrawn, `method` exact (fewest), greedy or purse."""

    plan_id: UUID
    as_of: date
    method: Method
    issued_at: datetime
    state: PlanState
    transfers: tuple[Transfer, ...]


class ShownTransfer(msgspec.Struct, frozen=True, kw_only=True):
    """A transfer, between whom, and whether the reader pays it, for herself or for the co-op.

    `lacks_iban` is whose account the reader can write down: her own, or the common purse's that she keeps.
    """

    transfer: Transfer
    debtor: Holder
    receiver: Holder
    i_pay: bool
    lacks_iban: Literal["mine", "purse"] | None


class OnePlan(View, frozen=True, kw_only=True):
    """A plan: the reader's transfers with all a bank wants, then those between the others."""

    template: ClassVar[str] = "settlement/plan.html"

    me: UUID
    plan: Plan
    mine: Sequence[ShownTransfer]
    others: Sequence[ShownTransfer]
    can_withdraw: bool


@page(PLAN, who="member")
def show_plan(visit: Visit, plan_id: UUID) -> Page:
    """Show a plan: my transfers with all a bank wants, then those between the others."""
    actor, found = visit.actor, plan(visit.actor, plan_id)
    mine = acts_for(actor)
    shown = _shown(actor, found)
    view = OnePlan(
        me=actor.me,
        plan=found,
        mine=[row for row in shown if mine & {row.transfer.debtor, row.transfer.receiver}],
        others=[row for row in shown if not mine & {row.transfer.debtor, row.transfer.receiver}],
        can_withdraw=actor.coop_id in mine and found.state == "open",
    )
    return Page(view)


@question(PLANS, who="member")
def plans(actor: Actor, query: Wanted) -> Slice[queries.PlanRow]:
    """Settlement plans, newest first."""
    return queries.plans_slice(actor.connection, actor.coop_id, after=query.after, most=query.limit)


@question(PLAN, who="member")
def plan(actor: Actor, plan_id: UUID) -> Plan:
    """A settlement plan and its transfers, with all a bank wants for those I pay."""
    found = queries.plan(actor.connection, actor.coop_id, plan_id)
    if found is None:
        raise Unknown
    lines = queries.plan_lines(actor.connection, actor.coop_id, plan_id, acts_for(actor))
    return copied(found, Plan, transfers=tuple(_transfer(actor, line) for line in lines))


@act(
    PLANS,
    who="treasurer",
    page=books,
    said=N_("The plan is drawn up: everyone sees what to pay and to whom."),
    then="/coops/{coop_id}/plans/{id}",
    example={"as_of": "2026-11-30"},
)
def issue_plan(actor: Actor, command: IssuePlan, asked: Asked) -> Done:
    """Draw up the transfers that settle the balances of a day: the fewest, or all with the common purse."""
    return Ledger(actor.history).issue_plan(command, asked)


@act(
    f"{PLAN}/withdrawal",
    who="treasurer",
    page=show_plan,
    said=N_("The plan is withdrawn. What was paid stays paid."),
    then="/coops/{coop_id}/plans/{plan_id}",
    example={},
)
def withdraw_plan(actor: Actor, command: WithdrawPlan, asked: Asked) -> Done:
    """Give an open plan up; what was paid stays paid."""
    return Ledger(actor.history).withdraw_plan(command, asked)


def _transfer(actor: Actor, line: queries.PlanLineRow) -> Transfer:
    return copied(line, Transfer, **msgspec.structs.asdict(payable(actor, line)))


def _shown(actor: Actor, found: Plan) -> list[ShownTransfer]:
    sides = (account for transfer in found.transfers for account in (transfer.debtor, transfer.receiver))
    holders = Holders(actor).meet(sides)
    return [
        ShownTransfer(
            transfer=transfer,
            debtor=holders.of(transfer.debtor),
            receiver=holders.of(transfer.receiver),
            i_pay=transfer.debtor in acts_for(actor),
            lacks_iban=iban_lacking(actor, transfer.receiver),
        )
        for transfer in found.transfers
    ]
