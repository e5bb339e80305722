"""What tables of entries ask: some of them by day or by amount, and what all of them come to. Whole cents."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Literal
from uuid import UUID

import msgspec
from sqlalchemy import Column, ColumnElement, Connection, Select, and_, case, func, select

from kernel.slice import Slice, in_order
from ledger.entries.draft import EntryKind
from ledger.entries.queries import (
    BY_DAY,
    BY_LINE,
    BookedKind,
    EntryRow,
    LineRow,
    between,
    entries,
    entry_query,
    line_query,
    line_row,
    postings,
    with_lines,
)
from ledger.entries.read_models import ledger_balances, ledger_entries, ledger_postings

By = Literal["day", "-day", "amount", "-amount"]
"""By what entries and lines are sorted: rising, or falling where a minus stands before it."""


class Narrowed(msgspec.Struct, frozen=True, kw_only=True):
    """Which entries are meant: those that count from one day to another, of a vehicle, of some kinds."""

    since: date | None = None
    until: date | None = None
    vehicle_id: UUID | None = None
    kinds: tuple[BookedKind, ...] = ()


EVERYTHING = Narrowed()


class OfKind(msgspec.Struct, frozen=True, kw_only=True):
    """How many entries there are of a kind, and what they moved in all."""

    kind: BookedKind
    count: int
    cents: int


class Summed(msgspec.Struct, frozen=True, kw_only=True):
    """How many lines there are, and what those above and those below zero come to."""

    count: int
    given_cents: int
    owed_cents: int

    @property
    def cents(self) -> int:
        """What they moved on the account."""
        return self.given_cents + self.owed_cents


def entries_by(
    connection: Connection,
    coop_id: UUID,
    which: Narrowed = EVERYTHING,
    *,
    by: By = "day",
    after: str | None = None,
    most: int,
    of: str = "",
) -> Slice[EntryRow]:
    """Return a slice of some entries with their lines, sorted; `of` names another list. Refuses what is no cursor."""
    key = (entries.moved_cents, entries.position) if "amount" in by else BY_DAY
    query = _narrowed(entry_query(coop_id), which)
    found = in_order(connection, query, key, falling=by.startswith("-"), after=after, most=most, of=of)
    return found.mapped_together(lambda rows: with_lines(connection, coop_id, rows))


def entries_summed(connection: Connection, coop_id: UUID, which: Narrowed = EVERYTHING) -> tuple[OfKind, ...]:
    """Return what some entries come to, by kind, the kind that moved most first."""
    moved = func.sum(entries.moved_cents).label("cents")
    query = select(entries.kind, func.count().label("count"), moved).where(entries.coop_id == coop_id)
    ordered = _narrowed(query, which).group_by(entries.kind).order_by(moved.desc(), entries.kind)
    return tuple(OfKind(kind=kind, count=count, cents=int(cents)) for kind, count, cents in connection.execute(ordered))


def lines_by(
    connection: Connection,
    coop_id: UUID,
    account: UUID,
    which: Narrowed = EVERYTHING,
    *,
    by: By = "-day",
    after: str | None = None,
    most: int,
) -> Slice[LineRow]:
    """Return a slice of an account's lines, sorted; refuses a text that is not a cursor."""
    key = (postings.cents, *BY_LINE) if "amount" in by else BY_LINE
    query = _narrowed(line_query(coop_id, account), which, postings.effective_on)
    falling, of = by.startswith("-"), f"lines of {account}"
    return in_order(connection, query, key, falling=falling, after=after, most=most, of=of).mapped(line_row)


def lines_summed(connection: Connection, coop_id: UUID, account: UUID, which: Narrowed = EVERYTHING) -> Summed:
    """Return what some lines of an account come to."""
    sums: list[Any] = [func.count(), _sum(postings.cents > 0), _sum(postings.cents < 0)]
    query = select(*sums).select_from(ledger_postings).join(ledger_entries, _OF_ENTRY)
    query = query.where(postings.coop_id == coop_id, postings.account == account)
    count, given, owed = connection.execute(_narrowed(query, which, postings.effective_on)).one()
    return Summed(count=count, given_cents=int(given), owed_cents=int(owed))


def balances_by_amount(
    connection: Connection, coop_id: UUID, *, falling: bool, after: str | None, most: int
) -> Slice[tuple[UUID, int]]:
    """Return a slice of the accounts that are not even with their cents; refuses a text that is not a cursor."""
    known = ledger_balances.c
    query = select(known.account, known.cents).where(known.coop_id == coop_id, known.cents != 0)
    found = in_order(connection, query, (known.cents, known.account), falling=falling, after=after, most=most)
    return found.mapped(lambda row: (row["account"], int(row["cents"])))


def trips_charged(connection: Connection, coop_id: UUID, trip_ids: Collection[UUID]) -> Mapping[UUID, int]:
    """Return the price at which each of some trips stands in the books; one whose charge was undone is left out."""
    query = select(entries.trip_id, entries.moved_cents).where(_STANDING, entries.coop_id == coop_id)
    rows = connection.execute(query.where(entries.trip_id.in_(trip_ids))) if trip_ids else ()
    return {trip_id: int(cents) for trip_id, cents in rows}


def trips_summed(
    connection: Connection, coop_id: UUID, which: Narrowed = EVERYTHING, driver_id: UUID | None = None
) -> int:
    """Return what the trips that ended on some days come to at the prices that stand; of all drivers, or of one."""
    query = select(func.coalesce(func.sum(-postings.cents), 0)).select_from(ledger_entries)
    query = query.join(ledger_postings, _OF_ENTRY).where(entries.coop_id == coop_id, _STANDING, postings.cents < 0)
    query = between(query, entries.true_day, which.since, which.until)
    if which.vehicle_id is not None:
        query = query.where(entries.vehicle_id == which.vehicle_id)
    if driver_id is not None:
        query = query.where(postings.account == driver_id)
    return int(connection.execute(query).scalar_one())


def _sum(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((which, postings.cents), else_=0)), 0)


_CHARGE: EntryKind = "trip"
_OF_ENTRY = and_(postings.coop_id == entries.coop_id, postings.entry_id == entries.entry_id)
_STANDING = (entries.kind == _CHARGE) & entries.reversed_by.is_(None)


def _narrowed(query: Select[Any], which: Narrowed, day: Column[Any] = entries.effective_on) -> Select[Any]:
    query = between(query, day, which.since, which.until)
    if which.vehicle_id is not None:
        query = query.where(entries.vehicle_id == which.vehicle_id)
    return query.where(entries.kind.in_(which.kinds)) if which.kinds else query
