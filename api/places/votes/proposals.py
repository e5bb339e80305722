"""Everything ever proposed, newest first, a slice at a time."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar
from uuid import UUID

import msgspec

from api.places import COOP
from api.places.votes.proposal import ProposalAnswer, answer
from api.speech.rules import Stated, stated
from api.web.answers import Page, View
from api.web.routes import page, question
from api.web.visit import Visit
from governance.votes.queries import ProposalRow, ProposalState, proposals_slice
from kernel.slice import Slice, Wanted
from usecases.actor import Actor
from usecases.neighbours import Neighbours

MOST = 20
PROPOSALS = f"{COOP}/proposals"


class ListedProposal(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal as a list shows it, by the rule as it would be."""

    proposal_id: UUID
    proposed: Stated
    state: ProposalState
    closes_at: datetime
    may_vote: bool
    i_voted: bool


class AllProposals(View, frozen=True, kw_only=True):
    """Some proposals; `after` is where the next ones begin, `None` when there are no more."""

    template: ClassVar[str] = "votes/proposals.html"

    proposals: Sequence[ListedProposal]
    after: str | None


@page(PROPOSALS, who="member")
def show_proposals(visit: Visit) -> Page:
    """Show what was proposed, decided or not."""
    actor, after = visit.actor, visit.sent.query.get("after")
    found = proposals_slice(actor.connection, actor.coop_id, actor.me, actor.now, after=after, most=MOST)
    return Page(AllProposals(proposals=listed(found.items, Neighbours(actor)), after=found.after))


@question(PROPOSALS, who="member")
def proposals(actor: Actor, query: Wanted) -> Slice[ProposalAnswer]:
    """Everything ever proposed, newest first."""
    after, most = query.after, query.limit
    found = proposals_slice(actor.connection, actor.coop_id, actor.me, actor.now, after=after, most=most)
    texts = actor.opened_all(row.rationale for row in found.items)
    return found.mapped(lambda row: answer(row, texts.get(row.rationale)))


def listed(rows: Iterable[ProposalRow], neighbours: Neighbours) -> list[ListedProposal]:
    """Return proposals as a list shows them."""
    known = list(rows)
    neighbours.meet(vehicles=(row.vehicle_id for row in known))
    return [_listed(row, neighbours) for row in known]


def _listed(row: ProposalRow, neighbours: Neighbours) -> ListedProposal:
    vehicle = neighbours.vehicle(row.vehicle_id)
    return ListedProposal(
        proposal_id=row.proposal_id,
        proposed=stated(row.rule, row.value, vehicle),
        state=row.state,
        closes_at=row.closes_at,
        may_vote=row.may_vote,
        i_voted=row.my_choice is not None,
    )
