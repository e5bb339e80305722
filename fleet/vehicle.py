"""A vehicle: in service or not, where it lives, its papers and its handbook.

Its odometer and its damages have streams of their own, so that this one stays short over the years.
"""

from typing import Self

import msgspec
from msgspec import UNSET

from fleet.catalogue import PaperKind, VehicleKind
from fleet.commands import (
    AskForPapers,
    EnterService,
    FilePaper,
    LeaveService,
    MoveHome,
    RemindOfPaper,
    RenameVehicle,
    SayColour,
    WriteHandbook,
)
from fleet.events import (
    ColourSaid,
    HandbookWritten,
    OwnerShare,
    Paper,
    PaperFiled,
    PaperNearsEnd,
    PapersAskedFor,
    Place,
    VehicleEnteredService,
    VehicleLeftService,
    VehicleMovedHome,
    VehicleRenamed,
)
from fleet.papers.policies import filed_paper
from fleet.policies import ENTERING_SERVICE, normal_plate, placed
from kernel.aggregate import Aggregate
from kernel.event import Event
from kernel.refused import Refused


class AlreadyInService(Refused):
    """This vehicle is in service already."""


class PlateInService(Refused):
    """A vehicle with the plate {plate} is in service already."""


class OutOfService(Refused):
    """{vehicle} is out of service: nothing about it changes any more."""


class Vehicle(Aggregate, frozen=True, kw_only=True):
    """What decisions about one vehicle rest on."""

    name: str = ""
    colour: str | None = None
    kind: VehicleKind = "car"
    home: Place = Place("")
    papers: dict[PaperKind, Paper] = {}  # noqa: RUF012 - msgspec gives each vehicle its own
    papers_asked: bool = False
    handbook: str = ""
    access_code: str | None = None
    in_service: bool = False

    @property
    def known(self) -> bool:
        """Whether this vehicle ever entered service."""
        return bool(self.name)

    def enter(self, command: EnterService, *, plate_taken: bool) -> tuple[Event, ...]:
        """Enter service, or refuse with `AlreadyInService`, `PlateInService` or a rule of `ENTERING_SERVICE`."""
        if self.known:
            raise AlreadyInService
        for rule in ENTERING_SERVICE:
            rule(command)
        if plate_taken:
            raise PlateInService(plate=normal_plate(command.plate))
        entered = VehicleEnteredService(
            vehicle_name=command.name.strip(),
            kind=command.kind,
            sharing=command.sharing,
            owners=tuple(OwnerShare(owner.member_id, owner.parts) for owner in command.owners),
            plate=normal_plate(command.plate),
            energy=command.energy,
            seats=command.seats,
            equipment=tuple(dict.fromkeys(command.equipment)),
            home=placed(command.home),
            handover=command.handover,
            odometer_km=command.odometer_km or 0,
            photo_id=command.photo_id,
            papers=tuple(filed_paper(paper) for paper in command.papers),
            papers_asked=True,
        )
        return (entered,)

    def rename(self, command: RenameVehicle) -> tuple[Event, ...]:
        """Be called something else, or refuse with `OutOfService`."""
        self._still_in_service()
        name = command.name.strip()
        return () if name == self.name else (VehicleRenamed(vehicle_name=name),)

    def say_colour(self, command: SayColour) -> tuple[Event, ...]:
        """Have another colour, or none that is said, or refuse with `OutOfService`."""
        self._still_in_service()
        colour = command.colour.strip() if command.colour else None
        return () if colour == self.colour else (ColourSaid(colour=colour),)

    def move_home(self, command: MoveHome) -> tuple[Event, ...]:
        """Live somewhere else, or refuse with `PositionOffTheMap` or `OutOfService`."""
        self._still_in_service()
        home = placed(command.home)
        return () if home == self.home else (VehicleMovedHome(home=home),)

    def file_paper(self, command: FilePaper) -> tuple[Event, ...]:
        """Put a paper on file, or refuse with `OutOfService` or as `filed_paper` does.

        An earlier last day than before is accepted: it may correct a wrong one.
        """
        self._still_in_service()
        paper = filed_paper(command.paper)
        return () if self.papers.get(paper.kind) == paper else (PaperFiled(paper=paper),)

    def ask_for_papers(self, command: AskForPapers) -> tuple[Event, ...]:
        """Be had without the papers it needs until a day, and no longer; once, and only while it is in service."""
        asks = self.in_service and not self.papers_asked
        return (PapersAskedFor(until=command.until),) if asks else ()

    def remind_of_paper(self, command: RemindOfPaper) -> tuple[Event, ...]:
        """Tell that a paper is about to end; nothing when it was replaced meanwhile, or the vehicle left service."""
        paper = self.papers.get(command.kind)
        ends = self.in_service and paper and paper.valid_until == command.valid_until
        return (PaperNearsEnd(paper=paper, days=command.days),) if ends and paper else ()

    def write_handbook(self, command: WriteHandbook) -> tuple[Event, ...]:
        """Write the handbook, the access code or both, or refuse with `OutOfService`; what is not said stays."""
        self._still_in_service()
        text = self.handbook if command.text is UNSET else command.text
        access_code = self.access_code if command.access_code is UNSET else command.access_code
        if (text, access_code) == (self.handbook, self.access_code):
            return ()
        return (HandbookWritten(text=text, access_code=access_code),)

    def leave(self, _command: LeaveService) -> tuple[Event, ...]:
        """Leave service; leaving again changes nothing."""
        return (VehicleLeftService(),) if self.in_service else ()

    def _still_in_service(self) -> None:
        if not self.in_service:
            raise OutOfService(vehicle=self.name)

    def evolve(self, event: Event) -> Self:
        """Return the vehicle after `event`."""
        match event:
            case VehicleEnteredService(vehicle_name=name, kind=kind, home=home, papers=papers, papers_asked=asked):
                on_file = {paper.kind: paper for paper in papers}
                entered = {"name": name, "kind": kind, "home": home, "papers": on_file, "papers_asked": asked}
                return msgspec.structs.replace(self, **entered, in_service=True)
            case VehicleRenamed(vehicle_name=name):
                return msgspec.structs.replace(self, name=name)
            case ColourSaid(colour=colour):
                return msgspec.structs.replace(self, colour=colour)
            case VehicleMovedHome(home=home):
                return msgspec.structs.replace(self, home=home)
            case PaperFiled(paper=paper):
                return msgspec.structs.replace(self, papers={**self.papers, paper.kind: paper})
            case PapersAskedFor():
                return msgspec.structs.replace(self, papers_asked=True)
            case HandbookWritten(text=text, access_code=access_code):
                return msgspec.structs.replace(self, handbook=text, access_code=access_code)
            case VehicleLeftService():
                return msgspec.structs.replace(self, in_service=False)
            case _:
                return self
