"""What another put on one's account is seen on Accueil, contested with a word, and agreed, taken back or decided."""

from uuid import UUID

import pytest

from governance.roles import Role
from tests.kit.money import HERE, plan_issued, read, spent
from tests.kit.village import COOP, Village

HOME = f"{HERE}/"


def noted(village: Village, by: str = "Paul") -> str:
    """Let someone note 90.00 paid for herself, Nadia and Luc, 30.00 each; return the page of Nadia's part."""
    return f"{HERE}/burdens/{spent(village, by, 9_000, by, 'Nadia', 'Luc')}"


def contested(village: Village, by: str = "Paul") -> str:
    return village.as_("Nadia").post(f"{noted(village, by)}/contest", reason="I never drive it").path


def test_who_bears_it_sees_it_at_home_and_who_noted_it_does_not(village: Village) -> None:
    page = noted(village)
    seen = village.as_("Nadia").get(HOME)
    assert "Repair · €30.00" in seen.text
    assert "Put on your account by Paul" in seen.text
    assert f'href="{page}"' in seen.html
    for name in ("Paul", "Amina"):
        assert "Put on your account" not in village.as_(name).get(HOME).text


def test_of_many_three_are_shown_and_the_others_counted(village: Village) -> None:
    for _ in range(5):
        noted(village)
    seen = village.as_("Nadia").get(HOME)
    assert seen.text.count("Put on your account by Paul") == 3
    assert "2 more were put on your account" in seen.text
    assert f'href="{HERE}/burdens"' in seen.html
    page = village.as_("Nadia").get(f"{HERE}/burdens")
    assert page.text.count("Put on your account by Paul") == page.text.count("You can contest it until") == 5


def test_what_is_contested_says_so_among_all_that_was_put_on_her(village: Village) -> None:
    contested(village)
    page = village.as_("Nadia").get(f"{HERE}/burdens").text
    assert "You have contested this." in page
    assert "See where it stands" in page
    assert "You can contest it until" not in page
    assert "See it, or contest it" not in page
    assert "Nothing that you may still contest." in village.as_("Jean").get(f"{HERE}/burdens").text


def test_in_a_word_her_part_stands_apart(village: Village) -> None:
    page = noted(village)
    asked = village.as_("Nadia").get(page)
    assert "Your part is €30.00" in read(asked)
    assert "You can until Monday 16 November 9 am." in read(asked).replace("\u202f", " ")
    seen = village.as_("Nadia").post(f"{page}/contest", reason="I never drive it")
    assert "You contest your part" in seen.text
    assert "no settlement asks for it until this ends" in seen.text
    assert "Put on your account" not in village.as_("Nadia").get(HOME).text
    assert "This counts €30.00 that you would owe and that is contested" in read(
        village.as_("Nadia").get(f"{HERE}/accounts")
    )
    assert "You have contested this." in village.as_("Nadia").get(page).text
    assert "Nadia contests her part" in village.as_("Luc").get(page.replace("burdens", "expenses")).text


def test_a_word_is_needed(village: Village) -> None:
    page = noted(village)
    seen = village.as_("Nadia").post(f"{page}/contest", reason=" ")
    assert (seen.status, 'id="reason-wrong"' in seen.html) == (422, True)


def test_nobody_contests_the_part_of_another(village: Village) -> None:
    page = noted(village)
    for name in ("Paul", "Amina", "Olga"):
        assert village.as_(name).get(page).status == 403
        assert village.as_(name).post(f"{page}/contest", reason="Not mine").status == 403


def test_after_its_days_it_is_contested_no_more(village: Village) -> None:
    page = noted(village)
    village.pass_time(days=14)
    assert "This could be contested until" in village.as_("Nadia").get(page).text
    late = village.as_("Nadia").post(f"{page}/contest", reason="Not mine")
    assert (late.status, "This could be contested until" in late.text) == (409, True)
    assert "Put on your account" not in village.as_("Nadia").get(HOME).text


def test_who_contests_takes_it_back(village: Village) -> None:
    page = contested(village)
    assert "I bear it after all" in village.as_("Nadia").get(page).text
    assert village.as_("Paul").post(f"{page}/withdrawal").status == 403
    seen = village.as_("Nadia").post(f"{page}/withdrawal")
    assert "The contest was taken back" in seen.text
    assert "You contested your part" in seen.text
    assert "Nadia contested her part" in village.as_("Paul").get(page).text
    again = village.as_("Nadia").post(f"{page}/withdrawal")
    assert (again.status, "This contest has ended." in again.text) == (409, True)


def test_who_paid_agrees_and_it_is_taken_off(village: Village) -> None:
    page = contested(village)
    assert "Nadia contests her part" in village.as_("Paul").get(HOME).text
    assert village.as_("Luc").post(f"{page}/agreement").status == 403
    seen = village.as_("Paul").post(f"{page}/agreement")
    assert "All those it was owed to agree" in seen.text
    assert "You are even" in village.as_("Nadia").get(f"{HERE}/accounts").text
    assert "Taken off Nadia: Expense: Repair" in village.as_("Nadia").get(f"{HERE}/accounts").text
    assert "contests her part" not in village.as_("Paul").get(HOME).text


def test_the_treasurer_decides_and_both_read_why(village: Village) -> None:
    page = contested(village)
    assert "Nadia contests her part" in village.as_("Claire").get(HOME).text
    seen = village.as_("Claire").post(f"{page}/decision", outcome="borne", reason="She drove it in May")
    assert "Claire decided: it is hers to bear" in seen.text
    for name in ("Nadia", "Paul"):
        assert "She drove it in May" in village.as_(name).get(page).text
    assert "She drove it in May" not in village.as_("Luc").get(page).text


