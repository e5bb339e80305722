"""Bringing a vehicle in, and who looks after it: what the pages and the programs' door share.

A vehicle's first price is a rule, its entering service is the fleet's: both happen together or neither does.
"""

from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from api.web.asking import Asking
from fleet.application import Fleet
from fleet.commands import EnterService, MendDamage, WriteHandbook
from fleet.queries import VehicleCard, VehiclePage, damaged_vehicle, vehicle_page
from governance.application import Governance
from governance.commands import AdoptVehicleRules
from governance.events import RuleValue
from governance.queries import current_members
from governance.roles import Role
from governance.rules.catalogue import parameter
from governance.rules.queries import rules_in_force
from kernel.command import Asked, Done
from kernel.log.history import History
from kernel.refused import NotYours, Refused, Unknown

Amount = Annotated[str, Meta(min_length=1, max_length=12, examples=["0.30"])]


class OwnersAreMembers(Refused):
    """Each owner is a member of the co-op today: invite them first."""


class ByAnOwner(Refused):
    """One of its owners brings a vehicle in, or a référent for them."""


class ByAReferent(NotYours):
    """A référent brings in a vehicle that belongs to the co-op."""


class Price(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a vehicle costs to begin with, in euros as text; what is not said is the co-op's."""

    per_km: Amount | None = None
    per_hour: Amount | None = None
    day_cap_hours: Annotated[int, Meta(ge=1, le=24)] | None = None


def bring_in(asking: Asking, command: EnterService, price: Price, asked: Asked, code: str | None = None) -> Done:
    """Let a vehicle enter service at its price, with the code of its key box, all together.

    Refuses with `OwnersAreMembers`, `ByAnOwner`, `ByAReferent`, a price out of its bounds, and as the fleet refuses.
    """
    _may_bring_in(asking, command)
    coop_id, vehicle_id = command.coop_id, asked.command_id
    adopt = AdoptVehicleRules(coop_id=coop_id, vehicle_id=vehicle_id, values=_own_values(asking, price))
    handbook = WriteHandbook(coop_id=coop_id, vehicle_id=vehicle_id, access_code=code)

    def together(history: History) -> Done:
        Governance(history).adopt_vehicle_rules(adopt, asked.part("rules"))
        done = Fleet(history).enter_service(command, asked)
        if code:
            Fleet(history).write_handbook(handbook, asked.part("handbook"))
        return done

    return asking.site.history.together(together)


def looks_after(asking: Asking, vehicle: VehicleCard) -> bool:
    """Tell whether the reader owns some of it, or is a référent or a vehicle steward."""
    owns = any(owner.member_id == asking.me for owner in vehicle.owners)
    return owns or (asking.member is not None and bool({Role.REFERENT, Role.STEWARD} & {*asking.member.roles}))


def looked_after(asking: Asking, vehicle_id: UUID) -> VehiclePage:
    """Return a vehicle the reader looks after; refuses with `Unknown` and `NotYours`."""
    today = asking.now.astimezone(asking.zone).date()
    page = vehicle_page(asking.connection, asking.coop_id, vehicle_id, on=today)
    if not looks_after(asking, page.card):
        raise NotYours
    return page


def mend(asking: Asking, command: MendDamage, asked: Asked) -> Done:
    """Say that a damage is there no more, of a vehicle one looks after."""
    vehicle_id = damaged_vehicle(asking.connection, command.coop_id, command.damage_id)
    if vehicle_id is None:
        raise Unknown
    looked_after(asking, vehicle_id)
    return Fleet(asking.site.history).mend_damage(command, asked)


def _may_bring_in(asking: Asking, command: EnterService) -> None:
    owners = {owner.member_id for owner in command.owners}
    if owners - {*current_members(asking.connection, command.coop_id)}:
        raise OwnersAreMembers
    if asking.member and asking.member.holds(Role.REFERENT):
        return
    if command.sharing == "group":
        raise ByAReferent
    if owners and asking.me not in owners:
        raise ByAnOwner


def _own_values(asking: Asking, price: Price) -> tuple[RuleValue, ...]:
    """Return the values that differ from the co-op's in force: the others follow its votes."""
    in_force = rules_in_force(asking.connection, asking.coop_id, asking.now)
    said = {"price_per_km": price.per_km, "price_per_hour": price.per_hour, "day_cap_hours": price.day_cap_hours}
    values = {key: parameter(key).canonical(str(value)) for key, value in said.items() if value is not None}
    return tuple(RuleValue(key, value) for key, value in values.items() if in_force[key].value != value)
