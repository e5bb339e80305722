"""What happened lately in a co-op, in sentences, from the log itself. Ballots and money stay where they belong."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from api.speech import labels, rules
from api.speech.texts import gettext
from api.speech.words import Words
from fleet import events as f
from governance import events as g
from governance.recovery.events import AddressRecovered
from governance.votes.queries import ProposalRow, proposals_by_id
from kernel.event import Event, Recorded
from kernel.log.story import latest_slice
from kernel.privacy import Sealed
from kernel.slice import Slice
from ledger.entries.events import MonthClosed
from ledger.settlement.events import PlanCompleted, PlanDrafted, PlanIssued, PlanWithdrawn
from ledger.spending.events import ExpenseRecorded
from usecases.actor import Actor
from usecases.neighbours import Neighbours

MOST = 12

_OF_MEMBERS = (g.MemberJoined, g.MemberReturned, g.MemberLeft)
_OF_VEHICLES = (f.VehicleEnteredService, f.VehicleLeftService, f.PaperFiled)
_OF_VOTES = (g.ProposalOpened, g.ProposalClosed, g.RuleEnacted, g.RuleConflicted)
_SHOWN: tuple[type[Event], ...] = (
    *_OF_MEMBERS,
    *_OF_VEHICLES,
    *_OF_VOTES,
    g.SealedDriverOpened,
    AddressRecovered,
    g.CoopStarted,
    g.BankAccountSet,
    g.RoleGiven,
    f.DamageReported,
    ExpenseRecorded,
    PlanDrafted,
    PlanIssued,
    PlanCompleted,
    PlanWithdrawn,
    MonthClosed,
)

Events = Iterable[Recorded[Event]]


class Chronicled(msgspec.Struct, frozen=True):
    """Something that happened, and when."""

    at: datetime
    text: str


def lately(actor: Actor, words: Words) -> list[Chronicled]:
    """Return the latest events in sentences, newest first."""
    return chronicled(actor, words, latest_told(actor, most=MOST).items)


def latest_told(actor: Actor, *, after: str | None = None, most: int) -> Slice[Recorded[Event]]:
    """Return a slice of the events that are told, newest first; refuses a text that is not a cursor."""
    return latest_slice(actor.connection, actor.coop_id, [event.name() for event in _SHOWN], after=after, most=most)


def chronicled(actor: Actor, words: Words, events: Sequence[Recorded[Event]]) -> list[Chronicled]:
    """Return events in sentences; all that they name is asked for at once."""
    voted = [_proposal_id(recorded) for recorded in events if isinstance(recorded.event, _OF_VOTES)]
    proposals = proposals_by_id(actor.connection, actor.coop_id, voted, actor.now) if voted else {}
    vehicles = [*_vehicles_of(events), *(row.vehicle_id for row in proposals.values())]
    neighbours = Neighbours(actor).meet(members=_members_of(events), vehicles=vehicles)
    reasons = actor.opened_all(found.event.reason for found in events if isinstance(found.event, g.SealedDriverOpened))
    chronicler = Chronicler(words, actor.my_coop.name, neighbours, proposals, reasons)
    return [Chronicled(recorded.effective_at, words.begin(chronicler.sentence(recorded))) for recorded in events]


class Chronicler:
    """Puts events into sentences for one reader; it has the names of all that they are about."""

    def __init__(
        self,
        words: Words,
        coop_name: str,
        neighbours: Neighbours,
        proposals: Mapping[UUID, ProposalRow],
        reasons: Mapping[Sealed, str],
    ) -> None:
        self._words = words
        self._coop_name = coop_name
        self._neighbours = neighbours
        self._proposals = proposals
        self._reasons = reasons

    def sentence(self, recorded: Recorded[Event]) -> str:
        """Return what happened."""
        parts = (self._members, self._vehicles, self._money, self._votes)
        return next(filter(None, (part(recorded) for part in parts)))

    def _members(self, recorded: Recorded[Event]) -> str | None:
        match recorded.event:
            case g.CoopStarted(coop_name=name):
                return self.say("{name} was started.", name=name)
            case g.MemberJoined():
                return self.say("{name} joined.", name=self._name(recorded.stream_id))
            case g.MemberReturned():
                return self.say("{name} came back.", name=self._name(recorded.stream_id))
            case g.MemberLeft():
                return self.say("{name} left.", name=self._name(recorded.stream_id))
            case g.SealedDriverOpened(reason=reason):
                name, why = self._name(recorded.by), self._reasons.get(reason, "…")
                return self.say("{name} looked up who drove, for a fine: {reason}", name=name, reason=why)
            case AddressRecovered() as given_back:
                ids = (given_back.member_id, given_back.asked_by, given_back.vouched_by)
                name, asker, voucher = map(self._name, ids)
                return self.say(
                    "{name} has a new mail address, without the old mailbox: {asker} asked for it, {voucher} vouched.",
                    name=name,
                    asker=asker,
                    voucher=voucher,
                )
            case g.RoleGiven(member_id=member_id, role=role):
                what = self.say(labels.ROLES[role])
                return self.say("{name} was given a role: {role}.", name=self._name(member_id), role=what)
        return None

    def _vehicles(self, recorded: Recorded[Event]) -> str | None:
        match recorded.event:
            case f.VehicleEnteredService(vehicle_name=name):
                return self.say("{vehicle} entered service.", vehicle=name)
            case f.VehicleLeftService():
                return self.say("{vehicle} left service.", vehicle=self._vehicle(recorded.stream_id))
            case f.PaperFiled():
                return self.say("A paper of {vehicle} was filed.", vehicle=self._vehicle(recorded.stream_id))
            case f.DamageReported(vehicle_id=vehicle_id):
                name, vehicle = self._name(recorded.by), self._vehicle(vehicle_id)
                return self.say("{name} reported a damage: {vehicle}.", name=name, vehicle=vehicle)
        return None

    def _money(self, recorded: Recorded[Event]) -> str | None:
        match recorded.event:
            case ExpenseRecorded():
                return self.say("{name} recorded an expense.", name=self._name(recorded.by))
            case PlanDrafted():
                return self.say("The accounts were drawn up as a draft, for everyone to look at.")
            case PlanWithdrawn():
                return self.say("The settlement plan was withdrawn: nobody pays by it any more.")
            case PlanIssued():
                return self.say("The accounts were drawn up: who pays whom is known.")
            case g.BankAccountSet():
                return self.say("The co-op's bank account was written down.")
            case PlanCompleted():
                return self.say("Everyone has paid what the accounts asked.")
            case MonthClosed(month=month):
                return self.say("The books of {month} were closed.", month=self._words.month(month))
        return None

    def _votes(self, recorded: Recorded[Event]) -> str:
        rule = self._rule(self._proposals[_proposal_id(recorded)])
        match recorded.event:
            case g.ProposalOpened():
                return self.say("{name} proposed: {rule}", name=self._name(recorded.by), rule=rule)
            case g.ProposalClosed(passed=True):
                return self.say("The vote passed: {rule}", rule=rule)
            case g.ProposalClosed():
                return self.say("The vote did not pass: {rule}", rule=rule)
            case g.RuleEnacted():
                return self.say("A voted rule took effect: {rule}", rule=rule)
        return self.say("A voted rule did not take effect: the same rule had already changed. {rule}", rule=rule)

    def say(self, msgid: str, **values: object) -> str:
        """Return a sentence in the reader's language."""
        return gettext(msgid, self._words.lang, **values)

    def _name(self, member_id: UUID | None) -> str:
        """Return a member's name; the co-op's when nobody in particular acted."""
        if member_id is None:
            return self._coop_name
        return self._neighbours.member(member_id) or self.say("a former member")

    def _vehicle(self, vehicle_id: UUID) -> str:
        return self._neighbours.vehicle(vehicle_id) or self.say("a vehicle")

    def _rule(self, row: ProposalRow) -> str:
        exact = None if row.value is None else row.rule.read(row.value)
        vehicle = self._vehicle(row.vehicle_id) if row.vehicle_id else None
        return rules.sentence(self._words, row.rule, exact, vehicle)


def _proposal_id(recorded: Recorded[Any]) -> UUID:
    """Return which proposal an event is about: a vote is its own stream, the rulebook's events name it."""
    found: UUID = getattr(recorded.event, "proposal_id", recorded.stream_id)
    return found


def _members_of(events: Events) -> list[UUID | None]:
    """Return whom events are about, and who did them."""
    about = [recorded.stream_id for recorded in events if isinstance(recorded.event, _OF_MEMBERS)]
    given = [recorded.event.member_id for recorded in events if isinstance(recorded.event, g.RoleGiven)]
    back = [recorded.event for recorded in events if isinstance(recorded.event, AddressRecovered)]
    of_back = [who for event in back for who in (event.member_id, event.asked_by, event.vouched_by)]
    return [*about, *given, *of_back, *(recorded.by for recorded in events)]


def _vehicles_of(events: Events) -> list[UUID]:
    about = [recorded.stream_id for recorded in events if isinstance(recorded.event, _OF_VEHICLES)]
    return [*about, *(recorded.event.vehicle_id for recorded in events if isinstance(recorded.event, f.DamageReported))]