def test_the_treasurer_does_not_decide_on_what_she_noted_herself_a_referent_does(village: Village) -> None:
    page = contested(village, by="Claire")
    assert village.as_("Claire").post(f"{page}/decision", outcome="borne", reason="Mine").status == 403
    village.give_role("Amina", Role.REFERENT)
    assert village.as_("Jean").post(f"{page}/decision", outcome="borne", reason="Mine").status == 403
    seen = village.as_("Amina").post(f"{page}/decision", outcome="dropped", reason="It is Claire's")
    assert "Amina decided: it is not hers to bear" in seen.text


def test_of_what_is_owed_to_the_purse_the_treasurer_agrees_or_decides_either_way(village: Village) -> None:
    for outcome, ended in (("borne", "it is hers to bear"), ("dropped", "it is not hers to bear")):
        page = village.as_("Nadia").post(f"{of_purse(village)}/contest", reason="Not mine").path
        shown = village.as_("Claire").get(page)
        assert "I agree: it is not hers to bear" in shown.text
        assert all(f'name="outcome" value="{way}"' in shown.html for way in ("borne", "dropped"))
        seen = village.as_("Claire").post(f"{page}/decision", outcome=outcome, reason="She drove it in May")
        assert f"Claire decided: {ended}" in seen.text


def of_purse(village: Village) -> str:
    """Let Luc note 9.00 that the common purse paid for Nadia; return the page of her part."""
    body = {"kind": "other", "paid_on": "2026-11-02", "paid": {str(COOP): 900}, "split": "equal"}
    body |= {"among": {str(village.member("Nadia")): 1}}
    made = village.as_("Luc").api("POST", f"{HERE}/expenses", body).json()["id"]
    village.settle()
    return f"{HERE}/burdens/{made}"


def test_a_referent_does_not_decide_where_the_treasurer_can(village: Village) -> None:
    village.give_role("Amina", Role.REFERENT)
    page = contested(village)
    assert village.as_("Amina").post(f"{page}/decision", outcome="dropped", reason="So").status == 403


def test_what_was_taken_back_waits_for_nobody(village: Village) -> None:
    page = contested(village)
    expense = re_expense(village)
    village.as_("Paul").post(f"{HERE}/expenses/{expense}/withdrawal")
    assert "What this is about was taken back" in village.as_("Nadia").get(page).text
    assert "contests her part" not in village.as_("Claire").get(HOME).text


def re_expense(village: Village) -> UUID:
    (expense,) = village.as_("Paul").api("GET", f"{HERE}/expenses").json()["items"]
    return UUID(expense["expense_id"])


def test_a_plan_drawn_up_before_says_that_something_it_counts_is_contested(village: Village) -> None:
    page = noted(village)
    plan = plan_issued(village).path
    village.clock.now = village.now.replace(hour=village.now.hour + 1)
    assert "is contested since" not in village.as_("Nadia").get(plan).text
    village.as_("Nadia").post(f"{page}/contest", reason="Not mine")
    assert "Something that this plan counts is contested since." in village.as_("Nadia").get(plan).text


def test_who_has_left_reads_her_contest_and_how_it_ended(village: Village) -> None:
    page = contested(village)
    village.as_("Claire").post(f"{page}/decision", outcome="borne", reason="She drove it in May")
    village.leave("Nadia")
    nadia = village.as_("Nadia")
    seen = nadia.get(page)
    for said in ("You contested your part", "Claire decided: it is hers to bear", "She drove it in May"):
        assert said in seen.text
    assert "See all of it, and why" not in seen.text
    assert "See where it stands" in nadia.get(page_of_burden(village)).text
    village.leave("Luc")
    assert village.as_("Luc").get(page).status == 403


def page_of_burden(village: Village) -> str:
    return f"{HERE}/burdens/{re_expense(village)}"


def test_who_has_left_takes_back_what_she_contests(village: Village) -> None:
    page = contested(village)
    village.leave("Nadia")
    assert "I bear it after all" in village.as_("Nadia").get(page).text
    seen = village.as_("Nadia").post(f"{page}/withdrawal")
    assert (seen.path, "The contest was taken back" in seen.text) == (page, True)


def test_who_has_left_agrees_to_what_is_owed_to_her_and_decides_nothing(village: Village) -> None:
    page = contested(village)
    village.leave("Paul")
    paul = village.as_("Paul")
    shown = paul.get(page).text
    assert "I agree: it is not hers to bear" in shown
    assert "Is it hers to bear?" not in shown
    assert "I never drive it" in shown
    assert paul.post(f"{page}/decision", outcome="borne", reason="So").status == 403
    assert "All those it was owed to agree" in paul.post(f"{page}/agreement").text


@pytest.mark.parametrize("path", ["", "/withdrawal", "/agreement", "/decision"])
def test_a_contest_of_nobody_is_not_found(village: Village, path: str) -> None:
    page = f"{HERE}/contests/{UUID(int=404)}{path}"
    browser = village.as_("Claire")
    assert (browser.post(page) if path else browser.get(page)).status == 404


def test_who_leaves_reads_what_she_contests_before_and_after(village: Village) -> None:
    page = contested(village)
    leaving = village.as_("Nadia").get(f"{HERE}/members/{village.member('Nadia')}/departure")
    assert "This counts €30.00 that you would owe and that is contested" in read(leaving)
    assert "will be asked in the next settlement" not in leaving.text
    village.leave("Nadia")
    left = village.as_("Nadia").get(f"{HERE}/open-account")
    assert "What you contest" in left.text
    assert f'href="{page}"' in left.html


def test_it_says_who_ends_it(village: Village) -> None:
    assert "a treasurer whom it does not concern decides" in village.as_("Nadia").get(contested(village)).text
