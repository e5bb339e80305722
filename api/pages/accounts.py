"""Comptes: what I owe or am owed, each line with its proof, everyone's balances, and the books as files."""

import csv
import io
from datetime import date
from typing import Any

from api.drawing.charts import Point
from api.holders import Naming, acting_for, holders
from api.pages.declared import get, post
from api.proof import proof
from api.speech.explained import Speaker
from api.web.answers import Answer, Content, Go, Page
from api.web.visit import Visit
from governance.queries import members_of
from kernel.money import Money
from ledger.application import Ledger
from ledger.days import day_of, month_after, month_of
from ledger.entries import commands as c
from ledger.entries import queries
from ledger.entries.journal import hledger_journal
from ledger.entries.queries import month_ends
from ledger.settlement.queries import across, open_plan, plan_lines, plans

RECENT = 30  # lines: about a month's scrolling
MONTHS_DRAWN = 12


@get("/coops/{coop_id:uuid}/accounts")
def accounts(visit: Visit) -> Answer:
    """Show my balance in words, with whom, line by line, and everyone's."""
    speaker = Speaker(visit)
    shows = {
        "balance": Money(queries.balance(visit.connection, visit.coop_id, visit.me)),
        "with_whom": _with_whom(visit, speaker.name),
        "points": _points(visit),
        "plan": _plan(visit, speaker.name),
        "everyone": everyone(visit),
        "total": Money(queries.books_total(visit.connection, visit.coop_id)),
    }
    return Page("accounts.html", shows | _lines(visit, speaker))


@get("/coops/{coop_id:uuid}/accounts/{entry_id:uuid}")
def why(visit: Visit) -> Answer:
    """Prove one entry: its sum, all its sides, the rule it comes from."""
    return Page("why.html", proof(visit, visit.place("entry_id")))


@post("/coops/{coop_id:uuid}/accounts/{entry_id:uuid}/reversal", again=why)
def undo_entry(visit: Visit) -> Answer:
    """Undo an entry by its exact opposite, as the treasurer."""
    reason = visit.form.needed("reason", 500)
    command = c.ReverseEntry(coop_id=visit.coop_id, entry_id=visit.place("entry_id"), reason=reason)
    visit.site.settled(Ledger(visit.site.history).reverse_entry(command, visit.asked()))
    to = f"/coops/{visit.coop_id}/accounts/{visit.place('entry_id')}"
    return Go(to, said="It is undone: the books keep both lines, and they cancel out.")


@get("/coops/{coop_id:uuid}/gift")
def gift_form(visit: Visit) -> Answer:
    """Ask how much to give to the common purse."""
    return Page("gift.html", {"balance": Money(queries.balance(visit.connection, visit.coop_id, visit.me))})


@post("/coops/{coop_id:uuid}/gift", again=gift_form)
def give(visit: Visit) -> Answer:
    """Give part of what one is owed to the co-op."""
    command = c.Contribute(coop_id=visit.coop_id, cents=visit.form.money("amount").cents)
    visit.site.settled(Ledger(visit.site.history).contribute(command, visit.asked()))
    return Go(f"/coops/{visit.coop_id}/accounts", said="Given to the common purse. Thank you.")


@get("/coops/{coop_id:uuid}/books")
def books(visit: Visit) -> Answer:
    """Show the books as a whole: months, plans, files to take away."""
    today = day_of(visit.now)
    shows = {
        "total": Money(queries.books_total(visit.connection, visit.coop_id)),
        "months": queries.months(visit.connection, visit.coop_id),
        "this_month": month_of(today),
        "plans": plans(visit.connection, visit.coop_id),
        "is_treasurer": acting_for(visit) > {visit.me},
        "today": today,
    }
    return Page("books.html", shows)


@post("/coops/{coop_id:uuid}/months", again=books)
def close_month(visit: Visit) -> Answer:
    """Close a month that is over, and all before it."""
    command = c.ClosePeriod(coop_id=visit.coop_id, month=visit.form.day("month"))
    visit.site.settled(Ledger(visit.site.history).close_period(command, visit.asked()))
    return Go(f"/coops/{visit.coop_id}/books", said="The month is closed: nothing can be added to it any more.")


