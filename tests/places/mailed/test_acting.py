"""What a letter asks is done by its link: one press, once, in the name of whom it was written to, signed in or not."""

import re
from datetime import timedelta

import pytest

from booking.queries import booking as booking_row
from ledger.entries.queries import balance
from tests.kit.browser import Seen
from tests.kit.databases import on_both
from tests.kit.money import HERE, indebted, plan_issued, transfers
from tests.kit.village import COOP, Village
from tests.places.expenses.test_waiting import noted

DO = "/mailed/"


def links(village: Village, name: str) -> list[str]:
    """Return the links that act in the newest letter to someone."""
    return re.findall(rf"(/coops/{COOP}{DO}\S+)", village.letters_to(name)[0].body)


def status(village: Village, booking_id: object) -> str:
    return str(village.ask(booking_row, village.site.keyring, COOP, booking_id).status)


def press(village: Village, link: str, **typed: object) -> Seen:
    seen = village.anyone().post(link, **typed)
    village.settle()
    return seen


@on_both
def test_a_request_is_approved_by_who_is_not_signed_in(village: Village) -> None:
    booked = village.booked("Nadia", "Clio", village.now + timedelta(days=1))
    yes, _ = links(village, "Jean")
    for _ in range(3):  # a scanner of mail opens it
        seen = village.anyone().get(yes)
        assert "Nadia would like Clio" in seen.text
        assert "In the name of Jean, to whom the letter was written." in seen.text
    assert status(village, booked) == "requested"
    done = press(village, yes)
    assert "You said yes." in done.text
    assert "There is nothing more to answer here." in done.text
    assert status(village, booked) == "confirmed"
    assert village.anyone().get(f"{HERE}/bookings/{booked}").text.startswith("Sign in")


def test_used_twice_it_is_done_once_even_when_it_was_undone_since(village: Village) -> None:
    booked = village.booked("Nadia", "Clio", village.now + timedelta(days=1))
    yes, _ = links(village, "Jean")
    press(village, yes)
    village.as_("Jean").post(f"{HERE}/bookings/{booked}/approval/undo")
    assert press(village, yes).status == 200
    assert status(village, booked) == "requested"


def test_a_request_is_refused_with_a_reason_which_the_letter_says(village: Village) -> None:
    booked = village.booked("Nadia", "Clio", village.now + timedelta(days=1))
    _, no = links(village, "Jean")
    press(village, no, reason="Ma sœur vient.")
    assert status(village, booked) == "refused"
    assert "“Ma sœur vient.”" in village.letters_to("Nadia")[0].body
    assert press(village, no, reason="Autre chose").status == 409  # what it did is not done otherwise


def test_late_it_asks_for_a_link_to_come_in_by(village: Village) -> None:
    village.booked("Nadia", "Clio", village.now + timedelta(days=1))
    yes, _ = links(village, "Jean")
    village.pass_time(hours=13)
    seen = village.anyone().get(yes)
    assert "This link is too old. Ask for one to come in, and do it there." in seen.text
    assert 'name="email"' in seen.html
    assert press(village, yes).status == 409


def test_it_is_for_whom_the_letter_was_written_to(village: Village) -> None:
    booked = village.booked("Nadia", "Clio", village.now + timedelta(days=1))
    yes, _ = links(village, "Jean")
    assert village.as_("Jean").get(yes).status == 200
    for act in (village.as_("Nadia").get, village.as_("Nadia").post):
        refused = act(yes)
        assert (refused.status, "This letter was written to Jean" in refused.text) == (403, True)
    assert status(village, booked) == "requested"


@pytest.mark.parametrize("change", ["A", "AAAA", "é", "=", ""])
def test_what_was_not_made_here_leads_nowhere(village: Village, change: str) -> None:
    village.booked("Nadia", "Clio", village.now + timedelta(days=1))
    yes, _ = links(village, "Jean")
    for forged in (yes[:-1] + change if change else yes[:-4], yes + change * 4, yes.rpartition("/")[0] + "/" + change):
        if forged != yes:
            assert village.anyone().get(forged).status == 404, forged
            assert village.anyone().post(forged).status in (404, 405), forged


@on_both
def test_one_votes_by_the_letter_and_changes_ones_mind_by_coming_in(village: Village) -> None:
    body = {"parameter": "price_per_km", "value": "0.34", "effective_from": "2026-12-01", "rationale": "Plus cher."}
    made = village.as_("Amina").api("POST", f"{HERE}/proposals", body).json()["id"]
    village.settle()
    (vote,) = links(village, "Paul")
    assert "Plus cher." in village.anyone().get(vote).text
    assert press(village, vote).status == 422  # which way?
    assert "Your vote is kept." in press(village, vote, choice="yes").text
    assert press(village, vote, choice="no").status == 409
    mine = village.as_("Paul").api("GET", f"{HERE}/proposals/{made}").json()
    assert (mine["voted"], mine["my_choice"]) == (1, "yes")


@on_both
def test_money_said_to_be_paid_is_confirmed_by_its_letter(village: Village) -> None:
    indebted(village)
    plan = plan_issued(village).path
    line = transfers(village, plan)[str(village.member("Jean"))]["line_id"]
    before = village.ask(balance, COOP, village.member("Nadia"))
    village.as_("Nadia").post(f"{plan}/transfers/{line}/payment", amount="20")
    letter = village.letters_to("Jean")[0]
    assert letter.subject == "Nadia says she paid you €20.00"
    (come,) = links(village, "Jean")
    assert "I received €20.00" in village.anyone().get(come).text
    press(village, come, amount="20")
    assert village.ask(balance, COOP, village.member("Nadia")) == before + 2000
    assert "There is nothing more to answer here." in village.anyone().get(come).text
    press(village, come, amount="20")
    assert village.ask(balance, COOP, village.member("Nadia")) == before + 2000


def test_who_has_left_acts_by_no_link_any_more(village: Village) -> None:
    village.booked("Nadia", "Clio", village.now + timedelta(days=1))
    yes, _ = links(village, "Jean")
    village.leave("Jean")
    assert village.anyone().get(yes).status == 409


def test_an_expense_over_the_limit_is_agreed_to_by_its_letter(village: Village) -> None:
    noted(village, "Paul", "200")
    (yes,) = links(village, "Nadia")
    assert "€200.00" in village.anyone().get(yes).text
    done = press(village, yes)
    assert "It is yes: the expense counts from here on." in done.text
    assert village.ask(balance, COOP, village.member("Luc")) == -10_000
    assert "There is nothing more to answer here." in village.anyone().get(yes).text
