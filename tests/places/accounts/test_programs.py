"""Programs at the accounts: balances, lines, journal, giving, closing, undoing."""

from datetime import timedelta
from uuid import uuid4

from kernel.money import Money
from tests.kit.money import HERE, charged, lent, plan_issued, spent
from tests.kit.slices import walked
from tests.kit.village import ELSEWHERE, Village


def test_a_program_reads_what_the_pages_show(village: Village) -> None:
    booking_id = village.drove("Nadia", "Kangoo", 100)
    nadia = village.as_("Nadia")
    balances = nadia.api("GET", f"{HERE}/balances").json()
    assert balances["total_cents"] == 0
    assert sum(row["cents"] for row in balances["items"]) == 0
    line = nadia.api("GET", f"{HERE}/lines?limit=1").json()["items"][0]
    assert (line["cents"], line["because"]["of"], line["because"]["km"]) == (-3500, "trip", 100)
    entry = nadia.api("GET", f"{HERE}/entries/{charged(booking_id)}").json()
    assert sum(posting["cents"] for posting in entry["postings"]) == 0
    assert nadia.api("GET", f"{HERE}/entries").json()["items"] == [entry]
    assert nadia.api("GET", f"{HERE}/entries?until=2026-11-01").json()["items"] == []
    assert nadia.api("GET", f"{HERE}/balance?on=2026-11-01").json()["cents"] == 0
    tariffs = {tariff["vehicle_id"]: tariff for tariff in nadia.api("GET", f"{HERE}/tariffs").json()["items"]}
    assert tariffs[str(village.vehicle("Kangoo"))]["per_km"] == "0.35"
    assert nadia.api("GET", f"{HERE}/months").json() == [{"month": "2026-11-01", "entries": 1, "closed": False}]


def test_a_program_asks_what_was_known_at_an_instant(village: Village) -> None:
    village.drove("Nadia", "Kangoo", 100)
    nadia = village.as_("Nadia")
    for asked, cents in (("", -3500), ("?known_at=2026-11-01T00:00:00Z", 0)):
        read = nadia.api("GET", f"{HERE}/balances{asked}").json()["items"]
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
    balances = village.as_("Nadia").api("GET", f"{HERE}/balances").json()["items"]
    assert [(row["name"], row["cents"]) for row in balances if row["is_purse"]] == [(None, 2500)]
    assert {row["name"] for row in balances if not row["is_purse"]} >= {"Nadia", "Claire"}


def test_two_of_one_name_are_told_apart_where_money_and_keys_pass(village: Village) -> None:
    assert village.as_("Luc").api("PUT", "/me", {"name": "Paul", "language": "en"}).json()["name"] == "Paul"
    spent(village, "Luc", 900, "Nadia")
    names = {str(village.member(name)): called for name, called in (("Paul", "Paul (1)"), ("Luc", "Paul (2)"))}
    nadia = village.as_("Nadia")
    rows = nadia.api("GET", f"{HERE}/balances").json()["items"]
    assert {row["account"]: row["name"] for row in rows if row["account"] in names} == names
    assert "You owe €9.00 to Paul (2)" in nadia.get(f"{HERE}/accounts").text
    plan = plan_issued(village).path
    assert "Paul (2)" in nadia.get(plan).text
    assert all("Paul (" in letter.body or "Paul" not in letter.body for letter in village.letters_to("Nadia"))
    village.taken("Luc", village.booked("Luc", "Zoé", hours=0.5), 10_000)
    after = village.booked("Nadia", "Zoé", village.now + timedelta(minutes=30), hours=1)
    village.pass_time(minutes=20)
    here = f"{HERE}/bookings/{after}"
    assert nadia.api("GET", f"{here}/to-know").json()["with_another"]["name"] == "Paul (2)"
    refused = nadia.api("POST", f"{here}/keys", {"odometer_km": 10_000, "level_percent": 75})
    assert (refused.code, "Paul (2) has had these keys" in refused.text) == ("still-out", True)


def test_balances_are_listed_by_name_after_the_common_purse(village: Village) -> None:
    spent(village, "Amina", 9000, "Luc")
    village.leave("Jean")
    village.leave("Luc")
    found = walked(village.as_("Nadia"), f"{HERE}/balances")
    assert [row["name"] for row in found] == [None, "Amina", "Claire", "Nadia", "Paul", "Luc"]
    assert [row["cents"] for row in found] == [0, 9000, 0, 0, 0, -9000]
    then = village.as_("Nadia").api("GET", f"{HERE}/balances?on=2026-10-31&limit=2").json()
    assert (then["on"], [row["cents"] for row in then["items"]]) == ("2026-10-31", [0, 0])


