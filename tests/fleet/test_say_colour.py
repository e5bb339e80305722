import pytest

from fleet.application import Fleet
from fleet.commands import LeaveService, SayColour
from fleet.queries import vehicle_page
from fleet.vehicle import OutOfService
from kernel.refused import Unknown
from tests.fleet.conftest import Reader
from tests.fleet.garage import COOP, OTHER_COOP, TODAY, asked, entered


def test_what_colour_a_vehicle_has_is_said_and_taken_back(fleet: Fleet, read: Reader) -> None:
    vehicle_id = entered(fleet)
    told = [read(vehicle_page, COOP, vehicle_id, on=TODAY).card.colour]
    for colour in (" bleu nuit ", None):
        fleet.say_colour(SayColour(coop_id=COOP, vehicle_id=vehicle_id, colour=colour), asked())
        told.append(read(vehicle_page, COOP, vehicle_id, on=TODAY).card.colour)
    assert told == [None, "bleu nuit", None]


def test_a_vehicle_out_of_service_keeps_its_colour(fleet: Fleet) -> None:
    vehicle_id = entered(fleet)
    fleet.leave_service(LeaveService(coop_id=COOP, vehicle_id=vehicle_id), asked())
    with pytest.raises(OutOfService, match="Clio is out of service"):
        fleet.say_colour(SayColour(coop_id=COOP, vehicle_id=vehicle_id, colour="rouge"), asked())


def test_another_co_op_does_not_know_the_vehicle(fleet: Fleet) -> None:
    vehicle_id = entered(fleet)
    with pytest.raises(Unknown):
        fleet.say_colour(SayColour(coop_id=OTHER_COOP, vehicle_id=vehicle_id, colour="rouge"), asked())


def test_asked_twice_it_is_said_once(fleet: Fleet) -> None:
    again = asked()
    command = SayColour(coop_id=COOP, vehicle_id=entered(fleet), colour="rouge")
    first = fleet.say_colour(command, again)
    assert fleet.say_colour(command, again) == first
    assert not fleet.say_colour(command, asked()).changed
