"""Leaving a co-op: what has to be done first, the act itself, and being forgotten; the same for pages and programs.

One leaves at once. To be erased is asked for by who has left, and done by the clock thirty days later: until then she
signs in as before, sees her account, and may change her mind.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from booking.queries import last_trip_ended, next_booking
from fleet.queries import co_owners, vehicles_owned_by
from governance.application import Governance
from governance.commands import AskErasure, EraseMember, LeaveCoop
from governance.erasure.queries import erasure_due
from governance.mandates import LastReferent
from governance.queries import left_by, member, persons_behind, roles_of
from governance.roles import Role, holders
from kernel.command import Asked, Done
from kernel.log.history import History
from kernel.refused import Refused, Unknown
from ledger.entries.queries import balance
from ledger.settlement.queries import open_lines_of
from people.person import Person, person
from people.photos import drop_papers_of, drop_photos_of
from people.sealed_drivers import kept_until, seal_driver
from people.sign_in import forget_signing_in
from sending.outbox import forget_letters_of, forget_letters_to
from usecases.actor import Actor, asked_of_formers


class TripUnderWay(Refused):
    """A trip is under way: return the vehicle first."""


class StillLends(Refused):
    """{vehicles} would be left without its owner: take it out of service first."""


class Depart(LeaveCoop, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Leave, and with `erase` ask at the same time that one's personal data be erased for good, in thirty days."""

    erase: bool = False


def is_herself(actor: Actor, member_id: UUID) -> bool:
    """Is the member herself."""
    return actor.me == member_id


def is_herself_or_referent(actor: Actor, member_id: UUID) -> bool:
    """Is the member herself, or a référent."""
    return actor.me == member_id or (_ever_here(actor, member_id) and actor.holds(Role.REFERENT))


@asked_of_formers
def has_left_herself(actor: Actor, member_id: UUID) -> bool:
    """Is the former member herself."""
    return actor.former is not None and actor.former.member_id == member_id


def hindrances(actor: Actor, member_id: UUID) -> tuple[Refused, ...]:
    """Return what stands in the way of a member who wants to leave; empty when nothing does."""
    found: list[Refused] = []
    following = next_booking(actor.connection, actor.keyring, actor.coop_id, member_id, actor.now)
    if following and following.status == "under_way":
        found.append(TripUnderWay())
    if vehicles := vehicles_owned_by(actor.connection, actor.coop_id, member_id):
        found.append(StillLends(vehicles=", ".join(vehicles)))
    if actor.holds(Role.REFERENT):
        referents = holders(roles_of(actor.connection, actor.coop_id, actor.now), Role.REFERENT)
        if referents == {member_id}:
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
    """Leave the co-op, and ask to be erased when that is wanted, both or neither; refuses as `leave` does."""
    named = {"coop_id": command.coop_id, "member_id": command.member_id}

    def work(within: Actor) -> Done:
        done = leave(within, LeaveCoop(**named), asked)
        if not command.erase:
            return done
        return Governance(within.history).ask_erasure(AskErasure(**named), asked.part("erase"))

    return actor.once(command, asked, work)


def erase(history: History, command: EraseMember, asked: Asked) -> Done:
    """Erase a former member whose day has come, with the letters to her and her photos; refuses as governance does.

    Her devices, links and mail go too when no other co-op knows her. Who she is stays sealed while a fine may come for
    one of her trips. Photos stay that prove what others bear, or are a vehicle's; the papers of her vehicle go, whoever
    filed them, those of one that another owns too with the last of its owners.
    """

    def work(joined: History) -> Done:
        herself = _person_behind(joined.connection, command)
        done = Governance(joined).erase_member(command, asked)
        if herself and done.changed:
            _seal(joined, command, herself, asked.at)
            drop_photos_of(joined.connection, command.coop_id, command.member_id)
            _drop_papers(joined.connection, command)
            _forget(joined.connection, command.coop_id, herself)
        return done

    return history.together(work)


def _person_behind(connection: Connection, command: EraseMember) -> Person | None:
    behind = persons_behind(connection, command.coop_id, (command.member_id,))
    return person(connection, behind[command.member_id]) if behind else None


def _drop_papers(connection: Connection, command: EraseMember) -> None:
    shared = co_owners(connection, command.coop_id, command.member_id)
    left = persons_behind(connection, command.coop_id, set[UUID]().union(*shared.values()))
    gone = [vehicle_id for vehicle_id, others in shared.items() if others.isdisjoint(left)]
    drop_papers_of(connection, command.coop_id, gone)


def _seal(joined: History, command: EraseMember, herself: Person, at: datetime) -> None:
    ended = last_trip_ended(joined.connection, command.coop_id, command.member_id)
    if ended and (until := kept_until(ended)) > at:
        seal_driver(joined.connection, joined.keyring, command.coop_id, command.member_id, herself, until)


def _forget(connection: Connection, coop_id: UUID, herself: Person) -> None:
    if person(connection, herself.person_id) is None:
        forget_signing_in(connection, herself.person_id, herself.email)
        forget_letters_to(connection, herself.person_id, herself.email)
    else:
        forget_letters_of(connection, coop_id, herself.person_id)


def account_left_open(connection: Connection, person_id: UUID) -> UUID | None:
    """Return the co-op that someone left last of those with which something is still open; `None` when nothing is.

    Her mind, which she may change until she is erased there, is open too.
    """
    return next(
        (
            coop_id
            for coop_id, member_id in left_by(connection, person_id)
            if balance(connection, coop_id, member_id)
            or open_lines_of(connection, coop_id, member_id)
            or erasure_due(connection, coop_id, member_id)
        ),
        None,
    )


def _ever_here(actor: Actor, member_id: UUID) -> bool:
    """Tell that somebody is or was a member; refuses `Unknown`."""
    if member(actor.connection, actor.coop_id, member_id, actor.now) is None:
        raise Unknown
    return True
