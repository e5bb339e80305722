"""Chez nous: what is to be decided, the rules in force, who we are and what we share, what happened lately."""

from collections.abc import Sequence
from typing import ClassVar
from uuid import UUID

import msgspec

from api.places import COOP
from api.places.members.neighbours import Belonging, neighbours_slice
from api.places.votes.proposals import ListedProposal, listed
from api.places.votes.rules import Dated, in_force
from api.speech.called import NamedOwner
from api.speech.chronicle import Chronicled, lately
from api.web.answers import Page, View
from api.web.routes import page
from api.web.visit import Visit
from fleet.queries import VehicleCard, count_in_service, vehicles_in_service
from governance.queries import member_count
from governance.roles import Role
from governance.votes.queries import open_proposals, proposals_slice
from kernel.log.follower import parked_count
from sending.unsent import unsent_count
from usecases.actor import Actor
from usecases.money.bank_account import keeps_bank_account
from usecases.neighbours import Neighbours

FIRST = ("price_per_km", "price_per_hour")
MOST_DECIDED = 10
MOST_VEHICLES = 40


class SharedVehicle(msgspec.Struct, frozen=True):
    """A vehicle, with whose it is."""

    vehicle: VehicleCard
    owners: Sequence[NamedOwner]


class HeldUp(msgspec.Struct, frozen=True):
    """How many things wait to be done again, and how many letters could not leave."""

    parked: int
    unsent: int


class Community(View, frozen=True, kw_only=True):
    """The co-op as its members see it. `rules` are the prices and whatever was voted, which people look for.

    `members` and `vehicles` are the first ones by name, of as many as `member_count` and `vehicle_count` say.
    `me` is who reads. `after` is where earlier proposals begin. `may_invite` and what is `held_up` are a référent's.
    """

    template: ClassVar[str] = "members/community.html"

    me: UUID
    to_decide: Sequence[ListedProposal]
    decided: Sequence[ListedProposal]
    after: str | None
    rules: Sequence[Dated]
    more_rules: Sequence[Dated]
    members: Sequence[Belonging]
    member_count: int
    vehicles: Sequence[SharedVehicle]
    vehicle_count: int
    log: Sequence[Chronicled]
    may_invite: bool
    keeps_bank_account: bool
    held_up: HeldUp | None


@page(f"{COOP}/community", who="member")
def community(visit: Visit) -> Page:
    """Show the co-op to its members."""
    actor, neighbours = visit.actor, Neighbours(visit.actor)
    cards = vehicles_in_service(actor.connection, actor.coop_id, on=actor.today, most=MOST_VEHICLES)
    is_referent = actor.holds(Role.REFERENT)
    recent = proposals_slice(actor.connection, actor.coop_id, actor.me, actor.now, most=MOST_DECIDED)
    still_open = open_proposals(actor.connection, actor.coop_id, actor.me, actor.now)
    neighbours.meet(vehicles=(row.vehicle_id for row in (*still_open, *recent.items)))
    dated = in_force(actor, {card.vehicle_id: card.name for card in cards})
    view = Community(
        me=actor.me,
        to_decide=listed(still_open, neighbours),
        decided=listed((row for row in recent.items if row.state != "open"), neighbours),
        after=recent.after,
        rules=[rule for rule in dated if _is_looked_for(rule)],
        more_rules=[rule for rule in dated if not _is_looked_for(rule)],
        members=neighbours_slice(actor).items,
        member_count=member_count(actor.connection, actor.coop_id),
        vehicles=_shared(actor, cards),
        vehicle_count=count_in_service(actor.connection, actor.coop_id),
        log=lately(actor, visit.words),
        may_invite=is_referent,
        keeps_bank_account=keeps_bank_account(actor),
        held_up=_held_up(actor) if is_referent else None,
    )
    return Page(view)


def _held_up(actor: Actor) -> HeldUp:
    return HeldUp(parked_count(actor.connection, actor.coop_id), unsent_count(actor.connection, actor.coop_id))


def _is_looked_for(row: Dated) -> bool:
    return row.proposal_id is not None or row.vehicle_name is not None or row.rule.key in FIRST


def _shared(actor: Actor, cards: Sequence[VehicleCard]) -> list[SharedVehicle]:
    neighbours = Neighbours(actor).meet(members=(owner.member_id for card in cards for owner in card.owners))
    return [
        SharedVehicle(card, [NamedOwner(neighbours.member(owner.member_id), None, 1) for owner in card.owners])
        for card in cards
    ]
