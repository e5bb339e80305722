"""What is asked of contests."""

from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from kernel.command import Command
from kernel.period import Aware
from kernel.text import PLAIN

Reason = Annotated[str, Meta(min_length=1, max_length=500, pattern=PLAIN)]
Outcome = Literal["borne", "dropped"]


class GiveTimeToContest(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Let those who bear something by another's hand contest it until an instant."""

    burden_id: UUID
    until: Aware


class ContestBurden(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say that what another put on one's account is not one's own to bear, and why."""

    burden_id: UUID
    reason: Reason


class TakeContestBack(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Accept to bear what one contested."""

    contest_id: UUID


class AgreeToContest(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Agree, as one it is owed to, that it is not hers to bear."""

    contest_id: UUID


class DecideContest(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Decide whether who contests it bears it, and why."""

    contest_id: UUID
    outcome: Outcome
    reason: Reason
