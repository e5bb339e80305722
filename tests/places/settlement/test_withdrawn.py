"""A plan that is withdrawn says so to all, and what was said to be paid by it still waits for its answer."""

from ledger.entries.causes.expense import part_id
from tests.kit.money import HERE, indebted, plan_issued, said_then_withdrawn, spent, transfers
from tests.kit.village import COOP, Village

ACCOUNTS = f"{HERE}/accounts"


def test_everyone_in_it_is_told_by_letter(village: Village) -> None:
    indebted(village)
    claire = village.as_("Claire")
    plan = plan_issued(village).path
    claire.post(f"{plan}/withdrawal")
    village.settle()
    told = {letter.address: letter for letter in village.letters() if "is withdrawn" in letter.subject}
    assert set(told) == {"nadia@example.org", "jean@example.org"}
    letter = told["nadia@example.org"]
    assert "pay nothing by it any more" in letter.body
    assert f"http://localhost:8000{plan}" in letter.body
    assert "keep this letter" in letter.body


def test_its_page_says_what_becomes_of_what_was_paid(village: Village) -> None:
    plan = said_then_withdrawn(village)
    page = village.as_("Jean").get(plan).text
    assert "This plan was withdrawn. Nobody is asked to pay by it any more." in page
    assert "I received it" in page


def test_the_receiver_confirms_the_old_transfer_and_both_are_even(village: Village) -> None:
    plan = said_then_withdrawn(village)
    nadia, jean = village.as_("Nadia"), village.as_("Jean")
    assert "Said to be paid by an earlier plan You pay Jean Said to be paid €30.00" in nadia.get(ACCOUNTS).text
    accounts = jean.get(ACCOUNTS)
    assert "Nadia pays you Said to be paid €30.00 I received it" in accounts.text
    line = transfers(village, plan)[str(village.member("Jean"))]["line_id"]
    assert "Noted: it has come." in jean.post(f"{plan}/transfers/{line}/receipt").text
    for browser in (nadia, jean):
        page = browser.get(ACCOUNTS).text
        assert "You are even" in page
        assert "an earlier plan" not in page


def test_the_receiver_says_that_it_has_not_come_and_the_next_plan_asks_for_it(village: Village) -> None:
    plan = said_then_withdrawn(village)
    nadia, jean = village.as_("Nadia"), village.as_("Jean")
    transfer = f"{plan}/transfers/{transfers(village, plan)[str(village.member('Jean'))]['line_id']}"
    assert "Another sum has come, or nothing" in jean.get(plan).text
    assert "Nadia says that €30.00 is paid." in jean.get(f"{transfer}/receipt").text
    assert nadia.post(f"{transfer}/denial").status == 403
    seen = jean.post(f"{transfer}/denial")
    assert "Noted: it has not come, and is owed as before. Both are told." in seen.text
    assert "No longer to be paid" in seen.text
    assert "an earlier plan" not in nadia.get(ACCOUNTS).text
    again = jean.post(f"{transfer}/denial")
    assert (again.status, "Nobody has said that this transfer was made." in again.text) == (409, True)
    assert "You pay Jean €30.00 To pay" in nadia.get(plan_issued(village).path).text


def test_both_are_told_by_letter_that_it_has_not_come(village: Village) -> None:
    plan = said_then_withdrawn(village)
    line = transfers(village, plan)[str(village.member("Jean"))]["line_id"]
    village.leave("Jean")
    assert "It has not come" in village.as_("Jean").get(f"{plan}/transfers/{line}/receipt").text
    assert village.as_("Jean").post(f"{plan}/transfers/{line}/denial").path == f"{HERE}/open-account"
    village.settle()
    [letter] = [letter for letter in village.letters_to("Nadia") if "a transfer has not come" in letter.subject]
    assert f"http://localhost:8000{plan}" in letter.body
    assert "keep this letter" in letter.body
    assert f"http://localhost:8000{HERE}/open-account" in village.letters_to("Jean")[0].body


def test_the_next_plan_asks_no_more_and_says_what_it_counts_as_paid(village: Village) -> None:
    earlier = said_then_withdrawn(village)
    claire = village.as_("Claire")
    refused = claire.post(f"{HERE}/plans", as_of="2026-11-02")
    assert (refused.status, "there is nothing to settle" in refused.text) == (409, True)
    village.drove("Nadia", "Zoé", 100)
    plan = plan_issued(village)
    assert set(transfers(village, plan.path)) == {str(COOP)}
    page = village.as_("Paul").get(plan.path)
    assert "Counted as paid" in page.text
    assert "Nadia pays Jean €30.00" in page.text
    assert f'href="{earlier}"' in page.html


def test_a_transfer_says_that_something_behind_it_was_undone(village: Village) -> None:
    expense = spent(village, "Jean", 4000, "Nadia")
    plan = plan_issued(village).path
    assert "was undone since" not in village.as_("Nadia").get(plan).text
    village.as_("Jean").post(f"{HERE}/expenses/{expense}/withdrawal")
    village.settle()
    for name in ("Nadia", "Jean", "Paul"):
        page = village.as_(name).get(plan)
        assert "Something that this settles was undone since." in page.text
        assert f'href="{HERE}/entries/{part_id(expense, 1)}"' in page.html