def test_prices_are_listed_once_a_vehicle(village: Village) -> None:
    found = [row["vehicle_id"] for row in walked(village.as_("Nadia"), f"{HERE}/tariffs")]
    assert found == sorted(str(village.vehicle(name)) for name in ("Biporteur", "Clio", "Kangoo", "Zoé"))


def test_former_addresses_lead_to_where_the_pages_are(village: Village) -> None:
    entry_id = lent(village, "Nadia")
    assert village.as_("Nadia").get(f"{HERE}/accounts/{entry_id}").path == f"{HERE}/entries/{entry_id}"
    assert village.as_("Nadia").get(f"{HERE}/gift").path == f"{HERE}/contributions/new"


MOMENTS = ("tariffs?at=2026-11-01", "tariffs?at=1793520000", "tariffs?at=1e9")


def test_a_program_that_asks_nonsense_is_told_where(village: Village) -> None:
    for query in ("lines?limit=0", "lines?since=0", "balance?on=tomorrow", "balance?on=null", *MOMENTS):
        refused = village.as_("Nadia").api("GET", f"{HERE}/{query}")
        assert (refused.status, refused.code, len(refused.json()["fields"])) == (422, "misread", 1)


def test_a_program_gives_closes_and_undoes_as_who_may(village: Village) -> None:
    entry_id = lent(village, "Nadia")
    nadia, claire, jean = village.as_("Nadia"), village.as_("Claire"), village.as_("Jean")
    assert jean.api("POST", f"{HERE}/contributions", {"cents": 500}).status == 201
    assert jean.api("POST", f"{HERE}/contributions", {"cents": 500_000}).code == "too-little-owed"
    assert jean.api("POST", f"{HERE}/contributions", {"cents": "5"}).status == 400
    undo = f"{HERE}/entries/{entry_id}/reversal"
    assert nadia.api("POST", undo, {}).code == "not-yours"
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


def test_what_a_program_is_told_of_nonsense_is_what_is_published(village: Village) -> None:
    nadia = village.as_("Nadia")
    published = {refusal["code"]: refusal["sentence"] for refusal in nadia.api("GET", "/problems").json()}
    assert nadia.api("GET", f"{HERE}/lines?limit=abc").json()["detail"] == published["misread"]


def test_a_treasurer_s_program_reads_any_account_and_month(village: Village) -> None:
    lent(village, "Nadia", paid=Money(6000))
    claire, hers = village.as_("Claire"), f"{HERE}/members/{village.member('Nadia')}"
    found = claire.api("GET", f"{hers}/lines?sort=amount").json()["items"]
    assert [line["cents"] for line in found] == [-3000, 6000]
    assert claire.api("GET", f"{hers}/account?since=2026-11-01").json() == {
        "account": str(village.member("Nadia")),
        "name": "Nadia",
        "is_purse": False,
        "currency": "EUR",
        "before_cents": 0,
        "after_cents": 3000,
        "summed": {"count": 2, "given_cents": 6000, "owed_cents": -3000},
    }
    assert claire.api("GET", f"{hers}/lines?vehicle_id={village.vehicle('Zoé')}").json()["items"] == []
    assert [row["kind"] for row in claire.api("GET", f"{HERE}/months/2026-11").json()["kinds"]] == ["fuel", "trip"]
    moved = claire.api("GET", f"{HERE}/entries?sort=-amount&vehicle_id={village.vehicle('Clio')}").json()["items"]
    assert [entry["kind"] for entry in moved] == ["fuel", "trip"]
    assert village.as_("Jean").api("GET", f"{hers}/lines").code == "not-yours"
    assert village.as_("Jean").api("GET", f"{hers}/account").code == "not-yours"
    assert claire.api("GET", f"{HERE}/members/{uuid4()}/lines").status == 404


def test_a_program_reads_the_common_purse(village: Village) -> None:
    village.drove("Nadia", "Zoé", 100)
    jean = village.as_("Jean")
    assert jean.api("GET", f"{HERE}/purse").json()["after_cents"] == 2500
    assert [line["cents"] for line in jean.api("GET", f"{HERE}/purse/lines").json()["items"]] == [2500]
    assert village.as_("Olga").api("GET", f"{HERE}/purse").status == 403


def test_a_sorted_list_is_read_slice_by_slice(village: Village) -> None:
    for cents in (300, 100, 200, 200):
        spent(village, "Claire", cents, "Nadia")
    found = walked(village.as_("Nadia"), f"{HERE}/lines?sort=amount")
    assert [line["cents"] for line in found] == [-300, -200, -200, -100]
    assert village.as_("Nadia").api("GET", f"{HERE}/lines?sort=weight").code == "misread"
