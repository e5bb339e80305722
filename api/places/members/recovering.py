"""A member's way back to her account, as it stands: who asked, who vouched, and what the reader may do about it."""

from datetime import datetime

import msgspec

from governance.queries import MemberRow
from governance.recovery.queries import RecoveryRow, recovery_of
from governance.roles import Role
from usecases.actor import Actor
from usecases.neighbours import Neighbours
from usecases.profile.refusing import vouched_elsewhere


class Recovering(msgspec.Struct, frozen=True, kw_only=True):
    """A way back that is under way, with the names of who asked and who vouched; what may be done is the reader's."""

    recovery: RecoveryRow
    asked_by: str | None
    vouched_by: str | None
    may_vouch: bool
    may_refuse: bool


def recovering(actor: Actor, row: MemberRow) -> Recovering | None:
    """Return a member's way back; `None` when none is under way."""
    found = recovery_of(actor.connection, actor.keyring, actor.coop_id, row.member_id, actor.now)
    if found is None:
        return None
    neighbours = Neighbours(actor).meet(members=(found.asked_by, found.vouched_by))
    return Recovering(
        recovery=found,
        asked_by=neighbours.member(found.asked_by),
        vouched_by=neighbours.member(found.vouched_by),
        may_vouch=found.state == "confirmed" and actor.me not in (row.member_id, found.asked_by),
        may_refuse=actor.me == row.member_id or actor.holds(Role.REFERENT),
    )


def threatened_elsewhere(actor: Actor, row: MemberRow) -> datetime | None:
    """Return when a member's address changes by what another of her co-ops vouched for, if the reader may refuse it."""
    if actor.me != row.member_id and not actor.holds(Role.REFERENT):
        return None
    return next((due.due_at for due in vouched_elsewhere(actor.connection, actor.coop_id, row.member_id)), None)


def may_recover(actor: Actor, row: MemberRow, found: Recovering | None) -> bool:
    """Tell whether the reader may ask that mail for a member go to a new address: nothing is vouched for yet."""
    vouched = found is not None and found.recovery.state == "vouched"
    return row.is_member and not vouched and actor.me != row.member_id and actor.holds(Role.REFERENT)
