"""What fleet tests start from: a co-op, its members, and vehicles that may enter service."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec

from fleet.application import Fleet
from fleet.commands import EnterService, Home, Owner
from kernel.command import Asked

COOP, OTHER_COOP = UUID(int=0xC0), UUID(int=0xC1)
MARIE, KARIM, LOU = UUID(int=1), UUID(int=2), UUID(int=3)
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
TODAY = NOON.date()
HOME = Home(text="Place de la République, Die")

CLIO = EnterService(
    coop_id=COOP,
    name="Clio",
    kind="car",
    sharing="lent",
    owners=(Owner(member_id=MARIE),),
    plate="ab 123 cd",
    energy="petrol",
    seats=5,
    home=HOME,
    handover="in_person",
    odometer_km=84_000,
)
KANGOO = msgspec.structs.replace(
    CLIO,
    name="Kangoo",
    kind="van",
    sharing="co_owned",
    plate="EF-456-GH",
    owners=tuple(Owner(member_id=owner, parts=parts) for owner, parts in ((MARIE, 2), (KARIM, 2), (LOU, 1))),
)
CARGO_BIKE = msgspec.structs.replace(
    CLIO, name="Biporteur", kind="cargo_bike", sharing="group", owners=(), plate=None, energy="electric", odometer_km=0
)


def but(command: EnterService, **changes: Any) -> EnterService:
    return msgspec.structs.replace(command, **changes)


def asked(by: UUID = MARIE, at: datetime = NOON) -> Asked:
    return Asked(command_id=uuid4(), by=by, at=at)


def entered(fleet: Fleet, command: EnterService = CLIO) -> UUID:
    return fleet.enter_service(command, asked()).stream_id
