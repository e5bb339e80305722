import pytest

from fleet.application import Fleet
from fleet.commands import Home, LeaveService, MoveHome
from fleet.events import Place
from fleet.policies import PositionOffTheMap
from fleet.queries import vehicle_page
from fleet.vehicle import OutOfService
from kernel.refused import Unknown
from tests.fleet.conftest import Reader
from tests.fleet.garage import COOP, HOME, OTHER_COOP, TODAY, asked, entered

STATION = Home(text="Gare de Die", latitude="44.75000", longitude="5.36861")


def test_a_vehicle_lives_somewhere_else(fleet: Fleet, read: Reader) -> None:
    vehicle_id = entered(fleet)
    fleet.move_home(MoveHome(coop_id=COOP, vehicle_id=vehicle_id, home=STATION), asked())
    home = read(vehicle_page, COOP, vehicle_id, on=TODAY).card.home
    assert (home.text, str(home.latitude), str(home.longitude)) == ("Gare de Die", "44.75000", "5.36861")


def test_half_a_position_is_refused(fleet: Fleet, read: Reader) -> None:
    vehicle_id = entered(fleet)
    with pytest.raises(PositionOffTheMap):
        fleet.move_home(MoveHome(coop_id=COOP, vehicle_id=vehicle_id, home=Home(text="x", latitude="1")), asked())
    assert read(vehicle_page, COOP, vehicle_id, on=TODAY).card.home == Place(HOME.text)


def test_a_vehicle_out_of_service_moves_no_more(fleet: Fleet) -> None:
    vehicle_id = entered(fleet)
    fleet.leave_service(LeaveService(coop_id=COOP, vehicle_id=vehicle_id), asked())
    with pytest.raises(OutOfService, match="Clio is out of service"):
        fleet.move_home(MoveHome(coop_id=COOP, vehicle_id=vehicle_id, home=STATION), asked())


def test_another_co_op_does_not_know_the_vehicle(fleet: Fleet) -> None:
    vehicle_id = entered(fleet)
    with pytest.raises(Unknown):
        fleet.move_home(MoveHome(coop_id=OTHER_COOP, vehicle_id=vehicle_id, home=STATION), asked())


def test_asked_twice_it_moves_once(fleet: Fleet) -> None:
    asking = asked()
    command = MoveHome(coop_id=COOP, vehicle_id=entered(fleet), home=STATION)
    first = fleet.move_home(command, asking)
    assert fleet.move_home(command, asking) == first
    assert not fleet.move_home(command, asked()).changed
