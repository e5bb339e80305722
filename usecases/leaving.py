"""Leaving a co-op: what has to be done first, the act itself, and being forgotten; the same for pages and programs."""

from uuid import UUID

from sqlalchemy import Connection

from booking.queries import next_booking
from fleet.queries import vehicles_owned_by
from governance.application import Governance
from governance.commands import EraseMember, LeaveCoop
from governance.mandates import LastReferent
from governance.queries import left_by, member, roles_of
from governance.roles import Role
from kernel.command import Asked, Done
from kernel.refused import Refused, Unknown
from ledger.entries.queries import balance
from ledger.settlement.queries import open_lines_of
from people.person import Person, person
from people.sign_in import forget_signing_in
from sending.outbox import forget_letters_of, forget_letters_to
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
    return actor.me == member_id or (_ever_here(actor, member_id) and actor.holds(Role.REFERENT))


def hindrances(actor: Actor, member_id: UUID) -> tuple[Refused, ...]:
    """Return what stands in the way of a member who wants to leave; empty when nothing does."""
    found: list[Refused] = []
    following = next_booking(actor.connection, actor.keyring, actor.coop_id, member_id, actor.now)
    if following and following.status == "under_way":
        found.append(TripUnderWay())
    if vehicles := vehicles_owned_by(actor.connection, actor.coop_id, member_id):
        found.append(StillLends(vehicles=", ".join(vehicles)))
    if actor.holds(Role.REFERENT):
        held = roles_of(actor.connection, actor.coop_id, actor.now)
        if {holder for holder, roles in held.items() if Role.REFERENT in roles} == {member_id}:
            found.append(LastReferent())
    return tuple(found)


def leave(actor: Actor, command: LeaveCoop, asked: Asked) -> Done:
    """Leave the co-op, once nothing stands in the way; the first hindrance refuses, and removing another does."""

    def work(within: Actor) -> Done:
        within.history.hold(command.member_id)  # what she takes on meanwhile waits, and is refused once she has left
        for hindrance in hindrances(within, command.member_id) if asked.by == command.member_id else ():
            raise hindrance
        return Governance(within.history).leave_coop(command, asked)

    return actor.together(work)


def depart(actor: Actor, command: Depart, asked: Asked) -> Done:
    """Leave the co-op and be erased when that was asked, both or neither; refuses as `leave` and `erase` do."""
    named = {"coop_id": command.coop_id, "member_id": command.member_id}

    def work(within: Actor) -> Done:
        done = leave(within, LeaveCoop(**named), asked)
        return erase(within, EraseMember(**named), asked.part("erase")) if command.erase else done

    return actor.once(command, asked, work)


def erase(actor: Actor, command: EraseMember, asked: Asked) -> Done:
    """Erase a former member, with the letters to her; her devices, links and mail too when no other co-op knows her."""

    def work(within: Actor) -> Done:
        done = Governance(within.history).erase_member(command, asked)
        _forget(within.connection, command.coop_id, within.my_person)
        return done

    return actor.together(work)


def _forget(connection: Connection, coop_id: UUID, herself: Person) -> None:
    if person(connection, herself.person_id) is None:
        forget_signing_in(connection, herself.person_id, herself.email)
        forget_letters_to(connection, herself.person_id, herself.email)
    else:
        forget_letters_of(connection, coop_id, herself.person_id)


def account_left_open(connection: Connection, person_id: UUID) -> UUID | None:
    """Return the co-op that someone left last of those with which something is still open; `None` when nothing is."""
    return next(
        (
            coop_id
            for coop_id, member_id in left_by(connection, person_id)
            if balance(connection, coop_id, member_id) or open_lines_of(connection, coop_id, member_id)
        ),
        None,
    )


def _ever_here(actor: Actor, member_id: UUID) -> bool:
    """Tell that somebody is or was a member; refuses `Unknown`."""
    if member(actor.connection, actor.coop_id, member_id, actor.now) is None:
        raise Unknown
    return True
