"""Pages about accounts as they would be shown, one of each in its filled state and some in others."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from msgspec.structs import replace

from api.drawing.charts import Point
from api.places.accounts.account import Account, OneAccount
from api.places.accounts.balances import AllBalances
from api.places.accounts.books import Books
from api.places.accounts.giving import Giving
from api.places.accounts.lines import StatementLine
from api.places.accounts.month import Booked, MonthSummed, OneMonth
from api.places.accounts.proof import Proof, Side, Undone
from api.places.accounts.statement import Across, MyTransfer, OpenPlan, Statement, Unanswered
from api.places.tables import Choices, Named, Order
from api.speech.causes.telling import Agreed, Fact, Link, Step
from api.web.answers import View
from kernel.money import Money
from ledger.entries.listing.queries import OfKind, Summed
from ledger.entries.queries import MonthRow
from ledger.pricing.rate import Rate
from ledger.settlement.queries import PlanRow
from tests.api.samples import ID, at
from tests.places.chain.samples import CHECKPOINT
from usecases.money.accounts import Balance, Holder, MostBalances
from usecases.money.settling import RhythmNow

INES = Holder(account=ID, name="Inès", is_purse=False)
MARYSE = Holder(account=UUID(int=8), name="Maryse", is_purse=False)
TOM = Holder(account=UUID(int=9), name="Tom", is_purse=False)
PURSE = Holder(account=UUID(int=1), name=None, is_purse=True)
DAY = date(2026, 11, 22)
POINTS = [
    Point(f"{month:02}/2026", Money(cents))
    for month, cents in enumerate((0, 1200, -3000, -1850, 900, 2600, -4100, -2340), start=4)
]
PLAN = PlanRow(
    plan_id=ID,
    as_of=date(2026, 11, 20),
    method="exact",
    drawn_at=at(19, 9),
    issue_at=None,
    issued_at=at(21, 9),
    state="open",
    floor_cents=100,
)
RATE = Rate(
    since=at(1, 9),
    per_km=Decimal("0.30"),
    per_hour=Decimal("0.50"),
    day_cap_hours=8,
    rulebook_version=3,
    decision_id=ID,
)
SIDES = [
    Side(holder=INES, role="au volant", amount=Money(-3000)),
    Side(holder=MARYSE, role="2 parts sur 3", amount=Money(2000)),
    Side(holder=PURSE, role="1 part sur 3", amount=Money(1000)),
]


def balance(holder: Holder, cents: int) -> Balance:
    return Balance(account=holder.account, name=holder.name, is_purse=holder.is_purse, cents=cents, currency="EUR")


def line(text: str, cents: int, *, undone: bool = False) -> StatementLine:
    return StatementLine(entry_id=ID, day=DAY, text=text, vehicle_name="Clio", amount=Money(cents), undone=undone)


def booked(text: str, cents: int, *, undone: bool = False) -> Booked:
    return Booked(
        entry_id=ID,
        day=DAY,
        text=text,
        vehicle_name="Clio",
        gives=[INES],
        receives=[MARYSE, TOM, PURSE],
        amount=Money(cents),
        undone=undone,
    )


CHOICES = Choices(
    months=(date(2026, 11, 1), date(2026, 10, 1)),
    month=None,
    vehicles=(Named(str(ID), "Clio"), Named(str(UUID(int=8)), "Kangoo")),
    vehicle_id=None,
)
EVERYONE = (balance(MARYSE, 3340), balance(INES, -2340), balance(PURSE, -1000))
STATEMENT = Statement(
    me=ID,
    balance=Money(-2340),
    apart=Money(0),
    with_whom=[Across(holder=MARYSE, amount=Money(-3340)), Across(holder=TOM, amount=Money(1000))],
    points=POINTS,
    plan=None,
    said_paid=[],
    lines=[
        line("Trajet : Clio, 100 km", -3000),
        line("Tom vous a remboursé 12,00 € : on vous doit d’autant moins", -1200),
        line("Énergie payée : Clio", 6000),
        line("Ma part : Assurance, Kangoo (3/12)", -1600, undone=True),
    ],
    summed=Summed(count=4, given_cents=6000, owed_cents=-5800),
    after="WyIyMDI2LTExLTIyIiwxMiwwXQ",
    order=Order(path="/accounts", sort="-day", kept={}),
    choices=CHOICES,
    everyone=MostBalances(EVERYONE, all_shown=True),
    total=Money(0),
    checkpoint=CHECKPOINT,
)
SETTLING = OpenPlan(
    plan_id=ID,
    issue_at=None,
    mine=[
        MyTransfer(other=MARYSE, amount=Money(2340), i_pay=True, state="to_pay"),
        MyTransfer(other=PURSE, amount=Money(1200), i_pay=False, state="declared"),
    ],
)
SAID_PAID = [
    Unanswered(plan_id=ID, other=TOM, amount=Money(5160), i_pay=False, state="declared"),
    Unanswered(plan_id=ID, other=MARYSE, amount=Money(3458), i_pay=True, state="declared"),
]
PROOF = Proof(
    me=ID,
    entry_id=ID,
    title="Trajet : Inès, Clio de Maryse, 100 km",
    true_day=DAY,
    effective_on=DAY,
    mine=Money(-3000),
    steps=[Step("100 km × 0,30 €/km", "30,00 €"), Step("8 h réservées × 0,50 €/h", "4,00 €")],
    result=Step("Prix du trajet", "34,00 €"),
    remark="",
    sides=SIDES,
    odd_cent="",
    facts=[Fact("Compteur", "de 84 210 à 84 310 km"), Fact("Distance", "100 km")],
    links=[Link("bookings/7", "Voir tout le trajet")],
    note=None,
    agreed=Agreed(RATE, at(19, 12)),
    decision_id=ID,
    undone=None,
    undoers=["Hugo", "Ali"],
    can_undo=False,
    can_others=False,
)
UNDONE = replace(
    PROOF, undone=Undone(other_id=ID, undoes=False, before=SIDES), note="Compteur mal lu au retour.", agreed=None
)
BY_NAME = Order(path="/balances", sort="name", kept={})
BALANCES = AllBalances(me=ID, q="", balances=EVERYONE, total=Money(0), after="next", order=BY_NAME, opens=True)
QUARTER = RhythmNow(period="quarter", due_at=at(30, 8), until=date(2026, 9, 30), overdue_at=at(27, 8), waits=True)
BOOKS = Books(
    total=Money(0),
    months=[
        MonthRow(month=date(2026, 11, 1), entries=12, closed=False),
        MonthRow(month=date(2026, 10, 1), entries=31, closed=False),
        MonthRow(month=date(2026, 9, 1), entries=1, closed=True),
    ],
    plans=[PLAN, replace(PLAN, state="complete")],
    rhythm=QUARTER,
    is_treasurer=True,
    today=date(2026, 11, 23),
)

ACCOUNT = OneAccount(
    account=Account(
        account=UUID(int=8),
        name="Maryse",
        is_purse=False,
        currency="EUR",
        before_cents=1250,
        after_cents=-3340,
        summed=Summed(count=4, given_cents=6000, owed_cents=-10590),
    ),
    lines=[*STATEMENT.lines] * 3,
    after="next",
    order=Order(path="/account", sort="-amount", kept={"month": "2026-11"}),
    choices=replace(CHOICES, month=date(2026, 11, 1)),
    points=POINTS,
)
MONTH = OneMonth(
    summed=MonthSummed(
        month=date(2026, 10, 1),
        closed=True,
        currency="EUR",
        kinds=(OfKind(kind="trip", count=28, cents=41230), OfKind(kind="expense", count=3, cents=48000)),
    ),
    entries=[booked("Trajet de Tom : Clio, 100 km", 3000), booked("Assurance, Kangoo (3/12)", 4000, undone=True)] * 4,
    after="next",
    order=Order(path="/months/2026-10", sort="day", kept={}),
    choices=CHOICES,
    kind=None,
)

PAGES: dict[str, View] = {
    "accounts-apart": replace(STATEMENT, apart=Money(-3000)),
    "accounts": STATEMENT,
    "accounts-settling": replace(STATEMENT, plan=SETTLING, with_whom=[], after=None),
    "accounts-draft": replace(STATEMENT, plan=OpenPlan(plan_id=ID, issue_at=at(27, 20), mine=[])),
    "accounts-said-paid": replace(STATEMENT, said_paid=SAID_PAID),
    "accounts-new": replace(STATEMENT, balance=Money(0), with_whom=[], points=[], lines=[], after=None),
    "accounts-one": replace(STATEMENT, with_whom=[Across(holder=PURSE, amount=Money(-2340))]),
    "accounts-large": replace(STATEMENT, everyone=MostBalances(EVERYONE * 13, all_shown=False)),
    "balances": BALANCES,
    "balances-none": replace(BALANCES, q="zz", balances=[], after=None),
    "entry": PROOF,
    "entry-late": replace(PROOF, mine=None, effective_on=date(2026, 12, 1), can_undo=True),
    "entry-others": replace(PROOF, undoers=[], can_others=True),
    "entry-undone": UNDONE,
    "books": BOOKS,
    "books-plain": replace(BOOKS, plans=[], months=[], rhythm=replace(QUARTER, waits=False), is_treasurer=False),
    "books-issue": replace(BOOKS, plans=[]),
    "account": ACCOUNT,
    "account-purse": replace(ACCOUNT, account=replace(ACCOUNT.account, is_purse=True, name=None), lines=[], after=None),
    "month-of-books": MONTH,
    "month-of-books-none": replace(MONTH, entries=[], after=None, kind="fuel"),
    "giving": Giving(balance=Money(2340)),
}
