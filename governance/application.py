"""The door for writing: everything governance can be asked, each thing in one place."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from msgspec.structs import replace

from governance import commands as c
from governance.coop import CHARTER_VERSION, Coop
from governance.events import BallotCast, BallotChanged
from governance.invitation import Invitation
from governance.mandates import Mandates, mandates_id
from governance.member import Member, MemberState, NeedsAVote, member_id_of
from governance.queries import current_members, has_other_memberships
from governance.roles import Role
from governance.rules.rulebook import Rulebook, rulebook_id
from governance.votes.proposal import Proposal
from governance.votes.queries import ballot_of
from kernel.command import Asked, Done
from kernel.event import Event
from kernel.log.door import Door
from kernel.log.transaction import Transaction
from kernel.refused import NotYours, Unknown
from people.person import erase_person


class Governance(Door):
    """Co-ops, members, roles, votes and rules. Each method carries out one command and may refuse it."""

    def start_coop(self, command: c.StartCoop, asked: Asked) -> Done:
        """Start a co-op with its first member, her two roles and its first rules."""
        return self._together(Governance._start_all, command, asked)

    def set_bank_account(self, command: c.SetBankAccount, asked: Asked) -> Done:
        """Say where the co-op is paid; asked by a treasurer or a référent."""

        def decide(coop: Coop, transaction: Transaction) -> Sequence[Event]:
            _only(transaction, asked, Role.TREASURER, Role.REFERENT)
            return coop.set_bank_account(command)

        return self._history.change(Coop, command.coop_id, command, asked, decide)

    def issue_invitation(self, command: c.IssueInvitation, asked: Asked) -> Done:
        """Make an invitation; asked by a référent."""

        def decide(invitation: Invitation, transaction: Transaction) -> Sequence[Event]:
            _coop(transaction)
            _only(transaction, asked, Role.REFERENT)
            return invitation.issue(command, at=asked.at)

        return self._history.start(Invitation, asked.command_id, command, asked, decide)

    def revoke_invitation(self, command: c.RevokeInvitation, asked: Asked) -> Done:
        """Take an invitation back; asked by a référent."""

        def decide(invitation: Invitation, transaction: Transaction) -> Sequence[Event]:
            _only(transaction, asked, Role.REFERENT)
            return invitation.revoke()

        return self._history.change(Invitation, command.invitation_id, command, asked, decide)

    def join_coop(self, command: c.JoinCoop, asked: Asked) -> Done:
        """Become a member: the stream is `member_id_of(coop_id, person_id)`, the same when she comes back."""
        return self._together(Governance._join, command, asked)

    def give_role(self, command: c.GiveRole, asked: Asked) -> Done:
        """Give or renew a role; asked by a référent."""

        def decide(mandates: Mandates, transaction: Transaction) -> Sequence[Event]:
            transaction.hold(command.member_id)  # she may be leaving
            _only(transaction, asked, Role.REFERENT)
            is_member = transaction.read(Member, command.member_id).state is MemberState.MEMBER
            zone = _coop(transaction).time_zone
            return mandates.give(command, is_member=is_member, at=asked.at, time_zone=zone)

        return self._history.change(Mandates, mandates_id(command.coop_id), command, asked, decide)

    def end_role(self, command: c.EndRole, asked: Asked) -> Done:
        """End a role; asked by its holder or a référent."""

        def decide(mandates: Mandates, transaction: Transaction) -> Sequence[Event]:
            if asked.by != command.member_id:
                _only(transaction, asked, Role.REFERENT)
            if transaction.read(Member, command.member_id).state is MemberState.STRANGER:
                raise Unknown
            return mandates.end(command, at=asked.at)

        return self._history.change(Mandates, mandates_id(command.coop_id), command, asked, decide)

    def leave_coop(self, command: c.LeaveCoop, asked: Asked) -> Done:
        """Leave, giving up all roles; asked by the member or a référent."""
        return self._together(Governance._leave, command, asked)

    def ask_erasure(self, command: c.AskErasure, asked: Asked) -> Done:
        """Ask to be erased, having left; asked by the former member."""

        def decide(member: Member, transaction: Transaction) -> Sequence[Event]:
            _only_herself(transaction, asked, command.member_id)
            return member.ask_erasure(at=asked.at)

        return self._history.change(Member, command.member_id, command, asked, decide)

    def withdraw_erasure(self, command: c.WithdrawErasure, asked: Asked) -> Done:
        """Change one's mind about it; asked by the former member."""

        def decide(member: Member, transaction: Transaction) -> Sequence[Event]:
            _only_herself(transaction, asked, command.member_id)
            return member.withdraw_erasure()

        return self._history.change(Member, command.member_id, command, asked, decide)

    def remind_of_erasure(self, command: c.RemindOfErasure, asked: Asked) -> Done:
        """Remind a former member that her day is near."""
        return self._history.change(
            Member, command.member_id, command, asked, lambda member, _: member.remind(at=asked.at)
        )

    def erase_member(self, command: c.EraseMember, asked: Asked) -> Done:
        """Erase a former member, her day having come: her key goes, and her profile unless another co-op knows her."""

        def decide(member: Member, transaction: Transaction) -> Sequence[Event]:
            _only_herself(transaction, asked, command.member_id)
            erased = member.erase(at=asked.at)
            if erased:
                _forget(transaction, command.member_id, member.person_id)
            return erased

        return self._history.change(Member, command.member_id, command, asked, decide)

    def open_sealed_driver(self, command: c.OpenSealedDriver, asked: Asked) -> Done:
        """Open, for a fine, what is kept sealed of somebody erased; asked by a référent, whose reason all read."""

        def decide(member: Member, transaction: Transaction) -> Sequence[Event]:
            _only(transaction, asked, Role.REFERENT)
            return member.open_sealed(command, reason=transaction.seal(_who(asked), command.reason))

        return self._history.change(Member, command.member_id, command, asked, decide)

    def suspend_bookings(self, command: c.SuspendBookings, asked: Asked) -> Done:
        """Keep a member from booking for 15 days, once; asked by a référent, never of herself."""

        def decide(member: Member, transaction: Transaction) -> Sequence[Event]:
            _only_another(transaction, asked, command.member_id)
            return member.suspend(reason=transaction.seal(command.member_id, command.reason), at=asked.at)

        return self._history.change(Member, command.member_id, command, asked, decide)

    def answer_suspension(self, command: c.AnswerSuspension, asked: Asked) -> Done:
        """Answer it; asked by whom it concerns."""

        def decide(member: Member, transaction: Transaction) -> Sequence[Event]:
            if asked.by != command.member_id:
                raise NotYours
            return member.answer(answer=transaction.seal(command.member_id, command.answer))

        return self._history.change(Member, command.member_id, command, asked, decide)

    def lift_suspension(self, command: c.LiftSuspension, asked: Asked) -> Done:
        """Let a member book again; asked by a référent, never of herself."""

        def decide(member: Member, transaction: Transaction) -> Sequence[Event]:
            _only_another(transaction, asked, command.member_id)
            return member.lift(at=asked.at)

        return self._history.change(Member, command.member_id, command, asked, decide)

    def adopt_vehicle_rules(self, command: c.AdoptVehicleRules, asked: Asked) -> Done:
        """Let a vehicle come with its own first rules: the rulebook knows it from then on."""
        adopt = partial(Rulebook.adopt_for_vehicle, at=asked.at)
        return self._change(Rulebook, rulebook_id(command.coop_id), command, asked, adopt)

    def tell_of_new_rules(self, command: c.TellOfNewRules, asked: Asked) -> Done:
        """Have the référents told of rules that came after the co-op, once."""
        return self._change(Coop, command.coop_id, command, asked, Coop.tell_of_new_rules)

    def propose_rule(self, command: c.ProposeRule, asked: Asked) -> Done:
        """Open a vote on a rule, with the members, procedure and rulebook of this instant; asked by a member."""

        def decide(proposal: Proposal, transaction: Transaction) -> Sequence[Event]:
            zone = _coop(transaction).time_zone
            return proposal.open(
                command,
                by=asked.by,
                at=asked.at,
                rulebook=transaction.read(Rulebook, rulebook_id(command.coop_id)),
                electorate=current_members(transaction.connection, command.coop_id),
                time_zone=zone,
                seal=transaction.seal,
            )

        return self._history.start(Proposal, asked.command_id, command, asked, decide)

    def cast_ballot(self, command: c.CastBallot, asked: Asked) -> Done:
        """Vote, as the one who asks: nobody can vote for another."""

        def decide(proposal: Proposal, transaction: Transaction) -> Sequence[Event]:
            mine = (
                ballot_of(transaction.connection, command.coop_id, command.proposal_id, asked.by) if asked.by else None
            )
            known = {asked.by: mine} if asked.by and mine else {}
            return replace(proposal, ballots=known).cast(command, by=asked.by, at=asked.at)

        others = (BallotCast, BallotChanged)  # thousands, and none of her business
        return self._history.start(Proposal, command.proposal_id, command, asked, decide, without=others, new=False)

    def close_proposal(self, command: c.CloseProposal, asked: Asked) -> Done:
        """Count a vote whose closing time has come."""
        return self._change(Proposal, command.proposal_id, command, asked, partial(Proposal.close, at=asked.at))

    def enact_rule(self, command: c.EnactRule, asked: Asked) -> Done:
        """Let a passed proposal change the rulebook, or find that it came into conflict; once."""

        def decide(rulebook: Rulebook, transaction: Transaction) -> Sequence[Event]:
            proposal = transaction.read(Proposal, command.proposal_id)
            if proposal == Proposal():
                raise Unknown
            return rulebook.enact(proposal.decision(command.proposal_id), at=asked.at)

        return self._history.change(Rulebook, rulebook_id(command.coop_id), command, asked, decide)

    def _start_all(self, command: c.StartCoop, asked: Asked) -> Done:
        coop_id, at = command.coop_id, asked.at
        done = self._start(Coop, coop_id, command, asked, Coop.start)
        adopt, take_roles = partial(Rulebook.adopt, at=at), partial(Mandates.found, at=at)
        self._start(Rulebook, rulebook_id(coop_id), command, asked.part("adopt rules"), adopt)
        founder = member_id_of(coop_id, command.founder_id)
        self._start(Member, founder, command, asked.part("founder joins"), Member.found)
        last = self._start(Mandates, mandates_id(coop_id), command, asked.part("founder's roles"), take_roles)
        return replace(done, position=last.position)

    def _join(self, command: c.JoinCoop, asked: Asked) -> Done:
        member_id = member_id_of(command.coop_id, command.person_id)

        def admit(invitation: Invitation, transaction: Transaction) -> Sequence[Event]:
            member = transaction.read(Member, member_id)
            return () if member.state is MemberState.MEMBER else invitation.admit(member_id, at=asked.at)

        def join(member: Member, transaction: Transaction) -> Sequence[Event]:
            _coop(transaction)
            return member.join(command, charter_version=CHARTER_VERSION)

        used = asked.part("use the invitation")
        self._history.change(Invitation, command.invitation_id, command, used, admit)
        return self._history.start(Member, member_id, command, asked, join)

    def _leave(self, command: c.LeaveCoop, asked: Asked) -> Done:
        def leave(member: Member, transaction: Transaction) -> Sequence[Event]:
            _only_herself(transaction, asked, command.member_id)
            return member.leave()

        done = self._history.change(Member, command.member_id, command, asked, leave)
        give_up = partial(Mandates.leave, at=asked.at)
        last = self._change(Mandates, mandates_id(command.coop_id), command, asked.part("give up roles"), give_up)
        return replace(done, position=max(done.position, last.position))


