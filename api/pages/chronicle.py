"""What happened lately in a co-op, in sentences, from the log itself. Ballots and money stay where they belong."""

from typing import Any
from uuid import UUID

from api import house_rules
from api.asking import Asking
from api.pages.neighbours import Neighbours
from fleet import events as f
from governance import events as g
from governance.rules.parameters import parameter
from kernel.event import Event, Recorded
from kernel.story import latest
from ledger import events as m

MOST = 20

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
    m.ExpenseRecorded,
    m.PlanIssued,
    m.PlanCompleted,
    m.MonthClosed,
)


def lately(asking: Asking, neighbours: Neighbours) -> list[dict[str, Any]]:
    """Return the latest events as {at, text, href}, newest first."""
    names = [event.name() for event in _TOLD]
    found = latest(asking.connection, asking.coop_id, names, MOST)
    return [{"at": each.effective_at, "text": _sentence(asking, each, neighbours)} for each in found]


def _sentence(asking: Asking, recorded: Recorded[Event], neighbours: Neighbours) -> str:
    for part in (_people, _votes, _vehicles, _money):
        if said := part(asking, recorded, neighbours):
            return asking.words.begin(said)
    raise LookupError(recorded.event.name())


def _people(asking: Asking, recorded: Recorded[Event], neighbours: Neighbours) -> str | None:
    match recorded.event:
        case g.CoopStarted(coop_name=name):
            return asking.say("{name} was started.", name=name)
        case g.MemberJoined():
            return asking.say("{name} joined.", name=neighbours.name(recorded.stream_id))
        case g.MemberReturned():
            return asking.say("{name} came back.", name=neighbours.name(recorded.stream_id))
        case g.MemberLeft():
            return asking.say("{name} left.", name=neighbours.name(recorded.stream_id))
        case g.RoleGiven(member_id=member_id, role=role):
            name, what = neighbours.name(member_id), neighbours.role(role)
            return asking.say("{name} was given a role: {role}.", name=name, role=what)
    return None


def _votes(asking: Asking, recorded: Recorded[Event], neighbours: Neighbours) -> str | None:
    match recorded.event:
        case g.ProposalOpened() as opened:
            rule = _rule(asking, opened.parameter, opened.value, opened.vehicle_id, neighbours)
            return asking.say("{name} proposed: {rule}", name=neighbours.name(recorded.by), rule=rule)
        case g.ProposalClosed(passed=True):
            return asking.say("A vote was counted: the proposal passed.")
        case g.ProposalClosed():
            return asking.say("A vote was counted: the proposal did not pass.")
        case g.RuleEnacted() as enacted:
            rule = _rule(asking, enacted.parameter, enacted.value, enacted.vehicle_id, neighbours)
            return asking.say("A voted rule took effect: {rule}", rule=rule)
        case g.RuleConflicted():
            return asking.say("A voted rule came to nothing: the same rule had changed meanwhile.")
    return None


def _vehicles(asking: Asking, recorded: Recorded[Event], neighbours: Neighbours) -> str | None:
    match recorded.event:
        case f.VehicleEnteredService(vehicle_name=name):
            return asking.say("{vehicle} entered service.", vehicle=name)
        case f.VehicleLeftService():
            return asking.say("{vehicle} left service.", vehicle=neighbours.vehicle(recorded.stream_id))
        case f.PaperFiled():
            return asking.say("A paper of {vehicle} was filed.", vehicle=neighbours.vehicle(recorded.stream_id))
        case f.DamageReported(vehicle_id=vehicle_id):
            name = neighbours.name(recorded.by)
            return asking.say("{name} reported a damage: {vehicle}.", name=name, vehicle=neighbours.vehicle(vehicle_id))
    return None


def _money(asking: Asking, recorded: Recorded[Event], neighbours: Neighbours) -> str | None:
    match recorded.event:
        case m.ExpenseRecorded():
            return asking.say("{name} recorded an expense.", name=neighbours.name(recorded.by))
        case m.PlanIssued():
            return asking.say("The accounts were drawn up: who pays whom is known.")
        case g.BankAccountSet():
            return asking.say("The co-op's bank account was written down.")
        case m.PlanCompleted():
            return asking.say("Everyone has paid what the accounts asked.")
        case m.MonthClosed(month=month):
            return asking.say("The books of {month} were closed.", month=asking.words.month(month))
    return None


def _rule(asking: Asking, key: str, text: str | None, vehicle_id: UUID | None, neighbours: Neighbours) -> str:
    rule = parameter(key)
    exact = None if text is None else rule.read(text)
    vehicle = neighbours.vehicle(vehicle_id) if vehicle_id else None
    return house_rules.sentence(asking.words, rule, exact, vehicle)
