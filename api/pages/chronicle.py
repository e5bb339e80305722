"""What happened lately in a co-op, in sentences, from the log itself. Ballots and money stay where they belong."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from api.pages.neighbours import Neighbours
from api.speech import house_rules
from api.web.visit import Visit
from fleet import events as f
from governance import events as g
from governance.votes.queries import ProposalRow
from kernel.event import Event, Recorded
from kernel.log.story import latest
from ledger.entries.events import MonthClosed
from ledger.settlement.events import PlanCompleted, PlanIssued
from ledger.spending.events import ExpenseRecorded

MOST = 12

Proposed = Mapping[UUID, ProposalRow]

_TOLD: tuple[type[Event], ...] = (
    g.CoopStarted,
    g.BankAccountSet,
    g.MemberJoined,
    g.MemberReturned,
    g.MemberLeft,
    g.RoleGiven,
    g.ProposalOpened,
    g.ProposalClosed,
    g.RuleEnacted,
    g.RuleConflicted,
    f.VehicleEnteredService,
    f.VehicleLeftService,
    f.PaperFiled,
    f.DamageReported,
    ExpenseRecorded,
    PlanIssued,
    PlanCompleted,
    MonthClosed,
)


def lately(visit: Visit, neighbours: Neighbours, votes: Iterable[ProposalRow]) -> list[dict[str, Any]]:
    """Return the latest events as {at, text}, newest first; `votes` are the co-op's proposals."""
    names = [event.name() for event in _TOLD]
    found = latest(visit.connection, visit.coop_id, names, MOST)
    proposed = {each.proposal_id: each for each in votes}
    return [{"at": each.effective_at, "text": _sentence(visit, each, neighbours, proposed)} for each in found]


def _sentence(visit: Visit, recorded: Recorded[Event], neighbours: Neighbours, proposed: Proposed) -> str:
    for part in (_people, _vehicles, _money):
        if said := part(visit, recorded, neighbours):
            return visit.words.begin(said)
    return visit.words.begin(_votes(visit, recorded, neighbours, proposed))


def _people(visit: Visit, recorded: Recorded[Event], neighbours: Neighbours) -> str | None:
    match recorded.event:
        case g.CoopStarted(coop_name=name):
            return visit.say("{name} was started.", name=name)
        case g.MemberJoined():
            return visit.say("{name} joined.", name=neighbours.name(recorded.stream_id))
        case g.MemberReturned():
            return visit.say("{name} came back.", name=neighbours.name(recorded.stream_id))
        case g.MemberLeft():
            return visit.say("{name} left.", name=neighbours.name(recorded.stream_id))
        case g.RoleGiven(member_id=member_id, role=role):
            name, what = neighbours.name(member_id), neighbours.role(role)
            return visit.say("{name} was given a role: {role}.", name=name, role=what)
    return None


def _votes(visit: Visit, recorded: Recorded[Event], neighbours: Neighbours, proposed: Proposed) -> str:
    proposal_id = getattr(recorded.event, "proposal_id", recorded.stream_id)
    rule = _rule(visit, proposed[proposal_id], neighbours)
    match recorded.event:
        case g.ProposalOpened():
            return visit.say("{name} proposed: {rule}", name=neighbours.name(recorded.by), rule=rule)
        case g.ProposalClosed(passed=True):
            return visit.say("The vote passed: {rule}", rule=rule)
        case g.ProposalClosed():
            return visit.say("The vote did not pass: {rule}", rule=rule)
        case g.RuleEnacted():
            return visit.say("A voted rule took effect: {rule}", rule=rule)
    return visit.say("A voted rule came to nothing, for the same rule had changed meanwhile: {rule}", rule=rule)


def _vehicles(visit: Visit, recorded: Recorded[Event], neighbours: Neighbours) -> str | None:
    match recorded.event:
        case f.VehicleEnteredService(vehicle_name=name):
            return visit.say("{vehicle} entered service.", vehicle=name)
        case f.VehicleLeftService():
            return visit.say("{vehicle} left service.", vehicle=neighbours.vehicle(recorded.stream_id))
        case f.PaperFiled():
            return visit.say("A paper of {vehicle} was filed.", vehicle=neighbours.vehicle(recorded.stream_id))
        case f.DamageReported(vehicle_id=vehicle_id):
            name = neighbours.name(recorded.by)
            return visit.say("{name} reported a damage: {vehicle}.", name=name, vehicle=neighbours.vehicle(vehicle_id))
    return None


def _money(visit: Visit, recorded: Recorded[Event], neighbours: Neighbours) -> str | None:
    match recorded.event:
        case ExpenseRecorded():
            return visit.say("{name} recorded an expense.", name=neighbours.name(recorded.by))
        case PlanIssued():
            return visit.say("The accounts were drawn up: who pays whom is known.")
        case g.BankAccountSet():
            return visit.say("The co-op's bank account was written down.")
        case PlanCompleted():
            return visit.say("Everyone has paid what the accounts asked.")
        case MonthClosed(month=month):
            return visit.say("The books of {month} were closed.", month=visit.words.month(month))
    return None


def _rule(visit: Visit, row: ProposalRow, neighbours: Neighbours) -> str:
    exact = None if row.value is None else row.rule.read(row.value)
    vehicle = neighbours.vehicle(row.vehicle_id) if row.vehicle_id else None
    return house_rules.sentence(visit.words, row.rule, exact, vehicle)
