"""Looking after a vehicle: who may, of itself or of a damage seen on it; filing a paper, making a damage known."""

from uuid import UUID

from booking.events import TripStarted
from fleet import damages, queries
from fleet.application import Fleet
from fleet.commands import FilePaper, ReportDamage
from fleet.papers.policies import check_days
from fleet.papers.queries import paper_file
from governance.roles import Role
from kernel.command import Asked, Done
from kernel.log.story import story
from kernel.refused import Refused, Unknown
from people.photos import check_papers, check_photos, photo
from usecases.actor import Actor


class NotItsTrip(Refused):
    """This trip was not made with this vehicle."""


def looks_after_vehicle(actor: Actor, vehicle_id: UUID) -> bool:
    """Owns some of the vehicle, or is a référent or a vehicle steward."""
    known = queries.vehicle_look(actor.connection, actor.coop_id, vehicle_id)
    return actor.holds(Role.REFERENT, Role.STEWARD) or owns_some_of(actor, known.vehicle_id)


def owns_some_of(actor: Actor, vehicle_id: UUID) -> bool:
    """Tell whether the reader has a share of a vehicle."""
    owners = queries.owner_shares(actor.connection, actor.coop_id, vehicle_id)
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


def file_paper(actor: Actor, command: FilePaper, asked: Asked) -> Done:
    """File a paper, whose photo or PDF is of this co-op and shown nowhere else.

    Refuses with `NoSuchPhoto`, an odd last day that was not confirmed, and as the fleet refuses.
    """

    def work(within: Actor) -> Done:
        check_days((command.paper,), within.today)
        check_papers(within.connection, command.coop_id, command.paper.photo_id)
        return Fleet(within.history).file_paper(command, asked)

    return actor.once(command, asked, work)


def consent_on_file(actor: Actor, vehicle_id: UUID) -> bytes:
    """Return the photo (a JPEG) or the PDF of the insurer's consent; refuses with `Unknown` where there is none."""
    photo_id = paper_file(actor.connection, actor.coop_id, vehicle_id, "consent")
    content = photo(actor.connection, actor.coop_id, photo_id) if photo_id else None
    if content is None:
        raise Unknown
    return content


def report_damage(actor: Actor, command: ReportDamage, asked: Asked) -> Done:
    """Make a damage known, whose photo is of this co-op and whose trip was made with this vehicle.

    Refuses with `NoSuchPhoto`, `NotItsTrip`, and as the fleet refuses.
    """
    if command.trip_id and command.vehicle_id not in _vehicles_driven(actor, command.trip_id):
        raise NotItsTrip

    def work(within: Actor) -> Done:
        check_photos(within.connection, command.coop_id, command.photo_id)
        return Fleet(within.history).report_damage(command, asked)

    return actor.together(work)


def _vehicles_driven(actor: Actor, trip_id: UUID) -> set[UUID]:
    """Return the vehicle of a trip of this co-op; nothing when there is no such trip."""
    events = (recorded.event for recorded in story(actor.connection, actor.coop_id, (trip_id,)))
    return {event.vehicle_id for event in events if isinstance(event, TripStarted)}
