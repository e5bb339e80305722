"""Settlement plans for programs."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from api.holders import acting_for
from api.payees import payable
from api.web.declared import Read, Write
from api.web.visit import Visit
from kernel.refused import NotYours, Unknown
from ledger.application import Ledger
from ledger.entries.books import DayToCome, TooLongAgo
from ledger.settlement import commands as c
from ledger.settlement.events import Method
from ledger.settlement.plan import NothingToSettle, PlanClosed, PlanStillOpen
from ledger.settlement.queries import PlanLineRow, PlanRow, plan, plan_lines, plans


class Transfer(msgspec.Struct, frozen=True, kw_only=True):
    """A transfer of a plan; `state` is to_pay, declared or confirmed.

    `holder`, `iban` and `epc` (the text of the EPC069-12 code) are there only while the reader has to pay it.
    """

    line_id: UUID
    debtor: UUID
    receiver: UUID
    cents: int
    reference: str
    state: str
    declared_at: datetime | None
    confirmed_at: datetime | None
    entry_id: UUID | None
    can_be_declared: bool
    can_be_confirmed: bool
    holder: str | None
    iban: str | None
    epc: str | None


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A plan with its transfers; `state` is open, complete or withdrawn, `method` exact (fewest), greedy or purse."""

    plan_id: UUID
    as_of: date
    method: Method
    issued_at: datetime
    state: str
    transfers: list[Transfer]


def _plan(visit: Visit) -> Plan:
    found = plan(visit.connection, visit.coop_id, visit.place("plan_id"))
    if found is None:
        raise Unknown
    lines = plan_lines(visit.connection, visit.coop_id, found.plan_id, acting_for(visit))
    return Plan(**msgspec.structs.asdict(found), transfers=[_transfer(visit, line) for line in lines])


def _transfer(visit: Visit, line: PlanLineRow) -> Transfer:
    pay = payable(visit, line)
    known = {name: getattr(line, name) for name in Transfer.__struct_fields__ if hasattr(line, name)}
    return Transfer(
        **known,
        holder=pay.payee.name if pay else None,
        iban=pay.payee.iban if pay else None,
        epc=pay.epc if pay else None,
    )


_TRANSFER = "/coops/{coop_id:uuid}/plans/{plan_id:uuid}/transfers/{line_id:uuid}"

DECLARED: list[Write | Read] = [
    Read(
        name="api_plans",
        path="/coops/{coop_id:uuid}/plans",
        answer=lambda a: plans(a.connection, a.coop_id),
        returns=list[PlanRow],
        summary="Settlement plans, newest first",
    ),
    Read(
        name="api_plan",
        path="/coops/{coop_id:uuid}/plans/{plan_id:uuid}",
        answer=_plan,
        returns=Plan,
        summary="A settlement plan and its transfers, with all a bank wants for those I pay",
    ),
    Write(
        name="api_issue_plan",
        path="/coops/{coop_id:uuid}/plans",
        command=c.IssuePlan,
        carry_out=lambda a, it, asked: Ledger(a.site.history).issue_plan(it, asked),
        summary="Draw up the transfers that settle the balances of a day: the fewest, or all with the common purse",
        refuses=(PlanStillOpen, NothingToSettle, DayToCome, TooLongAgo),
        example={"as_of": "2026-11-30"},
    ),
    Write(
        name="api_withdraw_plan",
        path="/coops/{coop_id:uuid}/plans/{plan_id:uuid}/withdrawal",
        command=c.WithdrawPlan,
        carry_out=lambda a, it, asked: Ledger(a.site.history).withdraw_plan(it, asked),
        summary="Give an open plan up; what was paid stays paid",
        refuses=(PlanClosed,),
        example={},
    ),
    Write(
        name="api_declare_paid",
        path=f"{_TRANSFER}/payment",
        command=c.DeclarePaid,
        carry_out=lambda a, it, asked: Ledger(a.site.history).declare_paid(it, asked),
        summary="Say that I made a transfer",
        refuses=(NotYours, PlanClosed),
        example={},
    ),
    Write(
        name="api_confirm_paid",
        path=f"{_TRANSFER}/receipt",
        command=c.ConfirmPaid,
        carry_out=lambda a, it, asked: Ledger(a.site.history).confirm_paid(it, asked),
        summary="Say that the money of a transfer has come to me",
        refuses=(NotYours, PlanClosed),
        example={},
    ),
    Write(
        name="api_declare_coop_paid",
        path=f"{_TRANSFER}/coop-payment",
        command=c.DeclareCoopPaid,
        carry_out=lambda a, it, asked: Ledger(a.site.history).declare_coop_paid(it, asked),
        summary="Say that the co-op made a transfer it owes",
        refuses=(NotYours, PlanClosed),
        example={},
    ),
    Write(
        name="api_confirm_coop_paid",
        path=f"{_TRANSFER}/coop-receipt",
        command=c.ConfirmCoopPaid,
        carry_out=lambda a, it, asked: Ledger(a.site.history).confirm_coop_paid(it, asked),
        summary="Say that the money of a transfer has come to the co-op",
        refuses=(NotYours, PlanClosed),
        example={},
    ),
]
