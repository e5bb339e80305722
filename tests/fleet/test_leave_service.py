import pytest

from fleet.application import Fleet
from fleet.commands import LeaveService, RenameVehicle
from fleet.queries import vehicle_page, vehicles_in_service
from fleet.vehicle import OutOfService
from kernel.log.history import History
from kernel.refused import Unknown
from tests.fleet.conftest import Reader
from tests.fleet.garage import COOP, NOON, OTHER_COOP, TODAY, asked, entered
from tests.kit.races import refused_at_once


def test_a_vehicle_that_left_is_off_the_list_and_keeps_its_page(fleet: Fleet, read: Reader) -> None:
    vehicle_id = entered(fleet)
    fleet.leave_service(LeaveService(coop_id=COOP, vehicle_id=vehicle_id), asked())
    assert read(vehicles_in_service, COOP, on=TODAY) == ()
    assert read(vehicle_page, COOP, vehicle_id, on=TODAY).card.left_at == NOON


def test_another_co_ops_vehicle_cannot_be_taken_out(fleet: Fleet, read: Reader) -> None:
    vehicle_id = entered(fleet)
    with pytest.raises(Unknown):
        fleet.leave_service(LeaveService(coop_id=OTHER_COOP, vehicle_id=vehicle_id), asked())
    assert read(vehicle_page, COOP, vehicle_id, on=TODAY).card.left_at is None


def test_asked_twice_it_leaves_once(fleet: Fleet) -> None:
    asking = asked()
    command = LeaveService(coop_id=COOP, vehicle_id=entered(fleet))
    assert fleet.leave_service(command, asking) == fleet.leave_service(command, asking)
    assert not fleet.leave_service(command, asked()).changed


def test_taken_out_by_several_at_once_it_leaves_once(fleet: Fleet, history: History) -> None:
    command = LeaveService(coop_id=COOP, vehicle_id=entered(fleet))
    assert refused_at_once(*[lambda: fleet.leave_service(command, asked())] * 4) == [None] * 4
    assert len(history.log.select_events(command.vehicle_id)) == 2  # it entered, it left


def test_renamed_as_it_leaves_it_is_called_so_or_keeps_its_name(fleet: Fleet, read: Reader) -> None:
    vehicle_id = entered(fleet)
    rename = RenameVehicle(coop_id=COOP, vehicle_id=vehicle_id, name="La Rouge")
    leave = LeaveService(coop_id=COOP, vehicle_id=vehicle_id)
    late, left = refused_at_once(
        lambda: fleet.rename_vehicle(rename, asked()), lambda: fleet.leave_service(leave, asked())
    )
    assert left is None
    assert late is None or isinstance(late, OutOfService)
    assert read(vehicle_page, COOP, vehicle_id, on=TODAY).card.name == ("La Rouge" if late is None else "Clio")
