import pytest

from fleet.application import Fleet
from fleet.commands import LeaveService, WriteHandbook
from fleet.queries import access_code, vehicle_page
from fleet.vehicle import OutOfService
from kernel.refused import Unknown
from tests.fleet.conftest import Reader
from tests.fleet.garage import COOP, OTHER_COOP, TODAY, asked, entered


def test_the_handbook_and_the_code_are_kept_apart(fleet: Fleet, read: Reader) -> None:
    vehicle_id = entered(fleet)
    written = WriteHandbook(coop_id=COOP, vehicle_id=vehicle_id, text="Marche arrière : soulever.", access_code="4711")
    fleet.write_handbook(written, asked())
    page = read(vehicle_page, COOP, vehicle_id, on=TODAY)
    assert page.handbook == "Marche arrière : soulever."
    assert "4711" not in repr(page)
    assert read(access_code, COOP, vehicle_id) == "4711"
    assert read(access_code, OTHER_COOP, vehicle_id) is None


def test_nothing_is_written_for_a_vehicle_out_of_service(fleet: Fleet) -> None:
    vehicle_id = entered(fleet)
    fleet.leave_service(LeaveService(coop_id=COOP, vehicle_id=vehicle_id), asked())
    with pytest.raises(OutOfService):
        fleet.write_handbook(WriteHandbook(coop_id=COOP, vehicle_id=vehicle_id, text="x"), asked())


def test_what_is_not_said_stays(fleet: Fleet, read: Reader) -> None:
    vehicle_id = entered(fleet)
    fleet.write_handbook(WriteHandbook(coop_id=COOP, vehicle_id=vehicle_id, text="Choke", access_code="4711"), asked())
    fleet.write_handbook(WriteHandbook(coop_id=COOP, vehicle_id=vehicle_id, text=""), asked())
    assert read(access_code, COOP, vehicle_id) == "4711"
    fleet.write_handbook(WriteHandbook(coop_id=COOP, vehicle_id=vehicle_id, text="No choke"), asked())
    fleet.write_handbook(WriteHandbook(coop_id=COOP, vehicle_id=vehicle_id, access_code=None), asked())
    assert read(access_code, COOP, vehicle_id) is None
    assert read(vehicle_page, COOP, vehicle_id, on=TODAY).handbook == "No choke"


def test_an_unknown_vehicle_has_no_handbook(fleet: Fleet) -> None:
    with pytest.raises(Unknown):
        fleet.write_handbook(WriteHandbook(coop_id=COOP, vehicle_id=COOP, text="x"), asked())


def test_asked_twice_it_is_written_once(fleet: Fleet) -> None:
    asking = asked()
    command = WriteHandbook(coop_id=COOP, vehicle_id=entered(fleet), text="x")
    assert fleet.write_handbook(command, asking) == fleet.write_handbook(command, asking)
    assert not fleet.write_handbook(command, asked()).changed
