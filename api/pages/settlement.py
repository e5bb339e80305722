"""Settling up: few transfers from bank to bank, each declared by who pays it and confirmed by who receives it."""

from typing import Any

import segno
from markupsafe import Markup

from api.drawing.codes import qr
from api.holders import Naming, acting_for, holders
from api.pages.accounts import books
from api.pages.declared import get, post
from api.payees import payable
from api.web.answers import Answer, Go, Page
from api.web.visit import Visit
from kernel.money import Money
from kernel.refused import Unknown
from ledger.application import Ledger
from ledger.settlement import commands as c
from ledger.settlement.queries import PlanLineRow, PlanRow, plan, plan_lines


@post("/coops/{coop_id:uuid}/plans", again=books)
def issue_plan(visit: Visit) -> Answer:
    """Draw up the transfers that settle the balances of a day."""
    form = visit.form
    through_purse = form.ticked("through_purse")
    command = c.IssuePlan(coop_id=visit.coop_id, as_of=form.day("as_of"), through_purse=through_purse)
    done = Ledger(visit.site.history).issue_plan(command, visit.asked())
    visit.site.settled(done)
    return Go(_here(visit, done.stream_id), said="The plan is drawn up: everyone sees what to pay and to whom.")


@get("/coops/{coop_id:uuid}/plans/{plan_id:uuid}")
def show_plan(visit: Visit) -> Answer:
    """Show a plan: my transfers with all a bank wants, then those between the others."""
    found, name = _plan(visit), holders(visit)
    mine_to_do = acting_for(visit)
    lines = plan_lines(visit.connection, visit.coop_id, found.plan_id, mine_to_do)
    mine = [line for line in lines if mine_to_do & {line.debtor, line.receiver}]
    shows = {
        "plan": found,
        "count": len(lines),
        "mine": [_shown(visit, line, name) for line in mine],
        "others": [_shown(visit, line, name) for line in lines if line not in mine],
        "can_withdraw": visit.coop_id in mine_to_do and found.state == "open",
    }
    return Page("plan.html", shows)


@post("/coops/{coop_id:uuid}/plans/{plan_id:uuid}/withdrawal", again=show_plan)
def withdraw_plan(visit: Visit) -> Answer:
    """Give the plan up."""
    command = c.WithdrawPlan(coop_id=visit.coop_id, plan_id=visit.place("plan_id"))
    visit.site.settled(Ledger(visit.site.history).withdraw_plan(command, visit.asked()))
    return Go(_here(visit), said="The plan is withdrawn. What was paid stays paid.")


@post("/coops/{coop_id:uuid}/plans/{plan_id:uuid}/transfers/{line_id:uuid}/payment", again=show_plan)
def declare_paid(visit: Visit) -> Answer:
    """Say that I, or the co-op as its treasurer, made a transfer."""
    line, ledger = _line(visit), Ledger(visit.site.history)
    named = {"coop_id": visit.coop_id, "plan_id": line.plan_id, "line_id": line.line_id}
    if line.debtor == visit.coop_id in acting_for(visit):
        done = ledger.declare_coop_paid(c.DeclareCoopPaid(**named), visit.asked())
    else:
        done = ledger.declare_paid(c.DeclarePaid(**named), visit.asked())
    visit.site.settled(done)
    return Go(_here(visit), said="Noted: you have paid. The receiver will say when it has come.")


@post("/coops/{coop_id:uuid}/plans/{plan_id:uuid}/transfers/{line_id:uuid}/receipt", again=show_plan)
def confirm_paid(visit: Visit) -> Answer:
    """Say that the money of a transfer has come to me, or to the co-op as its treasurer."""
    line, ledger = _line(visit), Ledger(visit.site.history)
    named = {"coop_id": visit.coop_id, "plan_id": line.plan_id, "line_id": line.line_id}
    if line.receiver == visit.coop_id in acting_for(visit):
        done = ledger.confirm_coop_paid(c.ConfirmCoopPaid(**named), visit.asked())
    else:
        done = ledger.confirm_paid(c.ConfirmPaid(**named), visit.asked())
    visit.site.settled(done)
    return Go(_here(visit), said="Noted: it has come. Both balances are up to date.")


def _here(visit: Visit, plan_id: object = None) -> str:
    return f"/coops/{visit.coop_id}/plans/{plan_id or visit.place('plan_id')}"


def _plan(visit: Visit) -> PlanRow:
    found = plan(visit.connection, visit.coop_id, visit.place("plan_id"))
    if found is None:
        raise Unknown
    return found


def _line(visit: Visit) -> PlanLineRow:
    lines = plan_lines(visit.connection, visit.coop_id, visit.place("plan_id"))
    found = next((line for line in lines if line.line_id == visit.place("line_id")), None)
    if found is None:
        raise Unknown
    return found


def _shown(visit: Visit, line: PlanLineRow, name: Naming) -> dict[str, Any]:
    pay = payable(visit, line)
    return {
        "line_id": line.line_id,
        "text": _said(visit, line, name),
        "from_name": name(line.debtor),
        "to_name": name(line.receiver),
        "amount": Money(line.cents),
        "state": line.state,
        "can_be_declared": line.can_be_declared,
        "can_be_confirmed": line.can_be_confirmed,
        "i_pay": line.debtor in acting_for(visit),
        "receiver_is_purse": line.receiver == visit.coop_id,
        "iban_href": _where_to_write_the_iban(visit, line),
        "reference": line.reference,
        "payee": pay.payee if pay else None,
        "qr": _code(pay.epc) if pay else None,
    }


def _where_to_write_the_iban(visit: Visit, line: PlanLineRow) -> str | None:
    """Return where the reader can mend that a transfer to her, or to the purse she keeps, has no IBAN to go to."""
    here = f"/coops/{visit.coop_id}"
    if line.receiver == visit.me and not visit.my_person.iban:
        return f"{here}/profile"
    if line.receiver == visit.coop_id in acting_for(visit) and not visit.here.iban:
        return f"{here}/bank-account"
    return None


def _said(visit: Visit, line: PlanLineRow, name: Naming) -> str:
    if line.debtor == visit.me:
        return visit.say("You pay {name}", name=name(line.receiver))
    if line.receiver == visit.me:
        return visit.words.begin(visit.say("{name} pays you", name=name(line.debtor)))
    said = visit.say("{from_name} pays {to_name}", from_name=name(line.debtor), to_name=name(line.receiver))
    return visit.words.begin(said)


def _code(epc: str) -> Markup:
    """Draw an EPC069-12 code: level M and no more, as the standard has it."""
    return qr(segno.make(epc.encode(), error="m", micro=False, boost_error=False))
