"""Rules are proposed and voted; what passes takes effect by itself when its day comes."""

from datetime import timedelta
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import rule

from governance import commands as g
from governance.counting import Choice
from governance.votes.queries import electorate_of, proposals_slice
from tests.coop.belonging import Belonging
from tests.coop.life import chosen, coops, picks, there_is

WISHES = st.sampled_from(
    [
        *(("price_per_km", value) for value in ("0.20", "0.34", "0.70", "0", "9")),
        ("price_per_hour", "1.50"),
        ("day_cap_hours", "8"),
        ("max_active_bookings", "2"),
        ("max_active_bookings", "9"),
        ("buffer_minutes", "60"),
        ("min_notice_hours", "1"),
        ("approval_timeout_hours", "2"),
        ("balance_limit", "-20.50"),
        ("settlement_period", "month"),
        ("settlement_overdue_days", "3"),
        ("suspend_after_days", "14"),
        ("suspend_after_days", "0"),
        ("vote_duration_days", "3"),
        ("quorum", "1/2"),
        ("majority", "two_thirds"),
        ("nonsense", "1"),
    ]
)


class Voting(Belonging):
    """Proposals and ballots."""

    @rule(coop_id=coops, who=picks, wish=WISHES, vehicle=st.none() | picks, days=st.integers(2, 40), ends=st.booleans())
    def propose(
        self, coop_id: UUID, who: int, wish: tuple[str, str], vehicle: int | None, days: int, *, ends: bool
    ) -> None:
        cards = [] if vehicle is None else self.vehicle(coop_id, vehicle)
        key, value = wish
        command = g.ProposeRule(
            coop_id=coop_id,
            parameter=key,
            vehicle_id=cards[0].vehicle_id if cards else None,
            value=None if ends and cards else value,
            effective_from=self.today + timedelta(days=days),
            rationale="Le carburant a augmenté.",
        )
        proposal_id = self.attempt(self.governance.propose_rule, command, self.member(coop_id, who))
        if proposal_id and who % 2:
            self.all_vote(coop_id, proposal_id, Choice.YES)

    @there_is("vote")
    @rule(coop_id=coops, pick=picks, who=picks, choice=st.sampled_from(Choice))
    def vote(self, coop_id: UUID, pick: int, who: int, choice: Choice) -> None:
        for proposal_id in self.proposal(coop_id, pick):
            self.cast(coop_id, proposal_id, self.member(coop_id, who), choice)

    @there_is("vote")
    @rule(coop_id=coops, pick=picks, choice=st.sampled_from(Choice))
    def agree(self, coop_id: UUID, pick: int, choice: Choice) -> None:
        for proposal_id in self.proposal(coop_id, pick):
            self.all_vote(coop_id, proposal_id, choice)

    def all_vote(self, coop_id: UUID, proposal_id: UUID, choice: Choice) -> None:
        """Let everyone who may vote say the same."""
        for voter in self.ask(electorate_of, coop_id, proposal_id):
            self.cast(coop_id, proposal_id, voter, choice)

    def cast(self, coop_id: UUID, proposal_id: UUID, voter: UUID, choice: Choice) -> None:
        """Let one member vote."""
        command = g.CastBallot(coop_id=coop_id, proposal_id=proposal_id, choice=choice)
        self.attempt(self.governance.cast_ballot, command, voter)

    def proposal(self, coop_id: UUID, pick: int) -> list[UUID]:
        """Return one of the latest proposals, if there is any."""
        known = [row.proposal_id for row in self.ask(proposals_slice, coop_id, None, self.now, most=3).items]
        return [chosen(known, pick)] if known else []
