"""The fleet's door for writing: everything that can be asked of it."""

from collections.abc import Sequence
from uuid import UUID

from fleet.commands import (
    AcceptReading,
    AskForPapers,
    CorrectReading,
    EnterService,
    FilePaper,
    LeaveService,
    MendDamage,
    MoveHome,
    RecordReading,
    RemindOfPaper,
    RenameVehicle,
    ReportDamage,
    SayColour,
    WithdrawReading,
    WriteHandbook,
)
from fleet.damage import Damage
from fleet.odometer import Known, Odometer, month_stream
from fleet.policies import normal_plate
from fleet.queries import plate_in_service
from fleet.readings import readings_around, readings_lately, readings_next
from fleet.vehicle import Vehicle
from kernel.command import Asked, Done
from kernel.event import Event
from kernel.log.door import Door
from kernel.log.transaction import Transaction
from kernel.refused import Unknown

VOTING = 12
"""So many readings before a new one may vote with it on which of them are sound."""


class Fleet(Door):
    """Carries out the fleet's commands; each method refuses as the decision it calls says, or with `Unknown`."""

    def enter_service(self, command: EnterService, asked: Asked) -> Done:
        """Make a vehicle the co-op's to book; its id is the command's."""

        def decide(vehicle: Vehicle, transaction: Transaction) -> Sequence[Event]:
            plate = normal_plate(command.plate)
            taken = plate is not None and plate_in_service(transaction.connection, plate)
            return vehicle.enter(command, plate_taken=taken)

        return self._history.start(Vehicle, asked.command_id, command, asked, decide)

    def rename_vehicle(self, command: RenameVehicle, asked: Asked) -> Done:
        """Say what a vehicle is called from now on."""
        return self._change(Vehicle, command.vehicle_id, command, asked, Vehicle.rename)

    def say_colour(self, command: SayColour, asked: Asked) -> Done:
        """Say what colour a vehicle has, or take back what was said of it."""
        return self._change(Vehicle, command.vehicle_id, command, asked, Vehicle.say_colour)

    def move_home(self, command: MoveHome, asked: Asked) -> Done:
        """Say where a vehicle lives from now on."""
        return self._change(Vehicle, command.vehicle_id, command, asked, Vehicle.move_home)

    def file_paper(self, command: FilePaper, asked: Asked) -> Done:
        """Put a paper on file."""
        return self._change(Vehicle, command.vehicle_id, command, asked, Vehicle.file_paper)

    def ask_for_papers(self, command: AskForPapers, asked: Asked) -> Done:
        """Ask for the papers of a vehicle that entered service before they were."""
        return self._change(Vehicle, command.vehicle_id, command, asked, Vehicle.ask_for_papers)

    def remind_of_paper(self, command: RemindOfPaper, asked: Asked) -> Done:
        """Tell that a paper is about to end."""
        return self._change(Vehicle, command.vehicle_id, command, asked, Vehicle.remind_of_paper)

    def write_handbook(self, command: WriteHandbook, asked: Asked) -> Done:
        """Write a vehicle's handbook and access code anew."""
        return self._change(Vehicle, command.vehicle_id, command, asked, Vehicle.write_handbook)

    def leave_service(self, command: LeaveService, asked: Asked) -> Done:
        """Take a vehicle out of service; its plate may enter again, here or elsewhere."""
        return self._change(Vehicle, command.vehicle_id, command, asked, Vehicle.leave)

    def record_reading(self, command: RecordReading, asked: Asked) -> Done:
        """Record what an odometer showed."""

        def decide(odometer: Odometer, transaction: Transaction) -> Sequence[Event]:
            _known_vehicle(transaction, command.vehicle_id)
            of_vehicle = (transaction.connection, command.coop_id, command.vehicle_id)
            before, after = readings_around(*of_vehicle, command.at)
            lately = readings_lately(*of_vehicle, command.at, VOTING)
            return odometer.record(command, now=asked.at, before=before, after=after, lately=lately)

        stream_id = month_stream(command.vehicle_id, command.at)
        return self._history.start(Odometer, stream_id, command, asked, decide)

    def correct_reading(self, command: CorrectReading, asked: Asked) -> Done:
        """Let a reading of a trip show what it really showed."""

        def decide(odometer: Odometer, transaction: Transaction) -> Sequence[Event]:
            return odometer.correct(command, known=_known_around(transaction, command))

        stream_id = month_stream(command.vehicle_id, command.at)
        return self._history.start(Odometer, stream_id, command, asked, decide)

    def accept_reading(self, command: AcceptReading, asked: Asked) -> Done:
        """Let a reading of a trip count though it looks odd."""

        def decide(odometer: Odometer, transaction: Transaction) -> Sequence[Event]:
            return odometer.accept(command, known=_known_around(transaction, command))

        stream_id = month_stream(command.vehicle_id, command.at)
        return self._history.start(Odometer, stream_id, command, asked, decide)

    def withdraw_reading(self, command: WithdrawReading, asked: Asked) -> Done:
        """Take back a reading of a trip that was undone."""

        def decide(odometer: Odometer, transaction: Transaction) -> Sequence[Event]:
            return odometer.withdraw(command, known=_known_around(transaction, command))

        stream_id = month_stream(command.vehicle_id, command.at)
        return self._history.start(Odometer, stream_id, command, asked, decide)

    def report_damage(self, command: ReportDamage, asked: Asked) -> Done:
        """Make a damage known; its id is the command's."""

        def decide(damage: Damage, transaction: Transaction) -> Sequence[Event]:
            vehicle = _known_vehicle(transaction, command.vehicle_id)
            words = transaction.seal(asked.by or command.coop_id, command.sentence.strip())
            return damage.report(command, vehicle=vehicle, words=words)

        return self._history.start(Damage, asked.command_id, command, asked, decide)

    def mend_damage(self, command: MendDamage, asked: Asked) -> Done:
        """Say that a damage has been repaired."""
        return self._change(Damage, command.damage_id, command, asked, Damage.mend)


def _known_around(transaction: Transaction, command: AcceptReading | CorrectReading) -> list[Known]:
    """Return the readings before and after an instant, flagged ones too, in order: those that vote on one of them."""
    of_vehicle = (transaction.connection, command.coop_id, command.vehicle_id)
    lately = readings_lately(*of_vehicle, command.at, VOTING)
    return [*lately, *readings_next(*of_vehicle, command.at, VOTING)]


def _known_vehicle(transaction: Transaction, vehicle_id: UUID) -> Vehicle:
    vehicle = transaction.read(Vehicle, vehicle_id)
    if not vehicle.known:
        raise Unknown
    return vehicle
