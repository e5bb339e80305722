"""When something happens that a neighbour should know, a letter to her is put in the outbox, once.

A letter says what happened and where to look; its words, what others are called, amounts and reasons are found when it
leaves, so that none of them stands in a table. Who voted what stays behind the link.
"""

from collections.abc import Iterable, Mapping
from uuid import UUID

from booking.events import BookingApproved, BookingRefused, RequestExpired, VehicleBooked
from booking.queries import booking
from fleet.queries import vehicle_names
from governance.events import BookingsSuspended, NewRulesTold, ProposalClosed, ProposalOpened
from governance.queries import coop_row, current_members, persons_behind, roles_of
from governance.roles import Role, holders
from governance.rules.queries import unvoted
from governance.votes.queries import electorate_of
from kernel.event import Event, Recorded
from kernel.log.history import History
from ledger.settlement.drawing import as_drafted
from ledger.settlement.events import (
    PlanDrafted,
    PlanIssued,
    PlanLineDeclared,
    PlanLineDenied,
    PlanLineProven,
    PlanWithdrawn,
)
from ledger.settlement.queries import plan_lines
from sending.outbox import Letter, write_letters

Answered = BookingApproved | BookingRefused | RequestExpired
_ANSWERS = {
    BookingApproved: "booking_approved",
    BookingRefused: "booking_refused",
    RequestExpired: "booking_expired",
}


def tell_owners(recorded: Recorded[VehicleBooked], history: History) -> None:
    """Ask those who may approve a booking to say yes or no; nothing when nobody has to."""
    booked = recorded.event
    if not booked.approvers:
        return
    facts = {
        "about": str(recorded.stream_id),
        "driver_id": str(booked.driver_id),
        "vehicle": name_of(recorded, history, booked.vehicle_id),
        "start": booked.period.start.isoformat(),
        "end": booked.period.end.isoformat(),
        "until": booked.answer_until.isoformat() if booked.answer_until else "",
    }
    tell(recorded, history, "booking_requested", booked.approvers, facts)


def tell_driver(recorded: Recorded[Answered], history: History) -> None:
    """Tell the driver that her request was approved, refused, or left without an answer."""
    held = booking(history.connection, history.keyring, recorded.coop_id, recorded.stream_id)
    if held is None:
        raise LookupError(f"no booking {recorded.stream_id}")
    facts = {
        "about": str(recorded.stream_id),
        "vehicle": name_of(recorded, history, held.vehicle_id),
        "start": held.period.start.isoformat(),
        "end": held.period.end.isoformat(),
    }
    tell(recorded, history, _ANSWERS[type(recorded.event)], (held.driver_id,), facts)


def call_to_vote(recorded: Recorded[ProposalOpened], history: History) -> None:
    """Send everyone who may vote a link to the proposal: one tap to read it, one to vote."""
    opened = recorded.event
    facts = {
        "about": str(recorded.stream_id),
        **({"by_id": str(recorded.by)} if recorded.by else {"by_name": ""}),
        "until": opened.closes_at.isoformat(),
        **_rule(recorded, history, opened),
    }
    tell(recorded, history, "proposal_opened", opened.electorate, facts)


def tell_result(recorded: Recorded[ProposalClosed], history: History) -> None:
    """Tell everyone who could vote how the vote ended."""
    facts = {
        "about": str(recorded.stream_id),
        "passed": "yes" if recorded.event.passed else "",
    }
    electorate = electorate_of(history.connection, recorded.coop_id, recorded.stream_id)
    tell(recorded, history, "proposal_closed", electorate, facts)


def tell_of_new_rules(recorded: Recorded[NewRulesTold], history: History) -> None:
    """Tell référents where they put the rules that came after their co-op to the vote; nothing when none waits."""
    connection, coop_id, at = history.connection, recorded.coop_id, recorded.recorded_at
    coop = coop_row(connection, coop_id)
    if coop and unvoted(connection, coop_id, coop.pack, at):
        referents = holders(roles_of(connection, coop_id, at), Role.REFERENT)
        tell(recorded, history, "new_rules", referents, {"about": str(coop_id)})


def show_draft(recorded: Recorded[PlanDrafted], history: History) -> None:
    """Tell those who would pay or receive by a draft until when they can have it put right."""
    facts = {"about": str(recorded.stream_id), "until": recorded.event.issue_at.isoformat()}
    members, left = _members_and_left(recorded, history, _in_draft(recorded, history))
    tell(recorded, history, "plan_drafted", members, facts)
    tell(recorded, history, "account_drafted", left, facts)


def tell_who_pays(recorded: Recorded[PlanIssued], history: History) -> None:
    """Tell those who pay or receive that the accounts are drawn up."""
    concerned = {account for line in recorded.event.lines for account in (line.debtor, line.receiver)}
    _tell_of_plan(recorded, history, "plan_issued", concerned - {recorded.coop_id})


