"""Who may say that it is she who has lost her mailbox: two known here for a while, neither of whom can gain by it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection

from governance.member import member_id_of
from governance.queries import MemberRow, coops_of, left_by, member
from governance.recovery.queries import Asking, recovery_of
from governance.recovery.recovery import RecoveryOver
from governance.roles import Role
from kernel.refused import NotYours, Refused
from ledger.settlement.drawing import as_drafted, draft_lines
from ledger.settlement.queries import PlanLineRow, open_lines_of, open_plan
from people.person import Person
from usecases.actor import Actor

TRUSTED_AFTER = timedelta(days=30)
"""How long one has been a member before one asks for a neighbour, or vouches for her."""


class TooNew(Refused):
    """Whoever asks and whoever vouches have been members for 30 days: {name} joined {joined}."""


class OpenTransfer(Refused):
    """There is a transfer to make between her and {name}: somebody who owes her nothing, nor she them, does this."""


def is_another(actor: Actor, member_id: UUID) -> bool:
    """Is another member than the one concerned."""
    return actor.me != member_id


def check_asking(actor: Actor, herself: Person) -> None:
    """Refuse (`TooNew`, `OpenTransfer`) a référent who is new, or might gain by it."""
    _check_gains_nothing(actor, herself, actor.member)


def check_vouching(actor: Actor, herself: Person, member_id: UUID) -> None:
    """Refuse (`TooNew`, `OpenTransfer`) where who vouches is new or might gain by it, or who asked might by now.

    Refuses with `RecoveryOver` once who asked is no référent any more.
    """
    _check_gains_nothing(actor, herself, actor.member)
    asked_for = recovery_of(actor.connection, actor.keyring, actor.coop_id, member_id, actor.now)
    if asked_for is not None:
        asker = member(actor.connection, actor.coop_id, asked_for.asked_by, actor.now)
        if asker is None or not (asker.is_member and asker.holds(Role.REFERENT)):
            raise RecoveryOver
        _check_gains_nothing(actor, herself, asker)


def stand_by(connection: Connection, coop_id: UUID, herself: MemberRow, asking: Asking, now: datetime) -> bool:
    """Tell whether at its hour she and the two are still members, the one who asked a référent, and neither gains."""
    asker = member(connection, coop_id, asking.asked_by, now)
    second = member(connection, coop_id, asking.vouched_by, now) if asking.vouched_by else None
    if asker is None or second is None or not asker.holds(Role.REFERENT):
        return False
    if not all(row.is_member and row.person_id for row in (herself, asker, second)):
        return False
    hers, theirs = herself.person_id, (asker.person_id, second.person_id)
    return not any(hers and other and _have_open_transfer(connection, hers, other) for other in theirs)


def memberships_of(connection: Connection, person_id: UUID) -> Iterator[tuple[UUID, UUID]]:
    """Give the co-ops somebody is or was a member of, and who she is there."""
    for coop in coops_of(connection, person_id):
        yield coop.coop_id, member_id_of(coop.coop_id, person_id)
    yield from left_by(connection, person_id)


def _check_gains_nothing(actor: Actor, herself: Person, witness: MemberRow | None) -> None:
    if witness is None or witness.person_id is None:
        raise NotYours
    if actor.now < witness.joined_at + TRUSTED_AFTER:
        raise TooNew(name=witness.name, joined=witness.joined_at)
    if _have_open_transfer(actor.connection, herself.person_id, witness.person_id):
        raise OpenTransfer(name=witness.name)


def _have_open_transfer(connection: Connection, person_id: UUID, other_id: UUID) -> bool:
    """Tell whether two have a transfer to make between them, or would by a draft, in any co-op."""
    return any(
        {line.debtor, line.receiver} == {member_id, member_id_of(coop_id, other_id)}
        for coop_id, member_id in memberships_of(connection, person_id)
        for line in _lines_of(connection, coop_id, member_id)
    )


def _lines_of(connection: Connection, coop_id: UUID, member_id: UUID) -> Iterator[PlanLineRow]:
    yield from open_lines_of(connection, coop_id, member_id)
    plan = open_plan(connection, coop_id)
    drawn = as_drafted(connection, coop_id, plan.plan_id) if plan and plan.state == "draft" else None
    if plan and drawn:
        yield from draft_lines(plan.plan_id, drawn)
