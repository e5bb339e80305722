"""Expenses: recorded with a photo of the receipt, shown part by part, taken back by who recorded them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from api.pages.declared import get, post
from api.places.photos.sent import kept_photo, sent_photo
from api.speech.explained import Speaker
from api.spending import may_withdraw, record_expense, withdraw_expense
from api.web.answers import Answer, Go, Page
from api.web.forms import Misread
from api.web.visit import Visit
from fleet.queries import vehicles_in_service
from governance.queries import members_of
from kernel.money import Money, spread
from kernel.refused import Refused, Unknown
from ledger.days import day_of, due_on
from ledger.entries.causes.expense import part_id
from ledger.pricing.queries import tariffs
from ledger.spending.commands import RecordExpense, WithdrawExpense
from ledger.spending.events import ExpenseKind
from ledger.spending.queries import ExpenseRow, expense, expenses_slice

MOST_MONTHS = 60


class NoSharesYet(Refused):
    """Nobody has a share of this vehicle yet. Share the expense equally, or try again in a moment."""


@get("/coops/{coop_id:uuid}/expenses/new")
def expense_form(visit: Visit) -> Answer:
    """Ask what was paid, by whom, for what, and who shares it; what was typed and the photo are kept when refused."""
    form = visit.form
    shows = {
        "ticked": form.texts_of("among"),
        "several": any(name.startswith("part_") and form.text(name) for name in form.texts),
        "today": day_of(visit.now),
        "kept": kept_photo(visit, "receipt"),
    }
    return Page("expense_form.html", shows | _choices(visit))


@post("/coops/{coop_id:uuid}/expenses", again=expense_form)
def add_expense(visit: Visit) -> Answer:
    """Record the expense; its first part counts at once."""
    receipt = sent_photo(visit, "receipt")  # kept first, so that a field misread does not ask for it again
    done = record_expense(visit, _typed(visit, receipt), visit.asked())
    visit.site.settled(done)
    here = f"/coops/{visit.coop_id}/expenses/{done.stream_id}"
    return Go(here, said="The expense is noted.", undo=f"{here}/withdrawal")


@get("/coops/{coop_id:uuid}/expenses")
def all_expenses(visit: Visit) -> Answer:
    """List the co-op's expenses, newest first."""
    speaker = Speaker(visit)
    rows = [_row(speaker, each) for each in expenses_slice(visit.connection, visit.coop_id, most=1000).items]
    return Page("expenses.html", {"expenses": rows})


@get("/coops/{coop_id:uuid}/expenses/{expense_id:uuid}")
def show_expense(visit: Visit) -> Answer:
    """Show an expense: who paid, who bears it, month by month."""
    return Page("expense.html", {"expense": _shown(visit, Speaker(visit), _expense(visit))})


@post("/coops/{coop_id:uuid}/expenses/{expense_id:uuid}/withdrawal", again=show_expense)
def take_back_expense(visit: Visit) -> Answer:
    """Take the expense back: its parts are undone and no other follows."""
    reason = visit.form.needed("reason", 500) if visit.form.text("reason") else ""
    command = WithdrawExpense(coop_id=visit.coop_id, expense_id=visit.place("expense_id"), reason=reason)
    visit.site.settled(withdraw_expense(visit, command, visit.asked()))
    here = f"/coops/{visit.coop_id}/expenses/{visit.place('expense_id')}"
    return Go(here, said="The expense is taken back: it counts for nobody any more.")


def _typed(visit: Visit, receipt: UUID | None) -> RecordExpense:
    form = visit.form
    vehicle_id = form.uuid("vehicle_id") if form.text("vehicle_id") else None
    return RecordExpense(
        coop_id=visit.coop_id,
        kind=_kind(form.needed("kind")),
        paid_on=form.day("paid_on"),
        paid=_paid(visit),
        split="equal" if form.needed("split") == "equal" else "shares",
        among=_among(visit, vehicle_id),
        months=form.whole("months", 1, MOST_MONTHS),
        vehicle_id=vehicle_id,
        receipt=receipt,
        note=form.needed("note", 120) if form.text("note") else "",
    )


def _kind(typed: str) -> ExpenseKind:
    try:
        kind: ExpenseKind = msgspec.convert(typed, ExpenseKind)
    except msgspec.ValidationError as error:
        raise Misread({"kind": "Choose one of these."}) from error
    return kind


