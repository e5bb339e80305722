"""Questions about proposals. Until a vote is counted, no answer depends on what others chose: only how many voted."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

import msgspec
from sqlalchemy import Column, ColumnElement, Connection, RowMapping, Select, and_, func, select

from governance.counting import Base, Choice, Count, Procedure, Ratio, least
from governance.read_models import ballots, coops, electors, members, proposals
from governance.rules.catalogue import rule_of
from governance.rules.rule import Rule
from governance.votes.explanation import Sentence, explain
from kernel.privacy import Sealed
from kernel.slice import Slice, newest_first
from people.person import people

ProposalState = Literal["open", "counting", "passed", "failed", "enacted", "conflicted", "withdrawn"]


class ProposalRow(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal for one reader.

    `state` is `open`, `counting` (over, not yet counted), `passed`, `failed`, `enacted`, `conflicted` or `withdrawn`.
    `voted` is how many did; `proposer_name` is `None` once erased; `count` and `explained` are there only once it is
    counted.
    """

    proposal_id: UUID
    proposer_id: UUID | None
    proposer_name: str | None
    parameter: str
    vehicle_id: UUID | None
    standing: str | None
    value: str | None
    effective_from: date
    effective_at: datetime
    rationale: Sealed
    rulebook_version: int
    opened_at: datetime
    closes_at: datetime
    procedure: Procedure
    registered: int
    voted: int
    state: ProposalState
    may_vote: bool
    my_choice: Choice | None
    count: Count | None
    explained: tuple[Sentence, ...]
    settled_at: datetime | None
    settled_version: int | None
    currency: str

    @property
    def rule(self) -> Rule:
        """The rule it is about."""
        return rule_of(self.parameter, self.currency)

    @property
    def needed(self) -> int:
        """How many ballots the quorum asks for."""
        return least(self.procedure.quorum, self.registered)


class Due(msgspec.Struct, frozen=True):
    """A proposal whose time has come, in any co-op."""

    coop_id: UUID
    proposal_id: UUID


def proposals_slice(
    connection: Connection,
    coop_id: UUID,
    reader_id: UUID | None,
    at: datetime,
    *,
    after: str | None = None,
    most: int,
) -> Slice[ProposalRow]:
    """Return a slice of a co-op's proposals for a reader, newest first; refuses a text that is not a cursor."""
    query, key = _for_reader(coop_id, reader_id), (proposals.c.opened_at, proposals.c.proposal_id)
    return newest_first(connection, query, key, after=after, most=most).mapped(lambda row: _proposal(row, at))


def open_proposals(
    connection: Connection, coop_id: UUID, reader_id: UUID | None, at: datetime
) -> tuple[ProposalRow, ...]:
    """Return the proposals whose vote is open, for a reader: newest first."""
    query = _for_reader(coop_id, reader_id).where(proposals.c.state == "open", proposals.c.closes_at > at)
    newest = query.order_by(proposals.c.opened_at.desc(), proposals.c.proposal_id.desc())
    return tuple(_proposal(row, at) for row in connection.execute(newest).mappings())


def proposals_by_id(
    connection: Connection, coop_id: UUID, proposal_ids: Iterable[UUID], at: datetime
) -> dict[UUID, ProposalRow]:
    """Return some proposals of a co-op, as anyone may read them, by their ids."""
    query = _for_reader(coop_id, None).where(proposals.c.proposal_id.in_(set(proposal_ids)))
    return {row["proposal_id"]: _proposal(row, at) for row in connection.execute(query).mappings()}


def proposal(
    connection: Connection, coop_id: UUID, proposal_id: UUID, reader_id: UUID | None, at: datetime
) -> ProposalRow | None:
    """Return one proposal for a reader, or `None`."""
    query = _for_reader(coop_id, reader_id).where(proposals.c.proposal_id == proposal_id)
    row = connection.execute(query).mappings().one_or_none()
    return _proposal(row, at) if row else None


def votes_asked_of(connection: Connection, coop_id: UUID, reader_id: UUID, at: datetime) -> list[ProposalRow]:
    """Return the proposals whose vote is open to a member who has not voted yet: the first to close first."""
    still_open = (proposals.c.state == "open", proposals.c.closes_at > at)
    query = _for_reader(coop_id, reader_id).where(*still_open).order_by(proposals.c.closes_at, proposals.c.proposal_id)
    rows = [_proposal(row, at) for row in connection.execute(query).mappings()]
    return [row for row in rows if row.may_vote and row.my_choice is None]


