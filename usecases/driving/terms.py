"""On which terms a reader may have a vehicle: at what rate, whether its owner is asked, or why nobody can have it."""

import msgspec

from booking.hours.queries import for_all_hours
from fleet.queries import VehiclePage
from kernel.refused import Reason
from ledger.pricing.queries import tariffs
from ledger.pricing.rate import Rate
from usecases.actor import Actor
from usecases.driving.keys import HasKeys, with_whom


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """`rate` is `None` in the first moments of a new vehicle, which has none yet; `why_not` keeps everybody from it.

    `late` is the driver who still has its keys though her hours are over.
    """

    rate: Rate | None
    needs_approval: bool
    why_not: Reason | None
    late: HasKeys | None


def terms_of(actor: Actor, found: VehiclePage) -> Terms:
    """Return on which terms the reader may have a vehicle: what a search would say, whatever the hours."""
    connection, coop_id, vehicle_id = actor.connection, actor.coop_id, found.card.vehicle_id
    tariff = tariffs(connection, coop_id, actor.now, [vehicle_id]).get(vehicle_id)
    keys = with_whom(actor, vehicle_id)
    always = for_all_hours(connection, coop_id, vehicle_id, actor.me, actor.today)
    return Terms(
        rate=tariff.rate if tariff else None,
        needs_approval=always is not None and always.needs_approval,
        why_not=always.refusal.reason() if always and always.refusal else None,
        late=keys if keys and keys.late else None,
    )
