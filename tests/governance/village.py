"""A co-op on a real database, its days passing as the tests say."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from governance import commands as c
from governance.application import Governance
from governance.coop import CHARTER_VERSION
from governance.counting import Choice
from governance.events import InvitationKind, RuleValue
from governance.member import member_id_of
from governance.recovery.application import Recoveries
from governance.recovery.commands import AskRecovery
from governance.roles import Role
from kernel.command import Asked
from kernel.database import writing
from kernel.log.history import History
from people.person import Person, add_person
from tests.governance.given import COOP, DAY, KANGOO, NOON, start
from tests.kit.erasing import ask_long_ago


class Village:
    """Les Voisins du Diois: its founder, those who join, and the one door to change anything."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.governance = Governance(history)
        self.now = NOON
        self.anna = self.person("Anna")
        self.founder = member_id_of(COOP, self.anna)
        self.governance.start_coop(start(self.anna), self.asked())

    def asked(self, by: UUID | None = None, command_id: UUID | None = None) -> Asked:
        return Asked(command_id=command_id or uuid4(), by=by, at=self.now)

    def person(self, name: str) -> UUID:
        person_id = uuid4()
        with writing(self.history.engine) as connection:
            add_person(connection, Person(person_id=person_id, email=f"{person_id}@example.org", name=name))
        return person_id

    def invitation(self, kind: InvitationKind = InvitationKind.POSTER) -> UUID:
        command = c.IssueInvitation(coop_id=COOP, kind=kind)
        return self.governance.issue_invitation(command, self.asked(self.founder)).stream_id

    def join(self, name: str) -> UUID:
        return self.admit(self.person(name), self.invitation())

    def admit(self, person_id: UUID, invitation_id: UUID) -> UUID:
        command = c.JoinCoop(
            coop_id=COOP, invitation_id=invitation_id, person_id=person_id, charter_version=CHARTER_VERSION
        )
        return self.governance.join_coop(command, self.asked()).stream_id

    def leave(self, member_id: UUID) -> None:
        self.governance.leave_coop(c.LeaveCoop(coop_id=COOP, member_id=member_id), self.asked(member_id))

    def erase(self, member_id: UUID) -> None:
        """Erase a former member, as if she had asked for it long ago."""
        ask_long_ago(self.history, COOP, member_id, self.now)
        self.governance.erase_member(c.EraseMember(coop_id=COOP, member_id=member_id), self.asked())

    def ask_recovery(self, member_id: UUID) -> None:
        """Ask, as the founder, that a member's mail go to another mailbox than the one she lost."""
        command = AskRecovery(coop_id=COOP, member_id=member_id, email="new@example.org")
        Recoveries(self.history).ask_recovery(command, self.asked(self.founder), ZoneInfo("Europe/Paris"))

    def give(self, member_id: UUID, role: Role) -> None:
        command = c.GiveRole(coop_id=COOP, member_id=member_id, role=role)
        self.governance.give_role(command, self.asked(self.founder))

    def kangoo_enters(self, price: str = "0.30") -> None:
        values = (RuleValue("price_per_km", price),)
        command = c.AdoptVehicleRules(coop_id=COOP, vehicle_id=KANGOO, values=values)
        self.governance.adopt_vehicle_rules(command, self.asked())

    def propose(self, value: str | None = "0.34", day: date = date(2026, 4, 1), vehicle_id: UUID | None = None) -> UUID:
        command = c.ProposeRule(
            coop_id=COOP,
            parameter="price_per_km",
            vehicle_id=vehicle_id,
            value=value,
            effective_from=day,
            rationale="Fuel costs more.",
        )
        return self.governance.propose_rule(command, self.asked(self.founder)).stream_id

    def vote(self, proposal_id: UUID, by: UUID, choice: Choice = Choice.YES) -> None:
        command = c.CastBallot(coop_id=COOP, proposal_id=proposal_id, choice=choice)
        self.governance.cast_ballot(command, self.asked(by))

    def close(self, proposal_id: UUID) -> None:
        self.governance.close_proposal(c.CloseProposal(coop_id=COOP, proposal_id=proposal_id), self.asked())

    def enact(self, proposal_id: UUID) -> None:
        self.governance.enact_rule(c.EnactRule(coop_id=COOP, proposal_id=proposal_id), self.asked())

    def passed(self, value: str = "0.34", day: date = date(2026, 4, 1)) -> UUID:
        """Propose, vote and count: after 7 days, passed."""
        proposal_id = self.propose(value, day)
        self.vote(proposal_id, self.founder)
        self.now += 7 * DAY
        self.close(proposal_id)
        return proposal_id

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self.history.engine.connect() as connection:
            yield connection

    def ask(self, query: Callable[..., Any], *arguments: object, **named: object) -> Any:
        with self.reading() as connection:
            return query(connection, *arguments, **named)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)
