"""A payment or an expense undone, that undone in turn: what counts is asked once, and never what is contested."""

from governance.roles import Role
from ledger.entries.causes.expense import part_id
from tests.kit.databases import on_both
from tests.kit.money import HERE, plan_issued, spent, transfers
from tests.kit.village import Village

pytestmark = on_both

NOTHING = "nothing-to-settle"


def balance(village: Village, who: str) -> tuple[int, int]:
    """Return what somebody is owed, and what of it stands apart."""
    mine = village.as_(who).api("GET", f"{HERE}/balance").json()
    return mine["cents"], mine["apart_cents"]


def contest(village: Village, who: str, burden_id: object) -> str:
    made = village.as_(who).api("POST", f"{HERE}/burdens/{burden_id}/contest", {"reason": "Not so"})
    return f"{HERE}/contests/{made.json()['id']}"


def undoing(village: Village, who: str) -> str:
    """Return what undid something to her cost."""
    burdens = village.as_(who).api("GET", f"{HERE}/burdens").json()
    return next(str(burden["burden_id"]) for burden in burdens if burden["cause"] == "reversal")


def drawn(village: Village) -> str:
    """Return why no plan can be drawn up now."""
    return village.as_("Claire").api("POST", f"{HERE}/plans", {"as_of": "2026-11-02"}).code


def test_an_expense_and_the_undoing_of_its_payment_are_asked_of_nobody(village: Village) -> None:
    expense_id = spent(village, "Paul", 3_000, "Nadia")
    plan, paul = plan_issued(village).path, village.as_("Paul")
    (line,) = transfers(village, plan).values()
    assert village.as_("Nadia").api("POST", f"{plan}/transfers/{line['line_id']}/payment", {}).status == 201
    assert paul.api("POST", f"{plan}/transfers/{line['line_id']}/receipt", {}).status == 201
    (line,) = transfers(village, plan).values()
    undone = {"reason": "It never came"}
    assert village.as_("Claire").api("POST", f"{HERE}/entries/{line['entry_id']}/reversal", undone).status == 201
    village.settle()
    contest(village, "Nadia", expense_id)
    assert (balance(village, "Nadia"), drawn(village)) == ((-3_000, -3_000), NOTHING)
    of_undoing = contest(village, "Nadia", undoing(village, "Nadia"))
    assert (balance(village, "Nadia"), balance(village, "Paul")) == ((-3_000, -3_000), (3_000, 3_000))
    assert drawn(village) == NOTHING
    assert paul.api("POST", f"{of_undoing}/agreement", {}).status == 201
    village.settle()
    assert (balance(village, "Nadia"), balance(village, "Paul"), drawn(village)) == ((0, 0), (0, 0), NOTHING)
    (line,) = transfers(village, plan).values()
    assert line["undone_payment"] is None


def test_a_part_of_an_expense_is_not_undone_by_itself(village: Village) -> None:
    expense_id = spent(village, "Paul", 3_000, "Nadia")
    undo = f"{HERE}/entries/{part_id(expense_id, 1)}/reversal"
    assert village.as_("Claire").api("POST", undo, {"reason": "Misread"}).code == "part-of-expense"
    assert balance(village, "Nadia") == (-3_000, 0)


def test_an_expense_given_back_is_contested_as_before_and_can_be_dropped(village: Village) -> None:
    expense_id, paul = spent(village, "Paul", 3_000, "Nadia"), village.as_("Paul")
    hers = contest(village, "Nadia", expense_id)
    assert village.as_("Claire").api("POST", f"{HERE}/expenses/{expense_id}/withdrawal", {}).status == 201
    village.settle()
    assert village.as_("Nadia").api("GET", hers).json()["gone"] is True
    of_undoing = contest(village, "Paul", undoing(village, "Paul"))
    assert drawn(village) == NOTHING
    village.give_role("Amina", Role.REFERENT)
    dropped = {"outcome": "dropped", "reason": "The ticket is there"}
    assert village.as_("Amina").api("POST", f"{of_undoing}/decision", dropped).status == 201
    village.settle()
    assert village.as_("Nadia").api("GET", hers).json()["gone"] is False
    assert (balance(village, "Nadia"), drawn(village)) == ((-3_000, -3_000), NOTHING)
    assert paul.api("POST", f"{hers}/agreement", {}).status == 201
    village.settle()
    assert (balance(village, "Nadia"), balance(village, "Paul"), drawn(village)) == ((0, 0), (0, 0), NOTHING)


def test_what_she_bears_no_more_is_not_put_on_her_again(village: Village) -> None:
    expense_id = spent(village, "Paul", 3_000, "Nadia")
    hers = contest(village, "Nadia", expense_id)
    assert village.as_("Claire").api("POST", f"{HERE}/expenses/{expense_id}/withdrawal", {}).status == 201
    village.settle()
    assert village.as_("Paul").api("POST", f"{hers}/agreement", {}).status == 201
    village.settle()
    of_undoing = contest(village, "Paul", undoing(village, "Paul"))
    assert village.as_("Nadia").api("POST", f"{of_undoing}/agreement", {}).status == 201
    village.settle()
    assert (balance(village, "Nadia"), balance(village, "Paul"), drawn(village)) == ((0, 0), (0, 0), NOTHING)


def test_who_was_paid_for_what_is_undone_is_asked_nothing_while_he_contests_it(village: Village) -> None:
    expense_id = spent(village, "Paul", 3_000, "Nadia")
    plan = plan_issued(village).path
    (line,) = transfers(village, plan).values()
    assert village.as_("Paul").api("POST", f"{plan}/transfers/{line['line_id']}/receipt", {}).status == 201
    assert village.as_("Claire").api("POST", f"{HERE}/expenses/{expense_id}/withdrawal", {}).status == 201
    village.settle()
    assert balance(village, "Paul") == (-3_000, 0)
    his = contest(village, "Paul", undoing(village, "Paul"))
    assert (balance(village, "Paul"), balance(village, "Nadia")) == ((-3_000, -3_000), (3_000, 3_000))
    assert drawn(village) == NOTHING
    assert village.as_("Nadia").api("POST", f"{his}/agreement", {}).status == 201
    village.settle()
    assert balance(village, "Paul") == (0, 0)