def ballot_of(connection: Connection, coop_id: UUID, proposal_id: UUID, voter_id: UUID) -> Choice | None:
    """Return how someone votes on a proposal as it stands, `None` when she has not."""
    of_hers = (ballots.c.coop_id == coop_id, ballots.c.proposal_id == proposal_id, ballots.c.voter_id == voter_id)
    choice = connection.execute(select(ballots.c.choice).where(*of_hers)).scalar()
    return Choice(choice) if choice else None


def electorate_of(connection: Connection, coop_id: UUID, proposal_id: UUID) -> tuple[UUID, ...]:
    """Return the members who could vote on a proposal."""
    query = select(electors.c.member_id).where(electors.c.coop_id == coop_id, electors.c.proposal_id == proposal_id)
    return tuple(connection.execute(query.order_by(electors.c.member_id)).scalars())


def votes_to_close(connection: Connection, at: datetime) -> tuple[Due, ...]:
    """Return the votes of all co-ops whose closing time has come and that are not counted, oldest first."""
    due = and_(proposals.c.state == "open", proposals.c.closes_at <= at)
    return _due(connection, due, proposals.c.closes_at)


def decisions_to_enact(connection: Connection, at: datetime) -> tuple[Due, ...]:
    """Return the passed proposals of all co-ops whose date has come, in the order they take effect."""
    due = and_(proposals.c.state == "passed", proposals.c.effective_at <= at)
    return _due(connection, due, proposals.c.effective_at)


def _due(connection: Connection, condition: ColumnElement[bool], order: Column[Any]) -> tuple[Due, ...]:
    query = select(proposals.c.coop_id, proposals.c.proposal_id).where(condition)
    rows = connection.execute(query.order_by(order, proposals.c.closes_at, proposals.c.proposal_id))
    return tuple(Due(row.coop_id, row.proposal_id) for row in rows)


def _for_reader(coop_id: UUID, reader_id: UUID | None) -> Select[Any]:
    of_the_proposal = and_(ballots.c.coop_id == proposals.c.coop_id, ballots.c.proposal_id == proposals.c.proposal_id)
    voted = select(func.count()).select_from(ballots).where(of_the_proposal).scalar_subquery()
    mine = select(ballots.c.choice).where(of_the_proposal, ballots.c.voter_id == reader_id).scalar_subquery()
    elector = and_(
        electors.c.coop_id == proposals.c.coop_id,
        electors.c.proposal_id == proposals.c.proposal_id,
        electors.c.member_id == reader_id,
    )
    enrolled = select(func.count()).select_from(electors).where(elector).scalar_subquery()
    columns = (
        coops.c.currency,
        people.c.name.label("proposer_name"),
        voted.label("voted"),
        mine.label("my_choice"),
        enrolled.label("enrolled"),
    )
    writer = and_(members.c.coop_id == proposals.c.coop_id, members.c.member_id == proposals.c.proposer_id)
    query = select(proposals, *columns).join(coops, coops.c.coop_id == proposals.c.coop_id).outerjoin(members, writer)
    return query.outerjoin(people, people.c.person_id == members.c.person_id).where(proposals.c.coop_id == coop_id)


_AS_STORED = (
    *("proposal_id", "proposer_id", "proposer_name", "parameter", "vehicle_id", "standing", "value"),
    *("effective_from", "effective_at"),
    *("rulebook_version", "opened_at", "closes_at", "registered", "voted", "settled_at", "settled_version", "currency"),
)


def _proposal(row: RowMapping, at: datetime) -> ProposalRow:
    over = at >= row["closes_at"]
    procedure, counted = _procedure(row), _count(row)
    return ProposalRow(
        **{name: row[name] for name in _AS_STORED},
        rationale=Sealed(row["coop_id"], row["rationale_of"], row["rationale"]),
        procedure=procedure,
        state="counting" if row["state"] == "open" and over else row["state"],
        may_vote=row["state"] == "open" and not over and row["enrolled"] > 0,
        my_choice=Choice(row["my_choice"]) if row["my_choice"] else None,
        count=counted,
        explained=explain(counted, procedure) if counted else (),
    )


def _procedure(row: RowMapping) -> Procedure:
    return Procedure(
        quorum=Ratio(row["quorum_parts"], row["quorum_whole"]),
        threshold=Ratio(row["threshold_parts"], row["threshold_whole"]),
        strictly=row["strictly"],
        base=Base(row["base"]),
    )


def _count(row: RowMapping) -> Count | None:
    if row["state"] == "open":
        return None
    return Count(**{name: row[name] for name in Count.__struct_fields__})
