"""What has happened to vehicles. A vehicle's own events stand in the stream of its id."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import msgspec

from fleet.catalogue import Anomaly, Energy, Equipment, Handover, PaperKind, Part, Sharing, VehicleKind
from kernel.event import Event
from kernel.privacy import Sealed


class OwnerShare(msgspec.Struct, frozen=True):
    """A member's part of a vehicle, in whole parts of the sum of all."""

    member_id: UUID
    parts: int


class Place(msgspec.Struct, frozen=True):
    """Where a vehicle lives, in words, and as degrees (WGS 84, at most five decimals: a metre) when known."""

    text: str
    latitude: Decimal | None = None
    longitude: Decimal | None = None


class Paper(msgspec.Struct, frozen=True, omit_defaults=True):
    """A paper on file, valid to the end of that day; `insurer_consents` was said of an insurance, and shown by nothing.

    The insurer's consent was `given_on` a day; its photo or PDF is `photo_id`. With `first_registered_on`, there was no
    inspection yet, and the law asks for none until the end of `valid_until`.
    """

    kind: PaperKind
    valid_until: date | None = None
    insurer_consents: bool = False
    given_on: date | None = None
    photo_id: UUID | None = None
    first_registered_on: date | None = None


class VehicleEnteredService(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A vehicle is the co-op's to book from now on. `odometer_km` opens its chain of readings.

    `papers_asked`: nobody may have it without the papers it needs, as is so since these are asked for.
    """

    vehicle_name: str
    kind: VehicleKind
    sharing: Sharing
    owners: tuple[OwnerShare, ...]
    plate: str | None
    energy: Energy
    seats: int
    equipment: tuple[Equipment, ...]
    home: Place
    handover: Handover
    odometer_km: int
    photo_id: UUID | None
    papers: tuple[Paper, ...]
    papers_asked: bool = False


class VehicleRenamed(Event, frozen=True, kw_only=True):
    """A vehicle is called something else from now on."""

    vehicle_name: str


class ColourSaid(Event, frozen=True, kw_only=True):
    """A vehicle has this colour; `None` takes back what was said of it."""

    colour: str | None


class VehicleMovedHome(Event, frozen=True, kw_only=True):
    """A vehicle lives somewhere else."""

    home: Place


class PaperFiled(Event, frozen=True, kw_only=True):
    """A paper came on file, or replaced the one of its kind."""

    paper: Paper


class PapersAskedFor(Event, frozen=True, kw_only=True):
    """A vehicle of before papers were asked for needs its own now: without them it is had until the end of a day."""

    until: date


class PaperNearsEnd(Event, frozen=True, kw_only=True):
    """So many days are left, or fewer, of a paper that is valid to the end of that day."""

    paper: Paper
    days: int


class HandbookWritten(Event, frozen=True, kw_only=True):
    """What drivers should know of a vehicle, and the code of its key box, were written anew."""

    text: str
    access_code: str | None


class VehicleLeftService(Event, frozen=True, kw_only=True):
    """A vehicle can no longer be booked."""


class OdometerRead(Event, frozen=True, kw_only=True):
    """Someone read a vehicle's odometer, at `at`. `anomaly` says why the reading cannot be right as it stands."""

    vehicle_id: UUID
    km: int
    at: datetime
    trip_id: UUID | None
    read_by: UUID | None
    anomaly: Anomaly | None


class ReadingJudged(Event, frozen=True, kw_only=True):
    """The reading at a position of the log was judged anew, beside others; no `anomaly`: it is sound after all."""

    vehicle_id: UUID
    position: int
    anomaly: Anomaly | None


class ReadingCorrected(Event, frozen=True, kw_only=True):
    """The reading at a position of the log had been mistyped: it showed so many km. No `anomaly`: it is sound now."""

    vehicle_id: UUID
    position: int
    at: datetime
    trip_id: UUID | None
    km: int
    anomaly: Anomaly | None


class ReadingWithdrawn(Event, frozen=True, kw_only=True):
    """The reading at a position of the log is taken back: what it was read at was undone."""

    vehicle_id: UUID
    position: int
    at: datetime
    trip_id: UUID | None


class DamageReported(Event, frozen=True, kw_only=True):
    """A damage was seen on a vehicle, at one part of its drawing."""

    vehicle_id: UUID
    part: Part
    words: Sealed
    photo_id: UUID | None
    trip_id: UUID | None


class DamageMended(Event, frozen=True, kw_only=True):
    """A damage has been repaired."""

    vehicle_id: UUID


# What processes and pages may follow; all else that happens here is this context's own affair.
PUBLISHED = (
    VehicleEnteredService,
    PaperFiled,
    PapersAskedFor,
    PaperNearsEnd,
    VehicleLeftService,
    DamageReported,
)
