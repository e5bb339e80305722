"""A proposal: one rule, one new value, one vote, from its opening to its count.

Ballots are events of the proposal's own stream, so none can slip in beside the closing. What the vote is counted by
(who may vote, quorum, majority, the rulebook's version) is frozen when it opens.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Self
from uuid import UUID

from msgspec import field
from msgspec.structs import replace

from governance.commands import CastBallot, CloseProposal, ProposeRule
from governance.counting import Base, Choice, Count, Procedure, Ratio, count
from governance.events import BallotCast, BallotChanged, ProposalClosed, ProposalOpened, ProposalWithdrawn
from governance.local_time import first_day_from, start_of_day, vote_closes_at
from governance.rules.rule import ChangeClass, Rule
from governance.rules.rulebook import Decision, Rulebook
from kernel.aggregate import Aggregate, LastAct
from kernel.event import Event
from kernel.privacy import Sealed
from kernel.refused import Refused

FARTHEST = timedelta(days=366)


class NotAnElector(Refused):
    """Only those who were members when the vote opened can vote on this proposal."""


class OnlyMembersPropose(Refused):
    """Only current members can propose a rule."""


class NothingToChange(Refused):
    """That is already the rule."""


class RuleNeeded(Refused):
    """The co-op cannot do without this rule: propose another value."""


class VehicleUnknownHere(Refused):
    """This vehicle has no rules yet: it has not entered service."""


class TooSoon(Refused):
    """The vote has to end first: this can take effect from {earliest} at the earliest."""


class TooFarAway(Refused):
    """Choose a date within a year of the vote: {latest} at the latest."""


class VoteClosed(Refused):
    """This vote is closed."""


class VoteStillOpen(Refused):
    """This vote is still open."""


class Proposal(Aggregate, frozen=True, kw_only=True):
    """A vote on one rule: who may vote, how it is counted, the ballots that stand, the result."""

    parameter: str = ""
    vehicle_id: UUID | None = None
    value: str | None = None
    effective_at: datetime | None = None
    closes_at: datetime | None = None
    rulebook_version: int = 0
    electorate: frozenset[UUID] = frozenset()
    procedure: Procedure | None = None
    ballots: dict[UUID, Choice] = field(default_factory=dict)
    passed: bool | None = None
    withdrawn: bool = False

    def open(
        self,
        command: ProposeRule,
        *,
        by: UUID | None,
        at: datetime,
        rulebook: Rulebook,
        electorate: tuple[UUID, ...],
        time_zone: str,
        seal: Callable[[UUID, str], Sealed],
    ) -> tuple[Event, ...]:
        """Return the opening, at once, for the voting time in force; `seal` seals the rationale for its writer.

        Refuses someone outside the electorate, an unknown rule, a value it cannot take or has already, a vehicle
        without rules, and a date before the vote has ended (plus the rule's notice) or over a year after.
        """
        if by is None or by not in electorate:
            raise OnlyMembersPropose
        rule = rulebook.rule_of(command.parameter)
        value = _proposed_value(command, rule, rulebook)
        standing = _standing(command, rulebook, at)
        if value == standing:
            raise NothingToChange
        closes_at = vote_closes_at(at, int(str(rulebook.value_at("vote_duration_days", None, at))), time_zone)
        opened = ProposalOpened(
            parameter=rule.key,
            vehicle_id=command.vehicle_id,
            value=value,
            standing=standing,
            effective_from=command.effective_from,
            effective_at=_effective_at(command.effective_from, closes_at, rule.notice_days, time_zone),
            rationale=seal(by, command.rationale),
            rulebook_version=rulebook.version,
            electorate=electorate,
            procedure=procedure_for(rule, rulebook, at),
            closes_at=closes_at,
        )
        return (opened,)

    def cast(self, command: CastBallot, *, by: UUID | None, at: datetime) -> tuple[Event, ...]:
        """Return the asking member's own ballot, or its change; nothing when she votes the same again.

        Refuses once the closing time has come, counted or not, and anyone who was not a member at the opening.
        """
        if self.is_over(at):
            raise VoteClosed
        if by is None or by not in self.electorate:
            raise NotAnElector
        former = self.ballots.get(by)
        if former is None:
            return (BallotCast(voter_id=by, choice=command.choice),)
        return () if former is command.choice else (BallotChanged(voter_id=by, choice=command.choice),)

    def close(self, _command: CloseProposal, *, at: datetime) -> tuple[Event, ...]:
        """Return the count; nothing when it was counted; refuses before the closing time."""
        if self.passed is not None or self.withdrawn:
            return ()
        if not self.is_over(at) or self.procedure is None:
            raise VoteStillOpen
        counted = self.count(self.procedure)
        return (ProposalClosed(passed=counted.passed, count=counted),)

    def withdraw(self, last: LastAct["Proposal"], *, by: UUID | None, at: datetime) -> tuple[Event, ...]:
        """Take it back; nothing when it was. `last` is what happened last but her own ballots.

        Refuses as `LastAct.check_undoable`.
        """
        if self.withdrawn and by == last.by:
            return ()
        last.check_undoable(ProposalOpened, by=by, at=at)
        return (ProposalWithdrawn(),)

    def count(self, procedure: Procedure) -> Count:
        """Return the result of the ballots that stand, by `procedure`."""
        return count(self.electorate, self.ballots, procedure)

    def is_over(self, at: datetime) -> bool:
        """Tell whether nobody may vote any more: it was withdrawn, or the closing time has come (itself after it)."""
        return self.withdrawn or self.closes_at is None or at >= self.closes_at

    def decision(self, proposal_id: UUID) -> Decision:
        """Return what this proposal decides; refuses while the vote is open or not counted."""
        if self.effective_at is None or self.passed is None:
            raise VoteStillOpen
        return Decision(
            proposal_id=proposal_id,
            parameter=self.parameter,
            vehicle_id=self.vehicle_id,
            value=self.value,
            effective_at=self.effective_at,
            rulebook_version=self.rulebook_version,
            passed=self.passed,
        )

    def evolve(self, event: Event) -> Self:
        """Return the proposal after `event`."""
        match event:
            case ProposalOpened():
                return replace(
                    self,
                    parameter=event.parameter,
                    vehicle_id=event.vehicle_id,
                    value=event.value,
                    effective_at=event.effective_at,
                    closes_at=event.closes_at,
                    rulebook_version=event.rulebook_version,
                    electorate=frozenset(event.electorate),
                    procedure=event.procedure,
                )
            case BallotCast(voter_id=voter_id, choice=choice) | BallotChanged(voter_id=voter_id, choice=choice):
                return replace(self, ballots={**self.ballots, voter_id: choice})
            case ProposalClosed(passed=passed):
                return replace(self, passed=passed)
            case ProposalWithdrawn():
                return replace(self, withdrawn=True)
            case _:
                return self


_MAJORITIES = {
    "more_than_half": (Ratio(1, 2), True),
    "two_thirds": (Ratio(2, 3), False),
    "three_quarters": (Ratio(3, 4), False),
}


def procedure_for(rule: Rule, rulebook: Rulebook, at: datetime) -> Procedure:
    """Return how a change of `rule` is decided by the rules in force; rules of voting ask for two thirds or more."""
    quorum = Fraction(str(rulebook.value_at("quorum", None, at)))
    majority = str(rulebook.value_at("majority", None, at))
    if rule.change_class is ChangeClass.VOTING and majority == "more_than_half":
        majority = "two_thirds"
    threshold, strictly = _MAJORITIES[majority]
    return Procedure(
        quorum=Ratio(quorum.numerator, quorum.denominator),
        threshold=threshold,
        strictly=strictly,
        base=Base.EXPRESSED,
    )


def _proposed_value(command: ProposeRule, rule: Rule, rulebook: Rulebook) -> str | None:
    if command.vehicle_id is None:
        if command.value is None:
            raise RuleNeeded
        return rule.canonical(command.value)
    if command.vehicle_id not in rulebook.vehicles:
        raise VehicleUnknownHere
    return rulebook.vehicle_value(rule.key, command.value) if command.value is not None else None


def _standing(command: ProposeRule, rulebook: Rulebook, at: datetime) -> str | None:
    if command.value is None:
        return rulebook.own_value(command.parameter, command.vehicle_id, at)
    return rulebook.value_at(command.parameter, command.vehicle_id, at)


def _effective_at(day: date, closes_at: datetime, notice_days: int, time_zone: str) -> datetime:
    earliest = first_day_from(closes_at + timedelta(days=notice_days), time_zone)
    latest = first_day_from(closes_at + FARTHEST, time_zone)
    if day < earliest:
        raise TooSoon(earliest=earliest)
    if day > latest:
        raise TooFarAway(latest=latest)
    return start_of_day(day, time_zone)
