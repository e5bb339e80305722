"""What a table at a desk is asked in its address: by which column it is sorted, and what it is narrowed to.

Sorting and narrowing are plain links and a form that is only asked: without scripts, with the back button, to be kept.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

import msgspec

from api.web.visit import Visit
from fleet.queries import names_in_service
from kernel.refused import Unreadable
from ledger.days import month_after
from ledger.entries.queries import months
from usecases.actor import Actor

ROWS = 50  # a table shows at once

MONTH = r"^20\d\d-(0[1-9]|1[0-2])$"
OfMonth = Annotated[str, msgspec.Meta(pattern=MONTH, description="a month: 2026-11")] | None


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """How a table is sorted: by a column, falling where a minus stands before it; `kept` is what else was asked.

    `at` is where on its page it stands, where it does not fill it.
    """

    path: str
    sort: str
    kept: Mapping[str, str]
    at: str = ""

    def leads(self, column: str, *, falls: bool) -> str:
        """Return where a column's heading leads: sorted by it, the other way round where it is already."""
        falling = self.sort == column if column in (self.sort, self.sort[1:]) else falls
        return self._with(sort=f"-{column}" if falling else column)

    def stands(self, column: str) -> str | None:
        """Return how the table stands by a column, as a screen reader says it; `None` where it does not."""
        return {column: "ascending", f"-{column}": "descending"}.get(self.sort)

    def further(self, after: str) -> str:
        """Return where the next rows are."""
        return self._with(sort=self.sort, after=after)

    def _with(self, **asked: str) -> str:
        return f"{self.path}?{urlencode({**self.kept, **asked})}{self.at}"


class Named(msgspec.Struct, frozen=True):
    """One of those a table can be narrowed to."""

    id: str
    name: str


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """What a table can be narrowed to: months of the books, newest first, and vehicles; and what was chosen."""

    months: tuple[date, ...]
    month: date | None
    vehicles: tuple[Named, ...]
    vehicle_id: UUID | None

    @property
    def narrowed(self) -> bool:
        """Whether anything was chosen."""
        return self.month is not None or self.vehicle_id is not None


def order_of(visit: Visit, sort: str, *, at: str = "") -> Order:
    """Return how a table that is sorted so stands, with what else its address asks."""
    kept = {name: text for name, text in visit.sent.query.items() if text and name not in ("sort", "after")}
    return Order(path=visit.sent.path, sort=sort, kept=kept, at=at)


def choices_of(actor: Actor, *, month: str | None = None, vehicle_id: UUID | None = None) -> Choices:
    """Return what a table can be narrowed to."""
    vehicles = names_in_service(actor.connection, actor.coop_id).items()
    return Choices(
        months=tuple(row.month for row in months(actor.connection, actor.coop_id)),
        month=first_day(month) if month else None,
        vehicles=tuple(Named(str(known_id), name) for known_id, name in vehicles),
        vehicle_id=vehicle_id,
    )


def first_day(month: str) -> date:
    """Return the first day of a month like `2026-11`; refuses another text (`Unreadable`)."""
    if not re.fullmatch(MONTH, month):
        raise Unreadable(what="a month looks like 2026-11")
    return date.fromisoformat(f"{month}-01")


def last_day(first: date) -> date:
    """Return the last day of the month of a first one."""
    return month_after(first) - timedelta(days=1)
