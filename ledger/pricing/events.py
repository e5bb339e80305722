"""What has happened to prices."""

from typing import Literal
from uuid import UUID

from kernel.event import Event
from ledger.pricing.rate import Rate

Sharing = Literal["lent", "co_owned", "group"]


class TariffOpened(Event, frozen=True, kw_only=True):
    """A vehicle has a price; those who receive it do so by whole shares."""

    vehicle_id: UUID
    sharing: Sharing
    receivers: dict[UUID, int]


class RateSet(Event, frozen=True, kw_only=True):
    """A vehicle's price changes from an instant on; what was agreed before keeps its price."""

    vehicle_id: UUID
    rate: Rate


PUBLISHED: tuple[type[Event], ...] = ()  # what processes and the front door may follow
