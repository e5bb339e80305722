"""What is asked about papers: those of a vehicle, which vehicles lack some, and which are about to end.

Days are the co-op's own.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, and_, exists, func, or_, select

from fleet.catalogue import LETTERS_DAYS, MOTOR_VEHICLES, NEEDED, PAPERS, PaperKind, PaperState, VehicleKind
from fleet.read_models import owners, papers, vehicles
from people.photos import photos

SOON_DAYS = 60
"""A paper that ends within these days is to be renewed soon."""


class PaperRow(msgspec.Struct, frozen=True, kw_only=True):
    """A paper of a vehicle at a date. `days_left` is 0 on its last day, negative when past due, `None` without end.

    `needed`: without it nobody has the vehicle. `first_registered_on` is said of an inspection that there never was:
    none is due until the end of `valid_until`. `has_file`: its photo or PDF is kept; it goes with who filed it.
    """

    kind: PaperKind
    state: PaperState
    valid_until: date | None
    days_left: int | None
    insurer_consents: bool
    needed: bool
    given_on: date | None
    has_file: bool
    first_registered_on: date | None

    @property
    def lacks(self) -> bool:
        """Whether nobody has the vehicle for want of it."""
        return self.needed and self.state in ("missing", "past_due")


class Ended(msgspec.Struct, frozen=True, kw_only=True):
    """A paper whose last day is over, and since how many days."""

    kind: PaperKind
    valid_until: date
    days: int


class Lacking(msgspec.Struct, frozen=True, kw_only=True):
    """A vehicle that waits for papers; until the end of `until` it may still be had (`None`: it may not).

    `ended` is the one of them that ended first, since when nobody has the vehicle; `None` where all are missing.
    """

    vehicle_id: UUID
    name: str
    papers: tuple[PaperKind, ...]
    until: date | None
    ended: Ended | None

    @property
    def missing_too(self) -> tuple[PaperKind, ...]:
        """What it waits for beside the paper that ended."""
        return tuple(kind for kind in self.papers if self.ended is None or kind != self.ended.kind)


class PaperTerms(msgspec.Struct, frozen=True, kw_only=True):
    """Until when its papers let a vehicle be had: to the end of the first that ends, and without which are `missing`.

    Without these it is had until the end of `by`, and not at all where that is `None`.
    """

    missing: tuple[PaperKind, ...] = ()
    by: date | None = None
    until: date | None = None
    ends_first: PaperKind | None = None


class Ending(msgspec.Struct, frozen=True, kw_only=True):
    """A paper that ends soon, or ended: whose letter of so many `days` before may be due."""

    coop_id: UUID
    vehicle_id: UUID
    kind: PaperKind
    valid_until: date
    filed_at: datetime
    told_days: int | None

    def letter_due(self, today: date, *, filed_on: date) -> int | None:
        """Return of which number of days a letter is due on a day: the last that is, of those not written yet.

        None is of so many days as were left when it was filed, or more: whoever files it late knows it.
        """
        due = self._last_due(today)
        known = (self.told_days, self._last_due(filed_on))
        return None if due is None or any(days is not None and due >= days for days in known) else due

    def _last_due(self, day: date) -> int | None:
        left = (self.valid_until - day).days
        return min((days for days in LETTERS_DAYS if left <= days), default=None)


def papers_on_file(
    connection: Connection, coop_id: UUID, vehicle_id: UUID, *, of: VehicleKind, on: date
) -> tuple[PaperRow, ...]:
    """Return the papers of a vehicle of some kind, the missing ones too, as they stand at the date `on`."""
    rows = {row.kind: row for row in connection.execute(select(papers, _FILE_THERE).where(_is(coop_id, vehicle_id)))}
    needed = NEEDED if of in MOTOR_VEHICLES else ()
    return tuple(_paper(rows[kind], on, needed=kind in needed) for kind in PAPERS if kind in rows)


def paper_file(connection: Connection, coop_id: UUID, vehicle_id: UUID, kind: PaperKind) -> UUID | None:
    """Return under which id the file of the paper on file is kept; `None` when there is none."""
    its = select(papers.c.photo_id).where(_is(coop_id, vehicle_id), papers.c.kind == kind)
    return connection.execute(its).scalar()


def terms_by_papers(connection: Connection, coop_id: UUID, vehicle_id: UUID) -> PaperTerms:
    """Return until when a vehicle may be had by its papers; without a limit what has no motor, or is not known."""
    known = (vehicles.c.coop_id == coop_id, vehicles.c.vehicle_id == vehicle_id, vehicles.c.kind.in_(MOTOR_VEHICLES))
    query = select(papers, vehicles.c.papers_asked, vehicles.c.papers_by).join_from(papers, vehicles, _OF_VEHICLE)
    rows = {row.kind: row for row in connection.execute(query.where(*known, papers.c.kind.in_(NEEDED)))}
    missing = tuple(kind for kind in NEEDED if kind in rows and _is_asked_and_missing(rows[kind]))
    ending = [(rows[kind].valid_until, kind) for kind in NEEDED if kind in rows and rows[kind].valid_until]
    until, ends_first = min(ending, default=(None, None))
    by = next((row.papers_by for row in rows.values()), None)
    return PaperTerms(missing=missing, by=by if missing else None, until=until, ends_first=ends_first)


def vehicles_lacking_papers(
    connection: Connection, coop_id: UUID, *, on: date, owned_by: UUID | None = None
) -> tuple[Lacking, ...]:
    """Return the vehicles in service that lack a paper at the date `on`, by name; those somebody owns, or all."""
    query = select(papers, vehicles.c.name, vehicles.c.papers_by).join_from(papers, vehicles, _OF_VEHICLE)
    query = query.where(vehicles.c.coop_id == coop_id, _NEEDED, or_(papers.c.valid_until < on, _MISSING))
    if owned_by is not None:
        query = query.where(exists().where(_OWNED, owners.c.member_id == owned_by))
    lacking: dict[UUID, list[Row[Any]]] = {}
    for row in connection.execute(query.order_by(vehicles.c.name, vehicles.c.vehicle_id)):
        lacking.setdefault(row.vehicle_id, []).append(row)
    return tuple(_lacking(rows, on) for rows in lacking.values())


def papers_ending(connection: Connection, on: date) -> tuple[Ending, ...]:
    """Return, of every co-op, the papers about whose end a letter may be due at the date `on`, or before."""
    soon = papers.c.valid_until <= on + timedelta(days=max(LETTERS_DAYS))
    due = (and_(papers.c.valid_until <= on + timedelta(days=days), _not_told(days)) for days in LETTERS_DAYS)
    query = select(*(papers.c[name] for name in Ending.__struct_fields__)).join(vehicles, _OF_VEHICLE)
    found = connection.execute(query.where(_NEEDED, soon, or_(*due)).order_by(papers.c.valid_until)).mappings()
    return tuple(Ending(**row) for row in found)


def vehicles_not_asked(connection: Connection) -> tuple[tuple[UUID, UUID], ...]:
    """Return the co-op and the id of every motor vehicle in service whose papers were not asked for yet."""
    not_asked = (vehicles.c.left_at.is_(None), vehicles.c.kind.in_(MOTOR_VEHICLES), ~vehicles.c.papers_asked)
    query = select(vehicles.c.coop_id, vehicles.c.vehicle_id).where(*not_asked)
    return tuple((row.coop_id, row.vehicle_id) for row in connection.execute(query.order_by(vehicles.c.entered_at)))


_OF_VEHICLE = and_(papers.c.coop_id == vehicles.c.coop_id, papers.c.vehicle_id == vehicles.c.vehicle_id)
_OWNED = and_(owners.c.coop_id == vehicles.c.coop_id, owners.c.vehicle_id == vehicles.c.vehicle_id)
_NEEDED = and_(vehicles.c.left_at.is_(None), vehicles.c.kind.in_(MOTOR_VEHICLES), papers.c.kind.in_(NEEDED))
_MISSING = and_(papers.c.filed_at.is_(None), vehicles.c.papers_asked)
_ITS_FILE = and_(photos.c.coop_id == papers.c.coop_id, photos.c.photo_id == papers.c.photo_id)
_FILE_THERE = exists().where(_ITS_FILE).label("file_there")


def _is(coop_id: UUID, vehicle_id: UUID) -> ColumnElement[bool]:
    return and_(papers.c.coop_id == coop_id, papers.c.vehicle_id == vehicle_id)


def _not_told(days: int) -> ColumnElement[bool]:
    return func.coalesce(papers.c.told_days, max(LETTERS_DAYS) + 1) > days


def _is_asked_and_missing(row: Row[Any]) -> bool:
    return row.papers_asked and row.filed_at is None


def _lacking(rows: Iterable[Row[Any]], on: date) -> Lacking:
    by_kind = {row.kind: row for row in rows}
    first = next(iter(by_kind.values()))
    ended = min((_ended(row, on) for row in by_kind.values() if row.filed_at), key=_longest_ago, default=None)
    still = first.papers_by if not ended and first.papers_by and on <= first.papers_by else None
    kinds = tuple(kind for kind in NEEDED if kind in by_kind)
    return Lacking(vehicle_id=first.vehicle_id, name=first.name, papers=kinds, until=still, ended=ended)


def _ended(row: Row[Any], on: date) -> Ended:
    return Ended(kind=row.kind, valid_until=row.valid_until, days=(on - row.valid_until).days)


def _longest_ago(paper: Ended) -> tuple[date, int]:
    return paper.valid_until, NEEDED.index(paper.kind)


def _paper(row: Row[Any], on: date, *, needed: bool) -> PaperRow:
    days_left = None if row.valid_until is None else (row.valid_until - on).days
    return PaperRow(
        kind=row.kind,
        state=_state(row, days_left),
        valid_until=row.valid_until,
        days_left=days_left,
        insurer_consents=row.insurer_consents,
        needed=needed,
        given_on=row.given_on,
        has_file=row.file_there,
        first_registered_on=row.first_registered_on,
    )


def _state(row: Row[Any], days_left: int | None) -> PaperState:
    if row.filed_at is None:
        return "missing"
    if days_left is None or days_left > SOON_DAYS:
        return "in_order"
    return "past_due" if days_left < 0 else "soon"
