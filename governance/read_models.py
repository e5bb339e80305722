"""The tables governance's pages read, and what each event writes into them."""

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import asdict
from sqlalchemy import Boolean, Column, Date, Index, Integer, LargeBinary, String, Table, Uuid

from governance import events as e
from governance.posters.words import words_of
from governance.recovery.read_models import project as _recovery
from kernel.event import Event, Recorded
from kernel.read_models.projection import Change, Put, PutMany, Write
from kernel.tables import Instant, derived

coops = Table(
    "governance_coops",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("name", String(80), nullable=False),
    Column("commune_code", String(5), nullable=False),
    Column("commune_name", String(80), nullable=False),
    Column("departement", String(80), nullable=False),
    Column("time_zone", String(60), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("language", String(2), nullable=False),
    Column("pack", String(40), nullable=False),
    Column("accent", String(20), nullable=False),
    Column("charter_version", String(40), nullable=False),
    Column("catalogue", Integer, nullable=False),
    Column("holder", String(70)),
    Column("iban", String(34)),
    Column("started_at", Instant, nullable=False),
)

invitations = Table(
    "governance_invitations",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("invitation_id", Uuid, primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("issued_by", Uuid),
    Column("issued_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    Column("used_by", Uuid),
    Column("words", String(40), index=True),
    Index("governance_invitations_by_id", "invitation_id"),
    Index("governance_invitations_by_issue", "coop_id", "issued_at"),
)

members = Table(
    "governance_members",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("member_id", Uuid, primary_key=True),
    Column("person_id", Uuid),
    Column("charter_version", String(40), nullable=False),
    Column("invitation_id", Uuid),
    Column("joined_at", Instant, nullable=False),
    Column("left_at", Instant),
    Column("erased_at", Instant),
    Column("suspended_until", Instant),
    Column("suspended_at", Instant),
    Column("suspended_by", Uuid),
    Column("suspended_for", LargeBinary),
    Column("suspension_answer", LargeBinary),
    Column("erasure_due", Instant),
    Column("reminded_at", Instant),
    Index("governance_members_by_person", "person_id", "coop_id", "joined_at"),
)
erasing = members.c.erasure_due.is_not(None)  # of few
Index("governance_members_erasing", members.c.erasure_due, sqlite_where=erasing, postgresql_where=erasing)

mandates = Table(
    "governance_mandates",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("mandate", Integer, primary_key=True),
    Column("member_id", Uuid, nullable=False),
    Column("role", String(20), nullable=False),
    Column("since", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    Column("ended_at", Instant),
)

rules = Table(
    "governance_rules",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("parameter", String(40), primary_key=True),
    Column("vehicle_id", Uuid),
    Column("value", String(40)),
    Column("effective_at", Instant, nullable=False),
    Column("proposal_id", Uuid),
)

proposals = Table(
    "governance_proposals",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("proposal_id", Uuid, primary_key=True),
    Column("proposer_id", Uuid),
    Column("parameter", String(40), nullable=False),
    Column("vehicle_id", Uuid),
    Column("standing", String(40)),
    Column("value", String(40)),
    Column("effective_from", Date, nullable=False),
    Column("effective_at", Instant, nullable=False),
    Column("rationale", LargeBinary, nullable=False),
    Column("rationale_of", Uuid, nullable=False),
    Column("rulebook_version", Integer, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("closes_at", Instant, nullable=False),
    Column("quorum_parts", Integer, nullable=False),
    Column("quorum_whole", Integer, nullable=False),
    Column("threshold_parts", Integer, nullable=False),
    Column("threshold_whole", Integer, nullable=False),
    Column("strictly", Boolean, nullable=False),
    Column("base", String(12), nullable=False),
    Column("registered", Integer, nullable=False),
    Column("state", String(12), nullable=False),
    Column("cast", Integer),
    Column("in_favour", Integer),
    Column("against", Integer),
    Column("abstaining", Integer),
    Column("blank", Integer),
    Column("quorum_needed", Integer),
    Column("quorum_met", Boolean),
    Column("base_votes", Integer),
    Column("favour_needed", Integer),
    Column("favour_met", Boolean),
    Column("one_more_against_passes", Boolean),
    Column("settled_at", Instant),
    Column("settled_version", Integer),
    Index("governance_proposals_closing", "state", "closes_at"),
    Index("governance_proposals_due", "state", "effective_at"),
)

electors = Table(
    "governance_electors",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("proposal_id", Uuid, primary_key=True),
    Column("member_id", Uuid, primary_key=True),
)

ballots = Table(
    "governance_ballots",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("proposal_id", Uuid, primary_key=True),
    Column("voter_id", Uuid, primary_key=True),
    Column("choice", String(10), nullable=False),
)


def project(recorded: Recorded[Event]) -> Iterable[Write]:
    """Yield what an event writes into governance's tables."""
    for part in (_coop, _invitation, _member, _erasure, _suspension, _mandate, _rule, _proposal, _ballot, _recovery):
        yield from part(recorded)


def _coop(recorded: Recorded[Event]) -> Iterator[Write]:
    match recorded.event:
        case e.CoopStarted() as started:
            row = asdict(started)
            row["name"] = row.pop("coop_name")
            yield Put(coops, {"coop_id": recorded.coop_id, "started_at": recorded.effective_at, **row})
        case e.BankAccountSet(holder=holder, iban=iban):
            yield Change(coops, {"coop_id": recorded.coop_id}, {"holder": holder, "iban": iban})
        case e.NewRulesTold(catalogue=catalogue):
            yield Change(coops, {"coop_id": recorded.coop_id}, {"catalogue": catalogue})


def _invitation(recorded: Recorded[Event]) -> Iterator[Write]:
    key = {"coop_id": recorded.coop_id, "invitation_id": recorded.stream_id}
    match recorded.event:
        case e.InvitationIssued(kind=kind, expires_at=expires_at):
            issued = {"issued_by": recorded.by, "issued_at": recorded.effective_at, "expires_at": expires_at}
            words = words_of(recorded.stream_id) if kind is e.InvitationKind.POSTER else None
            yield Put(invitations, {**key, **issued, "kind": kind.value, "words": words})
        case e.InvitationRevoked():
            yield Change(invitations, key, {"revoked_at": recorded.effective_at})
        case e.InvitationUsed(member_id=member_id):
            yield Change(invitations, key, {"used_by": member_id})


def _member(recorded: Recorded[Event]) -> Iterator[Write]:
    key = {"coop_id": recorded.coop_id, "member_id": recorded.stream_id}
    match recorded.event:
        case e.MemberJoined() as joined:
            yield Put(members, {**key, **asdict(joined), "joined_at": recorded.effective_at})
        case e.MemberReturned(charter_version=charter_version):
            back = {"charter_version": charter_version, "left_at": None, "erasure_due": None, "reminded_at": None}
            yield Change(members, key, back)
        case e.MemberLeft():
            yield Change(members, key, {"left_at": recorded.effective_at})


def _erasure(recorded: Recorded[Event]) -> Iterator[Write]:
    key = {"coop_id": recorded.coop_id, "member_id": recorded.stream_id}
    match recorded.event:
        case e.ErasureAsked(due_at=due_at):
            yield Change(members, key, {"erasure_due": due_at})
        case e.ErasureWithdrawn():
            yield Change(members, key, {"erasure_due": None, "reminded_at": None})
        case e.ErasureReminded(due_at=due_at):
            yield Change(members, key, {"erasure_due": due_at, "reminded_at": recorded.effective_at})
        case e.MemberErased():
            gone = {"person_id": None, "erased_at": recorded.effective_at, "erasure_due": None}
            yield Change(members, key, gone)


def _suspension(recorded: Recorded[Event]) -> Iterator[Write]:
    key = {"coop_id": recorded.coop_id, "member_id": recorded.stream_id}
    match recorded.event:
        case e.BookingsSuspended(until=until, reason=reason):
            suspended = {"suspended_at": recorded.effective_at, "suspended_by": recorded.by}
            yield Change(members, key, {**suspended, "suspended_until": until, "suspended_for": reason.cipher})
        case e.SuspensionAnswered(answer=answer):
            yield Change(members, key, {"suspension_answer": answer.cipher})
        case e.SuspensionLifted():
            yield Change(members, key, {"suspended_until": recorded.effective_at})


def _mandate(recorded: Recorded[Event]) -> Iterator[Write]:
    match recorded.event:
        case e.RoleGiven() as given:
            yield Put(mandates, {"coop_id": recorded.coop_id, **asdict(given), "role": given.role.value})
        case e.RoleEnded(mandate=mandate, ended_at=ended_at):
            yield Change(mandates, {"coop_id": recorded.coop_id, "mandate": mandate}, {"ended_at": ended_at})


def _rule(recorded: Recorded[Event]) -> Iterator[Write]:
    coop_id = recorded.coop_id
    match recorded.event:
        case e.RulesAdopted(values=values, effective_at=at):
            yield from (Put(rules, _rule_row(coop_id, 1, stated, None, at)) for stated in values)
        case e.VehicleRulesAdopted(vehicle_id=vehicle_id, values=values, effective_at=at, version=version):
            yield from (Put(rules, _rule_row(coop_id, version, stated, vehicle_id, at)) for stated in values)
        case e.RuleEnacted() as enacted:
            yield Put(rules, {"coop_id": coop_id, **asdict(enacted)})
            yield _settled(recorded, enacted, "enacted", enacted.version)
        case e.RuleConflicted(changed_in_version=version) as conflicted:
            yield _settled(recorded, conflicted, "conflicted", version)


def _rule_row(coop_id: Any, version: int, stated: e.RuleValue, vehicle_id: Any, at: Any) -> dict[str, Any]:
    dated = {"coop_id": coop_id, "version": version, "vehicle_id": vehicle_id, "effective_at": at}
    return {**dated, "parameter": stated.parameter, "value": stated.value, "proposal_id": None}


def _settled(recorded: Recorded[Event], event: e.RuleEnacted | e.RuleConflicted, state: str, version: int) -> Write:
    key = {"coop_id": recorded.coop_id, "proposal_id": event.proposal_id}
    at = event.effective_at if isinstance(event, e.RuleEnacted) else recorded.effective_at
    return Change(proposals, key, {"state": state, "settled_at": at, "settled_version": version})


def _proposal(recorded: Recorded[Event]) -> Iterator[Write]:
    key = {"coop_id": recorded.coop_id, "proposal_id": recorded.stream_id}
    match recorded.event:
        case e.ProposalOpened() as opened:
            yield Put(proposals, {**key, **_opened_row(recorded, opened)})
            yield PutMany(electors, key, [{"member_id": member_id} for member_id in opened.electorate])
        case e.ProposalClosed(passed=passed, count=count):
            yield Change(proposals, key, {**asdict(count), "state": "passed" if passed else "failed"})
        case e.ProposalWithdrawn():
            yield Change(proposals, key, {"state": "withdrawn", "settled_at": recorded.effective_at})


def _opened_row(recorded: Recorded[Event], opened: e.ProposalOpened) -> dict[str, Any]:
    alike = ("parameter", "vehicle_id", "standing", "value", "effective_from", "effective_at", "closes_at")
    procedure = opened.procedure
    return {name: getattr(opened, name) for name in alike} | {
        "proposer_id": recorded.by,
        "rationale": opened.rationale.cipher,
        "rationale_of": opened.rationale.subject,
        "rulebook_version": opened.rulebook_version,
        "opened_at": recorded.effective_at,
        "quorum_parts": procedure.quorum.parts,
        "quorum_whole": procedure.quorum.whole,
        "threshold_parts": procedure.threshold.parts,
        "threshold_whole": procedure.threshold.whole,
        "strictly": procedure.strictly,
        "base": procedure.base.value,
        "registered": len(opened.electorate),
        "state": "open",
    }


def _ballot(recorded: Recorded[Event]) -> Iterator[Write]:
    key = {"coop_id": recorded.coop_id, "proposal_id": recorded.stream_id}
    match recorded.event:
        case e.BallotCast(voter_id=voter_id, choice=choice):
            yield Put(ballots, {**key, "voter_id": voter_id, "choice": choice.value})
        case e.BallotChanged(voter_id=voter_id, choice=choice):
            yield Change(ballots, {**key, "voter_id": voter_id}, {"choice": choice.value})
