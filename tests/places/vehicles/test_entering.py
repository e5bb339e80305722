"""A vehicle enters service, by a form and by a program."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from fleet.catalogue import NEEDED
from fleet.queries import access_code, vehicle_page, vehicles_in_service
from governance.rules.queries import rules_in_force
from ledger.pricing.queries import tariffs
from tests.kit.browser import Seen
from tests.kit.pictures import NO_PICTURE, PDF, jpeg
from tests.kit.village import COOP, ELSEWHERE, NOW, Village

PAGE = f"/coops/{COOP}/vehicles"


TWINGO: dict[str, Any] = {
    "name": "Twingo",
    "kind": "car",
    "sharing": "lent",
    "plate": "ef 456 gh",
    "energy": "petrol",
    "seats": 4,
    "equipment": ["pets", "child_seat"],
    "place": "Rue du Viaduc, Die",
    "latitude": "44.7521",
    "longitude": "5.3689",
    "handover": "key_box",
    "access_code": "2580",
    "odometer_km": "120 000",
    "insurance_until": "2027-12-31",
    "inspection_until": "2027-06-30",
    "consent_given_on": "2026-10-01",
    "files": {"consent": PDF},
    "per_km": "0,22",
    "per_hour": "0,00",
}


def add(village: Village, who: str, **change: Any) -> Seen:
    """Send the form of a Twingo whose papers are in order, some of it changed."""
    sent = TWINGO | change
    return village.as_(who).post(PAGE, **sent)


def the_new_one(village: Village, seen: Seen) -> Any:
    return village.ask(vehicle_page, COOP, UUID(seen.path.rsplit("/", 1)[1]), on=NOW.date())


def in_service(village: Village) -> int:
    return len(village.ask(vehicles_in_service, COOP, on=NOW.date()))


def test_the_odometer_starts_empty_and_is_asked_of_what_has_a_motor(village: Village) -> None:
    form = village.as_("Nadia").get(f"{PAGE}/new").html
    assert 'name="odometer_km" type="text" value=""' in form
    assert '<label for="odometer_km">Odometer</label>' in form  # not said to be optional, for a car needs it
    seen = add(village, "Nadia", odometer_km="")
    assert (seen.status, "write what it shows" in seen.text, 'href="#odometer_km"' in seen.html) == (422, True, True)
    bike = {"kind": "bike", "energy": "none", "plate": "", "insurance_until": "", "inspection_until": ""}
    added = add(village, "Nadia", odometer_km="", insurer_consents="", **bike)
    assert the_new_one(village, added).card.odometer_km == 0


def test_the_form_starts_with_the_price_in_force(village: Village) -> None:
    seen = village.as_("Nadia").get(f"{PAGE}/new")
    assert 'name="per_km" type="text" value="0.30"' in seen.html
    assert "The co-op owns it" not in seen.text
    assert "The co-op owns it" in village.as_("Claire").get(f"{PAGE}/new").text
    village.as_("Paul").cookies["lang"] = "fr"
    assert 'value="0,30"' in village.as_("Paul").get(f"{PAGE}/new").html


def test_a_member_lends_her_car_and_neighbours_can_book_it(village: Village) -> None:
    seen = add(village, "Nadia", files={"photo": jpeg(), "consent": PDF})
    assert seen.status == 200
    assert "The vehicle is added." in seen.text
    assert "Lent by Nadia" in seen.text
    page = the_new_one(village, seen)
    assert (page.plate, page.card.odometer_km, page.card.equipment) == ("EF-456-GH", 120_000, ("pets", "child_seat"))
    assert {row.kind: row.state for row in page.papers if row.needed} == dict.fromkeys(NEEDED, "in_order")
    assert village.ask(access_code, COOP, page.card.vehicle_id) == "2580"
    assert page.card.photo_id is not None
    asked = village.as_("Paul").get(f"/coops/{COOP}/bookings/new?when=tonight&vehicle_id={page.card.vehicle_id}")
    assert "Ask Nadia" in asked.text


def test_its_price_is_a_rule_only_where_it_differs(village: Village) -> None:
    vehicle_id = the_new_one(village, add(village, "Nadia")).card.vehicle_id
    own = village.ask(rules_in_force, COOP, NOW, vehicle_id)
    assert (own["price_per_km"].value, own["price_per_km"].vehicle_id) == ("0.22", vehicle_id)
    assert own["price_per_hour"].vehicle_id is None
    assert str(village.ask(tariffs, COOP, NOW)[vehicle_id].rate.per_km) == "0.22"


def test_at_the_co_op_s_price_it_follows_the_co_op_s_votes(village: Village) -> None:
    vehicle_id = the_new_one(village, add(village, "Nadia", per_km="0.3", per_hour="")).card.vehicle_id
    assert village.ask(rules_in_force, COOP, NOW, vehicle_id)["price_per_km"].vehicle_id is None


def test_several_own_it_by_whole_shares(village: Village) -> None:
    parts = {f"parts_{village.member(name)}": share for name, share in (("Nadia", "3"), ("Jean", "1"), ("Luc", ""))}
    seen = add(village, "Nadia", sharing="co_owned", **parts)
    assert "Owned together by Nadia (3/4) and Jean (1/4)" in seen.text


def test_a_referent_brings_in_the_co_op_s_and_a_neighbour_s(village: Village) -> None:
    assert "Owned by the co-op" in add(village, "Claire", sharing="group").text
    lent = add(village, "Claire", lender=village.member("Nadia"), plate="IJ-789-KL")
    assert "Lent by Nadia" in lent.text


@pytest.mark.parametrize(
    ("who", "change", "status", "said"),
    [
        ("Nadia", {"sharing": "group"}, 403, "A référent brings in a vehicle that belongs to the co-op."),
        ("Nadia", {"lender": "Jean"}, 409, "One of its owners brings a vehicle in, or a référent for them."),
        ("Claire", {"lender": "Olga"}, 409, "Each owner is a member of the co-op today"),
        ("Nadia", {"sharing": "co_owned"}, 409, "two to eight co-owners"),
        ("Nadia", {"plate": "AB-124-CD"}, 409, "A vehicle with the plate AB-124-CD is in service already."),
        ("Nadia", {"plate": ""}, 409, "Cars, vans and minibuses have a plate"),
        ("Nadia", {"energy": "none"}, 409, "No vehicle of this kind runs on that energy"),
        ("Nadia", {"per_km": "3"}, 409, "This rule goes from 0.10 to 0.70"),
        ("Nadia", {"per_km": "cheap"}, 409, "is not a value this rule can take"),
        ("Nadia", {"name": " "}, 422, "Fill this in."),
        ("Nadia", {"name": "Twin\tgo"}, 422, "A name is one line"),
        ("Nadia", {"kind": "boat"}, 422, "Choose one of these."),
        ("Nadia", {"equipment": ["pets", "jacuzzi"]}, 422, "Choose one of these."),
        ("Nadia", {"seats": "four"}, 422, "Type a whole number."),
        ("Nadia", {"odometer_km": "9" * 300}, 422, "too small or too large"),
        ("Nadia", {"latitude": "44.7", "longitude": ""}, 422, "Write both numbers"),
        ("Nadia", {"latitude": "NaN"}, 422, "This is not a position."),
        ("Nadia", {"insurance_until": "soon"}, 422, "Choose a day."),
        ("Nadia", {"insurance_until": "10000-01-01"}, 422, "Choose a day."),
        ("Nadia", {"insurance_until": "2026-11-01"}, 409, "If this is really its last day, say so."),
        ("Nadia", {"inspection_until": "", "first_registered_on": "2012-11-01"}, 409, "31 October 2016 is over"),
        ("Nadia", {"inspection_until": "2029-01-01"}, 409, "further away than such a paper lasts"),
        ("Nadia", {"consent_given_on": "2027-01-01"}, 409, "has not come yet"),
        ("Nadia", {"consent_given_on": ""}, 422, "Fill this in."),
        ("Nadia", {"files": {"consent": NO_PICTURE}}, 422, "neither a photo nor a PDF"),
    ],
)
def test_what_cannot_enter_service_is_refused_and_nothing_kept(
    village: Village, who: str, change: dict[str, Any], status: int, said: str
) -> None:
    if name := change.get("lender"):
        change = {"lender": village.member(name, ELSEWHERE if name == "Olga" else COOP)}
    seen = add(village, who, **change)
    assert (seen.status, said in seen.text) == (status, True)
    assert in_service(village) == 4


def test_what_was_typed_is_kept_when_refused(village: Village) -> None:
    parts = f"parts_{village.member('Luc')}"
    seen = add(village, "Nadia", plate="", files={"photo": jpeg(), "consent": PDF}, **{parts: "7"})
    for kept in ('value="Twingo"', 'value="Rue du Viaduc, Die"', 'value="0,22"', 'value="2027-12-31"'):
        assert kept in seen.html
    assert 'value="pets" checked' in seen.html
    assert 'value="child_seat" checked' in seen.html
    assert f'name="{parts}" value="7"' in seen.html
    assert "Your photo is kept" in seen.text
    assert add(village, "Nadia", files={"photo": NO_PICTURE, "consent": PDF}).status == 422


def test_sent_three_times_it_enters_once(village: Village) -> None:
    command_id = uuid4()
    for _ in range(3):
        assert add(village, "Nadia", command_id=command_id, files={"photo": jpeg(), "consent": PDF}).status == 200
        village.pass_time(minutes=1)
    assert in_service(village) == 5


def test_ten_times_the_parts_of_another_are_read_back(village: Village) -> None:
    parts = {f"parts_{village.member('Nadia')}": 1, f"parts_{village.member('Paul')}": 10}
    seen = add(village, "Nadia", sharing="co_owned", **parts)
    assert seen.status == 409
    assert "10 parts, where another has 1?" in seen.text
    assert f'href="#parts_{village.member("Paul")}"' in seen.html
    assert 'form="read-back" name="confirmed" value="10"' in seen.html
    added = add(village, "Nadia", sharing="co_owned", confirmed=10, **parts)
    assert {owner.parts for owner in the_new_one(village, added).card.owners} == {1, 10}
