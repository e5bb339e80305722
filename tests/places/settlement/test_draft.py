"""A plan is first a draft: all look at it, have it put right, and then it is issued by itself or by the treasurer."""

import pytest

from governance.rules.queries import rules_in_force
from ledger.entries.causes.expense import part_id
from tests.kit.money import HERE, indebted, spent, transfers
from tests.kit.village import COOP, Village


@pytest.fixture
def plan(village: Village) -> str:
    """Nadia owes Jean 30.00 and the common purse 25.00, by a draft; return its page."""
    indebted(village)
    return village.as_("Claire").post(f"{HERE}/plans", as_of="2026-11-02").path


def test_how_long_is_a_rule(village: Village) -> None:
    assert village.ask(rules_in_force, COOP, village.now)["plan_draft_hours"].number == 48
    page = village.as_("Nadia").get(f"{HERE}/rules").text
    assert "first a draft, which all can look at and have put right, for 2 days" in page


def test_everyone_sees_it_and_nobody_pays_by_it(village: Village, plan: str) -> None:
    for name in ("Nadia", "Jean", "Paul"):
        page = village.as_(name).get(plan)
        assert "This is a draft until" in page.text
        assert "nothing is to be paid yet" in page.text
        assert "2 transfers settle everyone." in page.text
        assert "I have paid" not in page.text
        assert "FR76 3000" not in page.text
        assert "The accounts are drawn up as a draft" in village.as_(name).get(f"{HERE}/").text
        assert "A draft is there to look at until" in village.as_(name).get(f"{HERE}/accounts").text
    for line in transfers(village, plan).values():
        late = village.as_("Nadia").post(f"{plan}/transfers/{line['line_id']}/payment")
        assert (late.status, "nothing is paid by it yet" in late.text) == (409, True)


def test_those_in_it_are_told_first_of_the_draft_then_of_the_plan(village: Village, plan: str) -> None:
    village.settle()
    (letter,) = [letter for letter in village.letters_to("Jean") if "a draft" in letter.subject]
    assert "Pay nothing yet" in letter.body
    assert f"http://localhost:8000{plan}" in letter.body
    assert not [letter for letter in village.letters_to("Paul") if "draft" in letter.subject]
    village.pass_time(hours=48)
    assert village.letters_to("Jean")[0].subject == "Les Voisins du Diois: who owes what to whom"


def test_when_its_hours_are_over_it_is_issued_by_itself(village: Village, plan: str) -> None:
    village.pass_time(hours=47)
    assert "This is a draft until" in village.as_("Nadia").get(plan).text
    village.pass_time(hours=1)
    page = village.as_("Nadia").get(plan)
    assert "This is a draft" not in page.text
    assert "FR76 3000 6000 0112 3456 7890 189" in page.text
    assert "You have €30.00 to pay to Jean" in village.as_("Nadia").get(f"{HERE}/").text


def test_the_treasurer_may_shorten_it_and_nobody_else(village: Village, plan: str) -> None:
    assert "Issue it now" in village.as_("Claire").get(plan).text
    assert "Issue it now" not in village.as_("Nadia").get(plan).text
    assert village.as_("Nadia").post(f"{plan}/issue").status == 403
    page = village.as_("Claire").post(f"{plan}/issue")
    assert "The plan is issued: everyone in it is told what to pay and to whom." in page.text
    assert "I have paid" in village.as_("Nadia").get(plan).text


def test_what_is_undone_leaves_it_and_what_is_added_waits(village: Village) -> None:
    expense = spent(village, "Jean", 4000, "Nadia")
    spent(village, "Amina", 500, "Luc")
    plan = village.as_("Claire").post(f"{HERE}/plans", as_of="2026-11-02").path
    spent(village, "Amina", 900, "Luc")
    village.as_("Jean").post(f"{HERE}/expenses/{expense}/withdrawal")
    village.settle()
    page = village.as_("Paul").get(plan)
    assert "Something was undone since, and is no longer in it." in page.text
    assert f'href="{HERE}/entries/{part_id(expense, 1)}"' in page.html
    assert "One transfer settles everyone." in page.text
    village.pass_time(hours=48)
    assert [line["cents"] for line in transfers(village, plan).values()] == [500]


def test_given_up_it_says_so_to_all(village: Village, plan: str) -> None:
    village.settle()
    assert village.as_("Nadia").post(f"{plan}/withdrawal").status == 403
    assert "This plan was withdrawn" in village.as_("Claire").post(f"{plan}/withdrawal").text
    village.settle()
    assert village.letters_to("Jean")[0].subject.endswith("the draft of the settlement plan is given up")
    for name in ("Nadia", "Paul"):
        assert "The settlement plan was withdrawn" in village.as_(name).get(f"{HERE}/community").text
        assert "drawn up as a draft" not in village.as_(name).get(f"{HERE}/").text
    village.pass_time(hours=48)
    assert "This plan was withdrawn" in village.as_("Nadia").get(plan).text
    late = village.as_("Claire").post(f"{plan}/issue")
    assert (late.status, "This settlement plan is closed." in late.text) == (409, True)


def test_a_second_plan_waits_until_the_draft_is_over(village: Village, plan: str) -> None:
    assert plan
    assert "Issue a settlement plan" not in village.as_("Claire").get(f"{HERE}/books").text
    second = village.as_("Claire").post(f"{HERE}/plans", as_of="2026-11-02")
    assert (second.status, "A settlement plan is under way." in second.text) == (409, True)