def _coop(transaction: Transaction) -> Coop:
    coop = transaction.read(Coop, transaction.coop_id)
    if not coop.started:
        raise Unknown
    return coop


def _only(transaction: Transaction, asked: Asked, *roles: Role) -> None:
    """Refuse a member who holds none of `roles`; the system itself (`by` is `None`) may."""
    mandates = transaction.read(Mandates, mandates_id(transaction.coop_id))
    if asked.by is not None and not any(mandates.holds(asked.by, role, asked.at) for role in roles):
        raise NotYours


def _who(asked: Asked) -> UUID:
    if asked.by is None:
        raise NotYours
    return asked.by


def _only_another(transaction: Transaction, asked: Asked, member_id: UUID) -> None:
    """Refuse all but référents, and a référent in what concerns herself."""
    _only(transaction, asked, Role.REFERENT)
    if asked.by == member_id:
        raise NotYours


def _only_herself(transaction: Transaction, asked: Asked, member_id: UUID) -> None:
    """Refuse others than the member herself: nobody is removed or erased by one person's tap, whatever her role."""
    if asked.by not in (member_id, None):
        _only(transaction, asked, Role.REFERENT)
        raise NeedsAVote


def _forget(transaction: Transaction, member_id: UUID, person_id: UUID | None) -> None:
    transaction.forget(member_id)
    if person_id and not has_other_memberships(transaction.connection, transaction.coop_id, person_id):
        erase_person(transaction.connection, person_id)
