"""The trips of a vehicle around an instant: who still has its keys is in the way of who would take them."""

from datetime import datetime
from uuid import UUID

import msgspec

from kernel.refused import Refused


class StillOut(Refused):
    """{driver} has had these keys since {since}. If they were given to you, say so."""


class Out(msgspec.Struct, frozen=True, kw_only=True):
    """A trip as who comes next meets it: with whom the keys went, when, and until when (`None`: they are still out)."""

    booking_id: UUID
    driver_id: UUID
    since: datetime
    until: datetime | None


class Around(msgspec.Struct, frozen=True, kw_only=True):
    """The trips of a vehicle around an instant: the last that had begun by then, and when the next one began."""

    last: Out | None = None
    next_at: datetime | None = None

    def check_back(self, at: datetime) -> None:
        """Refuse (`StillOut`) keys that another driver had at an instant."""
        last = self.last
        if last and (last.until is None or last.until > at):
            raise StillOut(driver=last.driver_id, since=last.since)
