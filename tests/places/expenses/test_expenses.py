"""Expenses: recorded with the receipt's photo, split and spread as asked, taken back by who may."""

import io
import re
from typing import Any
from uuid import UUID, uuid4

from PIL import Image

from ledger.entries.causes.expense import part_id
from tests.kit.money import HERE, read, spent
from tests.kit.village import Village

TYPED: dict[str, Any] = {
    "kind": "repair",
    "amount": "96,35",
    "vehicle_id": "coop",
    "paid_on": "2026-11-02",
    "split": "equal",
    "months": 1,
}


def photo(colour: str = "white") -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (40, 60), colour).save(kept, "PNG")
    return kept.getvalue()


def ids(village: Village, *names: str) -> list[UUID]:
    return [village.member(name) for name in names]


def sent(path: str) -> UUID:
    return UUID(path.rsplit("/", 1)[1])


def test_the_form_offers_vehicles_members_and_the_common_purse(village: Village) -> None:
    page = village.as_("Amina").get(f"{HERE}/expenses/new")
    for word in ("Kangoo", "Claire", "The common purse", "Technical inspection", "Spread over how many months?"):
        assert word in page.text


def test_a_repair_is_split_equally_to_the_cent(village: Village) -> None:
    form = TYPED | {"paid_by": village.member("Paul"), "among": ids(village, "Amina", "Paul", "Luc")}
    page = village.as_("Amina").post(f"{HERE}/expenses", **form)
    assert "The expense is noted." in page.text
    assert "Undo" in page.text
    assert "€96.35" in page.text
    balances = village.as_("Amina").api("GET", f"{HERE}/balances").json()["items"]
    owed = {row["name"]: row["cents"] for row in balances}
    assert sum(owed.values()) == 0
    parts = (-owed["Amina"], 9635 - owed["Paul"], -owed["Luc"])
    assert sorted(parts) == [3211, 3212, 3212]


def test_for_which_vehicle_is_asked_and_never_taken_for_granted(village: Village) -> None:
    page = village.as_("Amina").get(f"{HERE}/expenses/new")
    (choice,) = re.findall(r'<select id="vehicle_id".*?</select>', page.html, re.DOTALL)
    assert " required>" in choice
    assert "selected" not in choice
    form = TYPED | {"vehicle_id": "", "paid_by": village.member("Paul"), "split": "shares"}
    asked = village.as_("Amina").post(f"{HERE}/expenses", **form)
    assert (asked.status, "Say for which vehicle it is, or that it is for the co-op." in asked.text) == (422, True)
    assert 'value="96,35"' in asked.html


def test_months_left_blank_are_asked_for(village: Village) -> None:
    form = TYPED | {"paid_by": village.member("Paul"), "among": ids(village, "Amina"), "months": " "}
    assert village.as_("Amina").post(f"{HERE}/expenses", **form).status == 422


def test_a_years_insurance_is_spread_by_the_owners_shares(village: Village) -> None:
    form = TYPED | {"kind": "insurance", "amount": "480", "months": 12, "split": "shares", "note": "MAIF, the year"}
    form |= {"vehicle_id": village.vehicle("Kangoo"), "paid_by": village.member("Amina")}
    noted = village.as_("Amina").post(f"{HERE}/expenses", **form)
    page = village.as_("Luc").post(f"{noted.path}/agreement")
    assert "Insurance, Kangoo" in page.text
    assert "MAIF, the year" in page.text
    assert "1 of 5 shares" in page.text
    assert page.text.count("€40.00") == 12
    assert page.text.count("to come") == 11
    why = read(village.as_("Luc").get(f"{HERE}/entries/{part_id(sent(page.path), 1)}"))
    for proof in (
        "Why -€8.00?",
        "Paid in all €480.00",
        "Month 1 of 12 €40.00",
        "Luc 1 of 5 shares. €96.00 in all: €8.00 with this month, €0.00 before -€8.00",
        "Amina paid",
    ):
        assert proof in why
    village.pass_time(days=30)
    assert "Luc -€16.00" in read(village.as_("Luc").get(f"{HERE}/accounts"))


def test_several_may_have_paid(village: Village) -> None:
    form = TYPED | {"amount": "100", "paid_by": village.member("Amina"), "among": ids(village, "Luc")}
    page = village.as_("Amina").post(f"{HERE}/expenses", **form | {f"part_{village.member('Paul')}": "30"})
    assert "Amina €70.00 Paul €30.00" in page.text


