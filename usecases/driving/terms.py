"""On which terms a reader may have a vehicle: at what rate, whether its owner is asked, or why nobody can have it."""

import msgspec

from booking.policies import NotInService, PapersExpired
from fleet.catalogue import MOTOR_VEHICLES
from fleet.queries import VehiclePage
from kernel.refused import Reason
from ledger.pricing.queries import tariffs
from ledger.pricing.rate import Rate
from usecases.actor import Actor


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """`rate` is `None` in the first moments of a new vehicle, which has none yet; `why_not` keeps everybody from it."""

    rate: Rate | None
    needs_approval: bool
    why_not: Reason | None


def terms_of(actor: Actor, found: VehiclePage) -> Terms:
    """Return on which terms the reader may have a vehicle."""
    vehicle = found.card
    tariff = tariffs(actor.connection, actor.coop_id, actor.now, [vehicle.vehicle_id]).get(vehicle.vehicle_id)
    mine = any(owner.member_id == actor.me for owner in vehicle.owners)
    return Terms(
        rate=tariff.rate if tariff else None,
        needs_approval=vehicle.sharing == "lent" and not mine,
        why_not=_why_not(found),
    )


def _why_not(found: VehiclePage) -> Reason | None:
    """Return what keeps everybody from booking it: it left service, or one of its papers is past its last day."""
    if found.card.left_at is not None:
        return NotInService().reason()
    if found.card.kind not in MOTOR_VEHICLES:
        return None
    past = (paper for paper in found.papers if paper.kind in found.card.past_due and paper.valid_until)
    return next((PapersExpired(paper=paper.kind, until=paper.valid_until).reason() for paper in past), None)
