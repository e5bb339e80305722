import pytest

from fleet.application import Fleet
from fleet.commands import LeaveService, RenameVehicle
from fleet.queries import vehicle_page
from fleet.vehicle import OutOfService
from kernel.refused import Unknown
from tests.fleet.conftest import Reader
from tests.fleet.garage import COOP, OTHER_COOP, TODAY, asked, entered


def test_a_vehicle_is_called_something_else(fleet: Fleet, read: Reader) -> None:
    vehicle_id = entered(fleet)
    fleet.rename_vehicle(RenameVehicle(coop_id=COOP, vehicle_id=vehicle_id, name=" La Rouge "), asked())
    assert read(vehicle_page, COOP, vehicle_id, on=TODAY).card.name == "La Rouge"


def test_a_vehicle_out_of_service_keeps_its_name(fleet: Fleet) -> None:
    vehicle_id = entered(fleet)
    fleet.leave_service(LeaveService(coop_id=COOP, vehicle_id=vehicle_id), asked())
    with pytest.raises(OutOfService, match="Clio is out of service"):
        fleet.rename_vehicle(RenameVehicle(coop_id=COOP, vehicle_id=vehicle_id, name="La Rouge"), asked())


def test_a_refusal_names_the_vehicle_as_it_is_called_now(fleet: Fleet) -> None:
    vehicle_id = entered(fleet)
    command = RenameVehicle(coop_id=COOP, vehicle_id=vehicle_id, name="La Rouge")
    fleet.rename_vehicle(command, asked())
    fleet.leave_service(LeaveService(coop_id=COOP, vehicle_id=vehicle_id), asked())
    with pytest.raises(OutOfService, match="La Rouge is out of service"):
        fleet.rename_vehicle(command, asked())


def test_another_co_op_does_not_know_the_vehicle(fleet: Fleet) -> None:
    vehicle_id = entered(fleet)
    with pytest.raises(Unknown):
        fleet.rename_vehicle(RenameVehicle(coop_id=OTHER_COOP, vehicle_id=vehicle_id, name="La Rouge"), asked())


def test_asked_twice_it_is_renamed_once(fleet: Fleet) -> None:
    again = asked()
    command = RenameVehicle(coop_id=COOP, vehicle_id=entered(fleet), name="La Rouge")
    first = fleet.rename_vehicle(command, again)
    assert fleet.rename_vehicle(command, again) == first
    assert not fleet.rename_vehicle(command, asked()).changed