def test_parts_of_others_beyond_the_amount_are_refused(village: Village) -> None:
    form = TYPED | {"amount": "20", "paid_by": village.member("Amina"), "among": ids(village, "Luc")}
    page = village.as_("Amina").post(f"{HERE}/expenses", **form | {f"part_{village.member('Paul')}": "30"})
    assert (page.status, "make more than this amount" in page.text) == (422, True)
    assert 'value="30"' in page.html


def test_the_common_purse_bears_what_is_for_the_co_op(village: Village) -> None:
    form = TYPED | {"split": "shares", "paid_by": village.member("Amina")}
    page = village.as_("Amina").post(f"{HERE}/expenses", **form)
    assert "The common purse, for all of it." in page.text


def test_the_receipt_is_kept_and_shown_to_members_only(village: Village) -> None:
    form = TYPED | {"paid_by": village.member("Amina"), "among": ids(village, "Luc")}
    page = village.as_("Amina").post(f"{HERE}/expenses", files={"receipt": photo()}, **form)
    receipt = village.as_("Amina").api("GET", f"{HERE}/expenses/{sent(page.path)}").json()["receipt"]
    assert village.as_("Luc").get(f"{HERE}/photos/{receipt}").content[:2] == b"\xff\xd8"
    assert village.as_("Olga").get(f"{HERE}/photos/{receipt}").status == 403
    assert "See the receipt" in village.as_("Luc").get(f"{HERE}/entries/{part_id(sent(page.path), 1)}").text


def test_an_amount_that_may_be_two_is_asked_back_beside_its_field(village: Village) -> None:
    form = TYPED | {"amount": "1.500", "paid_by": village.member("Amina"), "among": ids(village, "Luc", "Paul")}
    page = village.as_("Amina").post(f"{HERE}/expenses", **form)
    assert page.status == 422
    assert "€1,500.00 or €1.50? Write which of the two." in page.text
    assert 'value="1.500"' in page.html
    assert "€1,500.00" in village.as_("Amina").post(f"{HERE}/expenses", **form | {"amount": "1 500 €"}).text


def test_what_was_typed_and_the_photo_are_kept_when_refused(village: Village) -> None:
    form = TYPED | {"amount": "many", "paid_by": village.member("Amina"), "among": ids(village, "Luc", "Paul")}
    page = village.as_("Amina").post(f"{HERE}/expenses", files={"receipt": photo()}, **form)
    assert page.status == 422
    assert "Type an amount, like 12,50." in page.text
    assert "Your photo or PDF is kept" in page.text
    assert page.html.count(" checked") >= 4
    kept = page.html.split('name="kept_receipt" value="')[1].split('"')[0]
    page = village.as_("Amina").post(f"{HERE}/expenses", **form | {"amount": "20", "kept_receipt": kept})
    assert kept in page.html


def test_who_is_ticked_is_never_left_out_without_a_word(village: Village) -> None:
    form = TYPED | {"split": "shares", "paid_by": village.member("Amina"), "among": ids(village, "Luc")}
    page = village.as_("Amina").post(f"{HERE}/expenses", **form)
    assert (page.status, "Some are ticked, but it goes by shares" in page.text) == (422, True)
    assert village.as_("Amina").post(f"{HERE}/expenses", **form | {"among": []}).status == 200


def test_what_is_no_photo_is_refused(village: Village) -> None:
    form = TYPED | {"paid_by": village.member("Amina"), "among": ids(village, "Luc")}
    page = village.as_("Amina").post(f"{HERE}/expenses", files={"receipt": b"<svg/>"}, **form)
    assert (page.status, "This file is neither a photo nor a PDF" in page.text) == (422, True)


def test_what_cannot_be_read_is_said_beside_its_field(village: Village) -> None:
    form = TYPED | {"paid_by": village.member("Amina"), "among": ids(village, "Luc")}
    wrongs: list[dict[str, Any]] = [
        {"kind": "gold"},
        {"months": "0"},
        {"months": "61"},
        {"paid_on": "0"},
        {"vehicle_id": "x"},
        {"vehicle_id": ""},
    ]
    wrongs += [{"among": []}, {"among": ["x"]}, {"paid_by": "x"}, {"note": "n" * 501}, {"amount": "0"}]
    for wrong in wrongs:
        assert village.as_("Amina").post(f"{HERE}/expenses", **form | wrong).status == 422
    assert village.as_("Amina").api("GET", f"{HERE}/expenses").json()["items"] == []


def test_a_part_that_cannot_be_read_is_said_beside_it_and_the_rest_is_kept(village: Village) -> None:
    paul = str(village.member("Paul"))
    form = {**TYPED, "paid_by": village.member("Amina"), "among": ids(village, "Paul"), f"part_{paul}": "4\x000"}
    page = village.as_("Amina").post(f"{HERE}/expenses", **form)
    assert page.status == 422
    assert f'id="part_{paul}-wrong"' in page.html
    assert 'value="96,35"' in page.html


