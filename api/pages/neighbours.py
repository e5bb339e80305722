"""The names of a co-op's members and vehicles, looked up once for a page."""

from functools import cached_property
from uuid import UUID

from api.web.visit import Visit
from fleet.queries import VehicleCard, vehicle_page, vehicles_in_service
from governance.queries import MemberRow, members_of
from governance.roles import Role
from kernel.refused import Unknown


class Neighbours:
    """Who and what a page speaks of, by id; nobody who left is called by a name that was erased."""

    def __init__(self, visit: Visit) -> None:
        self._asking = visit
        self._found: dict[UUID, str] = {}

    @cached_property
    def members(self) -> tuple[MemberRow, ...]:
        """Everyone who is or was a member, current ones first, by name."""
        return members_of(self._asking.connection, self._asking.coop_id, self._asking.now)

    @cached_property
    def vehicles(self) -> tuple[VehicleCard, ...]:
        """The vehicles in service, by name."""
        today = self._asking.words.local(self._asking.now).date()
        return vehicles_in_service(self._asking.connection, self._asking.coop_id, on=today)

    @cached_property
    def _names(self) -> dict[UUID, str]:
        return {each.member_id: each.name for each in self.members if each.name}

    def name(self, member_id: UUID | None) -> str:
        """Return a member's name; the co-op's when nobody in particular acted; "a former member" once erased."""
        if member_id is None:
            return str(self._asking.here.name)
        return self._names.get(member_id) or self._asking.say("a former member")

    def vehicle(self, vehicle_id: UUID) -> str:
        """Return a vehicle's name, in service or not."""
        for each in self.vehicles:
            if each.vehicle_id == vehicle_id:
                return each.name
        if vehicle_id not in self._found:
            self._found[vehicle_id] = self._gone(vehicle_id)
        return self._found[vehicle_id]

    def owned_by(self, member_id: UUID) -> list[str]:
        """Return the names of the vehicles in service a member owns or has a share of."""
        return [each.name for each in self.vehicles if any(owner.member_id == member_id for owner in each.owners)]

    def role(self, role: Role) -> str:
        """Say a role."""
        say = self._asking.say
        return {
            Role.REFERENT: say("référent"),
            Role.TREASURER: say("treasurer"),
            Role.STEWARD: say("vehicle steward"),
            Role.MEDIATOR: say("mediator"),
        }[role]

    def _gone(self, vehicle_id: UUID) -> str:
        today = self._asking.words.local(self._asking.now).date()
        try:
            page = vehicle_page(self._asking.connection, self._asking.coop_id, vehicle_id, on=today)
        except Unknown:
            return self._asking.say("a vehicle")
        return page.card.name
