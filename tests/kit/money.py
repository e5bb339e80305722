"""What tests of the accounts start from: trips charged, expenses recorded, people with a bank account."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec

from booking.application import Bookings
from booking.commands import ApproveBooking
from booking.trip import trip_id
from kernel.money import Money
from ledger.application import Ledger
from ledger.entries.causes.trip import charge_id
from ledger.entries.commands import ChargeTrip
from ledger.spending.commands import RecordExpense
from people.bank_account import BankAccount, opened_account, sealed_account
from people.person import change_person, person
from tests.kit.browser import Seen
from tests.kit.village import COOP, Village, person_id_of
from usecases.money.books import ledger_of

HERE = f"/coops/{COOP}"
IBANS = {"Jean": "FR7630006000011234567890189", "Claire": "DE89370400440532013000"}


def lent(village: Village, by: str, km: int = 100, paid: Money | None = None) -> UUID:
    """Let someone drive Jean's Clio, Jean agreeing; return the charge."""
    booking_id = village.booked(by, "Clio")
    agree = ApproveBooking(coop_id=COOP, booking_id=booking_id)
    Bookings(village.site.history).approve_booking(agree, village.asked("Jean"))
    village.settle()
    start = village.odometer("Clio")
    village.taken(by, booking_id, start)
    village.clock.now += timedelta(hours=2)
    village.returned(by, booking_id, start + km, paid)
    return charged(booking_id)


def ledger_in(village: Village) -> Ledger:
    """Return the door of the co-op's books."""
    return ledger_of(village.site.history, COOP)


def charged(booking_id: UUID) -> UUID:
    """Return the entry by which a booking's trip was charged."""
    return charge_id(trip_id(booking_id))


def spent(village: Village, by: str, cents: int, *among: str, **more: Any) -> UUID:
    """Let someone have paid for others, each as much; return the expense."""
    fields: dict[str, Any] = {"kind": "repair", "paid_on": village.now.date(), "split": "equal"} | more
    command = RecordExpense(
        coop_id=COOP,
        paid={village.member(by): cents},
        among={village.member(name): 1 for name in among},
        **fields,
    )
    expense_id = ledger_in(village).record_expense(command, village.asked(by)).stream_id
    village.settle()
    return expense_id


def charged_late(village: Village, entry: dict[str, Any], trip: UUID) -> UUID:
    """Charge a trip like the one of an entry, only now; return its entry."""
    because = entry["because"] | {"coop_id": str(COOP), "trip_id": str(trip)}
    fields = {name: because[name] for name in ChargeTrip.__struct_fields__ if name in because}
    command = msgspec.convert(fields, ChargeTrip, strict=False)
    return ledger_in(village).charge_trip(command, village.asked()).stream_id


def give_ibans(village: Village) -> None:
    """Let Jean and Claire have bank accounts, his under another name."""
    for name, holder in (("Jean", "M. Jean MARTIN"), ("Claire", None)):
        give_account(village, name, BankAccount(IBANS[name], holder))


def give_account(village: Village, name: str, account: BankAccount) -> None:
    """Let somebody have a bank account."""
    sealed = sealed_account(village.site.keyring, person_id_of(name), account)
    with village.site.writing() as connection:
        change_person(connection, person_id_of(name), account=sealed)


def account_of(village: Village, name: str) -> BankAccount | None:
    """Return somebody's bank account, as it opens."""
    found = village.ask(person, person_id_of(name))
    return opened_account(village.site.keyring, found.person_id, found.account)


def indebted(village: Village) -> None:
    """Nadia owes Jean 30.00 and the common purse 25.00; Jean has an IBAN."""
    give_ibans(village)
    lent(village, "Nadia")
    village.drove("Nadia", "Zoé", 100)


def plan_issued(village: Village, **fields: str) -> Seen:
    """Let Claire draw up a plan for the balances of today and issue it at once; return its page."""
    claire = village.as_("Claire")
    drawn = claire.post(f"{HERE}/plans", **{"as_of": "2026-11-02"} | fields)
    return claire.post(f"{drawn.path}/issue")


def transfers(village: Village, page: str, name: str = "Nadia") -> dict[str, dict[str, Any]]:
    """Return a plan's transfers as a program sees them, by who receives."""
    found = village.as_(name).api("GET", page).json()["transfers"]
    return {line["receiver"]: line for line in found}


def said_then_withdrawn(village: Village) -> str:
    """Let Nadia say that she paid Jean the 30.00 of a plan, and the plan be withdrawn; return its page."""
    lent(village, "Nadia")
    claire = village.as_("Claire")
    plan = plan_issued(village).path
    line = transfers(village, plan)[str(village.member("Jean"))]["line_id"]
    village.as_("Nadia").post(f"{plan}/transfers/{line}/payment")
    claire.post(f"{plan}/withdrawal")
    return plan


def read(page: Seen) -> str:
    """Return a page's text with its signs as one types them."""
    return page.text.replace("\u2212", "-").replace("\u00d7", "x")


def owed(village: Village, name: str) -> int:
    """Return somebody's balance as she reads it: whole cents, positive is owed to her."""
    return int(village.as_(name).api("GET", f"{HERE}/balance").json()["cents"])
