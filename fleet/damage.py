"""A damage: seen at one part of a vehicle, known to the next driver, repaired one day."""

from typing import Self
from uuid import UUID

import msgspec

from fleet.catalogue import PARTS
from fleet.commands import MendDamage, ReportDamage
from fleet.events import DamageMended, DamageReported
from fleet.vehicle import Vehicle
from kernel.aggregate import Aggregate
from kernel.event import Event
from kernel.privacy import Sealed
from kernel.refused import Refused


class NoSuchPart(Refused):
    """The drawing of {vehicle} has no such part: choose another."""


class Damage(Aggregate, frozen=True, kw_only=True):
    """Whether a damage is still there, and on which vehicle."""

    vehicle_id: UUID | None = None
    mended: bool = False

    def report(self, command: ReportDamage, *, vehicle: Vehicle, words: Sealed) -> tuple[Event, ...]:
        """Make the damage known, `words` being its sentence sealed for who saw it; refuses `NoSuchPart`.

        A vehicle out of service may still be found damaged: its last trip ends after it left.
        """
        if command.part not in PARTS[vehicle.kind]:
            raise NoSuchPart(vehicle=vehicle.name)
        reported = DamageReported(
            vehicle_id=command.vehicle_id,
            part=command.part,
            words=words,
            photo_id=command.photo_id,
            trip_id=command.trip_id,
        )
        return (reported,)

    def mend(self, _command: MendDamage) -> tuple[Event, ...]:
        """Say that it has been repaired; said again, nothing changes."""
        if self.mended or self.vehicle_id is None:
            return ()
        return (DamageMended(vehicle_id=self.vehicle_id),)

    def evolve(self, event: Event) -> Self:
        """Return the damage after `event`."""
        match event:
            case DamageReported(vehicle_id=vehicle_id):
                return msgspec.structs.replace(self, vehicle_id=vehicle_id)
            case DamageMended():
                return msgspec.structs.replace(self, mended=True)
            case _:
                return self
