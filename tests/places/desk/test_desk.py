"""The desk: trips and vehicles as tables, the book of each vehicle, and the whole chronicle of the co-op."""

import re
from datetime import timedelta

import pytest

from api.places.desk import chronicle as chronicle_page
from fleet.application import Fleet
from fleet.commands import MendDamage, ReportDamage
from governance.roles import Role
from kernel.money import Money
from tests.kit.crowd import crowd
from tests.kit.money import HERE, lent, read, spent
from tests.kit.village import COOP, Village

NEXT = re.compile(r'href="([^"]*after=[^"]+)"')


def two_trips(village: Village) -> None:
    """Nadia drives 100 km with the Clio in November, Paul 10 km with the Kangoo in December."""
    lent(village, "Nadia", paid=Money(6000))
    village.pass_time(days=31)
    village.drove("Paul", "Kangoo", 10)


def book(village: Village, name: str, chapter: str) -> str:
    return f"{HERE}/vehicles/{village.vehicle(name)}/{chapter}"


def test_whoever_holds_a_role_sees_all_trips_with_what_they_come_to(village: Village) -> None:
    two_trips(village)
    village.give_role("Amina", Role.STEWARD)
    seen = read(village.as_("Amina").get(f"{HERE}/trips"))
    assert re.search(r"Paul, Kangoo, 10 km Paul Kangoo \S+ .m – \S+ .m 10 km €3.50", seen)
    assert "2 trips · 110 km 110 km €33.50" in seen
    assert "Everyone" not in village.as_("Jean").get(f"{HERE}/trips").text


def test_trips_are_narrowed_to_a_month_and_a_vehicle_and_sorted_by_distance(village: Village) -> None:
    two_trips(village)
    claire = village.as_("Claire")
    assert "1 trip · 100 km 100 km €30.00" in read(claire.get(f"{HERE}/trips?month=2026-11"))
    assert "1 trip · 10 km 10 km €3.50" in read(claire.get(f"{HERE}/trips?vehicle_id={village.vehicle('Kangoo')}"))
    rising = claire.get(f"{HERE}/trips?sort=km").text
    assert rising.index("Paul") < rising.index("Nadia")
    falling = claire.get(f"{HERE}/trips?sort=-km").text
    assert falling.index("Nadia") < falling.index("Paul")
    assert "No trip like these." in claire.get(f"{HERE}/trips?month=2026-10").text


def test_a_member_without_a_role_sees_her_own_trips_alone(village: Village) -> None:
    two_trips(village)
    nadia = village.as_("Nadia")
    assert "1 trip · 100 km 100 km €30.00" in read(nadia.get(f"{HERE}/trips"))
    assert nadia.get(f"{HERE}/trips?driver_id={village.member('Paul')}").status == 403
    assert village.as_("Olga").get(f"{HERE}/trips").status == 403
    mine = village.as_("Claire").get(f"{HERE}/trips?driver_id={village.member('Claire')}")
    assert "My trips, one by one" in mine.text


def test_a_trip_whose_charge_was_undone_has_no_price_left(village: Village) -> None:
    entry_id = lent(village, "Nadia")
    claire = village.as_("Claire")
    claire.post(f"{HERE}/entries/{entry_id}/reversal", reason="Misread")
    assert "1 trip · 100 km 100 km €0.00" in read(claire.get(f"{HERE}/trips"))


def test_the_book_of_a_vehicle_opens_from_our_place_onto_its_trips(village: Village) -> None:
    two_trips(village)
    jean = village.as_("Jean")
    assert book(village, "Clio", "trips") in jean.get(f"{HERE}/community").html
    seen = read(jean.get(book(village, "Clio", "trips")))
    assert "Nadia" in seen
    assert "1 trip · 100 km 100 km €30.00" in seen
    assert "Paul" not in seen
    for chapter in ("trips", "readings", "costs", "damages"):
        assert village.as_("Olga").get(book(village, "Clio", chapter)).status == 403


