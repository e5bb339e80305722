from uuid import uuid4

import pytest

from fleet.application import Fleet
from fleet.catalogue import Part
from fleet.commands import EnterService, LeaveService, ReportDamage
from fleet.damage import NoSuchPart
from fleet.damages import DamageRow, known_damages
from fleet.queries import vehicles_in_service
from kernel.database import writing
from kernel.log.history import History
from kernel.privacy import Keyring
from kernel.refused import Unknown
from people.photos import keep_photo
from tests.fleet.conftest import Reader
from tests.fleet.garage import CARGO_BIKE, CLIO, COOP, KARIM, NOON, OTHER_COOP, TODAY, asked, entered

SCRATCH = "Rayure sur la portière"


def test_a_damage_is_known_to_the_next_driver(fleet: Fleet, history: History, read: Reader, keyring: Keyring) -> None:
    vehicle_id, photo_id, trip_id = entered(fleet), uuid4(), uuid4()
    with writing(history.engine) as keeping:
        keep_photo(keeping, keyring, COOP, photo_id, b"a picture", NOON)
    report = ReportDamage(
        coop_id=COOP, vehicle_id=vehicle_id, part="left", sentence=SCRATCH, photo_id=photo_id, trip_id=trip_id
    )
    damage_id = fleet.report_damage(report, asked(by=KARIM)).stream_id
    expected = DamageRow(
        damage_id=damage_id,
        part="left",
        sentence=SCRATCH,
        photo_id=photo_id,
        trip_id=trip_id,
        reported_at=NOON,
        mended_at=None,
    )
    assert read(known_damages, keyring, COOP, vehicle_id) == (expected,)
    assert read(known_damages, keyring, OTHER_COOP, vehicle_id) == ()
    assert read(vehicles_in_service, COOP, on=TODAY)[0].known_damages == 1


def test_the_words_go_with_the_member_who_wrote_them(
    fleet: Fleet, history: History, read: Reader, keyring: Keyring
) -> None:
    vehicle_id = entered(fleet)
    report = ReportDamage(coop_id=COOP, vehicle_id=vehicle_id, part="left", sentence=SCRATCH)
    fleet.report_damage(report, asked(by=KARIM))
    with writing(history.engine) as erasing:
        keyring.forget(erasing, COOP, KARIM)
    (damage,) = read(known_damages, keyring, COOP, vehicle_id)
    assert (damage.part, damage.sentence) == ("left", None)


def test_a_damage_found_after_the_vehicle_left_is_taken(fleet: Fleet) -> None:
    vehicle_id = entered(fleet)
    fleet.leave_service(LeaveService(coop_id=COOP, vehicle_id=vehicle_id), asked())
    report = ReportDamage(coop_id=COOP, vehicle_id=vehicle_id, part="rear", sentence=SCRATCH)
    assert fleet.report_damage(report, asked()).changed


@pytest.mark.parametrize(("vehicle", "part"), [(CARGO_BIKE, "inside"), (CARGO_BIKE, "left"), (CLIO, "roof")])
def test_each_kind_has_its_drawing(fleet: Fleet, vehicle: EnterService, part: Part) -> None:
    report = ReportDamage(coop_id=COOP, vehicle_id=entered(fleet, vehicle), part=part, sentence=SCRATCH)
    assert fleet.report_damage(report, asked()).changed


def test_a_bike_has_no_roof(fleet: Fleet) -> None:
    report = ReportDamage(coop_id=COOP, vehicle_id=entered(fleet, CARGO_BIKE), part="roof", sentence=SCRATCH)
    with pytest.raises(NoSuchPart, match="Biporteur"):
        fleet.report_damage(report, asked())


def test_an_unknown_vehicle_has_no_damage(fleet: Fleet) -> None:
    with pytest.raises(Unknown):
        fleet.report_damage(ReportDamage(coop_id=COOP, vehicle_id=uuid4(), part="left", sentence=SCRATCH), asked())


def test_asked_twice_it_is_reported_once(fleet: Fleet, read: Reader, keyring: Keyring) -> None:
    vehicle_id, asking = entered(fleet), asked()
    report = ReportDamage(coop_id=COOP, vehicle_id=vehicle_id, part="left", sentence=SCRATCH)
    assert fleet.report_damage(report, asking) == fleet.report_damage(report, asking)
    assert len(read(known_damages, keyring, COOP, vehicle_id)) == 1
