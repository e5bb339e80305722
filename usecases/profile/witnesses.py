"""Who may say that it is she who has lost her mailbox: two known here for a while, neither of whom can gain by it."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from governance.inviting.queries import brought_in_by
from governance.member import member_id_of
from governance.queries import MemberRow, coops_of, left_by, member
from governance.recovery.events import Obstacle
from governance.recovery.queries import Asking, recovery_of
from governance.recovery.recovery import RecoveryOver
from governance.roles import Role
from kernel.refused import NotYours, Refused
from kernel.text import N_
from ledger.contesting.queries import open_contests
from ledger.settlement.drawing import as_drafted, draft_lines
from ledger.settlement.queries import PlanLineRow, open_lines_of, open_plan
from people.person import Person
from usecases.actor import Actor

TRUSTED_AFTER = timedelta(days=30)
"""How long one has been a member before one asks for a neighbour, or before it is asked what one vouches for."""

APART_FOR = timedelta(days=90)
"""How long whom one of the two invited, or both of whom another did, have been members before they do this together.

Not for ever: in a small co-op its référent has invited everybody.
"""

Partners = set[tuple[UUID, UUID]]
"""In which co-op, and which member of it."""


class Between(NamedTuple):
    """With whom somebody has a transfer to make, and with whom something is contested, in any co-op."""

    transfers: Partners
    contests: Partners


class TooNew(Refused):
    """Whoever asks and whoever vouches have been members for 30 days when it is asked: {name} joined {joined}."""


class BroughtIn(Refused):
    """{name} joined {joined} by way of {other}: for 90 days these two do not do this together.

    Somebody else does who has been here for 90 days.
    """


class ByOneWay(Refused):
    """{name} joined {joined} by way of {through}, as {other} did: for 90 days these two do not do this together.

    Somebody else does who has been here for 90 days.
    """


class OpenTransfer(Refused):
    """There is a transfer to make between her and {name}: somebody who owes her nothing, nor she them, does this."""


class OpenContest(Refused):
    """Something is contested between her and {name}: somebody who owes her nothing, nor she them, does this."""


def is_another(actor: Actor, member_id: UUID) -> bool:
    """Is another member than the one concerned."""
    return actor.me != member_id


def check_asking(actor: Actor, herself: Person) -> None:
    """Refuse (`TooNew`, `OpenTransfer`, `OpenContest`) a référent who is new, or might gain by it."""
    _check_gains_nothing(actor.member, _between(actor.connection, herself.person_id), actor.now)


def check_vouching(actor: Actor, herself: Person, member_id: UUID) -> None:
    """Refuse where who vouches is new (`TooNew`) or might gain by it (`OpenTransfer`, `OpenContest`), or the asker.

    Refuses with `BroughtIn` where one of the two invited the other not long ago, and `ByOneWay` where one member stands
    behind both: they might be nobody but addresses.
    Refuses with `RecoveryOver` once who asked is no référent any more.
    """
    hers = _between(actor.connection, herself.person_id)
    asked_for = recovery_of(actor.connection, actor.keyring, actor.coop_id, member_id, actor.now)
    second = _check_gains_nothing(actor.member, hers, asked_for.asked_at if asked_for else actor.now)
    if asked_for is not None:
        asker = member(actor.connection, actor.coop_id, asked_for.asked_by, actor.now)
        if asker is None or not (asker.is_member and asker.holds(Role.REFERENT)):
            raise RecoveryOver
        _check_gains_nothing(asker, hers, asked_for.asked_at)
        _check_apart(actor, asker, second)


def what_hinders(
    connection: Connection, coop_id: UUID, herself: Person, asking: Asking, now: datetime
) -> Obstacle | None:
    """Return what is in the way at its hour: one of the two is gone or might gain, or who asked is no référent."""
    asker = member(connection, coop_id, asking.asked_by, now)
    second = member(connection, coop_id, asking.vouched_by, now) if asking.vouched_by else None
    if asker is None or asker.person_id is None or not asker.is_member:
        return "asker_left"
    if second is None or second.person_id is None or not second.is_member:
        return "voucher_left"
    if not asker.holds(Role.REFERENT):
        return "asker_no_referent"
    hers = _between(connection, herself.person_id)
    gain = (_is_among(theirs, two) for theirs in hers for two in (asker.person_id, second.person_id))
    return "may_gain" if any(gain) else None


def memberships_of(connection: Connection, person_id: UUID) -> Iterator[tuple[UUID, UUID]]:
    """Give the co-ops somebody is or was a member of, and who she is there."""
    for coop in coops_of(connection, person_id):
        yield coop.coop_id, member_id_of(coop.coop_id, person_id)
    yield from left_by(connection, person_id)


def _check_gains_nothing(witness: MemberRow | None, hers: Between, asked_at: datetime) -> MemberRow:
    if witness is None or witness.person_id is None:
        raise NotYours
    if asked_at < witness.joined_at + TRUSTED_AFTER:
        raise TooNew(name=witness.name, joined=witness.joined_at)
    if _is_among(hers.transfers, witness.person_id):
        raise OpenTransfer(name=witness.name)
    if _is_among(hers.contests, witness.person_id):
        raise OpenContest(name=witness.name)
    return witness


def _check_apart(actor: Actor, asker: MemberRow, second: MemberRow) -> None:
    through = _known_through(actor, asker)
    same = asker.member_id == second.member_id  # which is refused by itself
    if same or _known_through(actor, second).member_id != through.member_id:
        return
    newer, other = (asker, second) if through.member_id == second.member_id else (second, asker)
    if through.member_id != other.member_id:
        raise ByOneWay(
            name=newer.name, joined=newer.joined_at, other=other.name, through=through.name or N_("a former member")
        )
    raise BroughtIn(name=newer.name, joined=newer.joined_at, other=other.name)


def _known_through(actor: Actor, witness: MemberRow) -> MemberRow:
    """Return who stands behind a member: herself after some days, before that whoever does behind her who invited her.

    Not only her who did: who makes one member up can have that one invite the next.
    """
    while actor.now < witness.joined_at + APART_FOR:
        invited_by = brought_in_by(actor.connection, actor.coop_id, witness.member_id)
        before = member(actor.connection, actor.coop_id, invited_by, actor.now) if invited_by else None
        if before is None:
            break
        witness = before
    return witness


def _between(connection: Connection, person_id: UUID) -> Between:
    hers = [*memberships_of(connection, person_id)]
    return Between(_has_transfers_with(connection, hers), _has_contests_with(connection, hers))


def _has_contests_with(connection: Connection, hers: Sequence[tuple[UUID, UUID]]) -> Partners:
    """Return, in some co-ops, who contests what is owed to somebody, and to whom is owed what she contests."""
    found = Partners()
    for coop_id, member_id in hers:
        for contest in open_contests(connection, coop_id):
            if contest.account == member_id:
                found.update((coop_id, other) for other in contest.across)
            elif member_id in contest.across:
                found.add((coop_id, contest.account))
    return found


def _has_transfers_with(connection: Connection, hers: Sequence[tuple[UUID, UUID]]) -> Partners:
    """Return, in some co-ops, whom somebody has a transfer to make with, or would by a draft."""
    return {
        (coop_id, other)
        for coop_id, member_id in hers
        for line in _lines_of(connection, coop_id, member_id)
        if member_id in (line.debtor, line.receiver)
        for other in (line.debtor, line.receiver)
        if other != member_id
    }


def _is_among(partners: Partners, person_id: UUID) -> bool:
    return any(member_id == member_id_of(coop_id, person_id) for coop_id, member_id in partners)


def _lines_of(connection: Connection, coop_id: UUID, member_id: UUID) -> Iterator[PlanLineRow]:
    yield from open_lines_of(connection, coop_id, member_id)
    plan = open_plan(connection, coop_id)
    drawn = as_drafted(connection, coop_id, plan.plan_id) if plan and plan.state == "draft" else None
    if plan and drawn:
        yield from draft_lines(plan.plan_id, drawn)
