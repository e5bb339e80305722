"""Under the co-op's limit one is warned, then books nothing new after the voted days, until it is paid."""

from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from booking.hours.queries import owing
from booking.policies import OwesTooLong
from ledger.application import Ledger
from ledger.entries.commands import ReverseEntry
from ledger.entries.queries import statement
from tests.kit.money import HERE, plan_issued, spent
from tests.kit.village import COOP, Village
from tests.processes.acts import count, failed, propose, wait_until_december

LIMIT_KM = 700  # at 0.25 €/km: 175 €, under the limit of 150 €


def owes(village: Village, name: str = "Nadia") -> bool:
    return village.member(name) in village.ask(owing, COOP)


def overdraw(village: Village, name: str = "Nadia") -> None:
    """Let someone drive the co-op's Zoé so far that her balance falls under the limit."""
    village.drove(name, "Zoé", LIMIT_KM, hours=12)


def pay(village: Village, name: str = "Nadia") -> None:
    """Settle what someone owes the common purse, by a plan."""
    plan = plan_issued(village, as_of=village.now.date().isoformat()).path
    for transfer in village.as_("Claire").api("GET", plan).json()["transfers"]:
        line = f"{plan}/transfers/{transfer['line_id']}"
        village.as_(name).post(f"{line}/payment")
        village.as_("Claire").post(f"{line}/receipt")


def test_a_warning_says_from_when_on_and_nothing_else_changes(village: Village) -> None:
    village.drove("Nadia", "Zoé", 500, hours=12)
    assert not owes(village)
    village.drove("Nadia", "Zoé", 200, hours=12)
    assert owes(village)
    (letter,) = [letter for letter in village.letters_to("Nadia") if "under the limit" in letter.subject]
    assert "you go on booking until" in letter.body
    assert "175" not in letter.body
    village.pass_time(days=44)
    assert village.booked("Nadia", "Zoé")
    assert failed(village) == []


def test_after_the_voted_days_she_books_nothing_new_until_it_is_paid(village: Village) -> None:
    overdraw(village)
    held = village.booked("Nadia", "Zoé", village.now + timedelta(days=46))
    village.pass_time(days=45)
    with pytest.raises(OwesTooLong):
        village.booked("Nadia", "Kangoo")
    pay(village)
    assert not owes(village)
    assert village.booked("Nadia", "Kangoo", village.now + timedelta(days=3))
    village.pass_time(days=1)
    village.taken("Nadia", held, village.odometer("Zoé"))
    assert failed(village) == []


def test_an_entry_undone_lifts_it_too(village: Village) -> None:
    overdraw(village)
    (line,) = village.ask(statement, COOP, village.member("Nadia"))
    command = ReverseEntry(coop_id=COOP, entry_id=line.entry_id)
    Ledger(village.site.history, ZoneInfo("Europe/Paris"), "EUR").reverse_entry(command, village.asked("Claire"))
    village.settle()
    assert not owes(village)
    assert count(village, "booking.DriverOwes") == 2


def test_she_is_warned_once_however_much_more_she_drives(village: Village) -> None:
    overdraw(village)
    village.drove("Nadia", "Zoé", 40)
    assert count(village, "booking.DriverOwes") == 1


def test_voted_never_nobody_is_warned_nor_kept_from_booking(village: Village) -> None:
    propose(village, "suspend_after_days", "0")
    wait_until_december(village)
    overdraw(village)
    village.pass_time(days=60)
    assert village.booked("Nadia", "Zoé")
    assert not owes(village)


def test_voted_again_the_days_are_counted_from_the_vote_on_for_all(village: Village) -> None:
    overdraw(village)
    propose(village, "suspend_after_days", "20")
    wait_until_december(village)
    assert village.booked("Nadia", "Zoé")
    village.pass_time(days=18)
    assert village.booked("Nadia", "Zoé", village.now + timedelta(days=5))
    village.pass_time(days=2)
    with pytest.raises(OwesTooLong):
        village.booked("Nadia", "Zoé")
    assert failed(village) == []


def test_a_limit_voted_higher_warns_those_who_are_under_it_now(village: Village) -> None:
    village.drove("Nadia", "Zoé", 400, hours=12)
    assert not owes(village)
    propose(village, "balance_limit", "-90")
    wait_until_december(village)
    assert owes(village)


def test_who_has_left_is_not_warned(village: Village) -> None:
    booking_id = village.booked("Nadia", "Zoé", hours=12)
    village.taken("Nadia", booking_id, village.odometer("Zoé"))
    village.clock.now += timedelta(hours=12)
    village.returned("Nadia", booking_id, village.odometer("Zoé") + 500)
    village.leave("Nadia")
    propose(village, "balance_limit", "-90")
    wait_until_december(village)
    assert not owes(village)


def put_on(village: Village) -> UUID:
    """Let Paul note 200.00 that Nadia bears; return the expense."""
    return spent(village, "Paul", 20_000, "Nadia")


def contest(village: Village, burden_id: UUID) -> str:
    return village.as_("Nadia").post(f"{HERE}/burdens/{burden_id}/contest", reason="Not mine").path


def test_what_is_contested_does_not_count_against_her(village: Village) -> None:
    expense_id = put_on(village)
    assert owes(village)
    page = contest(village, expense_id)
    assert not owes(village)
    village.pass_time(days=46)
    assert village.booked("Nadia", "Zoé")
    village.as_("Nadia").post(f"{page}/withdrawal")
    assert owes(village)
    assert village.booked("Nadia", "Zoé", village.now + timedelta(days=5))  # her days are counted from here on
    assert failed(village) == []


def test_what_is_contested_leaves_the_rest_to_count(village: Village) -> None:
    overdraw(village)
    contest(village, put_on(village))
    assert owes(village)


@pytest.mark.parametrize(("outcome", "left"), [("borne", True), ("dropped", False)])
def test_a_decision_counts_as_it_says(village: Village, outcome: str, left: bool) -> None:  # noqa: FBT001
    page = contest(village, put_on(village))
    village.as_("Claire").post(f"{page}/decision", outcome=outcome, reason="So it is")
    assert owes(village) is left


def test_who_is_owed_no_more_what_was_dropped_is_warned(village: Village) -> None:
    expense_id = put_on(village)
    village.drove("Paul", "Zoé", LIMIT_KM + 100, hours=12)  # 200.00, as much as she owes him
    assert not owes(village, "Paul")
    village.as_("Claire").post(f"{contest(village, expense_id)}/decision", outcome="dropped", reason="So it is")
    assert owes(village, "Paul")


def test_what_is_said_to_be_paid_is_told_kindly_and_counts_once_it_is_confirmed(village: Village) -> None:
    overdraw(village)
    plan = plan_issued(village).path
    (line,) = village.as_("Claire").api("GET", plan).json()["transfers"]
    village.as_("Nadia").post(f"{plan}/transfers/{line['line_id']}/payment")
    seen = village.as_("Nadia").get(f"{HERE}/").text
    assert "You said that you paid €175.00, thank you: it counts as soon as it is confirmed." in seen
    (owing_now,) = village.as_("Nadia").api("GET", f"{HERE}/members/{village.member('Nadia')}/owing").json()
    assert (owing_now["cents"], owing_now["said_cents"], owing_now["contested_cents"]) == (-17_500, 17_500, 0)
    village.as_("Claire").post(f"{plan}/transfers/{line['line_id']}/receipt")
    assert not owes(village)
