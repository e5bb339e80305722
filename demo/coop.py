"""One co-op of the demo: its members and vehicles by name, and all they ask, each act in a few words.

Every verb is one command asked by a member, through its use case where it needs several contexts; what it returns is
what the next verb needs.
"""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID, uuid5

from booking.commands import ApproveBooking, BookVehicle, CancelBooking, RefuseBooking
from booking.queries import booking
from demo.cast.people import DEMO, Group, Neighbour, iban
from demo.cast.vehicles import Model, Vehicle
from demo.clock import Clock
from demo.noting import note_expense
from demo.pictures import keep_letter, keep_portrait
from fleet.commands import (
    FilePaper,
    LeaveService,
    MendDamage,
    PaperOnFile,
    RenameVehicle,
    ReportDamage,
    SayColour,
    WriteHandbook,
)
from governance.commands import (
    Accent,
    AskErasure,
    CastBallot,
    GiveRole,
    IssueInvitation,
    LeaveCoop,
    ProposeRule,
    SetBankAccount,
)
from governance.coop import CHARTER_VERSION
from governance.counting import Choice
from governance.events import InvitationKind
from governance.member import member_id_of
from governance.roles import Role
from kernel.command import Asked
from kernel.money import EURO, Money
from kernel.period import Period
from ledger.spending.commands import RecordExpense
from ledger.spending.events import ExpenseKind, Split
from people.person import Person, add_person, person
from territory.communes import commune
from usecases.actor import Actor
from usecases.bringing_in import bring_in
from usecases.coming_in.arriving import FoundCoop, join_coop, known_invitation, start_coop
from usecases.coming_in.inviting import issue_invitation
from usecases.driving.handing_over import (
    ReturnVehicleSeeing,
    TakeKeysSeeing,
    return_vehicle_seeing,
    take_keys_seeing,
)
from usecases.leaving import leave

COOP_ACCOUNTS = 100_000  # far from the members' numbers


