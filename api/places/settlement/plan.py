"""Settlement plans: drawn up for the balances of a day, first as a draft, shown with all a bank wants, given up."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import chain
from typing import ClassVar
from uuid import UUID

import msgspec

from api.places import COOP
from api.places.accounts.books import books
from api.places.settlement.shown import ShownTransfer, Transfer, shown_transfers, transfers_of
from api.web.acts import Undo, act
from api.web.answers import Page, View
from api.web.routes import page, question
from api.web.visit import Visit
from governance.roles import Role
from kernel.command import Asked, Done
from kernel.money import Money
from kernel.refused import Unknown
from kernel.slice import Slice, Wanted
from kernel.text import N_
from ledger.contesting.queries import contested_since
from ledger.settlement import queries
from ledger.settlement.commands import IssueDraft, IssuePlan, WithdrawPlan
from ledger.settlement.drawing import as_drafted, draft_lines
from ledger.settlement.events import Method
from ledger.settlement.queries import PlanState
from usecases.actor import Actor
from usecases.copied import copied
from usecases.money import paying
from usecases.money.accounts import Holder, Holders
from usecases.money.acting import Acting
from usecases.money.books import books_of

UNDER_WAY = ("draft", "open")
PLANS = f"{COOP}/plans"
PLAN = f"{PLANS}/{{plan_id:uuid}}"


class SaidPaid(msgspec.Struct, frozen=True, kw_only=True):
    """A transfer said to be made by a plan that was withdrawn, not confirmed yet: an open plan counts it as paid."""

    plan_id: UUID
    line_id: UUID
    debtor: UUID
    receiver: UUID
    cents: int
    currency: str

    @property
    def amount(self) -> Money:
        """What is said to be paid."""
        return Money(self.cents, self.currency)


class Carried(msgspec.Struct, frozen=True, kw_only=True):
    """What is carried over of an account to the next plan: whole cents, positive is owed to it."""

    account: UUID
    cents: int


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A plan with its transfers; `state` is draft, open, complete or withdrawn.

    A draft is issued at `issue_at`, as it stands then: `undone` are the entries it was drawn from that were undone
    since, and are no longer in it, newest first. `method` is exact (the fewest there can be, which is proven), greedy
    (few) or purse; empty of a draft that was given up. `said_paid` are, while it is under way, the transfers of earlier
    plans that it counts as paid. No transfer is under `floor_cents`: what would be is `carried` over.
    """

    plan_id: UUID
    as_of: date
    method: Method | None
    drawn_at: datetime
    issue_at: datetime | None
    issued_at: datetime | None
    undone: tuple[UUID, ...]
    state: PlanState
    transfers: tuple[Transfer, ...]
    said_paid: tuple[SaidPaid, ...]
    floor_cents: int
    currency: str
    carried: tuple[Carried, ...]


class ShownPaid(msgspec.Struct, frozen=True, kw_only=True):
    """A transfer that the plan counts as paid, and between whom."""

    paid: SaidPaid
    debtor: Holder
    receiver: Holder


class OnePlan(View, frozen=True, kw_only=True):
    """A plan: the reader's transfers with all a bank wants, then those between the others; `keeps_it` its treasurer.

    `contested_since` are the open contests of what it still counts.
    """

    template: ClassVar[str] = "settlement/plan.html"

    me: UUID
    plan: Plan
    mine: Sequence[ShownTransfer]
    others: Sequence[ShownTransfer]
    said_paid: Sequence[ShownPaid]
    contested_since: Sequence[UUID]
    keeps_it: bool

    @property
    def floor(self) -> Money:
        """Under what amount transfers are carried over."""
        return Money(self.plan.floor_cents, self.plan.currency)

    @property
    def carried(self) -> Money:
        """What is carried over to the next plan, in all."""
        return self._sum(carried for carried in self.plan.carried if carried.cents > 0)

    @property
    def carried_of_mine(self) -> Money:
        """What is carried over of the reader's own: positive is owed to her."""
        return self._sum(carried for carried in self.plan.carried if carried.account == self.me)

    def _sum(self, carried: Iterable[Carried]) -> Money:
        return Money(sum(part.cents for part in carried), self.plan.currency)


