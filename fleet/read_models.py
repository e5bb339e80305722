"""The tables fleet pages read, and how each event writes them.

`fleet_plates` is here to hold a rule more than to be read: one plate is in service once in the whole installation,
whichever co-op it is in, so that two co-ops cannot both lend out the same vehicle.
`fleet_colours` stands apart so that a database of an earlier version goes on before it is rebuilt: what has no row has
no colour.
"""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    Uuid,
)

from fleet.catalogue import PAPERS
from fleet.events import (
    ColourSaid,
    DamageMended,
    DamageReported,
    HandbookWritten,
    OdometerRead,
    Paper,
    PaperFiled,
    PaperNearsEnd,
    PapersAskedFor,
    Place,
    ReadingCorrected,
    ReadingJudged,
    ReadingWithdrawn,
    VehicleEnteredService,
    VehicleLeftService,
    VehicleMovedHome,
    VehicleRenamed,
)
from kernel.event import Event, Recorded
from kernel.read_models.projection import Change, Put, Remove, Set, Write
from kernel.tables import Instant, derived
from people.photos import named, named_paper

vehicles = Table(
    "fleet_vehicles",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("vehicle_id", Uuid, primary_key=True),
    Column("name", String(120), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("sharing", String(20), nullable=False),
    Column("plate", String(12)),
    Column("energy", String(20), nullable=False),
    Column("seats", BigInteger, nullable=False),
    Column("equipment", String(200), nullable=False),
    Column("home", String(120), nullable=False),
    Column("latitude", String(12)),
    Column("longitude", String(12)),
    Column("handover", String(20), nullable=False),
    Column("photo_id", Uuid),
    Column("handbook", Text, nullable=False),
    Column("access_code", String(40)),
    Column("entered_at", Instant, nullable=False),
    Column("left_at", Instant),
    Column("papers_asked", Boolean, nullable=False),
    Column("papers_by", Date),
)

plates = Table(
    "fleet_plates",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("vehicle_id", Uuid, primary_key=True),
    Column("plate", String(12), nullable=False, unique=True),
)

colours = Table(
    "fleet_colours",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("vehicle_id", Uuid, primary_key=True),
    Column("colour", String(40)),
)

owners = Table(
    "fleet_owners",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("vehicle_id", Uuid, primary_key=True),
    Column("member_id", Uuid, primary_key=True),
    Column("parts", BigInteger, nullable=False),
)

papers = Table(
    "fleet_papers",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("vehicle_id", Uuid, primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("valid_until", Date),
    Column("insurer_consents", Boolean, nullable=False),
    Column("filed_at", Instant),
    Column("given_on", Date),
    Column("photo_id", Uuid),
    Column("first_registered_on", Date),
    Column("told_days", Integer),
    Index("fleet_papers_by_end", "valid_until"),
)
"""`told_days` is of how many days before the end of the paper on file its last letter told; `None` before the first."""

readings = Table(
    "fleet_readings",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("vehicle_id", Uuid, primary_key=True),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("km", BigInteger, nullable=False),
    Column("at", Instant, nullable=False),
    Column("trip_id", Uuid),
    Column("read_by", Uuid),
    Column("anomaly", String(20)),
    Index("fleet_readings_by_time", "coop_id", "vehicle_id", "at"),
)

damages = Table(
    "fleet_damages",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("damage_id", Uuid, primary_key=True),
    Column("vehicle_id", Uuid, nullable=False),
    Column("part", String(20), nullable=False),
    Column("words", LargeBinary, nullable=False),
    Column("words_by", Uuid, nullable=False),
    Column("photo_id", Uuid),
    Column("trip_id", Uuid),
    Column("reported_at", Instant, nullable=False),
    Column("mended_at", Instant),
    Index("fleet_damages_by_vehicle", "coop_id", "vehicle_id"),
)


def project(recorded: Recorded[Event]) -> Iterable[Write]:
    """Say what an event writes to the fleet's tables."""
    key = {"coop_id": recorded.coop_id, "vehicle_id": recorded.stream_id}
    match recorded.event:
        case VehicleEnteredService() as entered:
            yield from _entered(key, recorded, entered)
        case VehicleRenamed(vehicle_name=name):
            yield Change(vehicles, key, {"name": name})
        case ColourSaid(colour=colour):
            yield Set(colours, key, {"colour": colour})
        case VehicleMovedHome(home=home):
            yield Change(vehicles, key, _place(home))
        case PaperFiled(paper=paper):
            yield Change(papers, {**key, "kind": paper.kind}, _paper(paper, recorded))
            yield from named_paper(recorded, paper.photo_id)
        case PapersAskedFor(until=until):
            yield Change(vehicles, key, {"papers_asked": True, "papers_by": until})
        case PaperNearsEnd(paper=paper, days=days):
            yield Change(papers, {**key, "kind": paper.kind}, {"told_days": days})
        case HandbookWritten(text=text, access_code=access_code):
            yield Change(vehicles, key, {"handbook": text, "access_code": access_code})
        case VehicleLeftService():
            yield Change(vehicles, key, {"left_at": recorded.effective_at})
            yield Remove(plates, key)
        case _:
            yield from _read_or_damaged(recorded)


def _read_or_damaged(recorded: Recorded[Event]) -> Iterator[Write]:
    match recorded.event:
        case OdometerRead() as read:
            yield Put(readings, _reading(recorded, read))
        case ReadingJudged(vehicle_id=vehicle_id, position=position, anomaly=said):
            judged = {"coop_id": recorded.coop_id, "vehicle_id": vehicle_id, "position": position}
            yield Change(readings, judged, {"anomaly": said})
        case ReadingCorrected(vehicle_id=vehicle_id, position=position, km=km, anomaly=said):
            right = {"coop_id": recorded.coop_id, "vehicle_id": vehicle_id, "position": position}
            yield Change(readings, right, {"km": km, "anomaly": said})
        case ReadingWithdrawn(vehicle_id=vehicle_id, position=position):
            yield Remove(readings, {"coop_id": recorded.coop_id, "vehicle_id": vehicle_id, "position": position})
        case DamageReported() as reported:
            yield Put(damages, _damage(recorded, reported))
            yield from named(recorded, reported.photo_id)
        case DamageMended():
            damage = {"coop_id": recorded.coop_id, "damage_id": recorded.stream_id}
            yield Change(damages, damage, {"mended_at": recorded.effective_at})


def _entered(key: dict[str, UUID], recorded: Recorded[Event], entered: VehicleEnteredService) -> Iterator[Write]:
    yield Put(vehicles, key | _vehicle(recorded, entered))
    yield from named(recorded, entered.photo_id, outlives=True)
    if entered.plate:
        yield Put(plates, {**key, "plate": entered.plate})
    for owner in entered.owners:
        yield Put(owners, {**key, "member_id": owner.member_id, "parts": owner.parts})
    on_file = {paper.kind: paper for paper in entered.papers}
    for kind in PAPERS:
        yield Put(papers, {**key, "kind": kind, **_paper(on_file.get(kind), recorded)})
    yield from named_paper(recorded, *(paper.photo_id for paper in entered.papers))
    first = OdometerRead(
        vehicle_id=recorded.stream_id,
        km=entered.odometer_km,
        at=recorded.effective_at,
        trip_id=None,
        read_by=recorded.by,
        anomaly=None,
    )
    yield Put(readings, _reading(recorded, first))


def _vehicle(recorded: Recorded[Event], entered: VehicleEnteredService) -> dict[str, Any]:
    return {
        "name": entered.vehicle_name,
        "kind": entered.kind,
        "sharing": entered.sharing,
        "plate": entered.plate,
        "energy": entered.energy,
        "seats": entered.seats,
        "equipment": " ".join(entered.equipment),
        **_place(entered.home),
        "handover": entered.handover,
        "photo_id": entered.photo_id,
        "handbook": "",
        "access_code": None,
        "entered_at": recorded.effective_at,
        "left_at": None,
        "papers_asked": entered.papers_asked,
        "papers_by": None,
    }


def _place(home: Place) -> dict[str, Any]:
    """Return a place's columns; degrees stand as text, for SQLite has no exact decimals."""
    latitude = None if home.latitude is None else str(home.latitude)
    longitude = None if home.longitude is None else str(home.longitude)
    return {"home": home.text, "latitude": latitude, "longitude": longitude}


def _paper(paper: Paper | None, recorded: Recorded[Event]) -> dict[str, Any]:
    on_file = paper or Paper("registration")
    return {
        "valid_until": on_file.valid_until,
        "insurer_consents": on_file.insurer_consents,
        "filed_at": recorded.effective_at if paper else None,
        "given_on": on_file.given_on,
        "photo_id": on_file.photo_id,
        "first_registered_on": on_file.first_registered_on,
        "told_days": None,
    }


def _reading(recorded: Recorded[Event], read: OdometerRead) -> dict[str, Any]:
    return {
        "coop_id": recorded.coop_id,
        "vehicle_id": read.vehicle_id,
        "position": recorded.position,
        "km": read.km,
        "at": read.at,
        "trip_id": read.trip_id,
        "read_by": read.read_by,
        "anomaly": read.anomaly,
    }


def _damage(recorded: Recorded[Event], reported: DamageReported) -> dict[str, Any]:
    return {
        "coop_id": recorded.coop_id,
        "damage_id": recorded.stream_id,
        "vehicle_id": reported.vehicle_id,
        "part": reported.part,
        "words": reported.words.cipher,
        "words_by": reported.words.subject,
        "photo_id": reported.photo_id,
        "trip_id": reported.trip_id,
        "reported_at": recorded.effective_at,
        "mended_at": None,
    }
