"""Who belongs and what is shared: people join, leave and are erased; vehicles enter and leave service."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import rule
from sqlalchemy import select

from fleet.application import Fleet
from fleet.catalogue import PaperKind
from fleet.commands import EnterService, FilePaper, Home, LeaveService, Owner, PaperOnFile, RecordReading, ReportDamage
from fleet.queries import VehicleCard, vehicle_page, vehicles_in_service
from governance import commands as g
from governance.application import Governance
from governance.coop import CHARTER_VERSION
from governance.events import InvitationKind, RuleValue
from governance.queries import coop_row, member, members_of
from governance.roles import Role
from kernel.command import Asked, Done
from kernel.log.history import History
from people.person import people
from tests.coop.life import HERE, NOON, THERE, Life, chosen, coops, picks, there_is
from tests.kit.erasing import ask_long_ago
from usecases import leaving
from usecases.actor import Actor

PRICES = st.sampled_from(["0.10", "0.25", "0.3333", "0.70", ""])
FEW = 2  # so that there is always something left to live with
PAPERS: tuple[PaperKind, ...] = ("inspection", "insurance")  # that end, of those without which nobody has it
SHARES = {"lent": (1,), "co_owned": (2, 2, 1), "group": ()}


class Belonging(Life):
    """Members and vehicles."""

    def found(self) -> None:
        for coop_id, others in ((HERE, 4), (THERE, 2)):
            start = g.StartCoop(
                coop_id=coop_id,
                founder_id=self.person(),
                name="Les Voisins",
                commune_code="26113",
                commune_name="Die",
                departement="Drôme",
                time_zone="Europe/Paris",
                currency="EUR",
                charter_version=CHARTER_VERSION,
            )
            self.attempt(self.governance.start_coop, start, None)
            for _ in range(others):
                self.welcome(coop_id, self.person())
        for sharing in SHARES:
            self.bring_in(HERE, sharing, pick=1, price="0.30")
        self.bring_in(THERE, "group", pick=0, price="")
        self.follower.catch_up()

    @rule(coop_id=coops, pick=picks)
    def join(self, coop_id: UUID, pick: int) -> None:
        with self.history.engine.connect() as connection:
            known = connection.execute(select(people.c.person_id).order_by(people.c.person_id)).scalars().all()
        stranger = chosen(known, pick) if pick % 2 else self.person()
        self.welcome(coop_id, stranger)

    @rule(coop_id=coops, pick=picks)
    def leave(self, coop_id: UUID, pick: int) -> None:
        if len(self.members(coop_id)) > FEW:
            leaver = self.member(coop_id, pick)
            command = g.LeaveCoop(coop_id=coop_id, member_id=leaver)
            self.attempt(self.through_the_door, command, leaver)

    @there_is("former member")
    @rule(coop_id=coops, pick=picks)
    def be_erased(self, coop_id: UUID, pick: int) -> None:
        former = [row for row in self.ask(members_of, coop_id, self.now) if row.left_at]
        if former:
            gone = chosen(sorted(former, key=lambda row: row.member_id), pick)
            named = {"coop_id": coop_id, "member_id": gone.member_id}
            if pick % 3 == 0:
                self.attempt(self.governance.withdraw_erasure, g.WithdrawErasure(**named), gone.member_id)
            elif pick % 3 == 1:
                self.attempt(self.governance.ask_erasure, g.AskErasure(**named), gone.member_id)
            else:
                self.attempt(self.forgotten, g.EraseMember(**named), None)

    @rule(coop_id=coops, by=picks, to=picks, role=st.sampled_from(Role), gives=st.booleans())
    def entrust(self, coop_id: UUID, by: int, to: int, role: Role, *, gives: bool) -> None:
        holder = self.member(coop_id, to)
        if gives:
            give = g.GiveRole(coop_id=coop_id, member_id=holder, role=role)
            self.attempt(self.governance.give_role, give, self.member(coop_id, by))
        else:
            end = g.EndRole(coop_id=coop_id, member_id=holder, role=role)
            self.attempt(self.governance.end_role, end, self.member(coop_id, by))

    @rule(coop_id=coops, to=picks, lifts=st.booleans())
    def suspend(self, coop_id: UUID, to: int, *, lifts: bool) -> None:
        named = {"coop_id": coop_id, "member_id": self.member(coop_id, to)}
        referent = self.member(coop_id, to // 2)
        if lifts:
            self.attempt(self.governance.lift_suspension, g.LiftSuspension(**named), referent)
        else:
            suspend = g.SuspendBookings(**named, reason="Trois retards sans un mot.")
            self.attempt(self.governance.suspend_bookings, suspend, referent)

    @rule(coop_id=coops, sharing=st.sampled_from(sorted(SHARES)), pick=picks, price=PRICES)
    def enter(self, coop_id: UUID, sharing: str, pick: int, price: str) -> None:
        self.bring_in(coop_id, sharing, pick, price)

    @rule(coop_id=coops, pick=picks)
    def withdraw_vehicle(self, coop_id: UUID, pick: int) -> None:
        if len(self.ask(vehicles_in_service, coop_id, on=self.today)) > FEW:
            [card] = self.vehicle(coop_id, pick)
            command = LeaveService(coop_id=coop_id, vehicle_id=card.vehicle_id)
            self.attempt(self.fleet.leave_service, command, self.member(coop_id, pick))

    @rule(coop_id=coops, pick=picks, days=st.integers(-3, 3) | st.integers(30, 90), kind=st.sampled_from(PAPERS))
    def file_paper(self, coop_id: UUID, pick: int, days: int, kind: PaperKind) -> None:
        for card in self.vehicle(coop_id, pick):
            self.file(coop_id, card.vehicle_id, kind, self.today + timedelta(days=days), self.member(coop_id, pick))

    @there_is("lapsed")
    @rule(coop_id=coops, pick=picks)
    def renew_papers(self, coop_id: UUID, pick: int) -> None:
        lapsed = sorted(self.lapsed(coop_id, self.today).items())
        if lapsed:
            vehicle_id, kinds = chosen(lapsed, pick)
            for kind in kinds:
                self.file(coop_id, vehicle_id, kind, self.today + timedelta(days=400), self.member(coop_id, pick))
            assert vehicle_id not in self.lapsed(coop_id, self.today)

    @rule(coop_id=coops, pick=picks, km=st.integers(-50, 400))
    def look_at_vehicle(self, coop_id: UUID, pick: int, km: int) -> None:
        for card in self.vehicle(coop_id, pick):
            ids: dict[str, Any] = {"coop_id": coop_id, "vehicle_id": card.vehicle_id}
            read = RecordReading(**ids, km=max(0, self.odometer(coop_id, card.vehicle_id) + km), at=self.now)
            self.attempt(self.fleet.record_reading, read, self.member(coop_id, pick))
            report = ReportDamage(**ids, part="front", sentence="Une rayure à gauche.")
            self.attempt(self.fleet.report_damage, report, self.member(coop_id, pick))

    def welcome(self, coop_id: UUID, person_id: UUID) -> UUID | None:
        """Let somebody join with an invitation of her own."""
        invite = g.IssueInvitation(coop_id=coop_id, kind=InvitationKind.MAIL)
        invited = self.attempt(self.governance.issue_invitation, invite, None)
        assert invited
        command = g.JoinCoop(
            coop_id=coop_id, invitation_id=invited, person_id=person_id, charter_version=CHARTER_VERSION
        )
        return self.attempt(self.governance.join_coop, command, None)

    def bring_in(self, coop_id: UUID, sharing: Any, pick: int, price: str) -> None:
        """Let a vehicle enter service with its own price, or with the co-op's when `price` is empty."""
        members = sorted(self.members(coop_id))
        owners = tuple(
            Owner(member_id=members[(pick + place) % len(members)], parts=parts)
            for place, parts in enumerate(SHARES[sharing][: len(members)])
        )
        enter = EnterService(
            coop_id=coop_id,
            name="Kangoo",
            kind="van",
            sharing=sharing,
            owners=owners,
            plate=f"AB-{self.ids % 1000:03}-CD",
            energy="diesel",
            seats=5,
            home=Home(text="Place de la République"),
            handover="in_person",
            odometer_km=1000,
            papers=(
                PaperOnFile(kind="insurance", valid_until=NOON.date() + timedelta(days=900)),
                PaperOnFile(kind="consent", given_on=NOON.date(), photo_id=UUID(int=1)),
                PaperOnFile(kind="inspection", valid_until=NOON.date() + timedelta(days=900)),
                PaperOnFile(kind="registration"),
            ),
        )
        values = (RuleValue("price_per_km", price),) if price else ()

        def together(command: EnterService, asked: Asked) -> Done:
            def work(history: History) -> Done:
                adopt = g.AdoptVehicleRules(coop_id=coop_id, vehicle_id=asked.command_id, values=values)
                Governance(history).adopt_vehicle_rules(adopt, asked.part("rules"))
                return Fleet(history).enter_service(command, asked)

            return self.history.together(work)

        self.attempt(together, enter, owners[0].member_id if owners else None)

    def vehicle(self, coop_id: UUID, pick: int) -> list[VehicleCard]:
        """Return one of the vehicles in service, if there is any."""
        known = sorted(self.ask(vehicles_in_service, coop_id, on=self.today), key=lambda card: card.vehicle_id)
        return [chosen(known, pick)] if known else []

    def odometer(self, coop_id: UUID, vehicle_id: UUID) -> int:
        """Return what a vehicle's odometer shows, in km."""
        return int(self.ask(vehicle_page, coop_id, vehicle_id, on=self.today).card.odometer_km)

    def file(self, coop_id: UUID, vehicle_id: UUID, kind: PaperKind, until: date, by: UUID) -> None:
        """Let a paper that ends be filed."""
        paper = PaperOnFile(kind=kind, valid_until=until)
        command = FilePaper(coop_id=coop_id, vehicle_id=vehicle_id, paper=paper)
        self.attempt(self.fleet.file_paper, command, by)

    def is_suspended(self, coop_id: UUID, member_id: UUID) -> bool:
        """Tell whether a member's new bookings are suspended now."""
        until = {row.member_id: row.suspended_until for row in self.ask(members_of, coop_id, self.now)}[member_id]
        return until is not None and self.now < until

    def through_the_door(self, command: g.LeaveCoop, asked: Asked) -> Done:
        """Leave as pages and programs let one leave: with nothing left undone."""
        return self.acting(command.coop_id, lambda actor: leaving.leave(actor, command, asked))

    def forgotten(self, command: g.EraseMember, asked: Asked) -> Done:
        """Be erased as the clock does it, a month after it was asked."""
        ask_long_ago(self.history, command.coop_id, command.member_id, self.now)
        return leaving.erase(self.history, command, asked)

    def by_hand(self, coop_id: UUID, member_id: UUID | None, act: Callable[[Actor], Done]) -> Done:
        """Let somebody act as pages and programs let her: as a member, or as nobody once she is none."""
        with self.history.engine.connect() as connection:
            coop, row = coop_row(connection, coop_id), member_id and member(connection, coop_id, member_id, self.now)
            hers = row if row and row.is_member else None
            return act(Actor(history=self.history, connection=connection, now=self.now, coop=coop, member=hers))

    def acting(self, coop_id: UUID, act: Callable[[Actor], Done]) -> Done:
        """Let someone act in a co-op, at the instant it is."""
        with self.history.engine.connect() as connection:
            coop = coop_row(connection, coop_id)
            return act(Actor(history=self.history, connection=connection, now=self.now, coop=coop))

    @property
    def governance(self) -> Governance:
        """The door of members, roles and votes."""
        return Governance(self.history)

    @property
    def fleet(self) -> Fleet:
        """The door of vehicles."""
        return Fleet(self.history)