def _paid(visit: Visit) -> dict[UUID, int]:
    """Return who paid how many cents: what others paid of it as typed, the rest by the one chosen."""
    form, whole = visit.form, visit.form.money("amount").cents
    others = {name: form.money(name).cents for name in form.texts if name.startswith("part_") and form.text(name)}
    rest = whole - sum(others.values())
    if rest < 0:
        raise Misread({"amount": "The parts paid by others make more than this amount."})
    paid = {form.uuid("paid_by"): rest} if rest else {}
    for name, cents in others.items():
        payer = _member_of(name)
        paid[payer] = paid.get(payer, 0) + cents
    return paid


def _member_of(name: str) -> UUID:
    try:
        return UUID(name.removeprefix("part_"))
    except ValueError as error:
        raise Misread({"amount": "Reload the page and try again."}) from error


def _among(visit: Visit, vehicle_id: UUID | None) -> dict[UUID, int]:
    """Return who bears it: those ticked, each as much; or by shares, the vehicle's receivers or the common purse."""
    if visit.form.needed("split") == "equal":
        ticked = visit.form.texts_of("among")
        if not ticked:
            raise Misread({"among": "Tick those who share it."})
        return {_ticked(each): 1 for each in ticked}
    if vehicle_id is None:
        return {visit.coop_id: 1}
    tariff = tariffs(visit.connection, visit.coop_id, visit.now, [vehicle_id]).get(vehicle_id)
    if tariff is None:
        raise NoSharesYet
    return dict(tariff.receivers)


def _ticked(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Misread({"among": "Reload the page and try again."}) from error


def _expense(visit: Visit) -> ExpenseRow:
    found = expense(visit.connection, visit.coop_id, visit.place("expense_id"))
    if found is None:
        raise Unknown
    return found


def _choices(visit: Visit) -> dict[str, Any]:
    """Return the vehicles in service, and the current members and the purse, who may pay and share."""
    fleet = vehicles_in_service(visit.connection, visit.coop_id, on=day_of(visit.now))
    members = [
        {"member_id": each.member_id, "name": each.name or visit.say("a former member"), "me": each == visit.member}
        for each in members_of(visit.connection, visit.coop_id, visit.now)
        if each.is_member
    ]
    return {
        "vehicles": [{"vehicle_id": each.vehicle_id, "name": each.name} for each in fleet],
        "members": members,
        "purse": {"member_id": visit.coop_id, "name": visit.say("the common purse"), "me": False},
    }


def _shown(visit: Visit, speaker: Speaker, found: ExpenseRow) -> dict[str, Any]:
    receipt = f"/coops/{visit.coop_id}/photos/{found.receipt}" if found.receipt else None
    return _row(speaker, found) | {
        "note": visit.site.keyring.open(visit.connection, found.note),
        "receipt_url": receipt,
        "recorded_by": speaker.name(found.recorded_by) if found.recorded_by else None,
        "recorded_at": found.recorded_at,
        "split": found.split,
        "bearers": _bearers(speaker, found),
        "parts": _parts(found),
        "may_withdraw": may_withdraw(visit, found) and not found.withdrawn,
    }


def _row(speaker: Speaker, found: ExpenseRow) -> dict[str, Any]:
    return {
        "expense_id": found.expense_id,
        "text": speaker.expense_kind(found.kind, found.vehicle_id),
        "amount": Money(found.cents),
        "paid_on": found.paid_on,
        "payers": [{"name": speaker.name(each), "amount": Money(cents)} for each, cents in found.paid.items()],
        "months": found.months,
        "posted": found.posted,
        "withdrawn": found.withdrawn,
    }


def _bearers(speaker: Speaker, found: ExpenseRow) -> list[Mapping[str, Any]]:
    whole = sum(found.weights.values())
    return [
        {"name": speaker.name(account), "weight": weight, "whole": whole}
        for account, weight in found.weights.items()
        if weight
    ]


def _parts(found: ExpenseRow) -> list[Mapping[str, Any]]:
    return [
        {
            "number": number,
            "due_on": due_on(found.paid_on, number),
            "amount": Money(cents),
            "entry_id": part_id(found.expense_id, number) if number <= found.posted else None,
        }
        for number, cents in enumerate(spread(found.cents, found.months), start=1)
    ]
