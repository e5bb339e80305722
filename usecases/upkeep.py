"""Looking after a vehicle: who may, of itself or of a damage seen on it."""

from uuid import UUID

from fleet import damages, queries
from governance.roles import Role
from kernel.refused import Unknown
from usecases.actor import Actor


def looks_after_vehicle(actor: Actor, vehicle_id: UUID) -> bool:
    """Owns some of the vehicle, or is a référent or a vehicle steward."""
    known = queries.vehicle_look(actor.connection, actor.coop_id, vehicle_id)
    if actor.holds(Role.REFERENT, Role.STEWARD):
        return True
    owners = queries.owner_shares(actor.connection, actor.coop_id, known.vehicle_id)
    return any(owner.member_id == actor.me for owner in owners)


def looks_after_damaged(actor: Actor, damage_id: UUID) -> bool:
    """Looks after the vehicle the damage was seen on."""
    return looks_after_vehicle(actor, damaged_vehicle(actor, damage_id))


def damaged_vehicle(actor: Actor, damage_id: UUID) -> UUID:
    """Return the vehicle a damage was seen on; refuses `Unknown`."""
    vehicle_id = damages.damaged_vehicle(actor.connection, actor.coop_id, damage_id)
    if vehicle_id is None:
        raise Unknown
    return vehicle_id