def tell_suspended(recorded: Recorded[BookingsSuspended], history: History) -> None:
    """Tell a member that her new bookings are suspended, until when, and where she reads why and answers."""
    facts = {"about": str(recorded.stream_id), "until": recorded.event.until.isoformat()}
    tell(recorded, history, "bookings_suspended", (recorded.stream_id,), facts)


def tell_withdrawn(recorded: Recorded[PlanWithdrawn], history: History) -> None:
    """Tell everyone in a plan, or in a draft, that it was withdrawn: nobody pays by it any more."""
    if drafted := _in_draft(recorded, history):
        facts, (members, left) = {"about": str(recorded.stream_id)}, _members_and_left(recorded, history, drafted)
        tell(recorded, history, "draft_withdrawn", members, facts)
        tell(recorded, history, "account_draft_withdrawn", left, facts)
        return
    lines = plan_lines(history.connection, recorded.coop_id, recorded.stream_id)
    concerned = {account for line in lines for account in (line.debtor, line.receiver)}
    _tell_of_plan(recorded, history, "plan_withdrawn", concerned - {recorded.coop_id})


def tell_proven(recorded: Recorded[PlanLineProven], history: History) -> None:
    """Tell those between whom a transfer is that the treasurer confirmed it."""
    tell_between(recorded, history, "transfer_proven", recorded.event.line_id)


def tell_denied(recorded: Recorded[PlanLineDenied], history: History) -> None:
    """Tell those between whom a transfer is that what was said to be paid of it has not come."""
    tell_between(recorded, history, "transfer_denied", recorded.event.line_id)


def tell_receiver(recorded: Recorded[PlanLineDeclared], history: History) -> None:
    """Ask who receives a transfer whether it has come, once it is said to be paid; nothing where none of it waits."""
    lines = plan_lines(history.connection, recorded.coop_id, recorded.stream_id)
    line = next(line for line in lines if line.line_id == recorded.event.line_id)
    if line.state == "declared":
        facts = {"about": str(recorded.stream_id), "line": str(line.line_id)}
        members, _ = _members_and_left(recorded, history, {line.receiver})
        tell(recorded, history, "transfer_said_paid", members, facts)


def tell_between(recorded: Recorded[Event], history: History, template: str, line_id: UUID) -> None:
    """Tell those between whom a transfer of a plan is."""
    lines = plan_lines(history.connection, recorded.coop_id, recorded.stream_id)
    line = next(line for line in lines if line.line_id == line_id)
    concerned = {line.debtor, line.receiver} - {recorded.coop_id}
    _tell_of_plan(recorded, history, template, concerned, line=str(line_id))


def _tell_of_plan(
    recorded: Recorded[Event], history: History, template: str, concerned: set[UUID], **more: str
) -> None:
    """Tell members of a plan; who has left is told where her account is still hers."""
    facts = {"about": str(recorded.stream_id), **more}
    members, left = _members_and_left(recorded, history, concerned)
    tell(recorded, history, template, members, facts)
    tell(recorded, history, "open_account", left, facts)


def _members_and_left(recorded: Recorded[Event], history: History, concerned: set[UUID]) -> tuple[set[UUID], set[UUID]]:
    """Return those concerned who are members, and those who have left: the co-op's pages are closed to them."""
    members = {*current_members(history.connection, recorded.coop_id, concerned)}
    return members, concerned - members - {recorded.coop_id}


def _in_draft(recorded: Recorded[Event], history: History) -> set[UUID]:
    """Return who would pay or receive by a plan that was never issued."""
    drawn = as_drafted(history.connection, recorded.coop_id, recorded.stream_id)
    lines = drawn.lines if drawn else ()
    return {account for line in lines for account in (line.debtor, line.receiver)}


def tell(
    recorded: Recorded[Event], history: History, template: str, members: Iterable[UUID], facts: Mapping[str, str]
) -> None:
    """Write the same letter to several members; those erased meanwhile get none."""
    persons = persons_behind(history.connection, recorded.coop_id, members)
    letters = (
        Letter(
            letter_id=recorded.follow_up_id(f"{template} to {member_id}"),
            coop_id=recorded.coop_id,
            template=template,
            person_id=person_id,
            facts=facts,
        )
        for member_id, person_id in sorted(persons.items())
    )
    write_letters(history.connection, letters, recorded.recorded_at)


def name_of(recorded: Recorded[Event], history: History, vehicle_id: UUID) -> str:
    """Return what a vehicle is called."""
    return vehicle_names(history.connection, recorded.coop_id, [vehicle_id])[vehicle_id]


def _rule(recorded: Recorded[Event], history: History, opened: ProposalOpened) -> Mapping[str, str]:
    """Return which rule is proposed; no value lets the co-op's apply to the vehicle again."""
    vehicle = name_of(recorded, history, opened.vehicle_id) if opened.vehicle_id else ""
    return {"parameter": opened.parameter, "value": opened.value or "", "rule_vehicle": vehicle}
