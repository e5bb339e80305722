"""Bringing a vehicle in.

A vehicle's first price is a rule, its entering service is the fleet's: both happen together or neither does.
"""

from typing import Annotated

import msgspec
from msgspec import Meta

from fleet.application import Fleet
from fleet.commands import AccessCode, EnterService, Parts, WriteHandbook
from fleet.papers.policies import check_days
from governance.application import Governance
from governance.commands import AdoptVehicleRules
from governance.events import RuleValue
from governance.queries import current_members
from governance.roles import Role
from governance.rules.catalogue import rule_of
from governance.rules.queries import rules_in_force
from kernel.command import Asked, Done
from kernel.refused import NotYours, Refused, Unlikely
from people.photos import check_papers, check_photos
from usecases.actor import Actor
from usecases.copied import copied
from usecases.money.unlikely import odd_parts

Amount = Annotated[str, Meta(min_length=1, max_length=12, examples=["0.30"])]


class OwnersAreMembers(Refused):
    """Each owner is a member of the co-op today: invite them first."""


class ByAnOwner(Refused):
    """One of its owners brings a vehicle in, or a référent for them."""


class ByAReferent(NotYours):
    """A référent brings in a vehicle that belongs to the co-op."""


class FirstPrice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a vehicle costs to begin with, in the co-op's currency, as text; what is not said is the co-op's."""

    per_km: Amount | None = None
    per_hour: Amount | None = None
    day_cap_hours: Annotated[int, Meta(ge=1, le=24)] | None = None


class BringIn(EnterService, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Bring a vehicle in, at a price of its own where one is said, with the code of its key box where it has one.

    `longest_hours` is how long one booking of it may last, where that is not what it is for the co-op's other vehicles.
    Both are so to begin with: after that, the members vote them. `confirmed` repeats the parts that were said to look
    odd.
    """

    price: FirstPrice = FirstPrice()
    longest_hours: Annotated[int, Meta(ge=1, le=720)] | None = None
    access_code: AccessCode | None = None
    confirmed: Parts | None = None


def bring_in(actor: Actor, command: BringIn, asked: Asked) -> Done:
    """Let a vehicle enter service at its price, with the code of its key box, all together.

    Refuses with `OwnersAreMembers`, `ByAnOwner`, `ByAReferent`, `Unlikely` parts, a paper's odd last day that was not
    confirmed, a price out of its bounds, and as the fleet refuses.
    """
    coop_id, vehicle_id = command.coop_id, asked.command_id

    def work(within: Actor) -> Done:
        within.history.hold(*(owner.member_id for owner in command.owners))  # none leaves meanwhile
        _may_bring_in(within, command)
        _check_parts(command)
        check_photos(within.connection, coop_id, command.photo_id)
        check_papers(within.connection, coop_id, *(paper.photo_id for paper in command.papers))
        check_days(command.papers, within.today)
        adopt = AdoptVehicleRules(coop_id=coop_id, vehicle_id=vehicle_id, values=_own_values(within, command))
        Governance(within.history).adopt_vehicle_rules(adopt, asked.part("rules"))
        done = Fleet(within.history).enter_service(copied(command, EnterService), asked)
        if command.access_code:
            handbook = WriteHandbook(coop_id=coop_id, vehicle_id=vehicle_id, access_code=command.access_code)
            Fleet(within.history).write_handbook(handbook, asked.part("handbook"))
        return done

    return actor.once(command, asked, work)


def _may_bring_in(actor: Actor, command: EnterService) -> None:
    owners = {owner.member_id for owner in command.owners}
    if owners - {*current_members(actor.connection, command.coop_id)}:
        raise OwnersAreMembers
    if actor.holds(Role.REFERENT):
        return
    if command.sharing == "group":
        raise ByAReferent
    if owners and actor.me not in owners:
        raise ByAnOwner


def _check_parts(command: BringIn) -> None:
    """Refuse (`Unlikely`) that one owns ten times as many parts as another, or more, unless that was confirmed."""
    if odd := odd_parts([owner.parts for owner in command.owners]):
        most = max(command.owners, key=lambda owner: owner.parts)
        Unlikely(odd, field=f"parts_{most.member_id}", number=most.parts).check(command.confirmed)


def _own_values(actor: Actor, command: BringIn) -> tuple[RuleValue, ...]:
    """Return the values that differ from the co-op's in force: the others follow its votes."""
    in_force = rules_in_force(actor.connection, actor.coop_id, actor.now)
    said = {
        "price_per_km": command.price.per_km,
        "price_per_hour": command.price.per_hour,
        "day_cap_hours": command.price.day_cap_hours,
        "max_duration_hours": command.longest_hours,
    }
    values = {
        key: rule_of(key, actor.currency).canonical(str(value)) for key, value in said.items() if value is not None
    }
    return tuple(RuleValue(key, value) for key, value in values.items() if in_force[key].value != value)
