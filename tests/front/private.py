"""All that is told to some alone, written down in words that stand nowhere else, with those it is told to."""

from datetime import timedelta
from uuid import UUID

from schwifty import IBAN
from sqlalchemy import update

from fleet.application import Fleet
from fleet.commands import WriteHandbook
from governance import commands as g
from governance.application import Governance
from ledger.contesting.commands import DecideContest
from ledger.contesting.queries import open_contests
from ledger.settlement.commands import ConfirmByProof
from ledger.settlement.queries import open_plan, plan_lines
from ledger.spending.commands import RecordExpense
from people.bank_account import BankAccount
from people.person import people
from tests.front.ids import CONTESTED_WHY
from tests.front.lived import said_long_ago
from tests.kit.erasing import erased
from tests.kit.money import give_account, ledger_in
from tests.kit.village import COOP, Village, person_id_of

MEMBERS = {"Nadia", "Jean", "Paul", "Amina", "Claire"}
KEEPERS = {"Paul", "Amina", "Claire"}  # treasurer, référent, and she who is both
ERASED = "Evaristine"

HANDBOOKS = {
    "Clio": {"Jean", "Amina", "Claire"},  # lent by Jean, who has not answered Nadia's request for it
    "Kangoo": {"Paul", "Amina", "Claire"},  # owned by Paul and Amina; Luc, who owned some too, has left
    "Zoé": {"Jean", "Amina", "Claire"},  # on the road with Jean; Nadia's trip with it is over
    "Biporteur": {"Nadia", "Amina", "Claire"},  # booked by Nadia for tomorrow
}
CODES: dict[str, set[str]] = {"Zoé": {"Jean"}, "Kangoo": {"Paul"}, "Clio": set(), "Biporteur": set()}

Readers = dict[str, set[str]]


def write_down(village: Village) -> Readers:
    """Write everything down; return each text with the names of those who may read it."""
    village.booked("Nadia", "Biporteur", village.now + timedelta(days=1))
    _erase_someone(village)
    readers = {ERASED: set[str](), f"{ERASED.lower()}@example.org": set[str]()}
    kept = (
        _of_a_transfer(village)
        | _of_vehicles(village)
        | _of_people(village)
        | _of_accounts(village)
        | _of_a_suspension(village)
        | {
            f"{name}.b@example.org": MEMBERS for name in ("amina", "jean", "paul")
        }  # who may vouch asks whether it is hers
        | _of_a_contest(village)
    )
    return readers | kept


def _erase_someone(village: Village) -> None:
    """Let someone join, spend, leave and be erased; her browser still knows the session she had."""
    me = village.join(ERASED)
    village.as_(ERASED)
    spend = RecordExpense(
        coop_id=COOP, kind="other", paid_on=village.now.date(), paid={me: 900}, split="equal", among={COOP: 1}
    )
    ledger_in(village).record_expense(spend, village.asked(ERASED))
    village.leave(ERASED)
    erased(village.site.history, COOP, me, village.now)
    village.settle()


def _of_a_transfer(village: Village) -> Readers:
    said_long_ago(village)
    proof = "Relevé du 12 octobre, quatrième ligne"
    plan = village.ask(open_plan, COOP)
    assert plan is not None
    lines = village.ask(plan_lines, COOP, plan.plan_id)
    line = next(line for line in lines if line.receiver == village.member("Nadia"))
    confirm = ConfirmByProof(coop_id=COOP, plan_id=plan.plan_id, line_id=line.line_id, proof=proof)
    ledger_in(village).confirm_by_proof(confirm, village.asked("Paul"))
    village.settle()
    return {proof: {"Nadia", *KEEPERS}}


def _of_vehicles(village: Village) -> Readers:
    readers: Readers = {}
    for name, told_to in HANDBOOKS.items():
        text, code = f"Les clés de {name} sont sous le pot bleu", f"code-{name}-42"
        write = WriteHandbook(coop_id=COOP, vehicle_id=village.vehicle(name), text=text, access_code=code)
        Fleet(village.site.history).write_handbook(write, village.asked("Claire"))
        readers |= {text: told_to, code: CODES[name]}
    return readers


def _of_people(village: Village) -> Readers:
    readers: Readers = {}
    for number, name in enumerate((*sorted(MEMBERS), "Luc", "Olga", "Sacha"), 10):
        email, phone = f"{name.lower()}@private.example", f"06 98 76 54 {number}"
        reached = MEMBERS if name in MEMBERS else {name}
        reached = KEEPERS | reached if name == "Luc" else reached  # who has left
        with village.site.writing() as connection:
            hers = update(people).where(people.c.person_id == person_id_of(name))
            connection.execute(hers.values(email=email, phone=phone))
        give_account(village, name, BankAccount(_iban(number), name))
        readers |= {email: reached, phone: reached, str(person_id_of(name)): {name}}
        readers |= {_iban(number): {name, *_who_pay(village, village.member(name))}}
    return readers


def _of_accounts(village: Village) -> Readers:
    holder, iban = "Caisse des voisins", _iban(99)
    account = g.SetBankAccount(coop_id=COOP, holder=holder, iban=iban)
    Governance(village.site.history).set_bank_account(account, village.asked("Claire"))
    told_to = KEEPERS | _who_pay(village, COOP)
    return {holder: told_to, iban: told_to}


def _of_a_suspension(village: Village) -> Readers:
    named = {"coop_id": COOP, "member_id": village.member("Nadia")}
    reason, answer = "Trois retours en retard", "Personne ne m'a rien demandé"
    governance = Governance(village.site.history)
    governance.suspend_bookings(g.SuspendBookings(**named, reason=reason), village.asked("Claire"))
    governance.answer_suspension(g.AnswerSuspension(**named, answer=answer), village.asked("Nadia"))
    village.settle()
    return {text: {"Nadia", "Amina", "Claire"} for text in (reason, answer)}


def _of_a_contest(village: Village) -> Readers:
    why = "Le ticket de caisse porte son nom"
    (contest,) = village.ask(open_contests, COOP)
    decide = DecideContest(coop_id=COOP, contest_id=contest.contest_id, outcome="dropped", reason=why)
    ledger_in(village).decide_contest(decide, village.asked("Claire"))
    village.settle()
    return {text: {"Nadia", *KEEPERS} for text in (CONTESTED_WHY, why)}


def _who_pay(village: Village, receiver: UUID) -> set[str]:
    """Return who still has a transfer of the open plan to make to an account: its debtor, or the co-op's treasurers."""
    plan = village.ask(open_plan, COOP)
    to_pay = [line for line in village.ask(plan_lines, COOP, plan.plan_id) if line.state == "to_pay"]
    debtors = {line.debtor for line in to_pay if line.receiver == receiver}
    paying = {name for name in MEMBERS if village.member(name) in debtors}
    return paying | ({"Claire", "Paul"} if COOP in debtors else set())


def _iban(number: int) -> str:
    return str(IBAN.generate("DE", bank_code="37040044", account_code=f"{number:010}"))
