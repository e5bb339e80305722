"""What a vehicle must be to enter service: one function per rule, each refusing with its own sentence.

These are not rules that a co-op votes on: they are what the words mean (a lent vehicle has one owner) and what
the road asks (a plate), the same everywhere.
"""

import re
from collections.abc import Callable
from decimal import Decimal

from fleet.catalogue import ENERGIES, MOTOR_VEHICLES
from fleet.commands import EnterService, Home
from fleet.events import Place
from fleet.papers.policies import papers_fit
from kernel.refused import Refused

_FEWEST_CO_OWNERS, _MOST_CO_OWNERS = 2, 8
_PLATE = re.compile(r"(?=.*[0-9])[A-Z0-9]{3,12}")
_FRENCH_PLATE = re.compile(r"([A-Z]{2})([0-9]{3})([A-Z]{2})")
_FARTHEST_NORTH, _FARTHEST_EAST = 90, 180


class OneOwnerLends(Refused):
    """A lent vehicle has exactly one owner: name them, or say that it is co-owned."""


class TwoToEightCoOwn(Refused):
    """A co-owned vehicle has two to eight co-owners."""


class OwnerNamedTwice(Refused):
    """Each co-owner is named once, with all their parts together."""


class GroupOwnsAll(Refused):
    """A vehicle of the group belongs to no member in particular: name no owner, or choose another way of sharing."""


class PlateNeeded(Refused):
    """Cars, vans and minibuses have a plate: write it as on the registration."""


class PlateUnreadable(Refused):
    """{plate} is not a plate: write its letters and digits as on the registration, for instance AB-123-CD."""


class EnergyDoesNotFit(Refused):
    """No vehicle of this kind runs on that energy: choose another energy or another kind."""


class SeatNeeded(Refused):
    """A car, a van or a minibus has at least the driver's seat."""


class OdometerNeeded(Refused):
    """A car, a van or a minibus has an odometer: write what it shows."""


class PositionOffTheMap(Refused):
    """A position has a latitude from -90 to 90 and a longitude from -180 to 180: write both, or neither."""


def owners_fit_sharing(command: EnterService) -> None:
    """One owner lends, two to eight co-own, nobody in particular owns what is the group's."""
    owners = {owner.member_id for owner in command.owners}
    if len(owners) < len(command.owners):
        raise OwnerNamedTwice
    if command.sharing == "lent" and len(owners) != 1:
        raise OneOwnerLends
    if command.sharing == "co_owned" and not _FEWEST_CO_OWNERS <= len(owners) <= _MOST_CO_OWNERS:
        raise TwoToEightCoOwn
    if command.sharing == "group" and owners:
        raise GroupOwnsAll


def plate_where_the_road_asks(command: EnterService) -> None:
    """Motor vehicles have a plate; cycles and trailers may."""
    if normal_plate(command.plate) is None and command.kind in MOTOR_VEHICLES:
        raise PlateNeeded


def energy_fits_kind(command: EnterService) -> None:
    """A bike burns no petrol, and a car runs on something."""
    if command.energy not in ENERGIES[command.kind]:
        raise EnergyDoesNotFit


def somewhere_to_sit(command: EnterService) -> None:
    """Someone drives what has a motor."""
    if command.kind in MOTOR_VEHICLES and not command.seats:
        raise SeatNeeded


def odometer_where_there_is_one(command: EnterService) -> None:
    """What a motor vehicle's odometer shows opens its chain of readings: nobody guesses it."""
    if command.odometer_km is None and command.kind in MOTOR_VEHICLES:
        raise OdometerNeeded


ENTERING_SERVICE: tuple[Callable[[EnterService], None], ...] = (
    owners_fit_sharing,
    plate_where_the_road_asks,
    energy_fits_kind,
    somewhere_to_sit,
    odometer_where_there_is_one,
    papers_fit,
)


def normal_plate(text: str | None) -> str | None:
    """Return a plate in its one spelling (`ab 123 cd` is `AB-123-CD`), `None` for none; refuses `PlateUnreadable`."""
    if text is None or not text.strip():
        return None
    compact = re.sub(r"[\s.\-]", "", text.upper())
    if not _PLATE.fullmatch(compact):
        raise PlateUnreadable(plate=text)
    french = _FRENCH_PLATE.fullmatch(compact)
    return "-".join(french.groups()) if french else compact


def placed(home: Home) -> Place:
    """Return the place a home names; refuses `PositionOffTheMap`."""
    if home.latitude is None and home.longitude is None:
        return Place(home.text)
    if home.latitude is None or home.longitude is None:
        raise PositionOffTheMap
    latitude, longitude = Decimal(home.latitude), Decimal(home.longitude)
    if abs(latitude) > _FARTHEST_NORTH or abs(longitude) > _FARTHEST_EAST:
        raise PositionOffTheMap
    return Place(home.text, latitude, longitude)
