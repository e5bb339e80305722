"""Who has left: her account stays hers to read, and what is open hers to pay and to confirm."""

from uuid import UUID

from governance.application import Governance
from governance.commands import JoinCoop
from governance.coop import CHARTER_VERSION
from governance.events import InvitationKind
from tests.kit.erasing import erased
from tests.kit.money import HERE, give_ibans, lent, plan_issued, spent, transfers
from tests.kit.village import COOP, ELSEWHERE, Village, person_id_of
from usecases.leaving import account_left_open

MINE = f"{HERE}/open-account"


def owed_to_who_left(village: Village, cents: int = 674) -> str:
    """Let Nadia owe Luc so much by a plan, and Luc leave; return the plan's page."""
    spent(village, "Luc", cents, "Nadia")
    plan = plan_issued(village).path
    village.leave("Luc")
    return plan


def line_to(village: Village, plan: str, name: str) -> str:
    return str(transfers(village, plan)[str(village.member(name))]["line_id"])


def test_she_reads_her_balance_her_transfers_and_her_lines(village: Village) -> None:
    owed_to_who_left(village)
    page = village.as_("Luc").get(MINE)
    for said in ("You have left Les Voisins du Diois", "You are owed €6.74", "Nadia pays you", "To pay", "+€6.74"):
        assert said in page.text
    assert "Everyone's balance" not in page.text
    assert "€6.74" in village.as_("Luc").get(f"{HERE}/lines").html.replace("6.74", "€6.74")


def test_she_confirms_there_and_the_plan_is_complete(village: Village) -> None:
    plan = owed_to_who_left(village)
    at = f"{plan}/transfers/{line_to(village, plan, 'Luc')}"
    village.as_("Nadia").post(f"{at}/payment")
    page = village.as_("Luc").post(f"{at}/receipt")
    assert (page.path, page.status) == (MINE, 200)
    assert "Noted: it has come." in page.text
    assert "You are even" in page.text
    assert "this plan is done" in village.as_("Nadia").get(plan).text


def test_she_pays_what_she_owes_with_all_a_bank_wants(village: Village) -> None:
    give_ibans(village)
    spent(village, "Jean", 674, "Luc")
    plan = plan_issued(village).path
    village.leave("Luc")
    luc = village.as_("Luc")
    assert "FR76 3000 6000 0112 3456 7890 189" in luc.get(MINE).text
    page = luc.post(f"{plan}/transfers/{line_to(village, plan, 'Jean')}/payment")
    assert (page.path, "Noted. The receiver will say when it has come." in page.text) == (MINE, True)


def test_the_rest_of_the_co_op_is_closed_to_her(village: Village) -> None:
    plan = owed_to_who_left(village)
    luc = village.as_("Luc")
    for page in (plan, f"{HERE}/accounts", f"{HERE}/balances", f"{HERE}/community", f"{HERE}/entries/{UUID(int=1)}"):
        assert luc.get(page).status == 403
    lent(village, "Nadia")
    anothers = transfers(village, plan)
    assert all(luc.post(f"{plan}/transfers/{line['line_id']}/payment").status == 403 for line in anothers.values())


def test_it_is_hers_alone(village: Village) -> None:
    owed_to_who_left(village)
    for name, status in (("Nadia", 403), ("Claire", 403), ("Olga", 403), ("Sacha", 403)):
        assert village.as_(name).get(MINE).status == status
    assert village.anyone().get(MINE).status == 401
    assert village.as_("Luc").get(f"/coops/{ELSEWHERE}/open-account").status == 403


def test_without_another_co_op_she_lands_there_while_something_is_open(village: Village) -> None:
    plan = owed_to_who_left(village)
    assert village.as_("Luc").get("/").path == MINE
    assert village.ask(account_left_open, person_id_of("Luc")) == COOP
    village.as_("Luc").post(f"{plan}/transfers/{line_to(village, plan, 'Luc')}/receipt")
    assert village.as_("Luc").get("/").path == "/coops/new"
    assert village.ask(account_left_open, person_id_of("Luc")) is None


def test_what_has_come_is_open_no_more_while_others_of_the_plan_still_pay(village: Village) -> None:
    spent(village, "Jean", 900, "Amina")
    plan = owed_to_who_left(village)
    page = village.as_("Luc").post(f"{plan}/transfers/{line_to(village, plan, 'Luc')}/receipt")
    assert (page.path, "You are even" in page.text, "Nadia pays you" in page.text) == (MINE, True, False)
    assert village.as_("Nadia").api("GET", plan).json()["state"] == "open"
    assert village.ask(account_left_open, person_id_of("Luc")) is None


def test_what_is_open_after_a_plan_was_withdrawn_is_shown_too(village: Village) -> None:
    plan = owed_to_who_left(village)
    at = f"{plan}/transfers/{line_to(village, plan, 'Luc')}"
    village.as_("Nadia").post(f"{at}/payment")
    village.as_("Claire").post(f"{plan}/withdrawal")
    assert "Said to be paid" in village.as_("Luc").get(MINE).text
    assert "You are even" in village.as_("Luc").post(f"{at}/receipt").text


def test_she_is_told_of_a_plan_where_her_account_is_hers(village: Village) -> None:
    spent(village, "Luc", 674, "Nadia")
    village.leave("Luc")
    plan_issued(village)
    village.settle()
    found = {letter.subject: letter.body for letter in village.letters_to("Luc")}
    drafted = "Les Voisins du Diois: who would owe what to whom, a draft"
    issued = "Les Voisins du Diois: what is still open between you"
    assert found.keys() == {drafted, issued}
    assert f"http://localhost:8000{MINE}" in found[issued]
    assert any("who owes what" in letter.subject for letter in village.letters_to("Nadia"))


def test_she_is_told_of_a_draft_and_that_it_was_given_up(village: Village) -> None:
    spent(village, "Luc", 674, "Nadia")
    village.leave("Luc")
    draft = village.as_("Claire").post(f"{HERE}/plans", as_of="2026-11-02").path
    village.settle()
    (letter,) = village.letters_to("Luc")
    assert letter.subject == "Les Voisins du Diois: who would owe what to whom, a draft"
    assert "Pay nothing yet" in letter.body
    assert f"http://localhost:8000{MINE}" in letter.body
    village.as_("Claire").post(f"{draft}/withdrawal")
    village.settle()
    (given_up,) = [letter for letter in village.letters_to("Luc") if "is given up" in letter.subject]
    assert f"http://localhost:8000{MINE}" in given_up.body


def test_once_erased_nobody_comes_in_by_her_name(village: Village) -> None:
    owed_to_who_left(village)
    luc = village.as_("Luc")
    erased(village.site.history, COOP, village.member("Luc"), village.now)
    assert luc.get(MINE).status in (401, 403)


def test_a_member_who_came_back_finds_it_among_her_accounts(village: Village) -> None:
    owed_to_who_left(village)
    returning = JoinCoop(
        coop_id=COOP,
        invitation_id=village.invitation(InvitationKind.MAIL),
        person_id=person_id_of("Luc"),
        charter_version=CHARTER_VERSION,
    )
    Governance(village.site.history).join_coop(returning, village.asked("Luc"))
    village.settle()
    assert village.as_("Luc").get(MINE).status == 403
    assert "You are owed €6.74" in village.as_("Luc").get(f"{HERE}/accounts").text
