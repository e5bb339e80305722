"""A receipt may be a PDF, as a garage sends it: kept as it is, handed out to be saved, opened by no page."""

from typing import Any
from uuid import uuid4

from tests.kit.browser import Seen
from tests.kit.money import HERE
from tests.kit.pictures import NO_PICTURE, PDF
from tests.kit.village import COOP, Village
from tests.places.bookings.twingo import at

REPAIR: dict[str, Any] = {
    "kind": "repair",
    "amount": "96,35",
    "vehicle_id": "coop",
    "paid_on": "2026-11-02",
    "split": "equal",
    "months": 1,
}


def record(village: Village, content: bytes, **change: Any) -> Seen:
    form = REPAIR | {"paid_by": village.member("Amina"), "among": [village.member("Luc")]} | change
    return village.as_("Amina").post(f"{HERE}/expenses", {"receipt": content}, **form)


def test_an_expense_has_a_pdf_that_is_saved_and_run_nowhere(village: Village) -> None:
    page = record(village, PDF)
    assert "The receipt (PDF)" in page.text
    assert "<img" not in page.html.split("<main")[1]
    address = page.html.split('class="button" href="')[1].split('"')[0]
    saved = village.as_("Luc").get(address)
    assert saved.content == PDF
    assert saved.headers["content-type"] == "application/pdf"
    assert saved.headers["content-disposition"] == 'attachment; filename="receipt.pdf"'
    assert saved.headers["x-content-type-options"] == "nosniff"
    assert saved.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert village.as_("Olga").get(address).status == 403


def test_a_trip_s_receipt_may_be_one_beside_its_photos(village: Village) -> None:
    booking_id = village.booked("Nadia", "Zoé")
    village.taken("Nadia", booking_id, 10_000)
    village.pass_time(hours=1)
    back = {"odometer_km": 10_010, "level_percent": 98, "energy_paid": "20"}
    seen = village.as_("Nadia").post(f"{at(booking_id)}/return", {"receipt": PDF}, **back)
    assert "Returned. Thank you." in seen.text
    assert "The receipt (PDF)" in seen.text


def test_a_receipt_refused_for_another_field_is_not_asked_for_again(village: Village) -> None:
    refused = record(village, PDF, amount="many")
    assert "Your photo or PDF is kept" in refused.text
    kept = refused.html.split('name="kept_receipt" value="')[1].split('"')[0]
    form = REPAIR | {"paid_by": village.member("Amina"), "among": [village.member("Luc")], "kept_receipt": kept}
    assert "The receipt (PDF)" in village.as_("Amina").post(f"{HERE}/expenses", **form).text


def test_what_is_neither_a_photo_nor_a_pdf_is_said_so(village: Village) -> None:
    assert "This file is neither a photo nor a PDF" in record(village, NO_PICTURE).text
    assert "This file arrived cut short" in record(village, PDF[:-6]).text
    large = PDF[:9] + b" " * 3_000_000 + PDF[9:]
    assert "This PDF is larger than 3 megabytes" in record(village, large).text


def test_what_is_to_be_seen_is_no_pdf(village: Village) -> None:
    """A damage shown to the next driver, though its form was made by hand to name a receipt kept before."""
    kept = record(village, PDF, amount="many").html.split('name="kept_receipt" value="')[1].split('"')[0]
    path = f"/coops/{COOP}/vehicles/{village.vehicle('Kangoo')}/damages"
    refused = village.as_("Nadia").post(path, part="front", sentence="A scratch", kept_photo=kept)
    assert (refused.status, "This file is not a photo we can read" in refused.text) == (409, True)
    body = {"part": "front", "sentence": "A scratch", "photo_id": str(uuid4())}
    assert village.as_("Nadia").api("POST", path, body).code == "no-such-photo"