def test_what_the_rules_refuse_is_said(village: Village) -> None:
    amina = village.as_("Amina")
    form = TYPED | {"paid_by": village.member("Amina"), "among": ids(village, "Luc")}
    refused: dict[str, dict[str, Any]] = {
        "That day has not come yet.": {"paid_on": "2026-11-03"},
        "there is nothing to share": {"among": ids(village, "Amina")},
        "is not a member of this co-op": {"among": [village.member("Olga")]},
    }
    for sentence, wrong in refused.items():
        page = amina.post(f"{HERE}/expenses", **form | wrong)
        assert (page.status, sentence in page.text) == (409, True)
    assert amina.post(f"{HERE}/expenses", **form | {"vehicle_id": uuid4()}).status == 404


def test_the_same_form_sent_twice_counts_once(village: Village) -> None:
    form = TYPED | {"paid_by": village.member("Amina"), "among": ids(village, "Luc"), "command_id": uuid4()}
    paths = {village.as_("Amina").post(f"{HERE}/expenses", files={"receipt": photo()}, **form).path for _ in range(3)}
    assert len(paths) == 1
    assert len(village.as_("Amina").api("GET", f"{HERE}/expenses").json()["items"]) == 1


def test_who_recorded_it_takes_it_back(village: Village) -> None:
    page_of = f"{HERE}/expenses/{spent(village, 'Amina', 9000, 'Luc')}"
    page = village.as_("Amina").post(f"{page_of}/withdrawal", reason="Twice")
    assert "This expense was taken back" in page.text
    assert "You are even" in village.as_("Luc").get(f"{HERE}/accounts").text
    again = village.as_("Amina").post(f"{page_of}/withdrawal")
    assert (again.status, "This expense was already taken back." in again.text) == (409, True)
    assert "taken back" in village.as_("Luc").get(f"{HERE}/expenses").text


def test_the_treasurer_may_take_it_back_and_nobody_else(village: Village) -> None:
    page_of = f"{HERE}/expenses/{spent(village, 'Amina', 9000, 'Luc')}"
    assert "Take this expense back" not in village.as_("Luc").get(page_of).text
    assert village.as_("Luc").post(f"{page_of}/withdrawal").status == 403
    assert "Take this expense back" in village.as_("Claire").get(page_of).text
    assert "This expense was taken back" in village.as_("Claire").post(f"{page_of}/withdrawal").text


def test_an_expense_of_nobody_is_not_found(village: Village) -> None:
    assert village.as_("Luc").get(f"{HERE}/expenses/{uuid4()}").status == 404
    assert village.as_("Luc").post(f"{HERE}/expenses/{uuid4()}/withdrawal").status == 404


def test_more_than_a_thousand_euros_is_read_back(village: Village) -> None:
    form = TYPED | {"paid_by": village.member("Paul"), "among": ids(village, "Amina", "Paul")}
    amina = village.as_("Amina")
    seen = amina.post(f"{HERE}/expenses", **form | {"amount": "1000,01"})
    assert seen.status == 409
    assert "€1,000.01? That is more than €1,000.00 for one expense." in seen.text
    assert 'form="read-back" name="confirmed" value="100001"' in seen.html
    assert 'value="1000,01"' in seen.html  # what she typed is kept
    assert "The expense is noted." in amina.post(f"{HERE}/expenses", **form | {"amount": "1000,00"}).text
    sure = form | {"amount": "1000,01", "confirmed": 100_001}
    assert "The expense is noted." in amina.post(f"{HERE}/expenses", **sure).text


def test_ten_times_what_is_usual_for_it_is_read_back(village: Village) -> None:
    form = TYPED | {"paid_by": village.member("Paul"), "among": ids(village, "Amina", "Paul")}
    amina = village.as_("Amina")
    for amount in ("18,00", "19,00", "20,00", "21,00", "700,00"):
        assert "The expense is noted." in amina.post(f"{HERE}/expenses", **form | {"amount": amount}).text
    seen = amina.post(f"{HERE}/expenses", **form | {"amount": "200,01"})
    assert (seen.status, "€200.01? For this it is usually €20.00 here." in seen.text) == (409, True)
    assert "The expense is noted." in amina.post(f"{HERE}/expenses", **form | {"amount": "200,00"}).text
    other = form | {"amount": "200,01", "kind": "tax"}  # of which nothing is usual yet
    assert "The expense is noted." in amina.post(f"{HERE}/expenses", **other).text
