"""Leaving a co-op: what has to be done first, the act itself, and being forgotten; the same for pages and programs."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from booking.queries import next_booking
from fleet.queries import vehicles_owned_by
from governance.application import Governance
from governance.commands import EraseMember, LeaveCoop
from governance.mandates import LastReferent
from governance.queries import CoopRow, member, members_of
from governance.roles import Role
from kernel.command import Asked, Done
from kernel.log.history import History
from kernel.privacy import Keyring
from kernel.refused import Refused, Unknown
from people.person import person
from people.sign_in import close_device, sessions_of
from usecases.actor import Actor


class TripUnderWay(Refused):
    """A trip is under way: return the vehicle first."""


class StillLends(Refused):
    """{vehicles} would be left without its owner: take it out of service first."""


class Depart(LeaveCoop, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Leave, and with `erase` have one's personal data erased for good at the same time."""

    erase: bool = False


def is_herself(actor: Actor, member_id: UUID) -> bool:
    """Is the member herself."""
    return actor.me == member_id


def is_herself_or_referent(actor: Actor, member_id: UUID) -> bool:
    """Is the member herself, or a référent."""
    person_behind(actor.connection, actor.coop_id, member_id, actor.now)
    return actor.me == member_id or actor.holds(Role.REFERENT)


def hindrances(
    connection: Connection, keyring: Keyring, here: CoopRow, member_id: UUID, at: datetime
) -> tuple[Refused, ...]:
    """Return what stands in the way of a member who wants to leave; empty when nothing does."""
    found: list[Refused] = []
    following = next_booking(connection, keyring, here.coop_id, member_id, at)
    if following and following.status == "under_way":
        found.append(TripUnderWay())
    if vehicles := vehicles_owned_by(connection, here.coop_id, member_id):
        found.append(StillLends(vehicles=", ".join(vehicles)))
    referents = {row.member_id for row in members_of(connection, here.coop_id, at) if row.holds(Role.REFERENT)}
    if referents == {member_id}:
        found.append(LastReferent())
    return tuple(found)


def leave(history: History, here: CoopRow, command: LeaveCoop, asked: Asked) -> Done:
    """Leave the co-op, once nothing stands in the way; the first hindrance refuses."""

    def work(joined: History) -> Done:
        for hindrance in hindrances(joined.connection, joined.keyring, here, command.member_id, asked.at):
            raise hindrance
        return Governance(joined).leave_coop(command, asked)

    return history.together(work)


def depart(history: History, here: CoopRow, command: Depart, asked: Asked) -> Done:
    """Leave the co-op and be erased when that was asked, both or neither; refuses as `leave` and `erase` do."""
    named = {"coop_id": command.coop_id, "member_id": command.member_id}

    def work(joined: History) -> Done:
        person_id = person_behind(joined.connection, here.coop_id, command.member_id, asked.at)
        done = leave(joined, here, LeaveCoop(**named), asked)
        return erase(joined, person_id, EraseMember(**named), asked.part("erase")) if command.erase else done

    return history.together(work)


def erase(history: History, person_id: UUID | None, command: EraseMember, asked: Asked) -> Done:
    """Erase a former member, and sign her out everywhere when no other co-op knows her."""

    def work(joined: History) -> Done:
        done = Governance(joined).erase_member(command, asked)
        if person_id is not None and person(joined.connection, person_id) is None:
            for device in sessions_of(joined.connection, person_id):
                close_device(joined.connection, person_id, device.session_id)
        return done

    return history.together(work)


def person_behind(connection: Connection, coop_id: UUID, member_id: UUID, at: datetime) -> UUID | None:
    """Return who a member is, `None` once erased; `Unknown` when the co-op never had this member."""
    row = member(connection, coop_id, member_id, at)
    if row is None:
        raise Unknown
    return row.person_id
