"""What can be asked of a co-op's governance."""

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from governance.counting import Choice
from governance.events import InvitationKind, RuleValue
from governance.roles import Role
from kernel.command import Command
from kernel.money import Currency
from kernel.text import END, IS_NAME, NAME, ONE_LINE, VISIBLE, Language

Line = Annotated[str, Meta(min_length=1, max_length=80, pattern=ONE_LINE)]
Name = Annotated[str, Meta(min_length=1, max_length=80, pattern=NAME, extra_json_schema=IS_NAME)]
Holder = Annotated[str, Meta(min_length=1, max_length=70, pattern=ONE_LINE)]
Paragraphs = Annotated[str, Meta(min_length=1, max_length=2000, pattern=VISIBLE)]
Reason = Annotated[str, Meta(min_length=1, max_length=200, pattern=ONE_LINE)]
ValueText = Annotated[str, Meta(min_length=1, max_length=40)]
Version = Annotated[str, Meta(min_length=1, max_length=40, pattern=rf"^[a-z0-9][a-z0-9_.-]*{END}")]
Key = Annotated[str, Meta(min_length=1, max_length=40, pattern=rf"^[a-z][a-z0-9_.-]*{END}")]


class Accent(StrEnum):
    """A co-op's colour, by name: the pages hold shades of each that pass contrast in light and in dark."""

    GREEN = "green"
    BLUE = "blue"
    TEAL = "teal"
    PLUM = "plum"
    TERRACOTTA = "terracotta"
    OCHRE = "ochre"


class StartCoop(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Start a co-op (`coop_id` is new) in a commune by its INSEE code; the founder becomes référent and treasurer."""

    founder_id: UUID
    name: Name
    commune_code: Annotated[str, Meta(max_length=5, pattern=rf"^([0-9]{{2}}|2[AB])[0-9]{{3}}{END}")]
    commune_name: Line
    departement: Line
    time_zone: Annotated[str, Meta(min_length=1, max_length=60)]
    currency: Currency
    language: Language = "fr"
    pack: Key = "light"
    accent: Accent = Accent.GREEN
    charter_version: Version


class SetBankAccount(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say where the co-op itself, as a legal person, is paid."""

    holder: Holder
    iban: Annotated[str, Meta(min_length=5, max_length=50)]


class IssueInvitation(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Make an invitation that lasts some days; its id is the command's. It does not say to whom it is sent."""

    kind: InvitationKind
    days_valid: Annotated[int, Meta(ge=1, le=365)] = 30


class RevokeInvitation(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Take an invitation back: nobody joins with it from now on."""

    invitation_id: UUID


class JoinCoop(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Become a member with an invitation, accepting the charter version that was read."""

    invitation_id: UUID
    person_id: UUID
    charter_version: Version


class GiveRole(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Give a member a role until the start of a local day; 12 months unless said. Given again, it is renewed."""

    member_id: UUID
    role: Role
    until: date | None = None


class EndRole(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """End a member's role before its date."""

    member_id: UUID
    role: Role


class LeaveCoop(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Leave the co-op; what she owes or is owed stays in the books."""

    member_id: UUID


class AskErasure(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Ask, having left, that one's personal data be erased for good in thirty days."""

    member_id: UUID


class WithdrawErasure(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Change one's mind before that day: nothing is erased."""

    member_id: UUID


class RemindOfErasure(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Remind a former member, some days before, that her personal data are about to be erased."""

    member_id: UUID


class EraseMember(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Erase a former member's personal data, for good, the day having come on which she wants it."""

    member_id: UUID


class OpenSealedDriver(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Open, for a fine, what is kept sealed of the driver of a trip who was erased; all members read the reason."""

    member_id: UUID
    booking_id: UUID
    reason: Reason


class SuspendBookings(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Suspend a member's new bookings for some days, and tell her why."""

    member_id: UUID
    reason: Paragraphs


class AnswerSuspension(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Answer the suspension of one's bookings."""

    member_id: UUID
    answer: Paragraphs


class LiftSuspension(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Let a member book again before the time is over."""

    member_id: UUID


class AdoptVehicleRules(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Let a vehicle that enters service come with rules of its own; with none, the co-op's apply."""

    vehicle_id: UUID
    values: tuple[RuleValue, ...] = ()


class ProposeRule(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Propose a rule's value for the co-op, or for one vehicle, from the start of a local day.

    A value of `None` for a vehicle lets the co-op's value apply to it again.
    """

    parameter: Key
    vehicle_id: UUID | None = None
    value: ValueText | None
    effective_from: date
    rationale: Paragraphs


class CastBallot(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Vote on a proposal, as the member who asks; voting again changes the ballot until the close."""

    proposal_id: UUID
    choice: Choice


class WithdrawProposal(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Take back what I proposed a moment ago, as long as nobody else has voted."""

    proposal_id: UUID


class CloseProposal(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Close a vote whose time is over and count it."""

    proposal_id: UUID


class EnactRule(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Let a passed proposal take effect, its date having come."""

    proposal_id: UUID


class TellOfNewRules(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Have the référents told of the rules that came after their co-op."""
