"""What waits for her who owes too much or whose address is about to change, and for who holds a role."""

import msgspec

from api.places.votes.unvoted import unvoted
from governance.queries import MemberRow
from governance.recovery.queries import RecoveryRow, recovery_of
from governance.roles import Role
from usecases.actor import Actor
from usecases.money.owing import Owing, owing_of
from usecases.money.settling import RhythmNow, rhythm_now


class Duties(msgspec.Struct, frozen=True, kw_only=True):
    """`to_settle` is the rhythm whose last period waits for its plan, `unvoted` how many new rules were never voted.

    `owing` is since when the reader owes more than she may; `recovery` what two have vouched for in her name;
    `suspended` is she while her new bookings are.
    """

    suspended: MemberRow | None
    owing: Owing | None
    recovery: RecoveryRow | None
    to_settle: RhythmNow | None
    unvoted: int
    may_invite: bool

    def __bool__(self) -> bool:
        """Tell whether the group asks anything by them."""
        return self.to_settle is not None or self.unvoted > 0


def duties_of(actor: Actor) -> Duties:
    """Return what waits for the reader by what she owes, and by her roles."""
    is_referent = actor.holds(Role.REFERENT)
    recovery = recovery_of(actor.connection, actor.keyring, actor.coop_id, actor.me, actor.now)
    rhythm = rhythm_now(actor) if actor.holds(Role.TREASURER) else None
    return Duties(
        suspended=_suspended(actor),
        owing=owing_of(actor, actor.me),
        recovery=recovery if recovery and recovery.state == "vouched" else None,
        to_settle=rhythm if rhythm and rhythm.waits else None,
        unvoted=len(unvoted(actor)) if is_referent else 0,
        may_invite=is_referent,
    )


def _suspended(actor: Actor) -> MemberRow | None:
    until = actor.member.suspended_until if actor.member else None
    return actor.member if until and actor.now < until else None
