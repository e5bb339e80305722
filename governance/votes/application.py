"""The door for taking a proposal back."""

from collections.abc import Sequence

from governance.commands import WithdrawProposal
from governance.events import BallotCast, BallotChanged
from governance.votes.proposal import Proposal
from kernel.command import Asked, Done
from kernel.event import Event
from kernel.log.door import Door
from kernel.log.transaction import Transaction


class Withdrawing(Door):
    """A proposal is taken back by who made it."""

    def withdraw_proposal(self, command: WithdrawProposal, asked: Asked) -> Done:
        """Take a proposal back a moment after it was made; once somebody else has voted, it stays."""

        def decide(proposal: Proposal, transaction: Transaction) -> Sequence[Event]:
            last = transaction.last_act(Proposal, command.proposal_id, not_her_ballot)
            return proposal.withdraw(last, by=asked.by, at=asked.at)

        def not_her_ballot(event: Event) -> bool:
            return not (isinstance(event, BallotCast | BallotChanged) and event.voter_id == asked.by)

        return self._history.change(Proposal, command.proposal_id, command, asked, decide)