@page(PLAN, who="member")
def show_plan(visit: Visit, plan_id: UUID) -> Page:
    """Show a plan: my transfers with all a bank wants, then those between the others."""
    actor, found = visit.actor, plan(visit.actor, plan_id)
    acting, holders = Acting(actor), Holders(actor)
    holders.meet(account for paid in found.said_paid for account in (paid.debtor, paid.receiver))
    shown = shown_transfers(actor, found.transfers, holders)
    mine = [row for row in shown if acting.has_part(row.transfer.debtor, row.transfer.receiver)]
    view = OnePlan(
        me=actor.me,
        plan=found,
        mine=mine,
        others=[row for row in shown if row not in mine],
        said_paid=_shown_paid(found, holders),
        contested_since=_contested_since(actor, found),
        keeps_it=actor.holds(Role.TREASURER) and found.state in UNDER_WAY,
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
    connection, coop_id, under_way = actor.connection, actor.coop_id, found.state in UNDER_WAY
    undone = queries.undone_since(connection, coop_id, plan_id) if under_way else {}
    paid = queries.said_paid(connection, coop_id) if under_way else []
    drawn = as_drafted(connection, coop_id, plan_id) if found.state == "draft" else None
    lines = draft_lines(plan_id, drawn) if drawn else queries.plan_lines(connection, coop_id, plan_id, Acting(actor))
    carried = drawn.carried if drawn else queries.carried_over(connection, coop_id, plan_id)
    return copied(
        found,
        Plan,
        currency=actor.currency,
        method=drawn.method if drawn else found.method,
        undone=tuple(dict.fromkeys(chain(*undone.values()))) if drawn else (),
        transfers=transfers_of(actor, lines, {} if drawn else undone),
        said_paid=tuple(copied(line, SaidPaid, cents=line.said_cents, currency=actor.currency) for line in paid),
        carried=tuple(Carried(account=account, cents=cents) for account, cents in carried.items()),
    )


@act(
    PLANS,
    who="treasurer",
    page=books,
    said=N_("The plan is ready: everyone can look at it."),
    then="/coops/{coop_id}/plans/{id}",
    undo=Undo("/coops/{coop_id}/plans/{id}/withdrawal"),
    example={"as_of": "2026-11-30"},
)
def issue_plan(actor: Actor, command: IssuePlan, asked: Asked) -> Done:
    """Draw up the transfers that settle the balances of a day, few or all with the common purse: first as a draft."""
    return paying.issue_plan(actor, command, asked)


@act(
    f"{PLAN}/issue",
    who="treasurer",
    page=show_plan,
    said=N_("The plan is issued: everyone in it is told what to pay and to whom."),
    then="/coops/{coop_id}/plans/{plan_id}",
    undo=Undo("/coops/{coop_id}/plans/{plan_id}/withdrawal"),
    example={},
)
def issue_draft(actor: Actor, command: IssueDraft, asked: Asked) -> Done:
    """Issue a draft before its hours are over, as it stands now; given up where nothing is left to settle."""
    return books_of(actor).issue_draft(command, asked)


@act(
    f"{PLAN}/withdrawal",
    who="treasurer",
    page=show_plan,
    said=N_("The plan is withdrawn, and everyone in it is told. What was paid stays paid."),
    then="/coops/{coop_id}/plans/{plan_id}",
    lasting="All are told that nobody pays by it; another is drawn up in a minute.",
    example={},
)
def withdraw_plan(actor: Actor, command: WithdrawPlan, asked: Asked) -> Done:
    """Give an open plan or a draft up; what was paid stays paid."""
    return books_of(actor).withdraw_plan(command, asked)


def _contested_since(actor: Actor, found: Plan) -> list[UUID]:
    """Return the contests opened since a plan was issued: until it is done it still counts what they are about."""
    if found.state != "open" or found.issued_at is None:
        return []
    return contested_since(actor.connection, actor.coop_id, found.issued_at)


def _shown_paid(found: Plan, holders: Holders) -> list[ShownPaid]:
    return [
        ShownPaid(paid=paid, debtor=holders.of(paid.debtor), receiver=holders.of(paid.receiver))
        for paid in found.said_paid
    ]
