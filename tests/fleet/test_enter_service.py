from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

import msgspec
import pytest

from fleet import policies
from fleet.application import Fleet
from fleet.commands import EnterService, Home, LeaveService, Owner, PaperOnFile
from fleet.events import OwnerShare, Place, VehicleEnteredService
from fleet.papers.policies import InsurersConsent, LastDayNeeded, PaperTwice
from fleet.queries import vehicle_page, vehicles_in_service
from fleet.vehicle import AlreadyInService, PlateInService, Vehicle
from kernel.refused import CommandReused, Refused
from tests.fleet.conftest import Reader
from tests.fleet.garage import CARGO_BIKE, CLIO, COOP, KANGOO, KARIM, LOU, MARIE, OTHER_COOP, TODAY, asked, but, entered
from tests.kit.races import refused_at_once

INSPECTION = PaperOnFile(kind="inspection", valid_until=date(2027, 1, 1))


def test_a_lent_car_enters_service() -> None:
    (event,) = Vehicle().enter(CLIO, plate_taken=False)
    assert isinstance(event, VehicleEnteredService)
    assert (event.vehicle_name, event.plate, event.odometer_km) == ("Clio", "AB-123-CD", 84_000)
    assert event.owners == (OwnerShare(MARIE, 1),)


def test_a_van_enters_with_its_co_owners_shares() -> None:
    (event,) = Vehicle().enter(KANGOO, plate_taken=False)
    assert isinstance(event, VehicleEnteredService)
    assert event.owners == (OwnerShare(MARIE, 2), OwnerShare(KARIM, 2), OwnerShare(LOU, 1))


def test_a_cargo_bike_of_the_group_needs_neither_owner_nor_plate() -> None:
    assert len(Vehicle().enter(CARGO_BIKE, plate_taken=False)) == 1


def test_what_has_no_odometer_is_asked_for_none() -> None:
    (event,) = Vehicle().enter(but(CARGO_BIKE, odometer_km=None), plate_taken=False)
    assert isinstance(event, VehicleEnteredService)
    assert event.odometer_km == 0


def test_a_home_may_be_placed_on_the_map() -> None:
    home = Home(text="Die", latitude="44.75321", longitude="-5.3")
    (event,) = Vehicle().enter(but(CLIO, home=home), plate_taken=False)
    assert isinstance(event, VehicleEnteredService)
    assert event.home == Place("Die", Decimal("44.75321"), Decimal("-5.3"))


TWO = (Owner(member_id=MARIE), Owner(member_id=KARIM))
NINE = tuple(Owner(member_id=UUID(int=number)) for number in range(9))