class Coop:
    """A co-op as the demo knows it. `members` are the current ones by name, `ever` the former ones too."""

    def __init__(self, clock: Clock, group: Group) -> None:
        self.clock = clock
        self.group = group
        self.coop_id = uuid5(DEMO, group.name)
        self.place = commune(group.commune_code)
        self.referent, self.treasurer = group.names[0], group.names[0]
        self.members: dict[str, UUID] = {}
        self.ever: dict[str, UUID] = {}
        self.vehicles: dict[str, Vehicle] = {}
        self._people: dict[UUID, Person] = {}

    def start(self, founder: Neighbour) -> None:
        """Start it, and say where it is paid."""
        member_id = self._knows(founder)
        command = FoundCoop(
            coop_id=self.coop_id,
            name=self.group.name,
            commune_code=self.group.commune_code,
            accent=Accent(self.group.accent),
            charter_version=CHARTER_VERSION,
        )
        start_coop(self.clock.history, founder.person_id, command, "fr", self.clock.asked(member_id))
        account = SetBankAccount(
            coop_id=self.coop_id, holder=self.group.name, iban=iban(COOP_ACCOUNTS + int(self.group.commune_code))
        )
        self.clock.governance.set_bank_account(account, self.clock.asked(member_id))

    def invite(self, kind: InvitationKind = InvitationKind.MAIL) -> UUID:
        """Make an invitation: a mail for one, or a poster for all who scan it."""
        command = IssueInvitation(coop_id=self.coop_id, kind=kind, days_valid=60)
        actor = self.actor(self.members[self.referent])
        return issue_invitation(actor, command, self._asked(self.referent)).stream_id

    def join(self, neighbour: Neighbour, invitation_id: UUID) -> None:
        """Let someone in."""
        asked, history = self.clock.asked(self._knows(neighbour)), self.clock.history
        invited = known_invitation(history.connection, invitation_id, asked.at)
        join_coop(history, neighbour.person_id, invited, CHARTER_VERSION, asked)

    def give_role(self, name: str, role: Role) -> None:
        """Entrust a role to a member for a year."""
        command = GiveRole(coop_id=self.coop_id, member_id=self.members[name], role=role)
        self.clock.governance.give_role(command, self._asked(self.referent))
        if role is Role.TREASURER:
            self.treasurer = name

    def leave(self, name: str) -> UUID:
        """Leave; return the former member's id."""
        command = LeaveCoop(coop_id=self.coop_id, member_id=self.members[name])
        leave(self.actor(command.member_id), command, self._asked(name))
        return self.members.pop(name)

    def ask_erasure(self, member_id: UUID) -> None:
        """Ask, as a former member, to be erased: the clock does so thirty days later."""
        command = AskErasure(coop_id=self.coop_id, member_id=member_id)
        self.clock.governance.ask_erasure(command, self.clock.asked(member_id))

    def enter(self, model: Model, by: str, *, inspection: date, insurance: date, agreed: bool = True) -> Vehicle:
        """Let a vehicle enter service, to which its insurer `agreed`; write down what its drivers should know."""
        letter = keep_letter(self.clock, self.coop_id, model) if agreed and model.has_motor else None
        photo_id = keep_portrait(self.clock, self.coop_id, model)
        command = model.entering(self.coop_id, self.members, inspection, insurance, letter, photo_id)
        done = bring_in(self.actor(self.members[by]), command, self._asked(by))
        vehicle = Vehicle(done.stream_id, model, model.odometer_km)
        self.vehicles[model.name] = vehicle
        if model.handbook:
            about = {"coop_id": self.coop_id, "vehicle_id": vehicle.vehicle_id}
            book = WriteHandbook(**about, text=model.handbook, access_code=model.access_code)
            self.clock.fleet.write_handbook(book, self._asked(by))
        if model.colour:
            self.say_colour(vehicle, model.colour, by)
        return vehicle

    def file_paper(self, vehicle: Vehicle, paper: PaperOnFile, by: str) -> None:
        """File the paper that replaces one."""
        command = FilePaper(coop_id=self.coop_id, vehicle_id=vehicle.vehicle_id, paper=paper)
        self.clock.fleet.file_paper(command, self._asked(by))

    def rename(self, vehicle: Vehicle, name: str, by: str) -> None:
        """Call a vehicle something else."""
        command = RenameVehicle(coop_id=self.coop_id, vehicle_id=vehicle.vehicle_id, name=name)
        self.clock.fleet.rename_vehicle(command, self._asked(by))

    def say_colour(self, vehicle: Vehicle, colour: str, by: str) -> None:
        """Say what colour a vehicle has."""
        command = SayColour(coop_id=self.coop_id, vehicle_id=vehicle.vehicle_id, colour=colour)
        self.clock.fleet.say_colour(command, self._asked(by))

    def retire(self, vehicle: Vehicle, by: str) -> None:
        """Take a vehicle out of service."""
        command = LeaveService(coop_id=self.coop_id, vehicle_id=vehicle.vehicle_id)
        self.clock.fleet.leave_service(command, self._asked(by))
        vehicle.in_service = False

    def book(self, name: str, vehicle: Vehicle, period: Period, destination: str | None = None) -> UUID:
        """Hold hours of a vehicle, or ask its owner for them."""
        command = BookVehicle(
            coop_id=self.coop_id, vehicle_id=vehicle.vehicle_id, period=period, destination=destination
        )
        return self.clock.bookings.book_vehicle(command, self._asked(name), self.place.time_zone).stream_id

    def approve(self, booking_id: UUID, by: str) -> None:
        """Say yes to a request."""
        command = ApproveBooking(coop_id=self.coop_id, booking_id=booking_id)
        self.clock.bookings.approve_booking(command, self._asked(by))

    def refuse(self, booking_id: UUID, by: str, reason: str | None = None) -> None:
        """Say no to a request."""
        command = RefuseBooking(coop_id=self.coop_id, booking_id=booking_id, reason=reason)
        self.clock.bookings.refuse_booking(command, self._asked(by))

    def cancel(self, booking_id: UUID, by: str) -> None:
        """Give hours back."""
        command = CancelBooking(coop_id=self.coop_id, booking_id=booking_id)
        self.clock.bookings.cancel_booking(command, self._asked(by))

    def take(self, booking_id: UUID, by: str, vehicle: Vehicle, photos: tuple[UUID, ...] = ()) -> None:
        """Take the keys now, reading what the vehicle shows."""
        command = TakeKeysSeeing(
            coop_id=self.coop_id,
            booking_id=booking_id,
            taken_at=self.clock.now,
            odometer_km=vehicle.km,
            level_percent=vehicle.level_percent,
            photos=photos,
            seen="nothing_new",
        )
        take_keys_seeing(self.actor(self.ever[by]), command, self._asked(by))
        vehicle.out = True

    def give_back(
        self,
        booking_id: UUID,
        by: str,
        vehicle: Vehicle,
        *,
        paid_cents: int = 0,
        receipt: UUID | None = None,
        typed_km: int | None = None,
    ) -> None:
        """Return the vehicle now; `typed_km` is what was typed when it is not what the odometer shows."""
        command = ReturnVehicleSeeing(
            coop_id=self.coop_id,
            booking_id=booking_id,
            returned_at=self.clock.now,
            odometer_km=vehicle.km if typed_km is None else typed_km,
            level_percent=vehicle.level_percent,
            energy_paid=Money(paid_cents, EURO) if paid_cents else None,
            receipt=receipt,
        )
        return_vehicle_seeing(self.actor(self.ever[by]), command, self._asked(by))
        vehicle.out = False

    def report(self, vehicle: Vehicle, by: str, damage: tuple[str, str]) -> UUID:
        """Make a damage known: its part of the drawing, and a sentence."""
        part, sentence = damage
        command = ReportDamage(
            coop_id=self.coop_id,
            vehicle_id=vehicle.vehicle_id,
            part=part,  # type: ignore[arg-type]
            sentence=sentence,
        )
        return self.clock.fleet.report_damage(command, self._asked(by)).stream_id

    def mend(self, damage_id: UUID, by: str) -> None:
        """Say that a damage was repaired."""
        self.clock.fleet.mend_damage(MendDamage(coop_id=self.coop_id, damage_id=damage_id), self._asked(by))

    def spend(
        self,
        payer: str,
        cents: int,
        kind: ExpenseKind,
        among: Mapping[UUID, int],
        *,
        split: Split = "shares",
        months: int = 1,
        vehicle: Vehicle | None = None,
        note: str = "",
    ) -> UUID:
        """Record what a member paid today and who bears it."""
        command = RecordExpense(
            coop_id=self.coop_id,
            kind=kind,
            paid_on=self.clock.today,
            paid={self.ever[payer]: cents},
            split=split,
            among=dict(among),
            months=months,
            vehicle_id=vehicle.vehicle_id if vehicle else None,
            note=note,
            confirmed=cents,
        )
        return note_expense(self.clock, self.actor(self.ever[payer]), command, self._asked(payer))

    def propose(self, name: str, parameter: str, value: str, effective_from: date, why: str) -> UUID:
        """Propose a rule of the co-op."""
        command = ProposeRule(
            coop_id=self.coop_id, parameter=parameter, value=value, effective_from=effective_from, rationale=why
        )
        return self.clock.governance.propose_rule(command, self._asked(name)).stream_id

    def vote(self, name: str, proposal_id: UUID, choice: Choice) -> None:
        """Cast a member's ballot."""
        command = CastBallot(coop_id=self.coop_id, proposal_id=proposal_id, choice=choice)
        self.clock.governance.cast_ballot(command, self._asked(name))

    def answer_until(self, booking_id: UUID) -> datetime | None:
        """Return until when a request may be answered; `None` when the booking needed no answer."""
        history = self.clock.history
        row = booking(history.connection, history.keyring, self.coop_id, booking_id)
        return row.answer_until if row else None

    def bearers(self, model: Model) -> dict[UUID, int]:
        """Return who bears what is spent on a vehicle, by shares: its owners, or the co-op."""
        return {self.ever[name]: parts for name, parts in model.owners.items()} or {self.coop_id: 1}

    def actor(self, member_id: UUID) -> Actor:
        """Return a member, or a former one, as who asks now, in today's transaction."""
        history, someone = self.clock.history, self._people[member_id]
        return Actor.of(history, history.connection, self.clock.now, person=someone, coop_id=self.coop_id)

    def _knows(self, neighbour: Neighbour) -> UUID:
        connection, profile = self.clock.history.connection, neighbour.profile(self.clock.history.keyring)
        if person(connection, neighbour.person_id) is None:
            add_person(connection, profile)
        member_id = member_id_of(self.coop_id, neighbour.person_id)
        self.members[neighbour.name] = self.ever[neighbour.name] = member_id
        self._people[member_id] = profile
        return member_id

    def _asked(self, name: str) -> Asked:
        return self.clock.asked(self.ever[name])  # who has left may still give back what she holds