def test_the_book_of_readings_says_who_read_what_and_what_does_not_count(village: Village) -> None:
    two_trips(village)
    seen = read(village.as_("Jean").get(book(village, "Clio", "readings")))
    assert re.search(r"Nadia Nadia 10,100 km .*Nadia Nadia 10,000 km .*Jean Jean 10,000 km", seen)


def test_the_book_of_costs_adds_up_expenses_and_energy(village: Village) -> None:
    two_trips(village)
    spent(village, "Amina", 30_000, "Amina", "Paul", vehicle_id=village.vehicle("Clio"), kind="repair")
    seen = village.as_("Jean").get(book(village, "Clio", "costs"))
    assert "2 lines in all €360.00" in read(seen)
    assert "Trip by" not in seen.text


def test_the_book_of_damages_keeps_those_that_were_mended(village: Village) -> None:
    fleet = Fleet(village.site.history)
    report = ReportDamage(coop_id=COOP, vehicle_id=village.vehicle("Clio"), part="rear", sentence="A scratch")
    damage_id = fleet.report_damage(report, village.asked("Paul")).stream_id
    jean, path = village.as_("Jean"), book(village, "Clio", "damages")
    assert "Rear, A scratch 2 Nov 2026 2 Nov 2026 not yet" in read(jean.get(path))
    village.clock.now += timedelta(days=2)
    fleet.mend_damage(MendDamage(coop_id=COOP, damage_id=damage_id), village.asked("Jean"))
    assert "2 Nov 2026, mended on 4 Nov 2026 2 Nov 2026 4 Nov 2026" in read(jean.get(path))


def test_the_vehicles_stand_side_by_side_with_plate_papers_and_use(village: Village) -> None:
    lent(village, "Nadia")
    village.booked("Paul", "Kangoo", village.now + timedelta(days=1))
    jean = village.as_("Jean")
    seen = read(jean.get(f"{HERE}/fleet"))
    assert re.search(r"Clio Place de la République, Die AB-124-CD .* 31 Oct 2028 1 100 km 10,100 km", seen)
    assert re.search(r"Kangoo Place de la République, Die AB-126-CD .* 31 Oct 2028 tomorrow \S+ am 0 0 km", seen)
    by_km = jean.get(f"{HERE}/fleet?sort=-km").text
    assert by_km.index("Clio") < by_km.index("Kangoo") < by_km.index("Biporteur")
    by_papers = jean.get(f"{HERE}/fleet?sort=papers").text
    assert by_papers.index("Kangoo") < by_papers.index("Biporteur")
    assert "Kangoo" not in jean.get(f"{HERE}/fleet?q=ab-124").text
    assert "No vehicle is called so." in jean.get(f"{HERE}/fleet?q=zz").text
    assert village.as_("Olga").get(f"{HERE}/fleet").status == 403


def test_many_vehicles_are_shown_a_slice_at_a_time_in_any_order(village: Village) -> None:
    crowd(village, vehicles=60)
    for sort in ("name", "-km", "papers"):
        jean, following, found = village.as_("Jean"), [f"{HERE}/fleet?sort={sort}"], list[str]()
        while following:
            seen = jean.get(following[0].replace("&amp;", "&"))
            found += re.findall(r"/vehicles/([0-9a-f-]{36})\">", seen.html)
            following = NEXT.findall(seen.html)
        assert len(found) == len(set(found)) == 64


def test_the_whole_chronicle_goes_back_to_the_start(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chronicle_page, "ROWS", 3)
    jean, told, following = village.as_("Jean"), list[str](), [f"{HERE}/chronicle"]
    assert f"{HERE}/chronicle" in jean.get(f"{HERE}/community").html
    while following:
        seen = jean.get(following[0].replace("&amp;", "&"))
        told += re.findall(r"<li>([^<]+)<br>", seen.html)
        following = NEXT.findall(seen.html)
    assert told[-1] == "Les Voisins du Diois was started."
    assert len(told) == len(set(told)) > 9
    assert jean.get(f"{HERE}/chronicle?after=nowhere").status == 400
    assert village.as_("Olga").get(f"{HERE}/chronicle").status == 403
