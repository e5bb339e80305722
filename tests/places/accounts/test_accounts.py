"""Comptes: the balance in words, every line proven, everyone's balances, and the books as files."""

import re
import shutil
import subprocess
from base64 import urlsafe_b64encode
from pathlib import Path
from uuid import uuid4

import msgspec

from booking.trip import trip_id
from kernel.money import Money
from ledger.entries.causes.expense import part_id
from ledger.entries.causes.fuel import fuel_id
from tests.kit.money import HERE, charged, charged_late, lent, read, spent
from tests.kit.village import ELSEWHERE, Village


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
    assert "odd cent" not in village.as_("Nadia").get(f"{HERE}/entries/{entry_id}").text


def test_an_odd_cent_is_said_to_be_whose(village: Village) -> None:
    expense_id = spent(village, "Amina", 9635, "Amina", "Paul", "Luc")
    page = read(village.as_("Amina").get(f"{HERE}/entries/{part_id(expense_id, 1)}"))
    assert "The odd cent: " in page
    assert "-€32.11" in page
    assert "-€32.12" in page


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
    older = re.search(r'href="([^"]+)#lines"', page.html)
    assert older is not None
    assert nadia.get(older[1]).html.count(">Why?<") == 1
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


def test_a_program_reads_what_the_pages_show(village: Village) -> None:
    booking_id = village.drove("Nadia", "Kangoo", 100)
    nadia = village.as_("Nadia")
    balances = nadia.api("GET", f"{HERE}/balances").json()
    assert balances["total_cents"] == 0
    assert sum(row["cents"] for row in balances["balances"]) == 0
    line = nadia.api("GET", f"{HERE}/lines?limit=1").json()["items"][0]
    assert (line["cents"], line["because"]["of"], line["because"]["km"]) == (-3500, "trip", 100)
    entry = nadia.api("GET", f"{HERE}/entries/{charged(booking_id)}").json()
    assert sum(posting["cents"] for posting in entry["postings"]) == 0
    assert nadia.api("GET", f"{HERE}/entries").json()["items"] == [entry]
    assert nadia.api("GET", f"{HERE}/entries?until=2026-11-01").json()["items"] == []
    assert nadia.api("GET", f"{HERE}/balance?on=2026-11-01").json()["cents"] == 0
    tariffs = {tariff["vehicle_id"]: tariff for tariff in nadia.api("GET", f"{HERE}/tariffs").json()}
    assert tariffs[str(village.vehicle("Kangoo"))]["per_km"] == "0.35"
    assert nadia.api("GET", f"{HERE}/months").json() == [{"month": "2026-11-01", "entries": 1, "closed": False}]


def test_a_program_asks_what_was_known_at_an_instant(village: Village) -> None:
    village.drove("Nadia", "Kangoo", 100)
    nadia = village.as_("Nadia")
    for asked, cents in (("", -3500), ("?known_at=2026-11-01T00:00:00Z", 0)):
        read = nadia.api("GET", f"{HERE}/balances{asked}").json()["balances"]
        assert [row["cents"] for row in read if row["name"] == "Nadia"] == [cents]
    assert nadia.api("GET", f"{HERE}/balances?known_at=yesterday").status == 422


def test_a_program_reads_lines_and_journal_slice_by_slice(village: Village) -> None:
    lent(village, "Nadia", paid=Money(6000))
    nadia = village.as_("Nadia")
    for path, field in (("lines", "cents"), ("entries", "entry_id")):
        whole = nadia.api("GET", f"{HERE}/{path}").json()
        first = nadia.api("GET", f"{HERE}/{path}?limit=1").json()
        last = nadia.api("GET", f"{HERE}/{path}?limit=1&after={first['after']}").json()
        assert (whole["after"], last["after"]) == (None, None)
        assert [item[field] for item in (*first["items"], *last["items"])] == [item[field] for item in whole["items"]]


def test_the_common_purse_has_no_name_for_programs(village: Village) -> None:
    village.drove("Nadia", "Zoé", 100)
    balances = village.as_("Nadia").api("GET", f"{HERE}/balances").json()["balances"]
    assert [(row["name"], row["cents"]) for row in balances if row["is_purse"]] == [(None, 2500)]
    assert {row["name"] for row in balances if not row["is_purse"]} >= {"Nadia", "Claire"}


def test_former_addresses_lead_to_where_the_pages_are(village: Village) -> None:
    entry_id = lent(village, "Nadia")
    assert village.as_("Nadia").get(f"{HERE}/accounts/{entry_id}").path == f"{HERE}/entries/{entry_id}"
    assert village.as_("Nadia").get(f"{HERE}/gift").path == f"{HERE}/contributions/new"


def test_a_program_that_asks_nonsense_is_told_where(village: Village) -> None:
    for query in ("lines?limit=0", "lines?since=0", "balance?on=tomorrow", "tariffs?at=2026-11-01"):
        refused = village.as_("Nadia").api("GET", f"{HERE}/{query}")
        assert (refused.status, refused.code, len(refused.json()["fields"])) == (422, "misread", 1)


def test_a_program_gives_closes_and_undoes_as_who_may(village: Village) -> None:
    entry_id = lent(village, "Nadia")
    nadia, claire, jean = village.as_("Nadia"), village.as_("Claire"), village.as_("Jean")
    assert jean.api("POST", f"{HERE}/contributions", {"cents": 500}).status == 201
    assert jean.api("POST", f"{HERE}/contributions", {"cents": 500_000}).code == "too-little-owed"
    assert jean.api("POST", f"{HERE}/contributions", {"cents": "5"}).status == 400
    undo = f"{HERE}/entries/{entry_id}/reversal"
    assert nadia.api("POST", undo, {}).code == "not-your-role"
    assert claire.api("POST", undo, {"reason": "Misread"}).status == 201
    assert claire.api("POST", undo, {"reason": "Misread"}).code == "already-reversed"
    assert nadia.api("POST", f"{HERE}/months", {"month": "2026-10-01"}).code == "not-your-role"
    assert claire.api("POST", f"{HERE}/months", {"month": "2026-11-30"}).code == "month-not-over"
    assert claire.api("POST", f"{HERE}/months", {"month": "2026-10-31"}).status == 201


def test_a_gift_sent_twice_counts_once(village: Village) -> None:
    key = uuid4()
    sent = [village.as_("Jean").api("POST", f"{HERE}/contributions", {"cents": 500}, key=key) for _ in range(3)]
    assert [answer.status for answer in sent] == [201, 201, 201]
    assert village.as_("Jean").api("GET", f"{HERE}/balance").json()["cents"] == -500


def test_no_program_reads_another_co_ops_books(village: Village) -> None:
    entry_id = lent(village, "Nadia")
    assert village.as_("Olga").api("GET", f"{HERE}/entries").status == 403
    assert village.as_("Olga").api("GET", f"/coops/{ELSEWHERE}/entries/{entry_id}").status == 404
    assert village.anyone().api("GET", f"{HERE}/balances").status == 401


def test_a_cursor_beyond_what_a_column_holds_is_refused(village: Village) -> None:
    forged = urlsafe_b64encode(msgspec.json.encode(["2026-11-02", 1, 2**31])).rstrip(b"=").decode()
    assert village.as_("Claire").api("GET", f"{HERE}/lines?after={forged}").status == 400