@pytest.mark.parametrize(
    ("command", "changes", "refusal"),
    [
        (CLIO, {"owners": ()}, policies.OneOwnerLends),
        (CLIO, {"owners": TWO}, policies.OneOwnerLends),
        (KANGOO, {"owners": TWO[:1]}, policies.TwoToEightCoOwn),
        (KANGOO, {"owners": NINE}, policies.TwoToEightCoOwn),
        (KANGOO, {"owners": (*TWO, TWO[0])}, policies.OwnerNamedTwice),
        (CARGO_BIKE, {"owners": TWO[:1]}, policies.GroupOwnsAll),
        (CLIO, {"odometer_km": None}, policies.OdometerNeeded),
        (CLIO, {"plate": None}, policies.PlateNeeded),
        (CLIO, {"plate": "  "}, policies.PlateNeeded),
        (CLIO, {"plate": "ABCDEFG"}, policies.PlateUnreadable),
        (CARGO_BIKE, {"plate": "ÀÉ 123"}, policies.PlateUnreadable),
        (CLIO, {"energy": "none"}, policies.EnergyDoesNotFit),
        (CARGO_BIKE, {"energy": "diesel"}, policies.EnergyDoesNotFit),
        (CLIO, {"seats": 0}, policies.SeatNeeded),
        (CLIO, {"home": Home(text="Die", latitude="44.75")}, policies.PositionOffTheMap),
        (CLIO, {"home": Home(text="Die", latitude="90.00001", longitude="5")}, policies.PositionOffTheMap),
        (CLIO, {"home": Home(text="Die", latitude="44", longitude="-181")}, policies.PositionOffTheMap),
        (CLIO, {"papers": (INSPECTION, INSPECTION)}, PaperTwice),
        (CLIO, {"papers": (PaperOnFile(kind="insurance"),)}, LastDayNeeded),
        (CLIO, {"papers": (PaperOnFile(kind="registration", insurer_consents=True),)}, InsurersConsent),
    ],
)
def test_what_does_not_fit_is_refused(command: EnterService, changes: dict[str, Any], refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        Vehicle().enter(but(command, **changes), plate_taken=False)


def test_a_vehicle_enters_once() -> None:
    with pytest.raises(AlreadyInService):
        Vehicle().after(Vehicle().enter(CLIO, plate_taken=False)).enter(CLIO, plate_taken=False)


@pytest.mark.parametrize("name", ["", " ", "\u00a0", "\u3000\t", "a\0b", "x" * 121])
def test_a_name_without_words_is_not_even_a_command(name: str) -> None:
    body = msgspec.json.encode(msgspec.to_builtins(CLIO) | {"name": name})
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(body, type=EnterService)


@pytest.mark.parametrize("latitude", ["44.753211", "4e1", "NaN", "", "44,7", 44.7])
def test_a_position_is_exact_decimals(latitude: object) -> None:
    body = msgspec.json.encode({"text": "Die", "latitude": latitude, "longitude": "5"})
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(body, type=Home)


@pytest.mark.parametrize(
    ("typed", "plate"),
    [("ab123cd", "AB-123-CD"), ("AB-123-CD", "AB-123-CD"), ("1234 ab 26", "1234AB26"), ("GE 12.345", "GE12345")],
)
def test_a_plate_has_one_spelling(typed: str, plate: str) -> None:
    assert policies.normal_plate(typed) == plate


def test_what_entered_is_on_the_co_ops_list(fleet: Fleet, read: Reader) -> None:
    vehicle_id = entered(fleet, KANGOO)
    (card,) = read(vehicles_in_service, COOP, on=TODAY)
    assert (card.vehicle_id, card.name, card.odometer_km) == (vehicle_id, "Kangoo", 84_000)
    assert [share.parts for share in card.owners] == [2, 2, 1]
    assert read(vehicles_in_service, OTHER_COOP, on=TODAY) == ()


def test_a_plate_is_in_service_once_whatever_the_co_op(fleet: Fleet) -> None:
    entered(fleet, CLIO)
    for again in (CLIO, but(CLIO, coop_id=OTHER_COOP, plate="AB123CD")):
        with pytest.raises(PlateInService, match="AB-123-CD"):
            entered(fleet, again)


def test_a_plate_that_left_may_enter_again(fleet: Fleet, read: Reader) -> None:
    sold = entered(fleet, CLIO)
    fleet.leave_service(LeaveService(coop_id=COOP, vehicle_id=sold), asked())
    bought = entered(fleet, but(CLIO, coop_id=OTHER_COOP))
    assert read(vehicle_page, OTHER_COOP, bought, on=TODAY).plate == "AB-123-CD"


def test_asked_twice_it_enters_once(fleet: Fleet, read: Reader) -> None:
    asking = asked()
    assert fleet.enter_service(CLIO, asking) == fleet.enter_service(CLIO, asking)
    assert len(read(vehicles_in_service, COOP, on=TODAY)) == 1
    with pytest.raises(CommandReused):
        fleet.enter_service(but(CLIO, name="Twingo"), asking)


def test_of_two_who_enter_one_plate_at_once_one_is_told_kindly(fleet: Fleet, read: Reader) -> None:
    refusals = refused_at_once(*(partial(fleet.enter_service, CLIO, asking) for asking in (asked(), asked(by=KARIM))))
    assert sorted(type(refusal).__name__ for refusal in refusals) == ["NoneType", "PlateInService"]
    assert len(read(vehicles_in_service, COOP, on=TODAY)) == 1
