"""A settlement plan as it would be shown: with all a bank wants, with what lacks, given up."""

from msgspec.structs import replace

from api.places.settlement.left import AccountLeft
from api.places.settlement.plan import Carried, OnePlan, Plan, SaidPaid, ShownPaid
from api.places.settlement.shown import ShownTransfer, Transfer
from api.places.settlement.transfer import Proving, SayingPaid, SayingReceived
from api.web.answers import View
from kernel.money import Money
from ledger.settlement.payment import Payee, epc_payload
from tests.api.samples import ID, at
from tests.places.accounts.samples import INES, MARYSE, PLAN, PURSE, STATEMENT, TOM
from tests.places.contests.samples import CONTEST

IBAN = "FR7630006000011234567890189"
REFERENCE = "RF18539007547034"
TO_PAY = Transfer(
    plan_id=ID,
    plan_state="open",
    line_id=ID,
    debtor=INES.account,
    receiver=MARYSE.account,
    currency="EUR",
    cents=2340,
    received_cents=0,
    said_cents=0,
    left_cents=2340,
    reference=REFERENCE,
    state="to_pay",
    declared_at=None,
    confirmed_at=None,
    entry_id=None,
    undone_payment=None,
    undone=(),
    can_be_declared=True,
    can_be_corrected=False,
    can_be_confirmed=False,
    can_be_denied=False,
    can_be_proven=False,
    undoable=None,
    kept_until=None,
    proven_by=(),
    proofs=(),
    holder="Maryse Roux",
    iban=IBAN,
    epc=epc_payload(Payee("Maryse Roux", IBAN), Money(2340), REFERENCE),
)
I_PAY = ShownTransfer(
    transfer=TO_PAY,
    debtor=INES,
    receiver=MARYSE,
    i_pay=True,
    to_pay=True,
    lacks_iban=None,
    proven_by=(),
)
WITHOUT_IBAN = replace(TO_PAY, holder=None, iban=None, epc=None)
SAID = replace(
    WITHOUT_IBAN,
    state="declared",
    said_cents=2340,
    left_cents=0,
    can_be_declared=False,
    can_be_confirmed=True,
    can_be_denied=True,
)
IN_PARTS = replace(TO_PAY, state="declared", received_cents=840, said_cents=500, left_cents=1000, can_be_corrected=True)
IN_DRAFT = replace(WITHOUT_IBAN, state="draft", plan_state="draft", left_cents=0, can_be_declared=False)
PART_SAID = replace(SAID, said_cents=500, left_cents=1840)
I_RECEIVE = ShownTransfer(
    transfer=SAID,
    debtor=TOM,
    receiver=INES,
    i_pay=False,
    to_pay=False,
    lacks_iban="mine",
    proven_by=(),
)
KEPT = replace(SAID, can_be_confirmed=False, kept_until=at(27, 20))
OTHERS = replace(
    I_RECEIVE,
    transfer=replace(SAID, state="confirmed", received_cents=2340, said_cents=0),
    receiver=MARYSE,
    lacks_iban=None,
)
PROVEN = replace(
    WITHOUT_IBAN,
    state="confirmed",
    received_cents=2340,
    left_cents=0,
    can_be_declared=False,
    entry_id=ID,
    proven_by=(TOM.account, TOM.account),
    proofs=("Relevé du 12 novembre", "Relevé du 3 décembre"),
)
COUNTED = SaidPaid(plan_id=ID, line_id=ID, debtor=TOM.account, receiver=MARYSE.account, cents=5160, currency="EUR")
ONE = OnePlan(
    me=ID,
    plan=Plan(
        plan_id=ID,
        as_of=PLAN.as_of,
        method="exact",
        drawn_at=PLAN.drawn_at,
        issue_at=None,
        issued_at=PLAN.issued_at,
        undone=(),
        state="open",
        transfers=(TO_PAY, SAID, OTHERS.transfer),
        said_paid=(COUNTED,),
        floor_cents=100,
        currency="EUR",
        carried=(),
    ),
    mine=[I_PAY, I_RECEIVE],
    others=[OTHERS],
    said_paid=[ShownPaid(paid=COUNTED, debtor=TOM, receiver=MARYSE)],
    contested_since=[],
    keeps_it=True,
)

