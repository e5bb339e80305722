"""Programs at the desk: trips, the book of a vehicle, the fleet and the chronicle, each with the right of its page."""

from fleet.application import Fleet
from fleet.commands import MendDamage, ReportDamage
from kernel.money import Money
from tests.kit.money import HERE, lent
from tests.kit.slices import walked
from tests.kit.village import COOP, Village


def test_trips_are_read_sorted_with_their_prices(village: Village) -> None:
    lent(village, "Nadia", paid=Money(6000))
    village.drove("Paul", "Kangoo", 10)
    village.drove("Paul", "Kangoo", 200)
    claire, nadia = village.as_("Claire"), village.as_("Nadia")
    by_km = walked(claire, f"{HERE}/trips?sort=-km")
    assert [(trip["km"], trip["cents"]) for trip in by_km] == [(200, 7000), (100, 3000), (10, 350)]
    assert [trip["km"] for trip in walked(claire, f"{HERE}/trips")] == [200, 10, 100]
    assert [trip["km"] for trip in claire.api("GET", f"{HERE}/trips?until=2026-11-01").json()["items"]] == []
    assert [trip["km"] for trip in nadia.api("GET", f"{HERE}/trips").json()["items"]] == [100]
    assert nadia.api("GET", f"{HERE}/trips?driver_id={village.member('Paul')}").code == "not-yours"
    of_kangoo = nadia.api("GET", f"{HERE}/vehicles/{village.vehicle('Kangoo')}/trips?sort=km").json()["items"]
    assert [(trip["km"], trip["driver_id"]) for trip in of_kangoo] == [
        (10, str(village.member("Paul"))),
        (200, str(village.member("Paul"))),
    ]


def test_the_costs_and_damages_of_a_vehicle_are_read(village: Village) -> None:
    lent(village, "Nadia", paid=Money(6000))
    clio, jean = f"{HERE}/vehicles/{village.vehicle('Clio')}", village.as_("Jean")
    assert [(cost["kind"], cost["cents"]) for cost in walked(jean, f"{clio}/costs")] == [("fuel", 6000)]
    fleet = Fleet(village.site.history)
    report = ReportDamage(coop_id=COOP, vehicle_id=village.vehicle("Clio"), part="rear", sentence="A scratch")
    damage_id = fleet.report_damage(report, village.asked("Paul")).stream_id
    fleet.mend_damage(MendDamage(coop_id=COOP, damage_id=damage_id), village.asked("Jean"))
    assert jean.api("GET", f"{clio}/damages").json()["items"] == []
    (kept,) = jean.api("GET", f"{clio}/damages?which=all").json()["items"]
    assert (kept["damage_id"], kept["mended_at"] is not None) == (str(damage_id), True)


def test_the_fleet_is_read_by_name_papers_and_odometer(village: Village) -> None:
    lent(village, "Nadia")
    jean = village.as_("Jean")
    assert [row["name"] for row in walked(jean, f"{HERE}/fleet")] == ["Biporteur", "Clio", "Kangoo", "Zoé"]
    assert walked(jean, f"{HERE}/fleet?sort=papers")[-1]["papers_until"] is None
    (clio, *_, last) = walked(jean, f"{HERE}/fleet?sort=-km")
    assert (clio["name"], clio["odometer_km"], clio["trips"], clio["km"]) == ("Clio", 10_100, 1, 100)
    assert last["name"] == "Biporteur"


def test_the_chronicle_is_read_slice_by_slice_by_names_of_events(village: Village) -> None:
    found = walked(village.as_("Jean"), f"{HERE}/chronicle")
    assert found[-1]["event"] == "governance.CoopStarted"
    assert {"governance.MemberJoined", "fleet.VehicleEnteredService"} <= {row["event"] for row in found}
    assert [row["position"] for row in found] == sorted((row["position"] for row in found), reverse=True)


def test_members_are_read_by_when_they_joined(village: Village) -> None:
    village.pass_time(days=1)
    village.join("Aaron")
    jean = village.as_("Jean")
    joined = [row["joined_at"] for row in walked(jean, f"{HERE}/members?sort=-since")]
    assert joined == sorted(joined, reverse=True)
    assert walked(jean, f"{HERE}/members?sort=since")[-1]["name"] == "Aaron"


def test_none_of_it_is_for_others(village: Village) -> None:
    for path in ("trips", "fleet", "chronicle", f"vehicles/{village.vehicle('Clio')}/trips"):
        assert village.as_("Olga").api("GET", f"{HERE}/{path}").status == 403
        assert village.anyone().api("GET", f"{HERE}/{path}").status == 401
