"""One proposal and its vote: the rule today and proposed, what it changes for the reader, her ballot, how it ended."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

import msgspec

from api.places import COOP
from api.speech.rules import Stated, stated
from api.web.acts import act
from api.web.answers import Page, View
from api.web.routes import page, question
from api.web.visit import Visit
from governance.application import Governance
from governance.commands import CastBallot, WithdrawProposal
from governance.counting import Choice, Count, Procedure
from governance.votes.application import Withdrawing
from governance.votes.explanation import Sentence
from governance.votes.queries import ProposalRow, ProposalState, proposal
from kernel.command import Asked, Done
from kernel.refused import Unknown
from kernel.text import N_
from usecases.actor import Actor
from usecases.copied import copied
from usecases.neighbours import Neighbours
from usecases.simulating import ForMe, changed_for, touches_prices
from usecases.undoing.undoable import Undoable, made_proposal, undoable_of_proposal

PROPOSAL = f"{COOP}/proposals/{{proposal_id:uuid}}"


class ProposalAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal for the reader.

    `state` is open, counting, passed, failed, enacted, conflicted or withdrawn. `count` and `explained` (what each
    sentence says, and the numbers in it) come once it is counted; until then nobody learns more than how many voted,
    and the quorum's `needed`. `rationale` and `proposer_name` are `None` once their author was erased.
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
    state: ProposalState
    may_vote: bool
    my_choice: Choice | None
    count: Count | None
    explained: tuple[Sentence, ...]
    settled_at: datetime | None


class ProposalForMe(ProposalAnswer, frozen=True, kw_only=True):
    """A proposal, and what it would have changed for the reader in thirty days; `None` when for none of her trips."""

    for_me: ForMe | None


class OneProposal(View, frozen=True, kw_only=True):
    """A proposal as its page shows it; `touches_prices` tells whether it could change what a trip costs."""

    template: ClassVar[str] = "votes/proposal.html"

    proposal: ProposalForMe
    before: Stated
    proposed: Stated
    touches_prices: bool
    undoable: Undoable | None

    @property
    def heads(self) -> Sequence[int]:
        """For, against, and neither, once it is counted."""
        count = self.proposal.count
        return (count.in_favour, count.against, count.abstaining + count.blank) if count else ()


@page(PROPOSAL, who="member")
def show_proposal(visit: Visit, proposal_id: UUID) -> Page:
    """Show a proposal to a reader: what it says, what it changes for her, how to vote, how it ended."""
    actor = visit.actor
    row = _proposal(actor, proposal_id)
    vehicle = Neighbours(actor).vehicle(row.vehicle_id) if row.vehicle_id else None
    view = OneProposal(
        proposal=_for_reader(actor, row),
        before=stated(row.rule, row.standing, vehicle),
        proposed=stated(row.rule, row.value, vehicle),
        touches_prices=touches_prices(row),
        undoable=undoable_of_proposal(actor, row),
    )
    return Page(view)


@question(PROPOSAL, who="member")
def one_proposal(actor: Actor, proposal_id: UUID) -> ProposalForMe:
    """A proposal, what it would have changed for me, how far its vote is, how it ended."""
    return _for_reader(actor, _proposal(actor, proposal_id))


@act(
    f"{PROPOSAL}/ballots",
    who="member",
    page=show_proposal,
    said=N_("Your vote is kept. You may change it until the end."),
    then="/coops/{coop_id}/proposals/{proposal_id}",
    lasting="It is changed until the end of the vote.",
    example={"choice": "yes"},
)
def cast_ballot(actor: Actor, command: CastBallot, asked: Asked) -> Done:
    """Vote, as myself; again to change it, until the close."""
    return Governance(actor.history).cast_ballot(command, asked)


@act(
    f"{PROPOSAL}/withdrawal",
    who=made_proposal,
    page=show_proposal,
    said=N_("Undone: nobody votes on it. Everyone is told by mail."),
    then="/coops/{coop_id}/proposals/{proposal_id}",
    lasting="It is proposed again.",
    example={},
)
def withdraw_proposal(actor: Actor, command: WithdrawProposal, asked: Asked) -> Done:
    """Take back what I proposed a moment ago, as long as nobody else has voted."""
    return Withdrawing(actor.history).withdraw_proposal(command, asked)


def answer(row: ProposalRow, rationale: str | None) -> ProposalAnswer:
    """Return a proposal as it is answered, with its reasons as they were opened."""
    return copied(row, ProposalAnswer, rationale=rationale)


def _for_reader(actor: Actor, row: ProposalRow) -> ProposalForMe:
    return copied(row, ProposalForMe, rationale=actor.opened(row.rationale), for_me=changed_for(actor, row))


def _proposal(actor: Actor, proposal_id: UUID) -> ProposalRow:
    row = proposal(actor.connection, actor.coop_id, proposal_id, actor.me, actor.now)
    if row is None:
        raise Unknown
    return row
