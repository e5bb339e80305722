"""A month of the books, open: each entry with who gives and who receives, and what each kind comes to."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar
from uuid import UUID

import msgspec

from api.places import COOP
from api.places.accounts.entry import OfVehicle
from api.places.tables import ROWS, Choices, Order, choices_of, first_day, last_day, order_of
from api.speech.causes import teller
from api.web.answers import Page, View
from api.web.fields import read_query
from api.web.routes import page, question
from api.web.visit import Visit
from kernel.money import Money
from kernel.slice import Wanted
from ledger.entries.listing.queries import By, Narrowed, OfKind, entries_by, entries_summed
from ledger.entries.queries import BookedKind, EntryRow, months
from usecases.actor import Actor
from usecases.money.accounts import Holder, Holders
from usecases.neighbours import Neighbours

MONTH = f"{COOP}/months/{{month:str}}"


class MonthAsked(msgspec.Struct, frozen=True, kw_only=True):
    """Of which vehicle a month is asked about."""

    vehicle_id: OfVehicle = None


class TableOfEntries(Wanted, frozen=True, kw_only=True):
    """What a month's table is narrowed to, and in which order it stands."""

    vehicle_id: UUID | None = None
    kind: BookedKind | None = None
    sort: By = "day"

    def narrowed(self, month: date) -> Narrowed:
        """Return which entries of a month are meant."""
        kinds = (self.kind,) if self.kind else ()
        return Narrowed(since=month, until=last_day(month), vehicle_id=self.vehicle_id, kinds=kinds)


class MonthSummed(msgspec.Struct, frozen=True, kw_only=True):
    """A month of the books: whether it is closed, and what its entries moved, by kind; whole cents."""

    month: date
    closed: bool
    currency: str
    kinds: tuple[OfKind, ...]

    @property
    def count(self) -> int:
        """How many entries are meant."""
        return sum(row.count for row in self.kinds)

    @property
    def moved(self) -> Money:
        """What all of them moved."""
        return Money(sum(row.cents for row in self.kinds), self.currency)


class Booked(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as a row: what it is called, which vehicle it is about, who gives to whom, and what it moved."""

    entry_id: UUID
    day: date
    text: str
    vehicle_name: str | None
    gives: Sequence[Holder]
    receives: Sequence[Holder]
    amount: Money
    undone: bool


class KindMoved(msgspec.Struct, frozen=True):
    """What the entries of a kind moved."""

    kind: BookedKind
    count: int
    amount: Money


class OneMonth(View, frozen=True, kw_only=True):
    """A month of the books; `after` is where its next entries begin, `kind` the one it is narrowed to."""

    template: ClassVar[str] = "accounts/month.html"

    summed: MonthSummed
    entries: Sequence[Booked]
    after: str | None
    order: Order
    choices: Choices
    kind: BookedKind | None

    @property
    def by_kind(self) -> Sequence[KindMoved]:
        """What each kind of entry moved."""
        return [KindMoved(row.kind, row.count, Money(row.cents, self.summed.currency)) for row in self.summed.kinds]


@page(MONTH, who="member")
def open_month(visit: Visit, month: str) -> Page:
    """Show a month of the books, entry by entry, with its totals."""
    actor, first, asked = visit.actor, first_day(month), read_query(visit.sent.query, TableOfEntries)
    which = asked.narrowed(first)
    found = entries_by(actor.connection, actor.coop_id, which, by=asked.sort, after=asked.after, most=ROWS)
    view = OneMonth(
        summed=_summed(actor, first, which),
        entries=booked_rows(visit, found.items),
        after=found.after,
        order=order_of(visit, asked.sort),
        choices=choices_of(actor, vehicle_id=asked.vehicle_id),
        kind=asked.kind,
    )
    return Page(view)


@question(MONTH, who="member")
def month_summed(actor: Actor, month: str, query: MonthAsked) -> MonthSummed:
    """A month of the books (`2026-11`): what its entries moved, by kind; they themselves are in the journal."""
    first = first_day(month)
    return _summed(actor, first, TableOfEntries(vehicle_id=query.vehicle_id).narrowed(first))


def _summed(actor: Actor, first: date, which: Narrowed) -> MonthSummed:
    known = months(actor.connection, actor.coop_id)
    return MonthSummed(
        month=first,
        closed=any(row.closed and row.month >= first for row in known),
        currency=actor.currency,
        kinds=entries_summed(actor.connection, actor.coop_id, which),
    )


def booked_rows(visit: Visit, found: Sequence[EntryRow]) -> list[Booked]:
    """Return entries as rows of a table; all that they name is asked for at once."""
    neighbours = Neighbours(visit.actor).meet(vehicles=(row.vehicle_id for row in found))
    holders = Holders(visit.actor, neighbours).meet(line.account for row in found for line in row.postings)
    tellings = teller(visit.actor, visit.words).tell_all(found)
    return [
        Booked(
            entry_id=row.entry_id,
            day=row.effective_on,
            text=telling.title(),
            vehicle_name=neighbours.vehicle(row.vehicle_id),
            gives=_side(row, holders, -1),
            receives=_side(row, holders, 1),
            amount=Money(row.moved_cents, visit.actor.currency),
            undone=row.reversed_by is not None,
        )
        for row, telling in zip(found, tellings, strict=True)
    ]


def _side(row: EntryRow, holders: Holders, sign: int) -> list[Holder]:
    accounts = dict.fromkeys(line.account for line in row.postings if line.cents * sign > 0)
    return [holders.of(account) for account in accounts]
