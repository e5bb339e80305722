"""What is asked of the fleet."""

from datetime import UTC, date
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

from fleet.catalogue import Energy, Equipment, Handover, PaperKind, Part, Sharing, VehicleKind
from kernel.command import Command
from kernel.period import Aware
from kernel.text import END, IS_NAME, NAME, ONE_LINE, PLAIN, VISIBLE

Line = Annotated[str, Meta(min_length=1, max_length=120, pattern=ONE_LINE)]
Name = Annotated[str, Meta(min_length=1, max_length=120, pattern=NAME, extra_json_schema=IS_NAME)]
Text = Annotated[str, Meta(max_length=10_000, pattern=PLAIN)]
Degrees = Annotated[str, Meta(pattern=rf"^-?[0-9]{{1,3}}(\.[0-9]{{1,5}})?{END}", examples=["44.75321"])]
WhatIsSeen = Annotated[str, Meta(min_length=1, max_length=500, pattern=VISIBLE)]
AccessCode = Annotated[str, Meta(min_length=1, max_length=40, pattern=ONE_LINE)]
Parts = Annotated[int, Meta(ge=1, le=10_000)]
Kilometres = Annotated[int, Meta(ge=0, le=2_000_000)]


class Owner(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A member and their whole parts of a vehicle: parts 2, 2 and 1 own two fifths, two fifths and one fifth."""

    member_id: UUID
    parts: Parts = 1


class Home(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a vehicle lives; degrees (WGS 84) as text with at most five decimals, both or neither."""

    text: Line
    latitude: Degrees | None = None
    longitude: Degrees | None = None


class PaperOnFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A paper: the last day it is valid, and of the insurer's consent when it was given and its photo or PDF.

    In place of the last day of an inspection that there never was stands when the vehicle was first registered.
    `insurer_consents` may still be said of an insurance, but is no consent on file. `confirmed` repeats a last day that
    was asked back: it is meant.
    """

    kind: PaperKind
    valid_until: date | None = None
    insurer_consents: bool = False
    given_on: date | None = None
    photo_id: UUID | None = None
    first_registered_on: date | None = None
    confirmed: date | None = None


class EnterService(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Make a vehicle the co-op's to book; its id becomes the command's."""

    name: Name
    kind: VehicleKind
    sharing: Sharing
    owners: Annotated[tuple[Owner, ...], Meta(max_length=8)] = ()
    plate: Annotated[str, Meta(max_length=20)] | None = None
    energy: Energy
    seats: Annotated[int, Meta(ge=0, le=9)]
    equipment: Annotated[tuple[Equipment, ...], Meta(max_length=20)] = ()
    home: Home
    handover: Handover
    odometer_km: Kilometres | None = None
    photo_id: UUID | None = None
    papers: Annotated[tuple[PaperOnFile, ...], Meta(max_length=4)] = ()


class RenameVehicle(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say what a vehicle is called from now on."""

    vehicle_id: UUID
    name: Name


class SayColour(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say what colour a vehicle has, or take back what was said of it."""

    vehicle_id: UUID
    colour: Annotated[str, Meta(min_length=1, max_length=40, pattern=ONE_LINE)] | None = None


class MoveHome(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say where a vehicle lives from now on."""

    vehicle_id: UUID
    home: Home


class FilePaper(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """File a paper, or the one that replaces it."""

    vehicle_id: UUID
    paper: PaperOnFile


class AskForPapers(Command, frozen=True, kw_only=True):
    """Ask for the papers of a vehicle that entered service before they were: it is had without them until a day."""

    vehicle_id: UUID
    until: date


class RemindOfPaper(Command, frozen=True, kw_only=True):
    """Remind those who look after a vehicle that a paper ends within so many days."""

    vehicle_id: UUID
    kind: PaperKind
    valid_until: date
    days: int


class WriteHandbook(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Write what drivers should know of a vehicle, and the code that opens its key box (`None`: there is none).

    What is not said stays as it is.
    """

    vehicle_id: UUID
    text: Text | UnsetType = UNSET
    access_code: AccessCode | UnsetType | None = UNSET


class LeaveService(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Take a vehicle out of service: no new bookings."""

    vehicle_id: UUID


class RecordReading(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Record what a vehicle's odometer showed at an instant (kept in UTC), in a trip or outside any."""

    vehicle_id: UUID
    km: Kilometres
    at: Aware
    trip_id: UUID | None = None
    read_by: UUID | None = None

    def __post_init__(self) -> None:
        """Turn the instant to UTC; `ValueError` (a clear 400 from outside) at the very ends of the calendar."""
        try:
            msgspec.structs.force_setattr(self, "at", self.at.astimezone(UTC))
        except OverflowError as error:
            raise ValueError("that date is too far away") from error


class CorrectReading(RecordReading, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say what a vehicle's odometer showed at an instant of a trip, where something else was typed then."""


class AcceptReading(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Let a reading of a trip count though it looks odd."""

    vehicle_id: UUID
    at: Aware
    trip_id: UUID


class WithdrawReading(AcceptReading, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Take back a reading of a trip: what it was read at did not happen after all."""


class ReportDamage(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Report a damage seen on a vehicle; its id becomes the command's."""

    vehicle_id: UUID
    part: Part
    sentence: WhatIsSeen
    photo_id: UUID | None = None
    trip_id: UUID | None = None


class MendDamage(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say that a damage has been repaired."""

    damage_id: UUID
