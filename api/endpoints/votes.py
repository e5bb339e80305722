"""The rules in force, their history, proposals and ballots, for programs."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from api.repricing import ForMe, for_reader, touches_prices
from api.speech.house_rules import reason
from api.web.declared import Declared, Read, Write
from api.web.forms import Form
from api.web.visit import Visit
from governance import commands as c
from governance.application import Governance
from governance.rules.catalogue import CATALOGUE, UnknownRule
from governance.rules.parameters import NotAValue, OutOfBounds, Parameter
from governance.rules.queries import RuleRow, rule_history, rules_on
from governance.rules.rulebook import NotPerVehicle
from governance.votes import proposal as p
from governance.votes.counting import Choice, Count, Procedure
from governance.votes.queries import ProposalRow, proposal, proposals_of
from kernel.refused import Unknown


class ProposalAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal for the reader.

    `state` is open, counting, passed, failed, enacted or conflicted. `count` and `explained` (sentences) come once it
    is counted; until then nobody learns more than how many voted, and the quorum's `needed`.
    """

    proposal_id: UUID
    proposer_id: UUID | None
    proposer_name: str | None
    parameter: str
    vehicle_id: UUID | None
    standing: str | None
    value: str | None
    effective_from: date
    rationale: str | None
    rulebook_version: int
    opened_at: datetime
    closes_at: datetime
    procedure: Procedure
    registered: int
    voted: int
    needed: int
    state: str
    may_vote: bool
    my_choice: Choice | None
    count: Count | None
    explained: tuple[str, ...]
    settled_at: datetime | None


class ProposalForMe(ProposalAnswer, frozen=True, kw_only=True):
    """A proposal, and what it would have changed for the reader in thirty days; `None` when for none of her trips."""

    for_me: ForMe | None


def _rules(visit: Visit) -> list[RuleRow]:
    query = _query(visit)
    day = query.day("on") if query.text("on") else visit.words.local(visit.now).date()
    found = rules_on(visit.connection, visit.coop_id, day, visit.here.time_zone, _vehicle(query))
    return [found[key] for key in CATALOGUE if key in found]


def _history(visit: Visit) -> tuple[RuleRow, ...]:
    key = str(visit.sent.places["parameter"])
    if key not in CATALOGUE:
        raise Unknown
    return rule_history(visit.connection, visit.coop_id, key, _vehicle(_query(visit)))


def _proposals(visit: Visit) -> list[ProposalAnswer]:
    rows = proposals_of(visit.connection, visit.coop_id, visit.me, visit.now)
    return [_told(visit, row) for row in rows]


def _proposal(visit: Visit) -> ProposalForMe:
    row = proposal(visit.connection, visit.coop_id, visit.place("proposal_id"), visit.me, visit.now)
    if row is None:
        raise Unknown
    for_me = for_reader(visit, row) if touches_prices(row) else None
    return ProposalForMe(**msgspec.structs.asdict(_told(visit, row)), for_me=for_me)


def _told(visit: Visit, row: ProposalRow) -> ProposalAnswer:
    plain: dict[str, Any] = {
        name: getattr(row, name) for name in ProposalAnswer.__struct_fields__ if name not in ("rationale", "explained")
    }
    rationale = visit.site.keyring.open(visit.connection, row.rationale)
    explained = tuple(reason(visit.words, each) for each in row.explained)
    return ProposalAnswer(**plain, rationale=rationale, explained=explained)


def _query(visit: Visit) -> Form:
    return Form({name: [value] for name, value in visit.sent.query.items()})


def _vehicle(query: Form) -> UUID | None:
    return query.uuid("vehicle_id") if query.text("vehicle_id") else None


_COOP = "/coops/{coop_id:uuid}"
_VEHICLE = (UUID, "the vehicle whose rules are asked; the co-op's when not said")

DECLARED: list[Declared] = [
    Read(
        name="api_votable_rules",
        path="/rules",
        answer=lambda _: tuple(CATALOGUE.values()),
        returns=tuple[Parameter, ...],
        summary="Every rule that can be voted: its kind, unit, bounds and sentence",
    ),
    Read(
        name="api_rules",
        path=f"{_COOP}/rules",
        answer=_rules,
        returns=list[RuleRow],
        summary="What applied at the end of a day, for the co-op or for one vehicle",
        parameters={"on": (date, "a local day, today when not said"), "vehicle_id": _VEHICLE},
    ),
    Read(
        name="api_rule_history",
        path=f"{_COOP}/rules/{{parameter:str}}/history",
        answer=_history,
        returns=tuple[RuleRow, ...],
        summary="All dated values of a rule in one scope, newest first",
        parameters={"vehicle_id": _VEHICLE},
    ),
    Read(
        name="api_proposals",
        path=f"{_COOP}/proposals",
        answer=_proposals,
        returns=list[ProposalAnswer],
        summary="Everything ever proposed, newest first",
    ),
    Read(
        name="api_proposal",
        path=f"{_COOP}/proposals/{{proposal_id:uuid}}",
        answer=_proposal,
        returns=ProposalForMe,
        summary="A proposal, what it would have changed for me, how far its vote is, how it ended",
    ),
    Write(
        name="api_propose_rule",
        path=f"{_COOP}/proposals",
        command=c.ProposeRule,
        carry_out=lambda a, it, asked: Governance(a.site.history).propose_rule(it, asked),
        summary="Open a vote on a rule",
        refuses=(
            p.OnlyMembersPropose,
            UnknownRule,
            NotAValue,
            OutOfBounds,
            NotPerVehicle,
            p.NothingToChange,
            p.RuleNeeded,
            p.VehicleUnknownHere,
            p.TooSoon,
            p.TooFarAway,
        ),
        example={
            "parameter": "price_per_km",
            "value": "0.34",
            "effective_from": "2027-01-01",
            "rationale": "Le carburant coûte plus cher.",
        },
    ),
    Write(
        name="api_cast_ballot",
        path=f"{_COOP}/proposals/{{proposal_id:uuid}}/ballots",
        command=c.CastBallot,
        carry_out=lambda a, it, asked: Governance(a.site.history).cast_ballot(it, asked),
        summary="Vote, as myself; again to change it, until the close",
        refuses=(p.VoteClosed, p.NotAnElector),
        example={"choice": "yes"},
    ),
]
