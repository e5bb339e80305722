"""Comptes: the balance in words, every line proven, everyone's balances, and the books as files."""

import re
import shutil
import subprocess
from pathlib import Path
from uuid import uuid4

from booking.trip import trip_id
from kernel.money import Money
from ledger.entries.causes.expense import part_id
from ledger.entries.causes.fuel import fuel_id
from ledger.spending.commands import PostSpreadPart, RecordExpense
from tests.kit.money import HERE, charged, charged_late, ledger_in, lent, read, spent
from tests.kit.village import COOP, Village

SHARES = {"Amina": 2, "Paul": 5, "Luc": 2, "Jean": 5, "Nadia": 1}


def test_a_new_member_is_even(village: Village) -> None:
    page = village.as_("Nadia").get(f"{HERE}/accounts")
    assert "You are even" in page.text
    assert "No line yet." in page.text


def test_the_balance_says_how_much_and_to_whom(village: Village) -> None:
    village.drove("Nadia", "Zoé", 100)
    nadia = village.as_("Nadia")
    assert "You owe €25.00 to the common purse" in nadia.get(f"{HERE}/accounts").text
    nadia.cookies["lang"] = "fr"
    assert "Vous devez 25,00 € à la caisse commune" in nadia.get(f"{HERE}/accounts").text


def test_100_km_with_60_euros_of_fuel_leave_the_driver_30_up(village: Village) -> None:
    lent(village, "Nadia", paid=Money(6000))
    nadia, jean = village.as_("Nadia"), village.as_("Jean")
    assert "Jean owes you €30.00" in nadia.get(f"{HERE}/accounts").text
    assert "You owe €30.00 to Nadia" in jean.get(f"{HERE}/accounts").text
    assert nadia.api("GET", f"{HERE}/balance").json()["cents"] == 3000


def test_everyones_balance_and_their_sum_are_shown(village: Village) -> None:
    village.drove("Nadia", "Kangoo", 100)
    page = read(village.as_("Claire").get(f"{HERE}/accounts"))
    assert "Amina +€14.00" in page
    assert "Luc +€7.00" in page
    assert "Nadia -€35.00" in page
    assert "All together €0.00" in page


def test_a_trip_is_proven_by_readings_rule_and_shares(village: Village) -> None:
    booking_id = village.drove("Nadia", "Kangoo", 100)
    page = read(village.as_("Nadia").get(f"{HERE}/entries/{charged(booking_id)}"))
    for proof in (
        "Why -€35.00?",
        "100 km x €0.35/km €35.00",
        "from 10,000 to 10,100 km",
        "Amina 2 of 5 shares +€14.00",
        "Luc 1 of 5 shares +€7.00",
        "Nadia drove -€35.00",
        "The price in force when the trip was booked",
        "House rules, version",
    ):
        assert proof in page


def test_what_divides_into_whole_cents_says_nothing_of_odd_ones(village: Village) -> None:
    entry_id = charged(village.drove("Nadia", "Kangoo", 1))  # 35 cents by 2, 2, 1 is 14, 14, 7
    assert "The odd" not in village.as_("Nadia").get(f"{HERE}/entries/{entry_id}").text


def test_an_odd_cent_is_said_to_be_whose(village: Village) -> None:
    expense_id = spent(village, "Amina", 9635, "Amina", "Paul", "Luc")
    page = read(village.as_("Amina").get(f"{HERE}/entries/{part_id(expense_id, 1)}"))
    assert "The odd €0.01: " in page
    assert "-€32.11" in page
    assert "-€32.12" in page


