"""A vehicle's papers: what it waits for is said wherever it is met, each is filed by its form, few read the letter."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete

from fleet.papers.queries import papers_on_file
from governance.roles import Role
from people.photos import photo, photos
from tests.kit.browser import Seen
from tests.kit.pictures import NO_PICTURE, PDF, jpeg
from tests.kit.village import COOP, LETTER, NOW, Village
from tests.places.vehicles.test_entering import TWINGO, add

PAGE = f"/coops/{COOP}/vehicles"
NO_PAPERS = {"insurance_until": "", "inspection_until": "", "consent_given_on": "", "files": None}


def file(village: Village, who: str, vehicle: str, kind: str, files: Any = None, **fields: Any) -> Seen:
    return village.as_(who).post(f"{PAGE}/{village.vehicle(vehicle)}/papers", files, kind=kind, **fields)


def on_file(village: Village, vehicle_id: UUID, kind: str) -> Any:
    rows = village.ask(papers_on_file, COOP, vehicle_id, of="car", on=NOW.date())
    return next(row for row in rows if row.kind == kind)


def without_papers(village: Village) -> UUID:
    """Let Nadia lend a car of which she has no paper at hand; return its id."""
    return UUID(add(village, "Nadia", **NO_PAPERS).path.rsplit("/", 1)[1])


def test_its_owner_files_a_paper(village: Village) -> None:
    seen = file(village, "Jean", "Clio", "inspection", inspection_until="2026-11-20")
    assert "The paper is filed." in seen.text
    assert "Until 20 November" in seen.text
    assert "Ends soon" in seen.text


def test_a_day_that_is_over_is_asked_back_and_kept_once_it_is_ticked(village: Village) -> None:
    seen = file(village, "Jean", "Clio", "inspection", inspection_until="2026-11-01")
    assert seen.status == 409
    assert "1 November 2026 is over. If this is really its last day, say so." in seen.text
    assert 'value="2026-11-01"' in seen.html
    assert 'name="confirmed_inspection" value="2026-11-01">' in seen.html
    other = {"inspection_until": "2026-10-31", "confirmed_inspection": "2026-11-01"}
    assert file(village, "Jean", "Clio", "inspection", **other).status == 409
    meant = {"inspection_until": "2026-11-01", "confirmed_inspection": "2026-11-01"}
    assert "Out of date" in file(village, "Jean", "Clio", "inspection", **meant).text
    nadia = village.as_("Nadia").get(f"{PAGE}/{village.vehicle('Clio')}")
    assert "Its inspection ran out on 1 November 2026" in nadia.text
    assert "Book Clio" not in nadia.text
    assert "Put its papers in order" not in nadia.text
    assert "Put its papers in order" in village.as_("Jean").get(f"{PAGE}/{village.vehicle('Clio')}").text


def test_so_is_one_further_away_than_such_a_paper_lasts(village: Village) -> None:
    seen = file(village, "Jean", "Clio", "insurance", insurance_until="2062-11-01")
    assert (seen.status, "further away than such a paper lasts" in seen.text) == (409, True)


def test_at_entry_it_is_said_what_it_waits_for_with_the_way_to_mend_it(village: Village) -> None:
    seen = add(village, "Nadia", **NO_PAPERS)
    assert "The vehicle is added." in seen.text
    assert "Twingo waits for papers: insurance, insurer's consent and inspection." in seen.text
    assert "Nobody can book it until they are there." in seen.text
    assert f'href="{seen.path}/papers"' in seen.html
    assert "Book Twingo" not in seen.text


def test_home_says_so_to_its_owner_and_to_referents_with_one_link(village: Village) -> None:
    vehicle_id = without_papers(village)
    for who, told in (("Nadia", True), ("Claire", True), ("Jean", False)):
        seen = village.as_(who).get(f"/coops/{COOP}/")
        assert ("Twingo waits for papers" in seen.text) is told
        assert (f'href="{PAGE}/{vehicle_id}/papers"' in seen.html) is told


def test_a_referent_of_many_that_wait_reads_how_many_more(village: Village) -> None:
    for number in range(5):
        add(village, "Claire", sharing="group", plate=f"CD-10{number}-EF", **NO_PAPERS)
    seen = village.as_("Claire").get(f"/coops/{COOP}/")
    assert seen.text.count("waits for papers:") == 3
    assert "2 more vehicles wait for papers" in seen.text


def test_search_says_why_it_cannot_be_had(village: Village) -> None:
    without_papers(village)
    seen = village.as_("Paul").get(f"/coops/{COOP}/availability?when=tomorrow")
    assert "waits for papers: insurance, insurer's consent and inspection" in seen.text


def test_once_all_of_it_is_there_it_can_be_booked(village: Village) -> None:
    vehicle_id = without_papers(village)
    papers = f"{PAGE}/{vehicle_id}/papers"
    nadia = village.as_("Nadia")
    nadia.post(papers, kind="insurance", insurance_until="2027-06-30")
    nadia.post(papers, {"consent": jpeg()}, kind="consent", consent_given_on="2026-10-20")
    seen = nadia.post(papers, kind="inspection", first_registered_on="2025-05-02")
    assert "None yet, the first is due by 1 May 2029" in seen.text
    assert "waits for papers" not in seen.text
    assert (
        "Ask Nadia" in village.as_("Paul").get(f"/coops/{COOP}/bookings/new?when=tonight&vehicle_id={vehicle_id}").text
    )
    assert "waits for papers" not in village.as_("Nadia").get(f"/coops/{COOP}/").text


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        ("insurance", {"insurance_until": ""}, "Choose a day."),
        ("insurance", {"insurance_until": "in May"}, "Choose a day."),
        ("inspection", {"inspection_until": "", "first_registered_on": ""}, "Choose a day."),
        ("consent", {"consent_given_on": "2026-10-01"}, "Add its photo or its PDF."),
        ("passport", {}, "Choose one of these."),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field(
    village: Village, kind: str, fields: dict[str, str], said: str
) -> None:
    seen = file(village, "Jean", "Clio", kind, **fields)
    assert (seen.status, "Papers of the Clio" in seen.text) == (422, True)
    assert said in seen.text or kind == "passport"


def test_a_letter_without_its_day_is_kept_and_not_asked_for_again(village: Village) -> None:
    seen = file(village, "Jean", "Clio", "consent", {"consent": PDF}, consent_given_on="")
    assert seen.status == 422
    kept = seen.html.split('name="kept_consent" value="')[1].split('"')[0]
    done = file(village, "Jean", "Clio", "consent", consent_given_on="2026-10-15", kept_consent=kept)
    assert "The paper is filed." in done.text
    assert village.ask(photo, COOP, UUID(kept)) == PDF


def test_a_file_that_is_neither_photo_nor_pdf_is_refused(village: Village) -> None:
    seen = file(village, "Jean", "Clio", "consent", {"consent": NO_PICTURE}, consent_given_on="2026-10-15")
    assert (seen.status, "neither a photo nor a PDF" in seen.text) == (422, True)


def test_a_consent_of_a_day_to_come_is_refused(village: Village) -> None:
    seen = file(village, "Jean", "Clio", "consent", {"consent": PDF}, consent_given_on="2026-11-03")
    assert (seen.status, "has not come yet" in seen.text) == (409, True)
    assert on_file(village, village.vehicle("Clio"), "consent").given_on == date(2026, 10, 1)


def test_the_insurer_s_letter_is_for_those_who_look_after_the_vehicle(village: Village) -> None:
    village.give_role("Luc", Role.TREASURER)
    village.give_role("Paul", Role.STEWARD)
    file(village, "Jean", "Clio", "consent", {"consent": jpeg()}, consent_given_on="2026-10-15")
    letter = f"{PAGE}/{village.vehicle('Clio')}/consent"
    for who in ("Jean", "Claire", "Paul"):
        seen = village.as_(who).get(letter)
        assert (seen.status, seen.headers["content-type"]) == (200, "image/jpeg")
    for who in ("Nadia", "Luc", "Olga", "Sacha"):
        assert village.as_(who).get(letter).status == 403
    assert village.anyone().get(letter).status == 401


def test_a_pdf_is_handed_out_to_be_saved_never_shown(village: Village) -> None:
    seen = village.as_("Jean").get(f"{PAGE}/{village.vehicle('Clio')}/consent")
    assert seen.content == PDF
    assert seen.headers["content-type"] == "application/pdf"
    assert seen.headers["content-disposition"] == 'attachment; filename="consent.pdf"'
    assert village.as_("Jean").get(f"/coops/{COOP}/photos/{LETTER}").status == 404


def test_only_those_who_look_after_it_see_and_file_its_papers(village: Village) -> None:
    for who in ("Nadia", "Olga", "Sacha"):
        assert file(village, who, "Clio", "insurance", insurance_until="2027-01-01").status == 403
        assert village.as_(who).get(f"{PAGE}/{village.vehicle('Clio')}/papers").status == 403
    for who in ("Jean", "Claire"):
        assert file(village, who, "Clio", "insurance", insurance_until="2027-01-01").status == 200


def test_out_of_service_nothing_is_filed_any_more(village: Village) -> None:
    village.as_("Jean").post(f"{PAGE}/{village.vehicle('Clio')}/withdrawal")
    seen = village.as_("Jean").get(f"{PAGE}/{village.vehicle('Clio')}/papers")
    assert "It is out of service: nothing about it changes any more." in seen.text
    assert 'name="kind"' not in seen.html


BIKE = TWINGO | NO_PAPERS | {"kind": "cargo_bike", "plate": "", "sharing": "lent", "odometer_km": "0"}


@pytest.mark.parametrize(
    ("kind", "more", "energy"),
    [
        ("bike", {}, "none"),
        ("trailer", {}, "none"),
        ("e_bike", {}, "electric"),
        ("cargo_bike", {}, "none"),
        ("cargo_bike", {"assisted": "yes"}, "electric"),
        ("bike", {"plate": "AB-999-CD", "insurance_until": "2020-01-01"}, "none"),  # typed before it became a bike
    ],
)
def test_a_bike_is_asked_for_no_plate_paper_or_fuel(
    village: Village, kind: str, more: dict[str, str], energy: str
) -> None:
    sent = BIKE | {"kind": kind, "energy": "petrol"} | more  # as the fields that are hidden hold it
    seen = village.as_("Nadia").post(PAGE, **sent)
    assert seen.status == 200
    assert "waits for papers" not in seen.text
    assert "Technical inspection" not in seen.text
    vehicle = village.as_("Nadia").api("GET", seen.path).json()
    assert (vehicle["card"]["energy"], vehicle["plate"]) == (energy, None)


def test_a_letter_that_went_with_who_filed_it_is_offered_no_more(village: Village) -> None:
    clio = village.vehicle("Clio")
    assert on_file(village, clio, "consent").has_file
    with village.site.writing() as connection:
        connection.execute(delete(photos).where(photos.c.photo_id == LETTER))
    assert not on_file(village, clio, "consent").has_file
    assert "See the insurer's letter" not in village.as_("Jean").get(f"{PAGE}/{clio}/papers").text


def test_neither_are_they_at_both_ends_of_a_trip(village: Village) -> None:
    booking_id = village.booked("Nadia", "Biporteur")
    nadia = village.as_("Nadia")
    assert "dashboard" not in nadia.get(f"/coops/{COOP}/bookings/{booking_id}/keys").text
    village.taken("Nadia", booking_id, 0)
    seen = nadia.get(f"/coops/{COOP}/bookings/{booking_id}/return").text
    assert "dashboard" not in seen
    assert "I paid for fuel" not in seen
