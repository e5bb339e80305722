"""What has happened to a co-op, its members, its votes and its rules."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from governance.counting import Choice, Count, Procedure
from governance.roles import Role
from kernel.event import Event
from kernel.money import EURO
from kernel.privacy import Sealed


class InvitationKind(StrEnum):
    """A mail link admits one person; a poster's QR code admits all who scan it while it lasts."""

    MAIL = "mail"
    POSTER = "poster"


class RuleValue(msgspec.Struct, frozen=True):
    """A rule and its canonical value."""

    parameter: str
    value: str


class CoopStarted(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A co-op was started in a commune, with a rule pack and the version of the charter its members accept.

    `catalogue` is the version of the catalogue of rules that it began with.
    """

    coop_name: str
    commune_code: str
    commune_name: str
    departement: str
    time_zone: str
    currency: str
    language: str
    pack: str
    accent: str
    charter_version: str
    catalogue: int = 1


class BankAccountSet(Event, frozen=True, kw_only=True):
    """The co-op, as a legal person, said where it is paid."""

    holder: str
    iban: str


class InvitationIssued(Event, frozen=True, kw_only=True):
    """An invitation was made; to whom it was sent is not kept here."""

    kind: InvitationKind
    expires_at: datetime


class InvitationRevoked(Event, frozen=True, kw_only=True):
    """An invitation was taken back."""


class InvitationUsed(Event, frozen=True, kw_only=True):
    """Someone joined with a mail invitation, which admits nobody else."""

    member_id: UUID


class MemberJoined(Event, frozen=True, kw_only=True):
    """A person became a member, invited or as founder, and accepted the charter."""

    person_id: UUID
    invitation_id: UUID | None
    charter_version: str


class MemberReturned(Event, frozen=True, kw_only=True):
    """A person who had left became a member again, with the same account."""

    person_id: UUID
    invitation_id: UUID
    charter_version: str


class MemberLeft(Event, frozen=True, kw_only=True):
    """A member left the co-op; what she did stays in the books."""


class ErasureAsked(Event, frozen=True, kw_only=True):
    """A former member asked that her personal data be erased for good, at `due_at`."""

    due_at: datetime


class ErasureWithdrawn(Event, frozen=True, kw_only=True):
    """A former member changed her mind: her personal data stay."""


class ErasureReminded(Event, frozen=True, kw_only=True):
    """A former member was reminded of it; `due_at` is put off where the reminder itself came late."""

    due_at: datetime


class MemberErased(Event, frozen=True, kw_only=True):
    """A former member's personal data was erased for good."""


class SealedDriverOpened(Event, frozen=True, kw_only=True):
    """A référent opened, for a fine, what is kept sealed of an erased member who made a booking's trip."""

    booking_id: UUID
    reason: Sealed


class BookingsSuspended(Event, frozen=True, kw_only=True):
    """A référent suspended a member's new bookings `until` an instant, for a reason that she reads."""

    until: datetime
    reason: Sealed


class SuspensionAnswered(Event, frozen=True, kw_only=True):
    """A member said what she has to say of the suspension of her bookings."""

    answer: Sealed


class SuspensionLifted(Event, frozen=True, kw_only=True):
    """A member's new bookings are suspended no more, before the time was over."""


class RoleGiven(Event, frozen=True, kw_only=True):
    """A member was given a role from `since` to `until`; `mandate` numbers the co-op's mandates from 1."""

    mandate: int
    member_id: UUID
    role: Role
    since: datetime
    until: datetime


class RoleEnded(Event, frozen=True, kw_only=True):
    """A mandate ended before its date: resigned, revoked, renewed or gone with its holder."""

    mandate: int
    member_id: UUID
    role: Role
    ended_at: datetime


class RulesAdopted(Event, frozen=True, kw_only=True, omit_defaults=True):
    """The co-op began with the rules of a pack: version 1 of its rulebook."""

    pack: str
    values: tuple[RuleValue, ...]
    effective_at: datetime
    currency: str = EURO


class NewRulesTold(Event, frozen=True, kw_only=True):
    """Its référents were told of the rules that came after the co-op, up to a version of the catalogue."""

    catalogue: int


class VehicleRulesAdopted(Event, frozen=True, kw_only=True):
    """A vehicle came in with rules of its own (none: the co-op's apply), from then on changed by vote."""

    vehicle_id: UUID
    values: tuple[RuleValue, ...]
    effective_at: datetime
    version: int


class RuleEnacted(Event, frozen=True, kw_only=True):
    """A decision took effect: the rule's value from `effective_at`; `None` means the co-op's value applies again."""

    proposal_id: UUID
    parameter: str
    vehicle_id: UUID | None
    value: str | None
    effective_at: datetime
    version: int


class RuleConflicted(Event, frozen=True, kw_only=True):
    """A passed proposal could not take effect: the same rule had changed since it opened, in `changed_in_version`."""

    proposal_id: UUID
    parameter: str
    vehicle_id: UUID | None
    changed_in_version: int


class ProposalOpened(Event, frozen=True, kw_only=True):
    """A member proposed a rule's value; the vote is open, with its electorate, procedure and rulebook version frozen.

    `standing` is the value in force at opening. `effective_at` is the start of the local day `effective_from`.
    """

    parameter: str
    vehicle_id: UUID | None
    value: str | None
    standing: str | None
    effective_from: date
    effective_at: datetime
    rationale: Sealed
    rulebook_version: int
    electorate: tuple[UUID, ...]
    procedure: Procedure
    closes_at: datetime


class BallotCast(Event, frozen=True, kw_only=True):
    """A member voted for the first time on a proposal."""

    voter_id: UUID
    choice: Choice


class BallotChanged(Event, frozen=True, kw_only=True):
    """A member changed her ballot; the former one no longer counts."""

    voter_id: UUID
    choice: Choice


class ProposalClosed(Event, frozen=True, kw_only=True):
    """The vote was closed and counted."""

    passed: bool
    count: Count


class ProposalWithdrawn(Event, frozen=True, kw_only=True):
    """Who proposed took it back, a moment after and before anybody else had voted."""


# What processes and pages may follow; all else that happens here is this context's own affair.
PUBLISHED = (
    CoopStarted,
    BankAccountSet,
    MemberJoined,
    MemberReturned,
    MemberLeft,
    ErasureAsked,
    ErasureReminded,
    SealedDriverOpened,
    BookingsSuspended,
    SuspensionLifted,
    RoleGiven,
    RulesAdopted,
    NewRulesTold,
    VehicleRulesAdopted,
    RuleEnacted,
    RuleConflicted,
    ProposalOpened,
    ProposalClosed,
    ProposalWithdrawn,
)
