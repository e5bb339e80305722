"""What pages ask about vehicles. Every answer is of one co-op; instants are UTC, distances whole kilometres."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, bindparam, exists, func, select

from fleet.catalogue import PAPERS, Energy, Equipment, Handover, PaperKind, Sharing, VehicleKind
from fleet.events import OwnerShare, Place
from fleet.papers.queries import PaperRow, papers_on_file
from fleet.read_models import colours, damages, owners, papers, plates, readings, vehicles
from kernel.read_models.spelling import plainly
from kernel.refused import Unknown
from kernel.slice import Slice, oldest_first


class VehicleCard(msgspec.Struct, frozen=True, kw_only=True):
    """A vehicle in a list. `past_due` names the papers whose last day has passed, `known_damages` counts them."""

    vehicle_id: UUID
    name: str
    kind: VehicleKind
    sharing: Sharing
    energy: Energy
    colour: str | None
    seats: int
    equipment: tuple[Equipment, ...]
    home: Place
    handover: Handover
    photo_id: UUID | None
    entered_at: datetime
    left_at: datetime | None
    odometer_km: int
    known_damages: int
    past_due: tuple[PaperKind, ...]
    owners: tuple[OwnerShare, ...]


class VehicleLook(msgspec.Struct, frozen=True):
    """What a list of trips shows of a vehicle: its name, and what it is drawn from."""

    vehicle_id: UUID
    name: str
    kind: VehicleKind
    energy: Energy
    colour: str | None


class FleetSoFar(msgspec.Struct, frozen=True, kw_only=True):
    """How many vehicles are in service, how many of them have a place on the map, and which was the first to enter."""

    first: UUID | None
    in_service: int
    on_the_map: int


class VehiclePage(msgspec.Struct, frozen=True, kw_only=True):
    """A vehicle's own page; its handbook is told to some alone, its access code is asked for apart.

    `papers_by` is the day until whose end it may be had without the papers it needs: it entered before these were.
    """

    card: VehicleCard
    plate: str | None
    handbook: str | None
    papers: tuple[PaperRow, ...]
    papers_by: date | None


def vehicles_in_service(
    connection: Connection, coop_id: UUID, *, on: date, most: int | None = None
) -> tuple[VehicleCard, ...]:
    """Return the co-op's vehicles in service (the first `most`) by name; papers judged at the local date `on`."""
    query = _IN_SERVICE.limit(most) if most else _IN_SERVICE
    rows = connection.execute(query, {"on": on, "coop": coop_id}).mappings().all()
    shares = _shares(connection, _owners_of(rows) if most else _OWNERS, coop=coop_id)
    return tuple(_card(row, shares[row["vehicle_id"]]) for row in rows)


def vehicles_slice(
    connection: Connection, coop_id: UUID, *, on: date, after: str | None = None, most: int
) -> Slice[VehicleCard]:
    """Return a slice of the vehicles in service by name, papers judged at the date `on`; refuses what is no cursor."""
    query = _VEHICLES.add_columns(PLAIN_NAME).where(vehicles.c.coop_id == coop_id, IN_USE).params(on=on)
    found = oldest_first(connection, query, (PLAIN_NAME, vehicles.c.vehicle_id), after=after, most=most)
    shares = _shares(connection, _owners_of(found.items), coop=coop_id)
    return found.mapped(lambda row: _card(row, shares[row["vehicle_id"]]))


def count_in_service(connection: Connection, coop_id: UUID) -> int:
    """Return how many vehicles are in service."""
    return int(connection.execute(select(func.count()).where(vehicles.c.coop_id == coop_id, IN_USE)).scalar_one())


def fleet_so_far(connection: Connection, coop_id: UUID) -> FleetSoFar:
    """Return how far a co-op has come with its vehicles. One statement."""
    here = (vehicles.c.coop_id == coop_id, IN_USE)
    by_entry = select(vehicles.c.vehicle_id).where(*here).order_by(vehicles.c.entered_at, vehicles.c.vehicle_id)
    counted = (func.count(), func.count(vehicles.c.latitude))
    row = connection.execute(select(by_entry.limit(1).scalar_subquery(), *counted).where(*here)).one()
    return FleetSoFar(first=row[0], in_service=row[1], on_the_map=row[2])


