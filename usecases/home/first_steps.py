"""A young co-op's first steps, each done by what has happened: no list is kept, and nothing is ticked by hand."""

from datetime import timedelta
from typing import Literal
from uuid import UUID

import msgspec

from booking.hours.queries import EverBooked
from fleet.queries import fleet_so_far
from governance.inviting.queries import group_so_far
from ledger.settlement.queries import ever_settled
from usecases.actor import Actor

Step = Literal["vehicle", "papers", "place", "neighbours", "poster", "bank_account", "first_booking", "settlement"]

YOUNG = timedelta(days=92)
"""For three months a co-op is told of its first steps."""

ENOUGH = 3
"""So many make a group: who started it, and two neighbours."""


class FirstStep(msgspec.Struct, frozen=True, kw_only=True):
    """One of the first steps, and whether it is done."""

    step: Step
    done: bool


class FirstSteps(msgspec.Struct, frozen=True, kw_only=True):
    """The first steps in their order; `vehicle_id` is the first vehicle, to which some belong (`None`: none yet)."""

    steps: tuple[FirstStep, ...]
    vehicle_id: UUID | None


def is_young(actor: Actor) -> bool:
    """Tell whether the co-op was started less than three months ago."""
    return actor.now < actor.my_coop.started_at + YOUNG


def first_steps(actor: Actor, booked: EverBooked, lacking_papers: int) -> FirstSteps | None:
    """Return a co-op's first steps, `None` once all are done.

    So many of its vehicles in service are `lacking_papers`.
    """
    fleet, group = fleet_so_far(actor.connection, actor.coop_id), group_so_far(actor.connection, actor.coop_id)
    done: dict[Step, bool] = {
        "vehicle": fleet.in_service > 0,
        "papers": fleet.in_service > lacking_papers,
        "place": fleet.on_the_map > 0,
        "neighbours": group.members >= ENOUGH,
        "poster": group.has_poster,
        "bank_account": actor.my_coop.iban is not None,
        "first_booking": booked.by_anyone,
        "settlement": booked.by_anyone and ever_settled(actor.connection, actor.coop_id),
    }
    steps = tuple(FirstStep(step=step, done=is_done) for step, is_done in done.items())
    return None if all(done.values()) else FirstSteps(steps=steps, vehicle_id=fleet.first)