@get("/coops/{coop_id:uuid}/journal")
def journal_file(visit: Visit) -> Answer:
    """Hand out the whole journal as plain text that hledger reads."""
    names = {each.member_id: each.name or "" for each in members_of(visit.connection, visit.coop_id, visit.now)}
    text = hledger_journal(visit.coop_id, queries.journal(visit.connection, visit.coop_id), names)
    return Content(text.encode(), "text/plain", f"journal-{day_of(visit.now)}.journal")


@get("/coops/{coop_id:uuid}/lines")
def my_lines_file(visit: Visit) -> Answer:
    """Hand out my lines as a table for a spreadsheet."""
    speaker = Speaker(visit)
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerow([visit.say("Day"), visit.say("Line"), visit.say("Amount in euros")])
    for line in queries.statement(visit.connection, visit.coop_id, visit.me):
        rows.writerow([line.effective_on, _as_text(speaker.line(line)), Money(line.cents).amount])
    return Content(table.getvalue().encode("utf-8-sig"), "text/csv", f"voisiture-{day_of(visit.now)}.csv")


def _as_text(said: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{said}" if said[:1] in "=+-@\t\r" else said


def everyone(visit: Visit, on: date | None = None) -> list[dict[str, Any]]:
    """Return every balance now, or at the end of a day: current members by name, then whoever else stands there."""
    standing = queries.balances(visit.connection, visit.coop_id, on)
    known = members_of(visit.connection, visit.coop_id, visit.now)
    name = holders(visit, known)
    shown = [each.member_id for each in known if each.is_member or standing.get(each.member_id)]
    rest = sorted((each for each in standing if each not in shown and standing[each]), key=lambda each: each.bytes)
    rows = [*shown, *rest]
    return [
        {"account": each, "name": name(each), "balance": Money(standing.get(each, 0)), "me": each == visit.me}
        for each in rows
    ]


def _with_whom(visit: Visit, name: Naming) -> list[dict[str, Any]]:
    """Return who stands across from me; while a plan is open it says so itself, better."""
    known = plans(visit.connection, visit.coop_id)
    if any(plan.state == "open" for plan in known):
        return []
    settled = next((plan for plan in known if plan.state == "complete"), None)
    found = across(visit.connection, visit.coop_id, visit.me, settled)
    return [
        {"name": name(each), "amount": Money(cents)} for each, cents in sorted(found.items(), key=lambda item: item[1])
    ]


def _points(visit: Visit) -> list[Point]:
    """Return my balance at the end of each month, months without a line included, this month's as it stands now."""
    ends = month_ends(visit.connection, visit.coop_id, visit.me)
    if not ends:
        return []
    points, balance, month = [], 0, min(ends)
    while month <= month_of(day_of(visit.now)):
        balance = ends.get(month, balance)
        points.append(Point(visit.words.begin(visit.words.month(month)), Money(balance)))
        month = month_after(month)
    return points[-MONTHS_DRAWN:]


def _plan(visit: Visit, name: Naming) -> dict[str, Any] | None:
    plan = open_plan(visit.connection, visit.coop_id)
    if plan is None:
        return None
    mine = [
        {"name": name(line.receiver if i_pay else line.debtor), "amount": Money(line.cents), "i_pay": i_pay}
        | {"state": line.state}
        for line in plan_lines(visit.connection, visit.coop_id, plan.plan_id)
        if (i_pay := line.debtor == visit.me) or line.receiver == visit.me
    ]
    return {"plan_id": plan.plan_id, "mine": mine}


def _lines(visit: Visit, speaker: Speaker) -> dict[str, Any]:
    all_of_them = visit.given("lines") == "all"
    lines = queries.statement(visit.connection, visit.coop_id, visit.me)
    older = not all_of_them and len(lines) > RECENT
    rows = [
        {
            "entry_id": line.entry_id,
            "day": line.effective_on,
            "text": speaker.line(line),
            "amount": Money(line.cents),
            "undone": line.reversed_by is not None,
        }
        for line in (lines[:RECENT] if older else lines)
    ]
    return {"lines": rows, "more_href": f"/coops/{visit.coop_id}/accounts?lines=all" if older else None}
