"""Vehicles for programs: what is known of them, and looking after them."""

from collections.abc import Callable
from typing import Any

from api.garage import ByAnOwner, ByAReferent, OwnersAreMembers, Price, bring_in, looked_after, mend
from api.web.asking import Asking
from api.web.declared import Read, Write
from api.web.sent_photos import NoSuchPhoto, photos_here
from fleet import commands as c
from fleet import policies, queries
from fleet.application import Fleet
from fleet.damage import NoSuchPart
from fleet.vehicle import OutOfService, PlateInService
from governance.rules.parameters import NotAValue, OutOfBounds
from kernel.command import Asked, Done
from kernel.refused import NotYours, Unknown


class BringIn(c.EnterService, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Bring a vehicle in, at a price of its own where one is said."""

    price: Price = Price()


def _page(asking: Asking) -> queries.VehiclePage:
    today = asking.now.astimezone(asking.zone).date()
    return queries.vehicle_page(asking.connection, asking.coop_id, asking.place("vehicle_id"), on=today)


def _vehicles(asking: Asking) -> tuple[queries.VehicleCard, ...]:
    today = asking.now.astimezone(asking.zone).date()
    return queries.vehicles_in_service(asking.connection, asking.coop_id, on=today)


def _readings(asking: Asking) -> tuple[queries.ReadingRow, ...]:
    return tuple(queries.latest_readings(asking.connection, asking.coop_id, _page(asking).card.vehicle_id))


def _damages(asking: Asking) -> tuple[queries.DamageRow, ...]:
    vehicle_id = _page(asking).card.vehicle_id
    return queries.known_damages(asking.connection, asking.site.keyring, asking.coop_id, vehicle_id)


def _bring_in(asking: Asking, command: BringIn, asked: Asked) -> Done:
    photos_here(asking, command.photo_id)
    entering = c.EnterService(**{name: getattr(command, name) for name in c.EnterService.__struct_fields__})
    return bring_in(asking, entering, command.price, asked)


def _report_damage(asking: Asking, command: c.ReportDamage, asked: Asked) -> Done:
    photos_here(asking, command.photo_id)
    return Fleet(asking.site.history).report_damage(command, asked)


def _by_who_looks_after(door: Callable[[Fleet, Any, Asked], Done]) -> Callable[[Asking, Any, Asked], Done]:
    def carry_out(asking: Asking, command: Any, asked: Asked) -> Done:
        looked_after(asking, command.vehicle_id)
        return door(Fleet(asking.site.history), command, asked)

    return carry_out


VEHICLE = "/coops/{coop_id:uuid}/vehicles/{vehicle_id:uuid}"
_HOME = {"text": "Place de la République, Die", "latitude": "44.75314", "longitude": "5.37088"}
_ENTERING = {
    "name": "Zoé",
    "kind": "car",
    "sharing": "group",
    "plate": "AB-123-CD",
    "energy": "electric",
    "seats": 5,
    "equipment": ["child_seat"],
    "home": _HOME,
    "handover": "key_box",
    "odometer_km": 48210,
    "papers": [{"kind": "insurance", "valid_until": "2027-12-31", "insurer_consents": True}],
    "price": {"per_km": "0.25"},
}

_QUESTIONS: list[Write | Read] = [
    Read(
        name="api_vehicles",
        path="/coops/{coop_id:uuid}/vehicles",
        answer=_vehicles,
        returns=tuple[queries.VehicleCard, ...],
        summary="The vehicles in service, by name",
    ),
    Read(
        name="api_vehicle",
        path=VEHICLE,
        answer=_page,
        returns=queries.VehiclePage,
        summary="A vehicle, in service or not; never the code of its key box",
    ),
    Read(
        name="api_papers",
        path=f"{VEHICLE}/papers",
        answer=lambda a: _page(a).papers,
        returns=tuple[queries.PaperRow, ...],
        summary="Its papers as they stand today, the missing ones too",
    ),
    Read(
        name="api_readings",
        path=f"{VEHICLE}/readings",
        answer=_readings,
        returns=tuple[queries.ReadingRow, ...],
        summary="The last 50 readings of its odometer, newest first; with an anomaly, one does not count",
    ),
    Read(
        name="api_damages",
        path=f"{VEHICLE}/damages",
        answer=_damages,
        returns=tuple[queries.DamageRow, ...],
        summary="Its known damages, not yet mended",
    ),
]

_COMMANDS: list[Write | Read] = [
    Write(
        name="api_enter_service",
        path="/coops/{coop_id:uuid}/vehicles",
        command=BringIn,
        carry_out=_bring_in,
        summary="Bring a vehicle in; its id is the request's key",
        refuses=(
            *(OwnersAreMembers, ByAnOwner, ByAReferent, PlateInService, NotAValue, OutOfBounds, NoSuchPhoto),
            *(policies.OneOwnerLends, policies.TwoToEightCoOwn, policies.OwnerNamedTwice, policies.GroupOwnsAll),
            *(policies.PlateNeeded, policies.PlateUnreadable, policies.EnergyDoesNotFit, policies.SeatNeeded),
            *(policies.PositionOffTheMap, policies.PaperTwice, policies.LastDayNeeded, policies.InsurersConsent),
        ),
        example=_ENTERING,
    ),
    Write(
        name="api_file_paper",
        path=f"{VEHICLE}/papers",
        command=c.FilePaper,
        carry_out=_by_who_looks_after(Fleet.file_paper),
        summary="File a paper, or the one that replaces it: owners, référents and stewards",
        refuses=(NotYours, policies.LastDayNeeded, policies.InsurersConsent, OutOfService),
        example={"paper": {"kind": "inspection", "valid_until": "2028-03-31"}},
    ),
    Write(
        name="api_move_home",
        path=f"{VEHICLE}/home",
        command=c.MoveHome,
        carry_out=_by_who_looks_after(Fleet.move_home),
        summary="Say where it lives from now on: owners, référents and stewards",
        refuses=(NotYours, policies.PositionOffTheMap, OutOfService),
        example={"home": _HOME},
    ),
    Write(
        name="api_write_handbook",
        path=f"{VEHICLE}/handbook",
        command=c.WriteHandbook,
        carry_out=_by_who_looks_after(Fleet.write_handbook),
        summary="Write its handbook and the code of its key box anew: owners, référents and stewards",
        refuses=(NotYours, OutOfService),
        example={"text": "La clé tourne à l'envers.", "access_code": "2580"},
    ),
    Write(
        name="api_leave_service",
        path=f"{VEHICLE}/withdrawal",
        command=c.LeaveService,
        carry_out=_by_who_looks_after(Fleet.leave_service),
        summary="Take it out of service: owners, référents and stewards",
        refuses=(NotYours,),
        example={},
    ),
    Write(
        name="api_report_damage",
        path=f"{VEHICLE}/damages",
        command=c.ReportDamage,
        carry_out=_report_damage,
        summary="Report a damage; its id is the request's key",
        refuses=(NoSuchPart, NoSuchPhoto),
        example={"part": "left", "sentence": "Rayure sur la portière"},
    ),
    Write(
        name="api_mend_damage",
        path="/coops/{coop_id:uuid}/damages/{damage_id:uuid}/mending",
        command=c.MendDamage,
        carry_out=mend,
        summary="Say that a damage is there no more: owners, référents and stewards of its vehicle",
        refuses=(NotYours, Unknown),
        example={},
    ),
]

DECLARED = [*_QUESTIONS, *_COMMANDS]