def vehicle_page(connection: Connection, coop_id: UUID, vehicle_id: UUID, *, on: date) -> VehiclePage:
    """Return a vehicle, in service or not, its papers judged at the date `on`; refuses with `Unknown`."""
    row, card = _found(connection, coop_id, vehicle_id, on)
    on_file = papers_on_file(connection, coop_id, vehicle_id, of=card.kind, on=on)
    kept = {name: row[name] for name in ("plate", "handbook", "papers_by")}
    return VehiclePage(card=card, papers=on_file, **kept)


def vehicle_card(connection: Connection, coop_id: UUID, vehicle_id: UUID, *, on: date) -> VehicleCard:
    """Return a vehicle as a list shows it, in service or not, at the date `on`; refuses with `Unknown`."""
    return _found(connection, coop_id, vehicle_id, on)[1]


def vehicle_names(connection: Connection, coop_id: UUID, vehicle_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names of some vehicles, in service or not; those unknown here are left out."""
    return {look.vehicle_id: look.name for look in vehicle_looks(connection, coop_id, vehicle_ids).values()}


def vehicle_looks(connection: Connection, coop_id: UUID, vehicle_ids: Iterable[UUID]) -> dict[UUID, VehicleLook]:
    """Return what some vehicles look like, in service or not; those unknown here are left out."""
    wanted = (vehicles.c.coop_id == coop_id, vehicles.c.vehicle_id.in_(set(vehicle_ids)))
    shown = [vehicles.c[name] for name in VehicleLook.__struct_fields__ if name != "colour"]
    rows = connection.execute(select(*shown, _COLOUR).where(*wanted)).mappings()
    return {row["vehicle_id"]: VehicleLook(**row) for row in rows}


def vehicle_look(connection: Connection, coop_id: UUID, vehicle_id: UUID) -> VehicleLook:
    """Return what a vehicle looks like, in service or not; refuses with `Unknown`."""
    look = vehicle_looks(connection, coop_id, [vehicle_id]).get(vehicle_id)
    if look is None:
        raise Unknown
    return look


def names_in_service(connection: Connection, coop_id: UUID) -> dict[UUID, str]:
    """Return the names of the co-op's vehicles in service, by id, in the order of their names."""
    query = select(vehicles.c.vehicle_id, vehicles.c.name).where(vehicles.c.coop_id == coop_id, IN_USE)
    return {row.vehicle_id: row.name for row in connection.execute(query.order_by(*_BY_NAME))}


def vehicles_owned_by(connection: Connection, coop_id: UUID, member_id: UUID) -> tuple[str, ...]:
    """Return the names of the vehicles in service that a member owns or has a share of."""
    return tuple(vehicles_by_owner(connection, coop_id, [member_id]).get(member_id, ()))


def vehicles_by_owner(connection: Connection, coop_id: UUID, member_ids: Iterable[UUID]) -> dict[UUID, list[str]]:
    """Return the names of the vehicles in service that each of some members owns or has a share of. One statement."""
    theirs = (vehicles.c.coop_id == coop_id, IN_USE, owners.c.member_id.in_({*member_ids}))
    query = select(owners.c.member_id, vehicles.c.name).join(vehicles, of_vehicle(owners)).where(*theirs)
    owned: dict[UUID, list[str]] = {}
    for row in connection.execute(query.order_by(*_BY_NAME)):
        owned.setdefault(row.member_id, []).append(row.name)
    return owned


def co_owners(connection: Connection, coop_id: UUID, member_id: UUID) -> dict[UUID, set[UUID]]:
    """Return the other owners of each vehicle, in service or not, that is a member's or that she has a share of."""
    hers = select(owners.c.vehicle_id).where(owners.c.coop_id == coop_id, owners.c.member_id == member_id)
    query = select(owners.c.vehicle_id, owners.c.member_id)
    found: dict[UUID, set[UUID]] = {}
    for row in connection.execute(query.where(owners.c.coop_id == coop_id, owners.c.vehicle_id.in_(hers))):
        found.setdefault(row.vehicle_id, set()).update({row.member_id} - {member_id})
    return found


def owner_shares(connection: Connection, coop_id: UUID, vehicle_id: UUID) -> tuple[OwnerShare, ...]:
    """Return who owns how many parts of a vehicle, the largest first; none for the group's."""
    return shares_of(connection, coop_id, [vehicle_id])[vehicle_id]


def shares_of(
    connection: Connection, coop_id: UUID, vehicle_ids: Collection[UUID]
) -> defaultdict[UUID, tuple[OwnerShare, ...]]:
    """Return, by vehicle, who owns how many parts of it, the largest first; none for the group's."""
    return _shares(connection, _OWNERS.where(owners.c.vehicle_id.in_(vehicle_ids)), coop=coop_id)


def access_code(connection: Connection, coop_id: UUID, vehicle_id: UUID) -> str | None:
    """Return the code that opens a vehicle's key box, if it has one."""
    return connection.execute(select(vehicles.c.access_code).where(_is(vehicles, coop_id, vehicle_id))).scalar()


def plate_in_service(connection: Connection, plate: str) -> bool:
    """Tell whether a vehicle with this plate (in its one spelling) is in service, in any co-op."""
    return bool(connection.execute(select(exists().where(plates.c.plate == plate))).scalar())


IN_USE = vehicles.c.left_at.is_(None)
_BY_NAME = (vehicles.c.name, vehicles.c.vehicle_id)


def _is(table: Any, coop_id: UUID, vehicle_id: UUID) -> ColumnElement[bool]:
    return and_(table.c.coop_id == coop_id, table.c.vehicle_id == vehicle_id)


def of_vehicle(table: Any) -> ColumnElement[bool]:
    """Tell of a row whether it is of the vehicle that is asked about."""
    return and_(table.c.coop_id == vehicles.c.coop_id, table.c.vehicle_id == vehicles.c.vehicle_id)


_COLOUR = select(colours.c.colour).where(of_vehicle(colours)).scalar_subquery().label("colour")


def _vehicles() -> Select[Any]:
    newest_first = (readings.c.at.desc(), readings.c.position.desc())
    sound = select(readings.c.km).where(of_vehicle(readings), readings.c.anomaly.is_(None))
    known = select(func.count()).where(of_vehicle(damages), damages.c.mended_at.is_(None))
    past = papers.c.valid_until < bindparam("on")
    ended = select(func.aggregate_strings(papers.c.kind, " ")).where(of_vehicle(papers), past)
    return select(
        vehicles,
        _COLOUR,
        sound.order_by(*newest_first).limit(1).scalar_subquery().label("odometer_km"),
        known.scalar_subquery().label("known_damages"),
        ended.scalar_subquery().label("past_due"),
    )


# Asked at every search: made once.
_VEHICLES = _vehicles()
_IN_SERVICE = _VEHICLES.where(vehicles.c.coop_id == bindparam("coop"), IN_USE).order_by(*_BY_NAME)
PLAIN_NAME = plainly(vehicles.c.name).label("plain_name")
_LARGEST_FIRST = (owners.c.parts.desc(), owners.c.member_id)
_OWNERS = select(owners).where(owners.c.coop_id == bindparam("coop")).order_by(*_LARGEST_FIRST)


def _shares(connection: Connection, query: Select[Any], **asked: UUID) -> defaultdict[UUID, tuple[OwnerShare, ...]]:
    shares: defaultdict[UUID, tuple[OwnerShare, ...]] = defaultdict(tuple)
    for row in connection.execute(query, asked):
        shares[row.vehicle_id] += (OwnerShare(row.member_id, row.parts),)
    return shares


def _owners_of(rows: Iterable[RowMapping]) -> Select[Any]:
    return _OWNERS.where(owners.c.vehicle_id.in_([row["vehicle_id"] for row in rows]))


def _found(connection: Connection, coop_id: UUID, vehicle_id: UUID, on: date) -> tuple[RowMapping, VehicleCard]:
    query = _VEHICLES.where(_is(vehicles, coop_id, vehicle_id))
    row = connection.execute(query, {"on": on}).mappings().one_or_none()
    if row is None:
        raise Unknown
    return row, _card(row, owner_shares(connection, coop_id, vehicle_id))


_AS_STORED = (
    *("vehicle_id", "name", "kind", "sharing", "energy", "colour", "seats", "handover", "photo_id"),
    *("entered_at", "left_at", "odometer_km", "known_damages"),
)


def _card(row: RowMapping, shares: tuple[OwnerShare, ...]) -> VehicleCard:
    return VehicleCard(
        **{name: row[name] for name in _AS_STORED},
        equipment=tuple(row["equipment"].split()),
        home=Place(row["home"], _degrees(row["latitude"]), _degrees(row["longitude"])),
        past_due=tuple(kind for kind in PAPERS if kind in (row["past_due"] or "").split()),
        owners=shares,
    )


def _degrees(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