def test_a_month_of_a_year_tells_what_accrued_and_whose_the_one_odd_cent_of_the_year_is(village: Village) -> None:
    shares = {village.member(name): parts for name, parts in SHARES.items()}
    paid = RecordExpense(
        coop_id=COOP,
        kind="insurance",
        paid_on=village.now.date(),
        paid={village.member("Claire"): 608_71},
        split="shares",
        among=shares,
        months=12,
    )
    ledger = ledger_in(village)
    expense_id = ledger.record_expense(paid, village.asked("Claire")).stream_id
    ledger.post_spread_part(PostSpreadPart(coop_id=COOP, expense_id=expense_id, part=2), village.asked())
    page = read(village.as_("Claire").get(f"{HERE}/entries/{part_id(expense_id, 2)}"))
    for proof in (
        "Month 2 of 12 €50.72",
        "Amina 2 of 15 shares. €81.16 in all: €13.52 with this month, €6.76 before -€6.76",
        "Nadia 1 of 15 shares. €40.58 in all: €6.76 with this month, €3.38 before -€3.38",
        "paid. €608.71 in all: €101.42 with this month, €50.70 before +€50.72",
    ):
        assert proof in page
    (odd,) = re.findall(r"The odd €0.01: (\w+), nearest", page)
    (even,) = {"Paul", "Jean"} - {odd}
    assert f"{odd} 5 of 15 shares. €202.91 in all: €33.81 with this month, €16.90 before -€16.91" in page
    assert f"{even} 5 of 15 shares. €202.90 in all: €33.81 with this month, €16.90 before -€16.91" in page


def test_fuel_is_proven_and_leads_to_the_trip(village: Village) -> None:
    booking_id = village.drove("Nadia", "Zoé", 100, paid=Money(6000))
    page = village.as_("Nadia").get(f"{HERE}/entries/{fuel_id(trip_id(booking_id))}")
    assert "Why +€60.00?" in page.text
    assert "the common purse for all of it" in page.text.lower()
    assert str(charged(booking_id)) in page.html


def test_an_entry_of_others_is_open_to_every_member(village: Village) -> None:
    entry_id = lent(village, "Nadia")
    page = village.as_("Paul").get(f"{HERE}/entries/{entry_id}")
    assert page.status == 200
    assert "Trip by Nadia: Clio, 100 km" in page.text


def test_the_treasurer_undoes_a_line_and_both_stay(village: Village) -> None:
    entry_id = lent(village, "Nadia")
    line = f"{HERE}/entries/{entry_id}"
    page = village.as_("Claire").post(f"{line}/reversal", reason="Misread odometer")
    assert "It is undone" in page.text
    assert "This line has been undone" in page.text
    assert "Nadia -€30.00 €0.00" in read(page)
    reversal = village.as_("Nadia").api("GET", f"{HERE}/entries/{entry_id}").json()["reversed_by"]
    undone = village.as_("Nadia").get(f"{HERE}/entries/{reversal}").text
    assert "Undone: Trip by Nadia" in undone
    assert "Misread odometer" in undone
    assert "You are even" in village.as_("Nadia").get(f"{HERE}/accounts").text


def test_a_line_is_undone_once(village: Village) -> None:
    line = f"{HERE}/entries/{lent(village, 'Nadia')}"
    village.as_("Claire").post(f"{line}/reversal", reason="Misread")
    again = village.as_("Claire").post(f"{line}/reversal", reason="Misread")
    assert again.status == 409
    assert "This entry has already been undone." in again.text


def test_only_the_treasurer_undoes(village: Village) -> None:
    line = f"{HERE}/entries/{lent(village, 'Nadia')}"
    assert "Undo this line" not in village.as_("Nadia").get(line).text
    assert village.as_("Nadia").post(f"{line}/reversal", reason="I'd rather not").status == 403


def test_an_unknown_line_is_not_found(village: Village) -> None:
    assert village.as_("Nadia").get(f"{HERE}/entries/{uuid4()}").status == 404


def test_the_lines_are_many_and_shown_on_demand(village: Village) -> None:
    for _ in range(31):
        spent(village, "Claire", 100, "Nadia")
    nadia = village.as_("Nadia")
    page = nadia.get(f"{HERE}/accounts")
    assert page.html.count(">Why?<") == 30
    older = re.search(r'href="([^"]+after=[^"]+)#lines"', page.html)
    assert older is not None
    assert nadia.get(older[1].replace("&amp;", "&")).html.count(">Why?<") == 1
    assert nadia.get(f"{HERE}/accounts?after=nowhere").status == 400