LEFT = AccountLeft(
    coop="Les Voisins du Diois",
    me=ID,
    balance=Money(674),
    apart=Money(-3000),
    transfers=[I_PAY, replace(I_RECEIVE, lacks_iban=None)],
    contests=[CONTEST],
    lines=STATEMENT.lines,
    older=STATEMENT.after,
    erasure_due=None,
    may_found=True,
)

PAGES: dict[str, View] = {
    "plan": ONE,
    "plan-purse": replace(
        ONE,
        plan=replace(ONE.plan, method="purse"),
        mine=[replace(I_PAY, transfer=WITHOUT_IBAN, receiver=PURSE), replace(I_RECEIVE, debtor=PURSE)],
    ),
    "plan-no-iban": replace(ONE, mine=[replace(I_PAY, transfer=WITHOUT_IBAN)]),
    "plan-draft": replace(
        ONE,
        plan=replace(ONE.plan, state="draft", issue_at=at(27, 20), issued_at=None, undone=(ID,)),
        mine=[replace(I_PAY, transfer=IN_DRAFT)],
        others=[replace(OTHERS, transfer=IN_DRAFT)],
    ),
    "plan-draft-empty": replace(
        ONE,
        plan=replace(ONE.plan, state="draft", issue_at=at(27, 20), issued_at=None, transfers=()),
        mine=[],
        others=[],
        keeps_it=False,
    ),
    "plan-in-parts": replace(
        ONE,
        mine=[replace(I_PAY, transfer=IN_PARTS), replace(I_RECEIVE, transfer=PART_SAID, lacks_iban=None)],
        others=[replace(OTHERS, transfer=replace(PART_SAID, can_be_confirmed=False, can_be_denied=False))],
    ),
    "plan-kept-apart": replace(ONE, mine=[replace(I_RECEIVE, transfer=KEPT, lacks_iban=None)]),
    "paid": SayingPaid(row=I_PAY, back="/coops/1/plans/1"),
    "paid-in-parts": SayingPaid(row=replace(I_PAY, transfer=IN_PARTS), back="/coops/1/plans/1"),
    "paid-all": SayingPaid(row=replace(I_PAY, transfer=PROVEN), back="/coops/1/plans/1"),
    "received-kept-apart": SayingReceived(row=replace(I_RECEIVE, transfer=KEPT), back="/coops/1/plans/1"),
    "received": SayingReceived(row=replace(I_RECEIVE, transfer=PART_SAID), back="/coops/1/plans/1"),
    "received-in-parts": SayingReceived(
        row=replace(I_RECEIVE, transfer=replace(PART_SAID, received_cents=840, left_cents=1000)),
        back="/coops/1/plans/1",
    ),
    "received-all": SayingReceived(row=replace(I_RECEIVE, transfer=PROVEN), back="/coops/1/plans/1"),
    "proving": Proving(row=replace(I_RECEIVE, transfer=replace(SAID, can_be_proven=True, declared_at=at(2, 9)))),
    "proving-too-soon": Proving(row=I_RECEIVE),
    "plan-proven": replace(
        ONE,
        mine=[replace(I_PAY, transfer=PROVEN, proven_by=[TOM, TOM])],
        others=[replace(OTHERS, transfer=replace(SAID, can_be_proven=True))],
    ),
    "left": LEFT,
    "left-to-be-erased": replace(LEFT, erasure_due=at(30, 9)),
    "left-even": replace(
        LEFT, balance=Money(0), apart=Money(0), contests=[], transfers=[], lines=[], older=None, may_found=False
    ),
    "plan-carried": replace(
        ONE,
        plan=replace(ONE.plan, carried=(Carried(account=ID, cents=-30), Carried(account=TOM.account, cents=30))),
    ),
    "plan-contested": replace(ONE, contested_since=[ID]),
    "plan-undone": replace(
        ONE,
        mine=[replace(I_PAY, transfer=replace(TO_PAY, undone=(ID,)))],
        others=[replace(OTHERS, transfer=replace(OTHERS.transfer, entry_id=ID, undone_payment=ID))],
    ),
    "plan-done": replace(ONE, plan=replace(ONE.plan, state="complete"), mine=[], said_paid=[], keeps_it=False),
    "plan-withdrawn": replace(
        ONE,
        plan=replace(ONE.plan, state="withdrawn"),
        mine=[replace(I_PAY, transfer=replace(SAID, can_be_confirmed=False))],
        said_paid=[],
        keeps_it=False,
    ),
}
