"""Pages about expenses as they would be shown."""

from datetime import date
from uuid import UUID

from msgspec.structs import replace

from api.places.expenses.expense import AllExpenses, Bearer, ContestOfIt, OneExpense, Part
from api.places.expenses.listed import Expense, ListedExpense, Payer
from api.places.expenses.recording import Recording
from api.web.answers import View
from kernel.money import Money
from tests.api.samples import ID, NOW, at
from tests.places.accounts.samples import INES, MARYSE, PURSE, TOM
from tests.places.vehicles.samples import CARD
from usecases.choosing import Candidate, Choosable
from usecases.money.witnessed import KeptApart

INSURANCE = Expense(
    expense_id=ID,
    kind="insurance",
    cents=48_000,
    currency="EUR",
    paid_on=date(2026, 11, 2),
    vehicle_id=ID,
    recorded_by=ID,
    recorded_at=at(2, 18),
    months=12,
    posted=1,
    waiting=False,
    agreed_by=None,
    withdrawn=False,
    refused_by=None,
    refusal=None,
    paid={ID: 48_000},
    split="shares",
    weights={ID: 2, UUID(int=8): 2, UUID(int=9): 1},
    receipt=None,
    note="Contrat de l’année",
    spread_by="pairs",
)
LISTED = ListedExpense(expense=INSURANCE, vehicle_name="Kangoo", payers=[Payer(holder=INES, amount=Money(48_000))])
ONE = OneExpense(
    listed=LISTED,
    recorded_by=INES,
    bearers=[Bearer(holder=INES, weight=2), Bearer(holder=MARYSE, weight=2), Bearer(holder=TOM, weight=1)],
    my_part=Money(19_200),
    parts=[
        Part(due_on=date(2026, 11, 2), amount=Money(4000), entry_id=ID),
        Part(due_on=date(2026, 12, 1), amount=Money(4000), entry_id=None),
    ],
    contests=[ContestOfIt(contest_id=ID, contester=TOM, amount=Money(9600), is_open=True)],
    bears_burden=True,
    refused_by=None,
    can_take_back=True,
    can_say_yes=False,
    kept=None,
    receipt_is_pdf=False,
)
REPAIR = replace(
    LISTED,
    expense=replace(INSURANCE, kind="repair", vehicle_id=None, months=1, split="equal", withdrawn=True, receipt=ID),
    vehicle_name=None,
    payers=[Payer(holder=MARYSE, amount=Money(30_000)), Payer(holder=PURSE, amount=Money(18_000))],
)
REFUSED = replace(INSURANCE, posted=0, withdrawn=True, refused_by=MARYSE.account, refusal="Nous n’en avions pas parlé.")
OTHERS = [replace(LISTED, expense=expense) for expense in (REFUSED, replace(INSURANCE, posted=0, waiting=True))]
HOLDERS = (INES, MARYSE, TOM)
FEW = Choosable(
    members=[Candidate(row.account, row.name, me=row is INES) for row in HOLDERS],
    everyone=True,
    called="",
    found=0,
    more=False,
)
MANY = replace(FEW, everyone=False, called="m", found=2)
RECORDING = Recording(
    me=ID,
    vehicles=[CARD],
    choice=FEW,
    payers=[*HOLDERS, PURSE],
    ticked=[],
    several=False,
    kept_receipt=None,
    today=NOW.date(),
)

PAGES: dict[str, View] = {
    "expenses": AllExpenses(expenses=[LISTED, REPAIR, *OTHERS], older="WyIyMDI2LTExLTIyIiwxMiwwXQ"),
    "expenses-none": AllExpenses(expenses=[], older=None),
    "expense": ONE,
    "expense-equal": replace(ONE, listed=REPAIR, can_take_back=False),
    "expense-pdf": replace(ONE, listed=REPAIR, receipt_is_pdf=True),
    "expense-waiting": replace(
        ONE,
        listed=replace(LISTED, expense=replace(INSURANCE, waiting=True, posted=0)),
        contests=[],
        can_take_back=False,
        can_say_yes=True,
    ),
    "expense-kept-apart": replace(ONE, kept=KeptApart("Maryse", at(30, 9))),
    "expense-refused": replace(
        ONE,
        listed=replace(LISTED, expense=REFUSED),
        refused_by=MARYSE,
        contests=[replace(ONE.contests[0], is_open=False)],
        can_take_back=False,
    ),
    "expense-purse": replace(ONE, bearers=[Bearer(holder=PURSE, weight=1)]),
    "expense-new": RECORDING,
    "expense-new-refused": replace(RECORDING, ticked=[str(ID)], several=True, kept_receipt=ID),
    "expense-new-large": replace(RECORDING, choice=replace(MANY, called="", found=0), payers=[INES, PURSE]),
    "expense-new-found": replace(RECORDING, choice=MANY),
    "expense-new-none": replace(RECORDING, choice=replace(MANY, called="zz", found=0)),
}