def test_a_balance_over_months_is_drawn_with_its_figures(village: Village) -> None:
    village.drove("Nadia", "Zoé", 100)
    village.pass_time(days=62)
    village.drove("Nadia", "Zoé", 100)
    page = village.as_("Nadia").get(f"{HERE}/accounts")
    assert 'class="curve"' in page.html
    assert "December 2026 -€25.00 January 2027 -€50.00" in read(page)


def test_a_gift_goes_to_the_common_purse(village: Village) -> None:
    lent(village, "Nadia")
    page = village.as_("Jean").post(f"{HERE}/contributions", amount="12,50")
    assert "Given to the common purse. Thank you." in page.text
    assert "You are owed €17.50" in page.text


def test_a_gift_beyond_the_limit_is_refused_and_kept(village: Village) -> None:
    page = village.as_("Jean").post(f"{HERE}/contributions", amount="150,01")
    assert page.status == 409
    assert "You can give at most €150.00 now." in page.text
    assert 'value="150,01"' in page.html


def test_a_gift_that_is_no_amount_is_refused(village: Village) -> None:
    for amount in ("", "-3", "0", "abc", "1e9", "1,234"):
        assert village.as_("Jean").post(f"{HERE}/contributions", amount=amount).status == 422


def test_a_month_that_is_over_can_be_closed_by_the_treasurer(village: Village) -> None:
    village.drove("Nadia", "Zoé", 100)
    assert "Close" not in village.as_("Nadia").get(f"{HERE}/books").text
    village.pass_time(days=31)
    page = village.as_("Claire").post(f"{HERE}/months", month="2026-11-01")
    assert "The month is closed" in page.text
    assert "November 2026 1 line closed" in page.text
    again = village.as_("Claire").post(f"{HERE}/months", month="2026-11-01")
    assert (again.status, "That month is already closed." in again.text) == (409, True)
    assert village.as_("Nadia").post(f"{HERE}/months", month="2026-11-01").status == 403


def test_a_month_under_way_cannot_be_closed(village: Village) -> None:
    page = village.as_("Claire").post(f"{HERE}/months", month="2026-11-01")
    assert (page.status, "A month can be closed once it is over." in page.text) == (409, True)


def test_what_is_learnt_late_counts_in_the_open_month_and_says_so(village: Village) -> None:
    entry_id = charged(village.drove("Nadia", "Zoé", 100))
    village.pass_time(days=31)
    village.as_("Claire").post(f"{HERE}/months", month="2026-11-01")
    late = charged_late(village, village.as_("Nadia").api("GET", f"{HERE}/entries/{entry_id}").json(), uuid4())
    page = village.as_("Nadia").get(f"{HERE}/entries/{late}").text
    assert "in a month already closed: it counts on" in page


def test_the_journal_passes_hledger(village: Village, tmp_path: Path) -> None:
    lent(village, "Nadia", paid=Money(6000))
    page = village.as_("Nadia").get(f"{HERE}/journal")
    assert page.headers["content-disposition"] == 'attachment; filename="journal-2026-11-02.journal"'
    if shutil.which("hledger"):
        path = tmp_path / "it.journal"
        path.write_bytes(page.content)
        subprocess.run(["hledger", "-f", path, "check", "--strict"], check=True)


def test_my_lines_open_in_a_spreadsheet_and_are_no_formulas(village: Village) -> None:
    village.drove("Nadia", "Zoé", 100)
    page = village.as_("Nadia").get(f"{HERE}/lines")
    assert page.content.decode("utf-8-sig").splitlines() == [
        "Day,Line,Amount in euros",
        '2026-11-02,"Trip: Zoé, 100\xa0km",-25.00',
    ]


def test_the_accounts_are_for_members_only(village: Village) -> None:
    pages = ("accounts", "books", "contributions/new", "journal", "lines", "expenses", "expenses/new")
    for path in (*pages, f"entries/{uuid4()}"):
        assert village.anyone().get(f"{HERE}/{path}").status == 401
        assert village.as_("Olga").get(f"{HERE}/{path}").status == 403
