import pytest

from fleet.application import Fleet
from fleet.commands import LeaveService
from fleet.queries import vehicle_page, vehicles_in_service
from kernel.refused import Unknown
from tests.fleet.conftest import Reader
from tests.fleet.garage import COOP, NOON, OTHER_COOP, TODAY, asked, entered


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
