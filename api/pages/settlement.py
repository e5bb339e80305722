"""Settling up: few transfers from bank to bank, each declared by who pays it and confirmed by who receives it."""

from typing import Any

import segno
from markupsafe import Markup

from api.drawing.pictures import qr
from api.holders import Naming, acting_for, holders
from api.pages.accounts import books
from api.payees import payable
from api.web.answers import Answer, Go, Page
from api.web.asking import Asking
from api.web.routes import get, post
from kernel.money import Money
from kernel.refused import Unknown
from ledger.application import Ledger
from ledger.settlement import commands as c
from ledger.settlement.queries import PlanLineRow, PlanRow, plan, plan_lines


@post("/coops/{coop_id:uuid}/plans", again=books)
def issue_plan(asking: Asking) -> Answer:
    """Draw up the transfers that settle the balances of a day."""
    form = asking.form
    through_purse = form.ticked("through_purse")
    command = c.IssuePlan(coop_id=asking.coop_id, as_of=form.day("as_of"), through_purse=through_purse)
    done = Ledger(asking.site.history).issue_plan(command, asking.asked())
    asking.site.settled(done)
    return Go(_here(asking, done.stream_id), said="The plan is drawn up: everyone sees what to pay and to whom.")


@get("/coops/{coop_id:uuid}/plans/{plan_id:uuid}")
def show_plan(asking: Asking) -> Answer:
    """Show a plan: my transfers with all a bank wants, then those between the others."""
    found, name = _plan(asking), holders(asking)
    mine_to_do = acting_for(asking)
    lines = plan_lines(asking.connection, asking.coop_id, found.plan_id, mine_to_do)
    mine = [line for line in lines if mine_to_do & {line.debtor, line.receiver}]
    shows = {
        "plan": found,
        "count": len(lines),
        "mine": [_shown(asking, line, name) for line in mine],
        "others": [_shown(asking, line, name) for line in lines if line not in mine],
        "can_withdraw": asking.coop_id in mine_to_do and found.state == "open",
    }
    return Page("plan.html", shows)


@post("/coops/{coop_id:uuid}/plans/{plan_id:uuid}/withdrawal", again=show_plan)
def withdraw_plan(asking: Asking) -> Answer:
    """Give the plan up."""
    command = c.WithdrawPlan(coop_id=asking.coop_id, plan_id=asking.place("plan_id"))
    asking.site.settled(Ledger(asking.site.history).withdraw_plan(command, asking.asked()))
    return Go(_here(asking), said="The plan is withdrawn. What was paid stays paid.")


@post("/coops/{coop_id:uuid}/plans/{plan_id:uuid}/transfers/{line_id:uuid}/payment", again=show_plan)
def declare_paid(asking: Asking) -> Answer:
    """Say that I, or the co-op as its treasurer, made a transfer."""
    line, ledger = _line(asking), Ledger(asking.site.history)
    named = {"coop_id": asking.coop_id, "plan_id": line.plan_id, "line_id": line.line_id}
    if line.debtor == asking.coop_id in acting_for(asking):
        done = ledger.declare_coop_paid(c.DeclareCoopPaid(**named), asking.asked())
    else:
        done = ledger.declare_paid(c.DeclarePaid(**named), asking.asked())
    asking.site.settled(done)
    return Go(_here(asking), said="Noted: you have paid. The receiver will say when it has come.")


@post("/coops/{coop_id:uuid}/plans/{plan_id:uuid}/transfers/{line_id:uuid}/receipt", again=show_plan)
def confirm_paid(asking: Asking) -> Answer:
    """Say that the money of a transfer has come to me, or to the co-op as its treasurer."""
    line, ledger = _line(asking), Ledger(asking.site.history)
    named = {"coop_id": asking.coop_id, "plan_id": line.plan_id, "line_id": line.line_id}
    if line.receiver == asking.coop_id in acting_for(asking):
        done = ledger.confirm_coop_paid(c.ConfirmCoopPaid(**named), asking.asked())
    else:
        done = ledger.confirm_paid(c.ConfirmPaid(**named), asking.asked())
    asking.site.settled(done)
    return Go(_here(asking), said="Noted: it has come. Both balances are up to date.")


def _here(asking: Asking, plan_id: object = None) -> str:
    return f"/coops/{asking.coop_id}/plans/{plan_id or asking.place('plan_id')}"


def _plan(asking: Asking) -> PlanRow:
    found = plan(asking.connection, asking.coop_id, asking.place("plan_id"))
    if found is None:
        raise Unknown
    return found


def _line(asking: Asking) -> PlanLineRow:
    lines = plan_lines(asking.connection, asking.coop_id, asking.place("plan_id"))
    found = next((line for line in lines if line.line_id == asking.place("line_id")), None)
    if found is None:
        raise Unknown
    return found


def _shown(asking: Asking, line: PlanLineRow, name: Naming) -> dict[str, Any]:
    pay = payable(asking, line)
    return {
        "line_id": line.line_id,
        "text": _said(asking, line, name),
        "from_name": name(line.debtor),
        "to_name": name(line.receiver),
        "amount": Money(line.cents),
        "state": line.state,
        "can_be_declared": line.can_be_declared,
        "can_be_confirmed": line.can_be_confirmed,
        "i_pay": line.debtor in acting_for(asking),
        "receiver_is_purse": line.receiver == asking.coop_id,
        "iban_href": _where_to_write_the_iban(asking, line),
        "reference": line.reference,
        "payee": pay.payee if pay else None,
        "qr": _code(pay.epc) if pay else None,
    }


def _where_to_write_the_iban(asking: Asking, line: PlanLineRow) -> str | None:
    """Return where the reader can mend that a transfer to her, or to the purse she keeps, has no IBAN to go to."""
    here = f"/coops/{asking.coop_id}"
    if line.receiver == asking.me and not asking.my_person.iban:
        return f"{here}/profile"
    if line.receiver == asking.coop_id in acting_for(asking) and not asking.here.iban:
        return f"{here}/bank-account"
    return None


def _said(asking: Asking, line: PlanLineRow, name: Naming) -> str:
    if line.debtor == asking.me:
        return asking.say("You pay {name}", name=name(line.receiver))
    if line.receiver == asking.me:
        return asking.words.begin(asking.say("{name} pays you", name=name(line.debtor)))
    said = asking.say("{from_name} pays {to_name}", from_name=name(line.debtor), to_name=name(line.receiver))
    return asking.words.begin(said)


def _code(epc: str) -> Markup:
    """Draw an EPC069-12 code: level M and no more, as the standard has it."""
    return qr(segno.make(epc.encode(), error="m", micro=False, boost_error=False))
